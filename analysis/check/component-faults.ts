/**
 * For a variant that is composed of faulty ones: the single faults that its counterexamples show.
 *
 *   A fault is found if a story of the composed variant, replayed leniently in the variant with that fault
 *   alone, ends in the same violation (property, subject, expected, found). All other faults are not seen
 *   here, which does not mean that they are absent: only one story of each property is known in each
 *   scenario, and another fault may show first.
 */
import { createReplayer, deliveriesOf } from '../../checker/stories/lenient-replay.ts';
import type { Variant } from '../../checker/specification/specification.ts';
import type { BlameJob, BlameResult, SearchResult } from '../jobs/jobs.ts';
import type { Pool } from '../jobs/worker-pool.ts';
import { instanceIn } from '../specification/instance.ts';
import type { Loaded } from '../specification/loaded.ts';

export type ComponentFaults = {
  /** The story that shows each. */
  readonly found: readonly {
    readonly item: string;
    readonly variant: string;
    readonly scenario: string;
    readonly property: string;
  }[];
  readonly notSeen: readonly string[];
};

/** Undefined if the variant is not composed, or the search was ended from outside. */
export async function componentFaultsIn(
  pool: Pool,
  { id, composedOf = [] }: Variant<unknown>,
  results: readonly SearchResult[],
): Promise<ComponentFaults | undefined> {
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
  return pool.ended() === undefined ? componentFaultsOf(composedOf, blamed) : undefined;
}

/** The first story that shows each variant's fault. */
export function componentFaultsOf(
  composedOf: readonly string[],
  blamed: readonly BlameResult[],
): ComponentFaults {
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

/** Runs on a worker: replays every story of one scenario in each of the single variants. */
export function blame(
  spec: Loaded,
  { scenario, properties, stories, alone }: BlameJob,
): BlameResult {
  const shows = alone.flatMap((variant) => {
    const { system, claims } = instanceIn(spec, { variant, scenario, properties });
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
