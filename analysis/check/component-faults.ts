/**
 * Of a kernel that is composed of weak ones: which of their weaknesses the stories found in it show.
 *
 *   A weakness is found where a story of the composed kernel ends in the same violation (property,
 *   subject, expected, found) in the kernel that has that weakness alone; what can take place of the
 *   story does. All others are not seen here. That says nothing of them: of each property only one
 *   story is known in each scenario, and it may be another weakness that shows first.
 */
import { createReplayer, deliveriesOf } from '../../checker/stories/lenient-replay.ts';
import type { ShippedKernel } from '../../model/kernels/shipped.ts';
import type { BlameJob, BlameResult, SearchResult } from '../jobs/jobs.ts';
import type { Pool } from '../jobs/worker-pool.ts';
import { subjectOf } from '../specification/instance.ts';

export type Weaknesses = {
  /** The story by which each is known. */
  readonly found: readonly {
    readonly item: string;
    readonly kernel: string;
    readonly scenario: string;
    readonly property: string;
  }[];
  readonly notSeen: readonly string[];
};

/** Undefined where the kernel is not composed, or the search was ended from outside. */
export async function weaknessesIn(
  pool: Pool,
  { id, composedOf = [] }: ShippedKernel,
  results: readonly SearchResult[],
): Promise<Weaknesses | undefined> {
  if (composedOf.length === 0 || pool.ended() !== undefined) return undefined;
  const jobs = results
    .filter(({ found }) => found.length > 0)
    .map(({ scenario, found }): BlameJob => ({
      kind: 'blame',
      kernel: id,
      scenario,
      properties: found.map(({ violation }) => violation.property),
      stories: found.map(({ violation, start, steps }) => ({ violation, start, steps })),
      alone: composedOf,
    }));
  const blamed = await pool.run(jobs, 'replaying');
  return pool.ended() === undefined ? weaknessesOf(composedOf, blamed) : undefined;
}

/** Of each kernel the first story that shows it. */
export function weaknessesOf(
  composedOf: readonly string[],
  blamed: readonly BlameResult[],
): Weaknesses {
  const shown = blamed.flatMap(({ scenario, shows }) =>
    shows.map(({ kernel, property }) => ({ item: itemOf(kernel), kernel, scenario, property })),
  );
  const found = composedOf.flatMap((kernel) =>
    shown.filter((each) => each.kernel === kernel).slice(0, 1),
  );
  const items = [...new Set(composedOf.map(itemOf))];
  return { found, notSeen: items.filter((item) => !found.some((each) => each.item === item)) };
}

/** "A37-second" is a second form of A37. */
function itemOf(kernel: string): string {
  return kernel.split('-', 1)[0] ?? kernel;
}

/** On a worker: every story of one scenario, in each of the kernels alone. */
export function blame({ scenario, properties, stories, alone }: BlameJob): BlameResult {
  const shows = alone.flatMap((kernel) => {
    const { system, claims } = subjectOf({ kernel, scenario, properties });
    return stories.flatMap(({ violation: { property, finding }, start, steps }) => {
      const deliveries = deliveriesOf(system, steps);
      if (deliveries === undefined) return [];
      const again = createReplayer(system, claims, property).attempt(deliveries, start)?.violation;
      const isSame =
        again?.finding.subject === finding.subject &&
        again.finding.expected === finding.expected &&
        again.finding.found === finding.found;
      return isSame ? [{ kernel, property }] : [];
    });
  });
  return { kind: 'blame', scenario, shows };
}
