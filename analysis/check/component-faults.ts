/**
 * Of a variant that is composed of weak ones: which of their weaknesses the stories found in it show.
 *
 *   A weakness is found where a story of the composed variant ends in the same violation (property,
 *   subject, expected, found) in the variant that has that weakness alone; what can take place of the
 *   story does. All others are not seen here. That says nothing of them: of each property only one
 *   story is known in each scenario, and it may be another weakness that shows first.
 */
import { createReplayer, deliveriesOf } from '../../checker/stories/lenient-replay.ts';
import type { Variant } from '../../checker/specification/specification.ts';
import type { BlameJob, BlameResult, SearchResult } from '../jobs/jobs.ts';
import type { Pool } from '../jobs/worker-pool.ts';
import { instanceOf } from '../specification/instance.ts';
import type { Loaded } from '../specification/loaded.ts';

export type Weaknesses = {
  /** The story by which each is known. */
  readonly found: readonly {
    readonly item: string;
    readonly variant: string;
    readonly scenario: string;
    readonly property: string;
  }[];
  readonly notSeen: readonly string[];
};

/** Undefined where the variant is not composed, or the search was ended from outside. */
export async function weaknessesIn(
  pool: Pool,
  { id, composedOf = [] }: Variant<unknown>,
  results: readonly SearchResult[],
): Promise<Weaknesses | undefined> {
  if (composedOf.length === 0 || pool.ended() !== undefined) return undefined;
  const jobs = results
    .filter(({ found }) => found.length > 0)
    .map(({ scenario, found }): BlameJob => ({
      kind: 'blame',
      variant: id,
      scenario,
      properties: found.map(({ violation }) => violation.property),
      stories: found.map(({ violation, start, steps }) => ({ violation, start, steps })),
      alone: composedOf,
    }));
  const blamed = await pool.run(jobs, 'replaying');
  return pool.ended() === undefined ? weaknessesOf(composedOf, blamed) : undefined;
}

/** Of each variant the first story that shows it. */
export function weaknessesOf(
  composedOf: readonly string[],
  blamed: readonly BlameResult[],
): Weaknesses {
  const shown = blamed.flatMap(({ scenario, shows }) =>
    shows.map(({ variant, property }) => ({ item: itemOf(variant), variant, scenario, property })),
  );
  const found = composedOf.flatMap((variant) =>
    shown.filter((each) => each.variant === variant).slice(0, 1),
  );
  const items = [...new Set(composedOf.map(itemOf))];
  return { found, notSeen: items.filter((item) => !found.some((each) => each.item === item)) };
}

/** "A37-second" is a second form of A37. */
function itemOf(variant: string): string {
  return variant.split('-', 1)[0] ?? variant;
}

/** On a worker: every story of one scenario, in each of the variants alone. */
export function blame(
  spec: Loaded,
  { scenario, properties, stories, alone }: BlameJob,
): BlameResult {
  const shows = alone.flatMap((variant) => {
    const { system, claims } = instanceOf(spec, { variant, scenario, properties });
    return stories.flatMap(({ violation: { property, finding }, start, steps }) => {
      const deliveries = deliveriesOf(system, steps);
      if (deliveries === undefined) return [];
      const again = createReplayer(system, claims, property).attempt(deliveries, start)?.violation;
      const isSame =
        again?.finding.subject === finding.subject &&
        again.finding.expected === finding.expected &&
        again.finding.found === finding.found;
      return isSame ? [{ variant, property }] : [];
    });
  });
  return { kind: 'blame', scenario, shows };
}
