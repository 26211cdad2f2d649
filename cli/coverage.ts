/** What `check` says of the transitions of a kernel's machines: how many were taken, and which not. */
import { covered } from '../checker/coverage.ts';
import type { CoverageNow } from './checked.ts';
import type { SearchResult } from './jobs.ts';
import { fromHere } from './root.ts';
import { counted, styled } from './text.ts';
import { TAKEN, takenIn } from './taken.ts';

/**
 * Of the searches that came to their end. What is pinned is of the repaired kernel in all small
 * scenarios: only with those can anything be missed.
 */
export function coverageNow(
  results: readonly SearchResult[],
  { isOfPinned }: { readonly isOfPinned: boolean },
): CoverageNow | undefined {
  const explored = results.filter((result) => result.kind === 'exhaustive');
  const ended = explored.filter(({ ending }) => ending === 'closed');
  if (ended.length === 0) return undefined;
  const coverage = covered(ended.map((each) => each.coverage));
  const pinned =
    isOfPinned && ended.length === explored.length ? takenIn(fromHere(TAKEN)) : undefined;
  const lost = coverage.never.filter((each) => pinned?.includes(each) === true);
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
