/** What `check` says of the transitions of a kernel's machines: how many were taken, and which not. */
import { covered } from '../checker/coverage.ts';
import type { CoverageNow } from './checked.ts';
import type { SearchResult } from './jobs.ts';
import { counted, styled } from './text.ts';
import { lostOf } from './taken.ts';

/** Of the searches that came to their end. Only where all did can anything of what is pinned be lost. */
export function coverageNow(
  results: readonly SearchResult[],
  pinned: readonly string[],
): CoverageNow | undefined {
  const explored = results.filter((result) => result.kind === 'exhaustive');
  const ended = explored.filter(({ ending }) => ending === 'closed');
  if (ended.length === 0) return undefined;
  const coverage = covered(ended.map((each) => each.coverage));
  const lost = ended.length === explored.length ? lostOf(coverage.never, pinned) : [];
  return { ...coverage, lost };
}

export function coverageLines(
  coverage: CoverageNow | undefined,
  { all }: { readonly all: boolean },
): readonly string[] {
  if (coverage === undefined) return [];
  const { taken, never, lost } = coverage;
  const of = counted(taken.length + never.length, 'transition');
  const how = all || never.length === 0 ? '' : '; --coverage names the others';
  return [
    '',
    `${counted(taken.length)} of ${of} of the machines taken in what was explored${how}`,
    ...(all ? never.map((name) => `  never  ${name}`) : []),
    ...lost.map((name) => styled('yellow', `LOST ${name}: taken before, and now never`)),
  ];
}
