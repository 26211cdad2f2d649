/**
 * Estimates how long a list of jobs still takes: from the pinned number of states of a search, the number
 * of runs of a walk, and the time that a state and a step have taken so far.
 */
import { PROGRESS, PROGRESS_FIELDS, type Job } from '../analysis/jobs/jobs.ts';

/** The states of a search; the first variant's number is near enough for another variant. */
export type SizeOf = (place: {
  readonly variant: string;
  readonly scenario: string;
}) => number | undefined;

export type WallClock = {
  /** So many seconds have passed since the last tick, with the present jobs under way. */
  readonly tick: (seconds: number) => void;
  /**
   * Undefined if it cannot be estimated: a job of another kind, a search that is not pinned, or one that
   * ends at the first violation.
   */
  readonly secondsLeft: () => number | undefined;
};

/** A guess of the cost in seconds before any is measured, and its weight in measured ones. */
const GUESS = {
  state: { seconds: 0.0002, worth: 10_000 },
  step: { seconds: 0.0002, worth: 20_000 },
};
const GUESSED_STEPS = 60;

type Unit = keyof typeof GUESS;
type Left = { readonly unit: Unit; readonly count: number };

export function createClock(
  jobs: readonly Job[],
  progress: Float64Array,
  { workers, sizeOf }: { readonly workers: number; readonly sizeOf: SizeOf },
): WallClock {
  const spent: Record<Unit, number> = { state: 0, step: 0 };
  return { tick, secondsLeft };

  function tick(seconds: number): void {
    const running = jobs.flatMap((job, index) => (isRunning(progress, index) ? [job] : []));
    for (const job of running) spent[unitOf(job)] += seconds;
  }

  function secondsLeft(): number | undefined {
    const left = jobs.map((job, index) => leftOf(job, index));
    if (left.some((each) => each === undefined)) return undefined;
    const seconds = left.map((each) => (each === undefined ? 0 : each.count * costOf(each.unit)));
    const all = seconds.reduce((sum, each) => sum + each, 0);
    // Workers do not share one job: the longest job is a lower bound.
    return Math.max(all / workers, ...seconds);
  }

  function leftOf(job: Job, index: number): Left | undefined {
    if (field(progress, index, 'isDone') === 1) return { unit: unitOf(job), count: 0 };
    if (job.kind === 'random') {
      const runs = field(progress, index, 'runs');
      const steps = runs === 0 ? GUESSED_STEPS : field(progress, index, 'steps') / runs;
      return { unit: 'step', count: Math.max(0, job.runs - runs) * steps };
    }
    const goesOn = job.kind === 'exhaustive' && job.until.length === 0;
    const size = goesOn ? sizeOf(job) : undefined;
    if (size === undefined) return undefined;
    return { unit: 'state', count: Math.max(0, size - field(progress, index, 'expanded')) };
  }

  function costOf(unit: Unit): number {
    const { seconds, worth } = GUESS[unit];
    const what = unit === 'state' ? 'expanded' : 'steps';
    const done = jobs.reduce((sum, _, index) => sum + field(progress, index, what), 0);
    return (spent[unit] + seconds * worth) / (done + worth);
  }
}

export function isRunning(progress: Float64Array, index: number): boolean {
  const begun = field(progress, index, 'states') + field(progress, index, 'steps') > 0;
  return begun && field(progress, index, 'isDone') === 0;
}

export function field(progress: Float64Array, index: number, name: keyof typeof PROGRESS): number {
  return progress[index * PROGRESS_FIELDS + PROGRESS[name]] ?? 0;
}

function unitOf({ kind }: Job): Unit {
  return kind === 'random' ? 'step' : 'state';
}
