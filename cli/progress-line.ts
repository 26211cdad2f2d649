/** Progress on standard error: a line that rewrites itself on a terminal, else one every ten seconds. */
import { allPinned } from '../analysis/baselines/pinned-counts.ts';
import { storedNames } from '../analysis/baselines/stored-names.ts';
import { fromHere } from '../analysis/files/home.ts';
import type { Job } from '../analysis/jobs/jobs.ts';
import type { ShowProgress } from '../analysis/jobs/worker-pool.ts';
import { repairedOf, type Loaded } from '../analysis/specification/loaded.ts';
import { counted, displayWidth } from '../checker/text/tables.ts';
import { columnsOf, isTerminal } from './terminal.ts';
import { createClock, field, isRunning, type SizeOf } from './time-left.ts';

const TERMINAL_EVERY_MS = 200;
const PLAIN_EVERY_MS = 10_000;
/** The end of a job, after its last state, is not counted: an estimate of a second would stay for several. */
const LEAST_SECONDS = 1;
const CLEAR = '\r\x1b[K';

export function showProgressOf(spec: Loaded, workers: number): ShowProgress {
  return (jobs, progress, what) => {
    const rewrites = isTerminal(process.stderr) && process.env['CI'] === undefined;
    const clock = createClock(jobs, progress, { workers, sizeOf: pinnedSizes(spec) });
    let last = performance.now();
    if (rewrites) show();
    else process.stderr.write(`${what}: ${counted(jobs.length, 'job')}\n`);
    const timer = setInterval(show, rewrites ? TERMINAL_EVERY_MS : PLAIN_EVERY_MS);
    return { end };

    function show(): void {
      const now = performance.now();
      clock.tick((now - last) / 1000);
      last = now;
      // The last column stays free: some terminals go on to the next line after it.
      const most = columnsOf(process.stderr) - 1;
      const line = progressLine(what, { jobs, progress, left: clock.secondsLeft() }, most);
      process.stderr.write(rewrites ? `${CLEAR}${line}` : `${line}\n`);
    }

    function end(): void {
      clearInterval(timer);
      if (rewrites) process.stderr.write(CLEAR);
    }
  };
}

function pinnedSizes(spec: Loaded): SizeOf {
  const pins = readPins(spec);
  return ({ variant, scenario }) =>
    (pins.get(`${variant}/${scenario}`) ?? pins.get(`${repairedOf(spec)}/${scenario}`))?.states;
}

/** Without pins there is no estimate; the verbs that need them report why they cannot be read. */
function readPins({ home }: Loaded): ReturnType<typeof allPinned> {
  try {
    return allPinned(fromHere(home, storedNames(home).counts));
  } catch {
    return new Map();
  }
}

export type ShownJobs = {
  readonly jobs: readonly Job[];
  readonly progress: Float64Array;
  readonly left: number | undefined;
};

/** "checking: 57 of 71 done; about 12 s left; now office (34 of 150 runs)": as much as fits. */
export function progressLine(what: string, shown: ShownJobs, most: number): string {
  const { jobs, progress, left } = shown;
  const done = jobs.filter((_, index) => field(progress, index, 'isDone') === 1).length;
  const running = jobs.flatMap((job, index) =>
    isRunning(progress, index) ? [jobText(job, progress, index)] : [],
  );
  const parts = [
    `${what}: ${done} of ${jobs.length} done`,
    ...(left === undefined || left <= LEAST_SECONDS ? [] : [`about ${Math.ceil(left)} s left`]),
    ...running.map((text, index) => (index === 0 ? `now ${text}` : text)),
  ];
  const fitting = parts.findIndex(
    (_, index) => displayWidth(parts.slice(0, index + 1).join('; ')) > most,
  );
  const line = parts.slice(0, fitting < 0 ? parts.length : fitting).join('; ');
  return line === '' ? `${parts[0]?.slice(0, most)}` : line;
}

function jobText(job: Job, progress: Float64Array, index: number): string {
  const of = (name: 'states' | 'runs'): number => field(progress, index, name);
  if (job.kind === 'random') {
    return `${job.scenario} (${counted(of('runs'))} of ${counted(job.runs, 'run')})`;
  }
  const scenario = job.kind === 'replay' ? job.trace.scenario.name : job.scenario;
  return `${scenario} (${counted(of('states'), 'state')})`;
}
