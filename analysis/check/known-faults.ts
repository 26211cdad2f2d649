/** Looks for a handful of shipped faults, each in its own scenario: a checker that finds none proves nothing. */
import { kernels } from '../../model/kernels/all.ts';
import type { Fault } from './check-result.ts';
import type { ExhaustiveJob } from '../jobs/jobs.ts';
import type { Pool } from '../jobs/worker-pool.ts';

const HOW_MANY = 6;

export async function checkFaults(pool: Pool, maxStates: number): Promise<readonly Fault[]> {
  const faults = kernels.filter(({ caughtBy }) => caughtBy.length > 0).slice(0, HOW_MANY);
  const results = await pool.run(
    faults.map(({ id, scenario, caughtBy }): ExhaustiveJob => ({
      kind: 'exhaustive',
      kernel: id,
      scenario,
      properties: caughtBy,
      maxStates,
      until: caughtBy,
    })),
    'faults',
  );
  return results.map(({ found, ending, states, scenario, exploreMs }, index) => {
    const { id = '', title = '', caughtBy = [] } = faults[index] ?? {};
    const first = found.find(({ violation }) => caughtBy.includes(violation.property));
    const missed = ending === 'interrupted' ? 'UNKNOWN' : 'MISSED';
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
