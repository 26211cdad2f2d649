/** A pool without threads: does each job at once. For jobs that are short even inside Jest. */
import { work } from '../../analysis/jobs/job.worker.ts';
import { PROGRESS_FIELDS, type Board, type Job, type Task } from '../../analysis/jobs/jobs.ts';
import { brokenBy, type Pool } from '../../analysis/jobs/worker-pool.ts';
import { keepLoaded } from '../../analysis/specification/load.ts';
import { loadedSprite } from '../../testing/sprite.ts';

// Its source names dist/, and what is tested here are the sources.
keepLoaded(loadedSprite);

export const board: Board = {
  stop: new Int32Array(1),
  progress: new Float64Array(PROGRESS_FIELDS),
};

export const inThisThread: Pool = {
  run: async (jobs) => (await Promise.all(jobs.map((job) => work(taskOf(job))))) as never,
  attempt: async (jobs) =>
    (await Promise.all(jobs.map((job) => work(taskOf(job)).catch(brokenBy)))) as never,
  ended: () => undefined,
  close: async () => undefined,
};

function taskOf(job: Job): Task {
  return { job, index: 0, board, source: loadedSprite.source };
}
