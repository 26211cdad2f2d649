/** The page of what tells each shipped kernel from `sprite`: `docs/reference/diffs.md`. */
import { shortestOf, stepsOf, type Compared } from '../../analysis/compare/comparison.ts';
import { seenText } from '../../sprite/wording/observation-phrases.ts';
import { counted } from '../../checker/text/tables.ts';

export const DIFFS = 'docs/reference/diffs.md';

/** `internal` holds those of `observed` in which nothing was observed to differ. */
export function diffsPage(observed: readonly Compared[], internal: readonly Compared[]): string {
  const [told, untold] = [true, false].map((isTold) =>
    observed.filter((each) => (shortestOf(each) !== undefined) === isTold),
  ) as [Compared[], Compared[]];
  return [
    '# What tells kernels apart',
    '',
    '<!-- Written by `npm run diffs`. Do not edit. -->',
    '',
    '`npx sprite-check diff sprite <kernel>`, for every shipped kernel: the shortest story that only one',
    'of the two allows, or in which somebody observes something else. Looked for in the scenario in which',
    'the kernel is known to be special, then in all other small ones. What counts as observed is told in',
    '[Compare two kernels](../guides/compare-two-kernels.md). _Pairs_ is the size of the search.',
    '',
    `## Observed: ${told.length} of ${observed.length}`,
    '',
    ...table(
      ['Kernel', 'Scenario', 'Steps', 'Allowed by', 'Where they part', 'Pairs'],
      told.map((each) => [link(each), ...storyCells(each), pairsOf(each)]),
    ),
    '',
    `## No observation differs: ${untold.length} of ${observed.length}`,
    '',
    'In none of the small scenarios does anybody outside notice, proven. What differs is internal: counts,',
    'locks, caches. The last columns are those of `--internal`: the first step that only one of the two',
    'takes. _Nowhere_: both take the same steps, and only what cells hold differs.',
    '',
    ...table(
      ['Kernel', 'Scenarios', 'Pairs', 'Internally in', 'Steps', 'Allowed by', 'Where they part'],
      untold.map((each) => {
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
