/** The machine transitions that a check took, and the pinned ones that it lost. */
import { covered } from '../../checker/engine/transition-coverage.ts';
import type { CoverageNow } from './check-result.ts';
import type { SearchResult } from '../jobs/jobs.ts';
import { lostOf } from '../baselines/transitions-taken.ts';

/** Only searches that visited every state count, and a transition can be lost only if all searches did. */
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
