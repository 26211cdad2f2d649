/** Which variants are compared in which scenarios, and the results. */
import type { Loaded } from '../specification/loaded.ts';
import { reachOf, situationsIn, type Reach } from '../baselines/scenarios-per-situation.ts';
import { storedNames } from '../baselines/stored-names.ts';
import { fromHere } from '../files/home.ts';
import type { DiffJob, DiffResult, SideSpec } from '../jobs/jobs.ts';
import type { Pool } from '../jobs/worker-pool.ts';
import { sizeOf } from '../../checker/specification/specification.ts';

/** The names of two variants, and the scenarios of their comparison. */
export type Comparison = {
  readonly names: readonly [string, string];
  readonly sides: readonly [SideSpec, SideSpec];
  /** Scenarios by name: those of a round are compared only if the rounds before found nothing. */
  readonly rounds: readonly (readonly string[])[];
  /** Variants are equivalent only if they were compared in all of these. */
  readonly wanted: readonly string[];
};

export type ComparisonResult = Comparison & { readonly results: readonly DiffResult[] };

export type Limits = Pick<DiffJob, 'internal' | 'maxStates'>;

export function smallScenarios({ scenarios }: Loaded): readonly string[] {
  return scenarios.filter((scenario) => sizeOf(scenario) === 'small').map(({ name }) => name);
}

/** First the scenarios in which the variants are known to be special, then all other small ones. */
export function roundsFor(spec: Loaded, ids: readonly string[]): Comparison['rounds'] {
  const { variants, scenarios } = spec;
  const known = new Set(scenarios.map(({ name }) => name));
  const own = ids
    .map((id) => variants.find((variant) => variant.id === id)?.scenario ?? '')
    .filter((name) => known.has(name));
  const first = [...new Set(own)];
  return [first, smallScenarios(spec).filter((name) => !first.includes(name))].filter(
    (round) => round.length > 0,
  );
}

/** Round by round; in one round all comparisons at once. */
export async function compareAll(
  pool: Pool,
  comparisons: readonly Comparison[],
  limits: Limits,
): Promise<readonly ComparisonResult[]> {
  let compared: readonly ComparisonResult[] = comparisons.map((each) => ({ ...each, results: [] }));
  const rounds = Math.max(0, ...comparisons.map((each) => each.rounds.length));
  for (let round = 0; round < rounds && pool.ended() === undefined; round++) {
    const open = compared.filter(
      (each) => shortestOf(each) === undefined && round < each.rounds.length,
    );
    const asked = open.map(({ sides, rounds: all }) =>
      (all[round] ?? []).map((scenario): DiffJob => ({ kind: 'diff', scenario, sides, ...limits })),
    );
    const results = [...(await pool.run(asked.flat(), 'comparing'))];
    const found = new Map(
      open.map((each, index) => [each, results.splice(0, asked[index]?.length ?? 0)] as const),
    );
    compared = compared.map((each) => ({
      ...each,
      results: [...each.results, ...(found.get(each) ?? [])],
    }));
  }
  return compared;
}

/** The result with the shortest story, if there is any story; of equals the first. */
export function shortestOf({ results }: ComparisonResult): DiffResult | undefined {
  const different = results.filter(({ diff }) => diff.kind === 'different');
  const [shortest] = different.toSorted((a, b) => stepCount(a) - stepCount(b));
  return shortest;
}

/** Number of steps of its story; 0 without one. */
export function stepCount({ diff }: DiffResult): number {
  return diff.kind === 'different' ? diff.difference.steps.length : 0;
}

/** Wanted scenarios that were not compared. */
export function notCompared({ wanted, results }: ComparisonResult): readonly string[] {
  const compared = new Set(results.map(({ scenario }) => scenario));
  return wanted.filter((each) => !compared.has(each));
}

/** The situations that the scenarios of a comparison reach, for each pinned table. */
export function reachedBy(
  { coverings = [], home }: Loaded,
  { results }: ComparisonResult,
): readonly Reach[] {
  if (coverings.length === 0) return [];
  const pinned = situationsIn(fromHere(home, storedNames(home).situations));
  const scenarios = results.map(({ scenario }) => scenario);
  return coverings
    .filter(({ id }) => pinned[id] !== undefined)
    .map((covering) => reachOf(covering, pinned, scenarios));
}

type Verdict = 'different' | 'equivalent' | 'unknown';

/** One difference is enough; equivalent variants were compared in every wanted scenario, completely. */
export function verdictOf(compared: ComparisonResult): Verdict {
  if (shortestOf(compared) !== undefined) return 'different';
  const areClosed = compared.results.every(({ diff }) => diff.kind === 'equivalent');
  return areClosed && notCompared(compared).length === 0 ? 'equivalent' : 'unknown';
}
