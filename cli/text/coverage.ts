/** Prints the machine transitions that were taken, never taken, and lost. */
import type { CoverageNow } from '../../analysis/check/check-result.ts';
import { counted } from '../../checker/text/tables.ts';

export function coverageLines(
  coverage: CoverageNow | undefined,
  { all }: { readonly all: boolean },
): readonly string[] {
  if (coverage === undefined) return [];
  const { taken, never } = coverage;
  const of = counted(taken.length + never.length, 'transition');
  const how = all || never.length === 0 ? '' : '; --coverage names the others';
  return [
    `${counted(taken.length)} of ${of} of the machines were taken${how}`,
    ...(all ? never.map((name) => `  never  ${name}`) : []),
  ];
}

/** Transitions that were taken when the list was pinned, and are never taken now. */
export function lostLines(coverage: CoverageNow | undefined): readonly string[] {
  return (coverage?.lost ?? []).map((name) => `LOST  ${name}: taken before, and now never`);
}
