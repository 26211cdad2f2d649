/** The pages that are generated from the model, `docs/paper/a-items.json` and `traces/faults/`. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ownPropertyIds } from '../../checker/claims/own-properties.ts';
import { NO_DEADLOCK } from '../../checker/claims/deadlock.ts';
import { EVERY_EVENT_IS_SPECIFIED } from '../../checker/claims/unspecified-event.ts';
import type { Loaded } from '../../analysis/specification/loaded.ts';
import { sprite, type Kernel } from '../../model/kernel.ts';
import { kernels } from '../../model/kernels/all.ts';
import type { ShippedKernel } from '../../model/kernels/shipped.ts';
import { neverAlone } from '../../properties/never-alone.ts';
import { properties } from '../../properties/all.ts';
import * as forgotten from '../../properties/dead-hosts-are-forgotten.property.ts';
import * as nothing from '../../properties/dead-hosts-do-nothing.property.ts';
import type { Exception } from '../../properties/dead-hosts.ts';
import { itemsOf, kernelsOf, SOURCE, type Item } from './a-items.ts';
import { apiPage } from './api-page.ts';
import { COVERING, coveringPage } from './covering-page.ts';
import { findingsPage } from './findings-page.ts';
import { costModelPage } from './cost-model-page.ts';
import { tracesPage } from './traces-page.ts';
import { changedParts } from '../../sprite/kernel-differences.ts';
import { publishedSchemas } from '../../analysis/schemas/published.ts';

const MARK = '<!-- Written by `npm run docs`. Do not edit. -->';

/** Faults by the letter of their name. */
const groups = [
  {
    title: 'Recorded faults',
    about:
      "Sprite's authors recorded them between 1986 and 1992. Each of these kernels has one of them.",
    holds: /^R\d/,
  },
  {
    title: 'Apparent faults of the final kernel',
    about:
      'Found by reading the last release of the source. Each of these kernels has one of them.',
    holds: /^A\d/,
  },
  {
    title: 'Found with this checker',
    about:
      'Faults that the model had while it was built. If the final kernel has one, too, its record says so; of the others it is not known.',
    holds: /^N\d/,
  },
] as const;

/** What a property allows, if it has a table of it. */
const exceptionsOf: { readonly [id: string]: readonly Exception[] | undefined } = {
  [forgotten.deadHostsAreForgotten.id]: forgotten.excusedNames,
  [nothing.deadHostsDoNothing.id]: nothing.excusedSteps,
};

/** Text by path, relative to the root. */
export function generatedDocs(root: string, spec: Loaded): ReadonlyMap<string, string> {
  const items = itemsOf(root);
  const folder = join(root, 'traces', 'faults');
  const traces = new Set(existsSync(folder) ? readdirSync(folder) : []);
  return new Map([
    ['docs/reference/api.md', page(apiPage(root))],
    ['docs/reference/properties.md', page(propertiesPage())],
    ['docs/reference/kernels.md', page(kernelsPage(traces))],
    ['docs/reference/cost-model.md', page(costModelPage())],
    [COVERING, page(coveringPage(root))],
    ['docs/paper/faults.md', page(faultsPage(items, traces))],
    ['docs/findings.md', page(findingsPage(root, items, spec))],
    ['traces/README.md', page(tracesPage(traces))],
    ...[...publishedSchemas()].map(
      ([file, schema]) => [`docs/reference/schemas/${file}`, schema] as const,
    ),
  ]);
}

function page([title = '', ...rest]: readonly string[]): string {
  return `${[title, '', MARK, '', ...rest].join('\n').trimEnd()}\n`;
}

function propertiesPage(): readonly string[] {
  return [
    '# Properties',
    'Each property has a file of its name in `properties/`. Its kind says in which states it must hold:',
    '',
    '- `always`: in every state.',
    '- `atRest`: in every state in which its object is quiescent; the table says what that means.',
    '- `whenStuck`: in every terminal state, in which no step is possible.',
    '- `byRemoval`: if something is removed as a test, the run continues as it would with it.',
    '- `comesToRest`: from every state some run reaches a terminal state.',
    '',
    'Faults do not count as steps here: no process may depend on a fault.',
    '',
    ...table(
      ['Property', 'Kind', 'When it must hold, exactly'],
      properties.map(({ id, kind, quiescence }) => [`[${id}](#${id})`, kind, quiescence]),
    ),
    '',
    `The checker adds two of its own. \`${EVERY_EVENT_IS_SPECIFIED}\`: every event that reaches a cell is`,
    `listed by its state, and no effects go on for ever. \`${NO_DEADLOCK}\`: in every state some step is`,
    'possible that is not a fault. Sprite turns the second off: programs end, and `nothing-waits-for-ever`',
    'says which cells may not wait in a terminal state.',
    ...properties.flatMap((property) => [
      '',
      `## ${property.id}`,
      '',
      property.statement,
      '',
      `- Kind: ${property.kind}. ${asSentence(property.quiescence)}`,
      `- Paper: ${property.sources.paper}`,
      `- Kernel: ${property.sources.kernel}`,
      `- Catches: ${property.catches.map(kernelLink).join(', ')}`,
      ...(neverAlone[property.id] === undefined
        ? []
        : [`- Catches nothing alone: ${neverAlone[property.id]}`]),
      `- Must be reached: ${property.witness.statement}`,
      ...(exceptionsOf[property.id] ?? []).map(exceptionLine),
      `- Source: [${property.id}.property.ts](../../properties/${property.id}.property.ts)`,
    ]),
  ];
}

