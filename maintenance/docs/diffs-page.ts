/** The page of differences between `sprite` and each shipped kernel: `docs/reference/diffs.md`. */
import { shortestOf, stepsOf, type Compared } from '../../analysis/compare/comparison.ts';
import { seenText } from '../../sprite/wording/observation-phrases.ts';
import { counted } from '../../checker/text/tables.ts';

export const DIFFS = 'docs/reference/diffs.md';

/** `internal` contains the kernels of `observed` that no observation distinguishes from `sprite`. */
export function diffsPage(observed: readonly Compared[], internal: readonly Compared[]): string {
  const [different, same] = [true, false].map((isDifferent) =>
    observed.filter((each) => (shortestOf(each) !== undefined) === isDifferent),
  ) as [Compared[], Compared[]];
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
    `## Observed: ${different.length} of ${observed.length}`,
    '',
    ...table(
      ['Kernel', 'Scenario', 'Steps', 'Allowed by', 'First difference', 'Pairs'],
      different.map((each) => [link(each), ...storyCells(each), pairsOf(each)]),
    ),
    '',
    `## No observation differs: ${same.length} of ${observed.length}`,
    '',
    'No observation differs in any small scenario; this is proven. The differences are internal: counts,',
    'locks, caches. The last columns are those of `--internal`: the first step that only one of the two',
    'takes. _Nowhere_: both take the same steps, and only local states differ.',
    '',
    ...table(
      ['Kernel', 'Scenarios', 'Pairs', 'Internally in', 'Steps', 'Allowed by', 'First difference'],
      same.map((each) => {
        const within = internal.find(({ sides }) => sides[1].variant === each.sides[1].variant);
        const inside = within === undefined ? ['', '', '', ''] : storyCells(within);
        return [link(each), String(each.results.length), pairsOf(each), ...inside];
      }),
    ),
    '',
  ].join('\n');
}

function storyCells(compared: Compared): readonly string[] {
  const shortest = shortestOf(compared);
  if (shortest?.diff.kind !== 'different') return ['_nowhere_', '', '', ''];
  const { allowedBy, parting } = shortest.diff.difference;
  return [
    `\`${shortest.scenario}\``,
    String(stepsOf(shortest)),
    `\`${compared.sides[allowedBy].variant}\``,
    seenText(parting.seen),
  ];
}

function pairsOf({ results }: Compared): string {
  return counted(results.reduce((sum, { diff }) => sum + diff.pairs, 0));
}

function link({ sides }: Compared): string {
  const { variant } = sides[1];
  return `[${variant}](kernels.md#${variant.toLowerCase()})`;
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}
