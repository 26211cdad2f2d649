/** Whole kernels: Sprite of 1986, 1989 and 1992, and Accent as the paper describes it. */
import { sprite } from '../kernel.ts';
import type { Page } from '../machines/memory.machine.ts';
import type { SourceContext } from '../machines/source.events.ts';
import { hasPages, hostOf, isUp, pagesOf } from '../observations/common.ts';
import { on, send, type Effects } from '../vocabulary/cell.ts';
import { cell } from '../vocabulary/ids.ts';
import { apparent } from './apparent.ts';
import { combined } from './combine.ts';
import { found } from './found.ts';
import { files } from './plausible/files.ts';
import { recorded } from './recorded.ts';
import { alsoObserving, partWith } from './replace.ts';
import type { ShippedKernel } from './shipped.ts';
import { closeThenReopen, openThenClose } from './transfers.ts';

/**
 * Accent: pages stay on the host that the process leaves and are fetched when they are touched.
 * Nothing is written out first, so migration itself is quick.
 */
const copyOnReference = partWith(
  alsoObserving(sprite.source, 'encapsulated', (look, { process, scenario }) => ({
    pages: hasPages(scenario) ? pagesOf(look, process, hostOf(look, process)) : [],
    targetIsUp: isUp(look, (look(cell.source(process)).context as SourceContext).to ?? ''),
  })),
  {
    guards: { memoryIsClean: () => true, isDirty: () => false },
    actions: {
      giveUpMemory: ({ context, event }): Effects => {
        const { pages, hasPages: hasMemory, targetIsUp } = on(event, 'encapsulated');
        const from = context.from ?? '';
        if (!hasMemory) return undefined;
        // A new program needs nothing of the old one's memory.
        if (context.isExec) return send(cell.memory(context.process, from), { type: 'dropped' });
        // The list of owed pages is lost with the host that it is sent to.
        if (!targetIsUp) return undefined;
        const owed: readonly Page[] = pages.map((page) =>
          page === null || 'owedBy' in page ? page : { owedBy: from },
        );
        return send(cell.memory(context.process, context.to ?? ''), { type: 'owed', pages: owed });
      },
    },
  },
);

/** Of the faults that are recorded, found here or invented, those that were read in the final kernel. */
const alsoRead = ['R18', 'N1', 'N2', 'N3', 'N4', 'N8', 'P-given-up-quietly'];
const ofTheFinalKernel = [
  ...apparent,
  ...[...recorded, ...found, ...files].filter(({ id }) => alsoRead.includes(id)),
];

export const systems: readonly ShippedKernel[] = [
  {
    id: 'sprite-1992',
    title: 'the final kernel, faithful: all of its modeled faults at once',
    record: `all kernels named A, and ${alsoRead.join(', ')}, which were read in its source, too`,
    kernel: combined(ofTheFinalKernel.map(({ kernel }) => kernel)),
    composedOf: ofTheFinalKernel.map(({ id }) => id),
    caughtBy: ['nothing-waits-for-ever', 'references-are-owned', 'reads-see-last-write'],
    scenario: 'crash-during-migration',
  },
  {
    id: 'sprite-1989',
    title: "the paper's own description: files are opened at the target, then closed at the source",
    record: 'the paper, section 2',
    terms: ['open-close'],
    kernel: { ...sprite, service: openThenClose },
    caughtBy: ['cached-unless-shared'],
    scenario: 'unlinked-travels',
  },
  {
    id: 'sprite-1986',
    title:
      'the first implementation: files are closed at the source and opened again by name at the target',
    record: 'the paper, section 3; Douglis thesis 5.3.1',
    terms: ['close-reopen'],
    kernel: { ...sprite, service: closeThenReopen },
    caughtBy: ['unlinked-lives-until-unused', 'one-offset'],
    scenario: 'unlinked-travels',
  },
  {
    id: 'accent',
    title: 'pages stay on the host that the process leaves, and are fetched when they are touched',
    record: 'the paper, section 2 (Zayas)',
    kernel: { ...sprite, source: copyOnReference },
    caughtBy: ['no-residual-dependency', 'removal-changes-nothing', 'dead-hosts-are-forgotten'],
    scenario: 'memory-travels',
  },
];