function exceptionLine({ kind, field, states = [], why, kernel }: Exception): string {
  const what = field === 'is' ? `a \`${kind}\`` : `\`${field}\` of a \`${kind}\``;
  const where = states.length === 0 ? '' : ` in ${states.join(', ')}`;
  return `- Excepted: ${what}${where}: ${why} (${kernel})`;
}

function kernelsPage(traces: ReadonlySet<string>): readonly string[] {
  const others = kernels.filter(({ id }) => !groups.some(({ holds }) => holds.test(id)));
  return [
    '# Kernels',
    'A kernel is a value: a part for each thing, and the list of modules that move state. Every kernel is',
    '`sprite` with something replaced; _differs in_ says what. Try one with',
    '`npx sprite-check check <scenario> --kernel <id>`. _Caught by_ lists the properties that were expected to',
    'catch the fault, before it was run, and do; other properties may be violated, too. The fault is searched',
    'for in _Scenario_ first; another scenario may have a shorter counterexample.',
    ...[
      {
        title: 'Whole systems, and kernels that lack a module',
        about: 'The first is the default.',
        kernels: others,
      },
      ...groups.map(({ title, about, holds }) => ({
        title,
        about,
        kernels: kernels.filter(({ id }) => holds.test(id)),
      })),
    ]
      .filter((group) => group.kernels.length > 0)
      .flatMap((group) => [
        '',
        `## ${group.title}`,
        '',
        group.about,
        ...group.kernels.flatMap((kernel) => kernelSection(kernel, traces)),
      ]),
  ];
}

function kernelSection(shipped: ShippedKernel, traces: ReadonlySet<string>): readonly string[] {
  const { id, title, record, kernel, caughtBy, scenario } = shipped;
  const caught = catching(shipped, traces);
  const others = caughtBy.filter((property) => !caught.includes(property));
  return [
    '',
    `### ${id}`,
    '',
    asSentence(title),
    '',
    `- Record: ${record}`,
    ...(kernel === sprite ? [] : [`- Differs in: ${differences(kernel).join('; ')}`]),
    ...(caughtBy.length === 0
      ? []
      : [`- Caught by: ${caught.map(propertyLink).join(', ')}`, `- Scenario: \`${scenario}\``]),
    ...listed('- Expected to catch it, in no small scenario: ', others.map(propertyLink)),
    ...listed('- Traces: ', traceLinks(id, traces)),
  ];
}

