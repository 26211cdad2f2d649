/** Searches for a handful of shipped faults, each in its own scenario: a checker that finds none proves nothing. */
import type { Loaded } from '../specification/loaded.ts';
import { faultsOf } from '../specification/faults.ts';
import type { Fault } from './check-result.ts';
import type { ExhaustiveJob } from '../jobs/jobs.ts';
import type { Pool } from '../jobs/worker-pool.ts';

const HOW_MANY = 6;

export async function checkFaults(
  spec: Loaded,
  pool: Pool,
  maxStates: number,
): Promise<readonly Fault[]> {
  const faults = faultsOf(spec).slice(0, HOW_MANY);
  const results = await pool.run(
    faults.map(({ id, scenario, caughtBy }): ExhaustiveJob => ({
      kind: 'exhaustive',
      variant: id,
      scenario,
      properties: caughtBy,
      maxStates,
      until: caughtBy,
    })),
    'faults',
  );
  return results.map(({ found, ending, undecided, states, scenario, exploreMs }, index) => {
    const { id = '', title = '', caughtBy = [] } = faults[index] ?? {};
    const first = found.find(({ violation }) => caughtBy.includes(violation.property));
    const isOpen = caughtBy.some((property) => undecided.includes(property));
    const missed = ending === 'interrupted' || isOpen ? 'UNKNOWN' : 'MISSED';
    return {
      fault: id,
      title,
      scenario,
      verdict: first === undefined ? missed : 'CAUGHT',
      by: first?.violation.property,
      steps: first?.steps.length,
      states,
      exploreMs,
    };
  });
}
