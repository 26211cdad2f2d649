/**
 * Explorations for tests, on worker threads that run `dist/`: inside Jest they take four times as
 * long. `npm test` builds first; Jest alone refuses an old build with a message.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Piscina } from 'piscina';
import {
  PROGRESS_FIELDS,
  type Board,
  type ExhaustiveJob,
  type ExhaustiveResult,
  type Task,
} from '../../analysis/jobs/jobs.ts';
import { plainSource } from '../../cli/shipped.ts';
import { sizeOf } from '../../checker/specification/specification.ts';
import { createThreads as createSafeThreads } from '../../analysis/jobs/worker-threads.ts';
import { kernels } from '../../model/kernels/all.ts';
import { scenarios } from '../../model/scenarios/all.ts';
import { properties } from '../../properties/all.ts';

/** Far beyond what a small scenario has; a search that meets it did not close. */
const MAX_STATES = 500_000;
const WORKERS = 2;

export const sprite = 'sprite';

/** Small enough to close: every state is visited. */
export const smallScenarios = scenarios.filter((scenario) => sizeOf(scenario) === 'small');

/** Kernels with a fault that some property is expected to catch. */
export const faults = kernels.filter(({ caughtBy }) => caughtBy.length > 0);

export const everyProperty: readonly string[] = properties.map(({ id }) => id);

type Search = Pick<ExhaustiveJob, 'variant' | 'scenario'> &
  Partial<Pick<ExhaustiveJob, 'properties' | 'until' | 'maxStates' | 'reportSituations'>>;

export type Explorer = {
  /** Every state; ends at the first violation of one of `until`, where there are any. */
  readonly explored: (search: Search) => Promise<ExhaustiveResult>;
  readonly close: () => Promise<void>;
};

export function createExplorer(): Explorer {
  const threads = createThreads('../../dist/analysis/jobs/job.worker.js', 'work');
  const stop = new Int32Array(new SharedArrayBuffer(4));
  return { explored, close: () => threads.destroy() };

  async function explored(search: Search): Promise<ExhaustiveResult> {
    const job: ExhaustiveJob = {
      kind: 'exhaustive',
      maxStates: MAX_STATES,
      properties: everyProperty,
      until: [],
      ...search,
    };
    const bytes = Float64Array.BYTES_PER_ELEMENT * PROGRESS_FIELDS;
    const board: Board = { stop, progress: new Float64Array(new SharedArrayBuffer(bytes)) };
    const task: Task = { job, index: 0, board, source: plainSource };
    return (await threads.run(task)) as ExhaustiveResult;
  }
}

/** Worker threads that call the function of this name in a file, whose path starts here. */
export function createThreads(file: string, name: string): Piscina {
  refuseOldBuild();
  const { href } = new URL(file, import.meta.url);
  return createSafeThreads(href, { name, most: WORKERS });
}

function refuseOldBuild(): void {
  const stamp = fileURLToPath(new URL('../../scripts/stamp.mjs', import.meta.url));
  const { status } = spawnSync(process.execPath, [stamp, '--check']);
  if (status !== 0) throw new Error('dist/ is older than the sources: npm run build');
}