function faultsPage(items: readonly Item[], traces: ReadonlySet<string>): readonly string[] {
  const modeled = items.filter((item) => kernelsOf(item).length > 0);
  const open = items.filter((item) => kernelsOf(item).length === 0);
  const later = open.filter(({ needs }) => needs !== undefined);
  const none = open.filter(
    ({ needs, notAFault }) => needs === undefined && notAFault !== undefined,
  );
  const unexplained = open.filter((item) => !later.includes(item) && !none.includes(item));
  if (unexplained.length > 0) {
    const ids = unexplained.map(({ id }) => id).join(', ');
    throw new Error(`${SOURCE}: expected a kernel, "needs" or "notAFault", found none for ${ids}`);
  }
  return [
    '# Faults',
    'Items named A are apparent faults of the final kernel: they were found by reading the source, and were',
    'never recorded or executed. The numbers have gaps. The Sprite group recorded the items named R.',
    '`CAUGHT` in the output of `check` means that the fault was searched for and found.',
    '',
    `Of ${items.length} A-items, ${modeled.length} are modeled and repaired, ${later.length} need`,
    `state that the model does not have yet, and ${none.length} are not faults in a faithful model.`,
    '',
    '## Modeled and repaired',
    '',
    ...table(
      ['Item', 'Where', 'Fault', 'What `sprite` does instead', 'Caught by', 'Traces'],
      modeled.map((item) => [
        kernelsOf(item)
          .map(({ id }) => kernelLink(id))
          .join(' '),
        item.where,
        item.fault,
        item.repair ?? '',
        kernelsOf(item)
          .flatMap((kernel) => catching(kernel, traces).map(propertyLink))
          .join(' '),
        kernelsOf(item)
          .flatMap(({ id }) => traceLinks(id, traces))
          .join(' '),
      ]),
    ),
    '',
    '## Need state that the model does not have yet',
    '',
    ...table(
      ['Item', 'Where', 'Fault', 'Needs', 'Why it cannot show without'],
      later.map((item) => [item.id, item.where, item.fault, item.needs ?? '', item.because ?? '']),
    ),
    '',
    '## Not a fault in a faithful model',
    '',
    ...none.flatMap(({ id, where, fault, notAFault = '' }) => [
      `**${id}** (${where}). ${fault}`,
      '',
      notAFault,
      '',
    ]),
    ...groups
      .filter(({ holds }) => !holds.test('A1'))
      .flatMap(({ title, about, holds }) =>
        faultTable(
          title,
          about,
          kernels.filter(({ id }) => holds.test(id)),
          traces,
        ),
      ),
  ];
}

function faultTable(
  title: string,
  about: string,
  faults: readonly ShippedKernel[],
  traces: ReadonlySet<string>,
): readonly string[] {
  if (faults.length === 0) return [];
  return [
    `## ${title}`,
    '',
    about,
    '',
    ...table(
      ['Item', 'Fault', 'Record', 'Scenario', 'Caught by', 'Traces'],
      faults.map(({ id, title: fault, record, scenario, ...rest }) => [
        kernelLink(id),
        asSentence(fault),
        record,
        `\`${scenario}\``,
        catching({ id, ...rest }, traces)
          .map(propertyLink)
          .join(' '),
        traceLinks(id, traces).join(' '),
      ]),
    ),
    '',
  ];
}

/** The expected properties that do catch the fault: a trace is stored. */
function catching(
  { id, caughtBy }: Pick<ShippedKernel, 'id' | 'caughtBy'>,
  traces: ReadonlySet<string>,
): readonly string[] {
  return caughtBy.filter((property) => traces.has(`${id}-${property}.trace.json`));
}

/** What is replaced in the repaired kernel: "source (action `takeBack`)". */
function differences(kernel: Kernel): readonly string[] {
  const without = sprite.modules.filter((module) => !kernel.modules.includes(module));
  return [
    ...changedParts(kernel).map(({ part, differences: found }) => {
      const kinds = [...new Set(found.map(({ kind }) => kind))];
      const names = kinds.flatMap((kind) =>
        named(
          kind,
          found.filter((each) => each.kind === kind).map(({ name }) => name),
        ),
      );
      return `${part} (${names.join(', ')})`;
    }),
    ...without.map((module) => `no entry for ${module} in the call-back table`),
  ];
}

function named(kind: string, names: readonly string[]): readonly string[] {
  if (names.length === 0) return [];
  return [`${kind}${names.length > 1 ? 's' : ''} ${names.map((name) => `\`${name}\``).join(' ')}`];
}

/** The links work both from `docs/paper/` and from `docs/reference/`. */
function kernelLink(id: string): string {
  const isShipped = kernels.some((kernel) => kernel.id === id);
  return isShipped ? `[${id}](../reference/kernels.md#${id.toLowerCase()})` : id;
}

function propertyLink(id: string): string {
  return `[${id}](../reference/properties.md#${id})`;
}

function traceLinks(kernel: string, traces: ReadonlySet<string>): readonly string[] {
  return [...properties.map(({ id }) => id), ...ownPropertyIds]
    .map((property) => ({ property, file: `${kernel}-${property}.trace.json` }))
    .filter(({ file }) => traces.has(file))
    .map(({ property, file }) => `[${property}](../../traces/faults/${file})`);
}

function listed(label: string, entries: readonly string[]): readonly string[] {
  return entries.length === 0 ? [] : [`${label}${entries.join(', ')}`];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [head, head.map(() => '---'), ...rows].map(
    (cells) => `| ${cells.map((cell) => cell.replaceAll('|', String.raw`\|`)).join(' | ')} |`,
  );
}

function asSentence(words: string): string {
  const end = /[.?!]$/.test(words) ? '' : '.';
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}${end}`;
}
