/** The pages that are made from the model, from `docs/paper/a-items.json` and from `traces/faults/`. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { ownPropertyIds } from '../../checker/claims/own-properties.ts';
import { NO_DEADLOCK } from '../../checker/claims/deadlock.ts';
import { EVERY_EVENT_IS_SPECIFIED } from '../../checker/claims/unspecified-event.ts';
import { sprite, type Kernel } from '../../model/kernel.ts';
import { kernels } from '../../model/kernels/all.ts';
import type { ShippedKernel } from '../../model/kernels/shipped.ts';
import { properties } from '../../properties/all.ts';
import { apiPage } from './api-page.ts';
import { costModelPage } from './cost-model-page.ts';
import { tracesPage } from './traces-page.ts';
import { changedParts } from '../../sprite/kernel-differences.ts';
import { publishedSchemas } from '../../analysis/schemas/published.ts';
import { readStored } from '../../analysis/files/read-stored-json.ts';

const text = z.string().min(1);
const itemSchema = z.strictObject({
  id: z.string().regex(/^A\d+$/),
  where: text,
  fault: text,
  /** What the repaired kernel does instead. */
  repair: text.optional(),
  /** State that the model has not yet, and why the fault cannot show without it. */
  needs: text.optional(),
  because: text.optional(),
  /** Why it is no fault in a model that is faithful. */
  notAFault: text.optional(),
});

type Item = z.infer<typeof itemSchema>;

const SOURCE = 'docs/paper/a-items.json';
const stored = {
  schema: z.array(itemSchema).max(1000),
  expected: 'a list of weaknesses',
  maxBytes: 1024 * 1024,
  maxDepth: 8,
};
const MARK = '<!-- Written by `npm run docs`. Do not edit. -->';

/** Faults by the letter of their name. */
const groups = [
  {
    title: 'Recorded faults',
    about:
      "Put back into the repaired kernel. Sprite's authors recorded them between 1986 and 1992.",
    holds: /^R\d/,
  },
  {
    title: 'Weaknesses of the final kernel',
    about: 'Found by reading the last release of the source. Each is left in by itself.',
    holds: /^A\d/,
  },
  {
    title: 'Found with this checker',
    about: 'Faults of the model while it was built. Whether the real kernel had them is not known.',
    holds: /^N\d/,
  },
] as const;

/** Text by path, relative to the root. */
export function generatedDocs(root: string): ReadonlyMap<string, string> {
  const items = readStored(join(root, SOURCE), stored);
  const folder = join(root, 'traces', 'faults');
  const traces = new Set(existsSync(folder) ? readdirSync(folder) : []);
  return new Map([
    ['docs/reference/api.md', page(apiPage(root))],
    ['docs/reference/properties.md', page(propertiesPage())],
    ['docs/reference/kernels.md', page(kernelsPage(traces))],
    ['docs/reference/cost-model.md', page(costModelPage())],
    ['docs/paper/faults.md', page(faultsPage(items, traces))],
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
    'Each stands in a file of its name in `properties/`. `always` holds in every state. `atRest` holds',
    'in every state in which nothing is in progress on the object it speaks of; the table says what',
    'that means. `whenStuck` holds in every state in which no step is possible, `byRemoval` where',
    'something is taken away in trial. `comesToRest` claims that from every state one in which no step',
    'is possible is within reach. Faults are no steps here: nobody may wait for one.',
    '',
    ...table(
      ['Property', 'Kind', 'When it must hold, exactly'],
      properties.map(({ id, kind, quiescence }) => [`[${id}](#${id})`, kind, quiescence]),
    ),
    '',
    `The checker adds two of its own. \`${EVERY_EVENT_IS_SPECIFIED}\`: an event that reaches a cell is`,
    `one that its state lists, and no effects go on for ever. \`${NO_DEADLOCK}\`: in every state some step`,
    'can be taken, faults apart. Sprite turns the second off: programs end, and `nothing-waits-for-ever`',
    'says who may not wait then.',
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
      `- Must be reached: ${property.witness.statement}`,
      `- Source: [${property.id}.property.ts](../../properties/${property.id}.property.ts)`,
    ]),
  ];
}

function kernelsPage(traces: ReadonlySet<string>): readonly string[] {
  const others = kernels.filter(({ id }) => !groups.some(({ holds }) => holds.test(id)));
  return [
    '# Kernels',
    'A kernel is a value: a part for each thing, and the list of modules that move state. All of',
    'them are `sprite` with something replaced; what, is told under _differs in_. Try one with',
    '`npx sprite-check check <scenario> --kernel <id>`. _Caught by_ names the properties of which that was',
    'expected, before it was run, and which do: others may be violated, too. _Scenario_ is where the fault',
    'is looked for first; another scenario may have a shorter story.',
    ...[
      {
        title: 'Whole systems, and kernels in which a module was forgotten',
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
  const untold = open.filter((item) => !later.includes(item) && !none.includes(item));
  if (untold.length > 0) {
    const ids = untold.map(({ id }) => id).join(', ');
    throw new Error(`${SOURCE}: expected a kernel, "needs" or "notAFault", found none for ${ids}`);
  }
  return [
    '# Faults',
    'Items named A are apparent faults of the final kernel: somebody read the source and found them;',
    'nobody recorded or executed them. The numbers have gaps. Items named R are recorded by the Sprite',
    'group. `CAUGHT` in the output of `check` means that the fault was looked for and found.',
    '',
    `Of ${items.length} A-items, ${modeled.length} are modeled and repaired, ${later.length} need`,
    `state that comes later, and ${none.length} are not faults in a faithful model.`,
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
    '## Need state that comes later',
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

/** Of the properties expected to, those that do: a story is stored. */
function catching(
  { id, caughtBy }: Pick<ShippedKernel, 'id' | 'caughtBy'>,
  traces: ReadonlySet<string>,
): readonly string[] {
  return caughtBy.filter((property) => traces.has(`${id}-${property}.trace.json`));
}

/** The kernels of an item: of its own name, or with a word behind it. */
function kernelsOf({ id }: Item): readonly ShippedKernel[] {
  return kernels.filter((kernel) => kernel.id === id || kernel.id.startsWith(`${id}-`));
}

/** What of the repaired kernel is replaced: "source (action `takeBack`)". */
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

/** Links work from `docs/paper/` and from `docs/reference/` alike. */
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
