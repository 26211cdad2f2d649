/** Runs jobs on worker threads and returns their results in the order of the jobs. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ModelFault } from '../../checker/specification/specification-error.ts';
import { printable } from '../../checker/text/printable.ts';
import {
  PROGRESS_FIELDS,
  type BlameJob,
  type BlameResult,
  type Board,
  type Broken,
  type DiffJob,
  type DiffResult,
  type ExhaustiveJob,
  type ExhaustiveResult,
  type Job,
  type JobResult,
  type RandomJob,
  type RandomJobResult,
  type ReplayJob,
  type ReplayResult,
  type StoryJob,
  type StoryResult,
  type Task,
  type Undone,
} from './jobs.ts';
import { root } from '../files/project-root.ts';
import type { Loaded } from '../specification/loaded.ts';
import { createThreads } from './worker-threads.ts';
import { unfinished } from './unfinished-job.ts';

type ResultOf<J extends Job> = J extends ExhaustiveJob
  ? ExhaustiveResult
  : J extends RandomJob
    ? RandomJobResult
    : J extends StoryJob
      ? StoryResult
      : J extends DiffJob
        ? DiffResult
        : J extends ReplayJob
          ? ReplayResult | Undone
          : J extends BlameJob
            ? BlameResult
            : never;

/** The purpose of the jobs of one run, for the progress line. */
export type ProgressKind =
  | 'exploring'
  | 'checking'
  | 'faults'
  | 'shrinking'
  | 'replaying'
  | 'comparing';

/** Shows the progress of jobs, from the numbers that the workers write, until `end` is called. */
export type ShowProgress = (
  jobs: readonly Job[],
  progress: Float64Array,
  what: ProgressKind,
) => { readonly end: () => void };

export type PoolOptions = {
  /** The specification to which the names in the jobs refer. */
  readonly spec: Loaded;
  readonly workers: number;
  readonly timeoutSeconds?: number | undefined;
  readonly showProgress?: ShowProgress;
  /** A second interruption: the program ends without partial results. */
  readonly onGivenUp?: () => void;
};

export type Pool = {
  readonly run: <J extends Job>(
    jobs: readonly J[],
    what: ProgressKind,
  ) => Promise<readonly ResultOf<J>[]>;
  /** The same, but a job that throws does not end the others: an edited model may throw. */
  readonly attempt: <J extends Job>(
    jobs: readonly J[],
    what: ProgressKind,
  ) => Promise<readonly (ResultOf<J> | Broken)[]>;
  /** The reason why the work ended early. */
  readonly ended: () => 'interrupted' | 'timeout' | undefined;
  readonly close: () => Promise<void>;
};

export function brokenBy(error: unknown): Broken {
  const why = error instanceof Error ? error.message : String(error);
  return { kind: 'broken', why: printable(why).slice(0, 300) };
}

/** After an interruption or a time-out: later answers of workers are ignored. */
const GRACE_MS = 300;

export function createPool(options: PoolOptions): Pool {
  const { spec, workers, timeoutSeconds, showProgress, onGivenUp } = options;
  const { href } = pathToFileURL(join(root, 'dist', 'analysis', 'jobs', 'job.worker.js'));
  const threads = createThreads(href, { name: 'work', most: workers });
  const stop = new Int32Array(new SharedArrayBuffer(4));
  let ended: 'interrupted' | 'timeout' | undefined;
  let graceTimer: NodeJS.Timeout | undefined;
  let giveUp: (() => void) | undefined;
  const givenUp = new Promise<void>((resolve) => (giveUp = resolve));
  process.on('SIGINT', interrupt);
  process.on('SIGTERM', interrupt);
  const timer =
    timeoutSeconds === undefined
      ? undefined
      : setTimeout(() => end('timeout'), timeoutSeconds * 1000);
  return { run: each, attempt, ended: () => ended, close };

  async function attempt<J extends Job>(
    jobs: readonly J[],
    what: ProgressKind,
  ): Promise<readonly (ResultOf<J> | Broken)[]> {
    return each<J, Broken>(jobs, what, brokenBy);
  }

  async function each<J extends Job, Other = never>(
    jobs: readonly J[],
    what: ProgressKind,
    otherwise?: (error: unknown) => Other,
  ): Promise<readonly (ResultOf<J> | Other)[]> {
    if (jobs.length === 0) return [];
    const bytes = Float64Array.BYTES_PER_ELEMENT * PROGRESS_FIELDS * jobs.length;
    const progress = new Float64Array(new SharedArrayBuffer(bytes));
    const board: Board = { stop, progress };
    const shown = showProgress?.(jobs, progress, what);
    try {
      return await Promise.all(
        jobs.map(async (job, index) => {
          const task: Task = { job, index, board, source: spec.source };
          const result = firstOf(task) as Promise<ResultOf<J>>;
          return otherwise === undefined ? result : result.catch(otherwise);
        }),
      );
    } finally {
      shown?.end();
    }
  }

  /** The worker's result, or the partial result of a job that was ended early. */
  async function firstOf(task: Task): Promise<unknown> {
    const said: Promise<JobResult | Broken> = threads.run(task);
    const known = givenUp.then(() => unfinished(spec, task) ?? said);
    const first = await Promise.race([said, known]);
    if (first.kind === 'broken') throw new ModelFault(first.why);
    return first;
  }

  function interrupt(): void {
    if (ended === 'interrupted') onGivenUp?.();
    end('interrupted');
  }

  function end(why: 'interrupted' | 'timeout'): void {
    ended = why;
    Atomics.store(stop, 0, 1);
    graceTimer ??= setTimeout(() => giveUp?.(), GRACE_MS);
  }

  async function close(): Promise<void> {
    clearTimeout(timer);
    clearTimeout(graceTimer);
    process.off('SIGINT', interrupt);
    process.off('SIGTERM', interrupt);
    await threads.destroy();
  }
}
