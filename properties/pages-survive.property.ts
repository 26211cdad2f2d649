/**
 * Transparency for memory. A page holds what was last written to it, wherever that was.
 *
 *   always:  a read of a page returns the last write to it
 */
import type { PagesContext } from '../model/machines/ghosts.machine.ts';
import type { SwapContext } from '../model/machines/memory.machine.ts';
import { cell } from '../model/vocabulary/ids.ts';
import { worldOf } from '../model/world.ts';
import { processNames } from './quiescence.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const pagesSurvive: SpriteProperty = {
  id: 'pages-survive',
  statement: 'A read of a page returns the last write to it, wherever both ran.',
  kind: 'always',
  quiescence: 'none needed',
  sources: {
    paper: '§2 (virtual memory)',
    kernel: 'vm/vmMigrate.c Vm_InitiateMigration, EncapSegment',
  },
  catches: ['missing-memory'],
  claims: (scenario) =>
    (scenario.pages ?? 0) === 0
      ? []
      : processNames(scenario).map((process) => (look) => {
          const { difference } = look(cell.pages(process)).context as PagesContext;
          return difference === null
            ? undefined
            : {
                subject: `memory of ${process}`,
                expected: `the data of write ${difference.expected}`,
                found: `the data of write ${difference.found}`,
              };
        }),
  witness: {
    statement: 'a page that a process has written is nowhere but on the backing store',
    reached: (scenario) => (look) =>
      (scenario.pages ?? 0) > 0 &&
      processNames(scenario).some((process) => {
        const { written } = look(cell.pages(process)).context as PagesContext;
        const isGone = scenario.hosts.every((host) =>
          (look(cell.memory(process, host)).context as { pages: readonly unknown[] }).pages.every(
            (page) => page === null,
          ),
        );
        const { pages: stored } = look(cell.swap(process)).context as SwapContext;
        const isStored = written.some((data, page) => data > 0 && stored[page] === data);
        return isGone && isStored && worldOf(look).thread(process).is !== 'absent';
      }),
  },
};
