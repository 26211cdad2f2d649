/** Progress on standard error: a line that rewrites itself on a terminal, else one every ten seconds. */
import { PROGRESS, PROGRESS_FIELDS, type Job } from '../analysis/jobs/jobs.ts';
import type { ProgressKind } from '../analysis/jobs/worker-pool.ts';
import { isTerminal } from './terminal.ts';
import { counted } from '../checker/text/tables.ts';

const TERMINAL_EVERY_MS = 200;
const PLAIN_EVERY_MS = 10_000;

export function showProgress(
  jobs: readonly Job[],
  progress: Float64Array,
  what: ProgressKind,
): { readonly end: () => void } {
  const rewrites = isTerminal(process.stderr) && process.env['CI'] === undefined;
  const started = performance.now();
  if (rewrites) show();
  else process.stderr.write(`${what}: ${counted(jobs.length, 'job')}\n`);
  const timer = setInterval(show, rewrites ? TERMINAL_EVERY_MS : PLAIN_EVERY_MS);
  return { end };

  function show(): void {
    const line = progressLine(jobs, progress, (performance.now() - started) / 1000);
    process.stderr.write(rewrites ? `\r\x1b[K${what}: ${line}` : `${what}: ${line}\n`);
  }

  function end(): void {
    clearInterval(timer);
    if (rewrites) process.stderr.write('\r\x1b[K');
  }
}

function progressLine(jobs: readonly Job[], progress: Float64Array, seconds: number): string {
  const done = sum('isDone');
  const states = sum('states');
  const steps = sum('steps');
  const left = (jobs.length / done - 1) * seconds;
  return [
    `${done} of ${jobs.length} done`,
    ...(states > 0 ? [`${counted(states, 'state')}, ${perSecond(states)}`] : []),
    ...(steps > 0 ? [`${counted(sum('runs'), 'run')}, ${perSecond(steps)} steps`] : []),
    ...running(),
    ...(done > 0 && done < jobs.length ? [`about ${Math.ceil(left)} s left`] : []),
  ].join('; ');

  function running(): readonly string[] {
    const at = jobs.findIndex(
      (_, index) => field(index, 'isDone') === 0 && field(index, 'states') > 0,
    );
    const job = jobs[at];
    if (job === undefined) return [];
    const frontier = field(at, 'states') - field(at, 'expanded');
    return [`${job.scenario} at depth ${field(at, 'depth')}, frontier ${counted(frontier)}`];
  }

  function field(index: number, name: keyof typeof PROGRESS): number {
    return progress[index * PROGRESS_FIELDS + PROGRESS[name]] ?? 0;
  }

  function sum(name: keyof typeof PROGRESS): number {
    return jobs.reduce((total, _, index) => total + field(index, name), 0);
  }

  function perSecond(count: number): string {
    return `${counted(Math.round(count / Math.max(seconds, 0.001)))}/s`;
  }
}
