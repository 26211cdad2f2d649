/** A pool without threads: does each job at once. For jobs that are short even inside Jest. */
import { work } from '../../analysis/jobs/job.worker.ts';
import { PROGRESS_FIELDS, type Board } from '../../analysis/jobs/jobs.ts';
import { brokenBy, type Pool } from '../../analysis/jobs/worker-pool.ts';

export const board: Board = {
  stop: new Int32Array(1),
  progress: new Float64Array(PROGRESS_FIELDS),
};

export const inThisThread: Pool = {
  run: async (jobs) =>
    (await Promise.all(jobs.map((job) => work({ job, index: 0, board })))) as never,
  attempt: async (jobs) =>
    (await Promise.all(jobs.map((job) => work({ job, index: 0, board }).catch(brokenBy)))) as never,
  ended: () => undefined,
  close: async () => undefined,
};
