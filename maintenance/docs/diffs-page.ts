/** The page of differences between `sprite` and each shipped kernel: `docs/reference/diffs.md`. */
import { shortestOf, stepCount, type ComparisonResult } from '../../analysis/compare/comparison.ts';
import { seenText } from '../../sprite/wording/observation-phrases.ts';
import { counted } from '../../checker/text/tables.ts';

export const DIFFS = 'docs/reference/diffs.md';

/** One line of the page: a kernel, which of the two tables it is in, and the line itself. */
export type DiffRow = {
  readonly kernel: string;
  readonly isObserved: boolean;
  readonly line: string;
};

/** `internal` contains the kernels of `observed` that no observation distinguishes from `sprite`. */
export function rowsFrom(
  observed: readonly ComparisonResult[],
  internal: readonly ComparisonResult[],
): readonly DiffRow[] {
  return observed.map((each) => {
    const { variant } = each.sides[1];
    const isObserved = shortestOf(each) !== undefined;
    const within = internal.find(({ sides }) => sides[1].variant === variant);
    const cells = isObserved
      ? [...storyCells(each), pairsOf(each)]
      : [String(each.results.length), pairsOf(each), ...(within ? storyCells(within) : NO_STORY)];
    return { kernel: variant, isObserved, line: row([link(variant), ...cells]) };
  });
}

/** The rows of a page that was written before. */
export function rowsIn(page: string): readonly DiffRow[] {
  const [observed = '', same = ''] = page.split('## No observation differs');
  return [
    [observed, true],
    [same, false],
  ].flatMap(([text, isObserved]) =>
    [...String(text).matchAll(/^\| \[([^\]]+)\]\(kernels\.md#.*$/gm)].map(
      ([line, kernel = '']): DiffRow => ({ kernel, isObserved: isObserved === true, line }),
    ),
  );
}

/** The page with these rows, in this order, and the names of the kernels that have no row yet. */
export function diffsPage(rows: readonly DiffRow[], missing: readonly string[]): string {
  const [different, same] = [true, false].map((isObserved) =>
    rows.filter((each) => each.isObserved === isObserved),
  ) as [DiffRow[], DiffRow[]];
  return [
    '# Differences between kernels',
    '',
    '<!-- Written by `npm run diffs`. Do not edit. -->',
    '',
    '`npx sprite-check diff sprite <kernel>`, for every shipped kernel: the shortest run that only one of the',
    'two allows, or in which something else is observed. The search begins in the scenario in which the',
    'kernel is known to be special, and continues in all other small ones. [Compare two',
    'kernels](../guides/compare-two-kernels.md) says what counts as observed. _Pairs_ is the size of the search.',
    '',
    `## Observed: ${different.length} of ${rows.length}`,
    '',
    ...table(['Kernel', 'Scenario', 'Steps', 'Allowed by', 'First difference', 'Pairs'], different),
    '',
    `## No observation differs: ${same.length} of ${rows.length}`,
    '',
    'No observation differs in the small scenarios that were compared; this is proven. _Scenarios_ is their',
    'number. The differences are internal: counts,',
    'locks, caches. The last columns are those of `--internal`: the first step that only one of the two',
    'takes. _Nowhere_: both take the same steps, and only local states differ.',
    '',
    ...table(
      ['Kernel', 'Scenarios', 'Pairs', 'Internally in', 'Steps', 'Allowed by', 'First difference'],
      same,
    ),
    '',
    ...(missing.length === 0
      ? []
      : [
          `## Not compared yet: ${missing.length}`,
          '',
          '`npm run diffs -- missing` compares them.',
          '',
          ...missing.map((id) => `- ${link(id)}`),
          '',
        ]),
  ].join('\n');
}

const NO_STORY = ['', '', '', ''];

function storyCells(compared: ComparisonResult): readonly string[] {
  const shortest = shortestOf(compared);
  if (shortest?.diff.kind !== 'different') return ['_nowhere_', '', '', ''];
  const { allowedBy, parting } = shortest.diff.difference;
  return [
    `\`${shortest.scenario}\``,
    String(stepCount(shortest)),
    `\`${compared.sides[allowedBy].variant}\``,
    seenText(parting.seen),
  ];
}

function pairsOf({ results }: ComparisonResult): string {
  return counted(results.reduce((sum, { diff }) => sum + diff.pairs, 0));
}

function link(variant: string): string {
  return `[${variant}](kernels.md#${variant.toLowerCase()})`;
}

function table(head: readonly string[], rows: readonly DiffRow[]): readonly string[] {
  return [row(head), row(head.map(() => '---')), ...rows.map(({ line }) => line)];
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
