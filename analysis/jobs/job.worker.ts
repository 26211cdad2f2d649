/** Does one job on a worker thread, for worker-pool.ts. */
import { match } from 'ts-pattern';
import { summedCounts, type AnswerCounts } from '../../checker/engine/asked-twice.ts';
import { hintsOf } from '../../checker/engine/search-hints.ts';
import type { System } from '../../checker/engine/system.ts';
import { coverageOf } from '../../checker/engine/transition-coverage.ts';
import { deadlockText } from '../../checker/claims/deadlock.ts';
import { diff } from '../../checker/compare/diff.ts';
import { explore, type Progress } from '../../checker/search/explore.ts';
import { ModelFault } from '../../checker/specification/specification-error.ts';
import { replayTrace } from '../../checker/stories/replay-verdict.ts';
import {
  PROGRESS,
  PROGRESS_FIELDS,
  type Broken,
  type DiffJob,
  type DiffResult,
  type ExhaustiveJob,
  type ExhaustiveResult,
  type Job,
  type JobResult,
  type RandomFind,
  type RandomJob,
  type RandomJobResult,
  type ReplayJob,
  type ReplayResult,
  type Task,
} from './jobs.ts';
import { watchSituations } from '../check/situations.ts';
import { blame } from '../check/component-faults.ts';
import { sideOf } from '../compare/compared-models.ts';
import { isOutdated, rebaseTrace } from '../stories/rebase-trace.ts';
import { finishStory } from '../check/finish-counterexample.ts';
import { instanceIn } from '../specification/instance.ts';
import { loadSpecification } from '../specification/load.ts';
import type { Loaded } from '../specification/loaded.ts';
import { unfinished } from './unfinished-job.ts';

/** Reports the progress of a job; the result is false when the job must end. */
type Note = (progress: Partial<Record<keyof typeof PROGRESS, number>>) => boolean;

/** An error loses its class on its way to another thread, so a specification error is an answer. */
export async function work(task: Task): Promise<JobResult | Broken> {
  try {
    return await resultOf(task);
  } catch (error) {
    if (error instanceof ModelFault) return { kind: 'broken', why: error.message };
    throw error;
  }
}

async function resultOf(task: Task): Promise<JobResult> {
  const { job, index, board, source } = task;
  const note: Note = (progress) => {
    for (const [field, value] of Object.entries(progress)) {
      const at = PROGRESS[field as keyof typeof PROGRESS];
      board.progress[index * PROGRESS_FIELDS + at] = value;
    }
    return Atomics.load(board.stop, 0) === 0;
  };
  const spec = await loadSpecification(source);
  // Ended before it began: loading the job's modules would take too long now.
  const result = (note({}) ? undefined : unfinished(spec, task)) ?? (await done(spec, job, note));
  note({ isDone: 1 });
  return result;
}

function done(spec: Loaded, job: Job, note: Note): JobResult | Promise<JobResult> {
  return match(job)
    .with({ kind: 'exhaustive' }, (exhaustive) => exploreAll(spec, exhaustive, note))
    .with({ kind: 'random' }, (random) => walkAtRandom(spec, random, note))
    .with({ kind: 'story' }, (story) =>
      finishStory(spec, story, ({ states, depth }) => note({ states, depth })),
    )
    .with({ kind: 'diff' }, (comparison) => compare(spec, comparison, note))
    .with({ kind: 'replay' }, (stored) => replayStored(spec, stored))
    .with({ kind: 'blame' }, (stories) => blame(spec, stories))
    .exhaustive();
}

async function compare(spec: Loaded, job: DiffJob, note: Note): Promise<DiffResult> {
  const { sides, scenario, maxStates } = job;
  const [first, second] = [await sideOf(spec, sides[0], job), await sideOf(spec, sides[1], job)];
  const started = performance.now();
  const found = diff(first, second, { maxStates, onProgress: note });
  return { kind: 'diff', scenario, diff: found, diffMs: performance.now() - started };
}

function exploreAll(spec: Loaded, job: ExhaustiveJob, note: Note): ExhaustiveResult {
  const { system, scenario, claims, witnesses, applied } = instanceIn(spec, job);
  const deadlock = deadlockText(system.protocol);
  const watched =
    job.reportSituations === true ? watchSituations(spec.coverings ?? [], scenario) : undefined;
  const started = performance.now();
  const { until, maxStates } = job;
  const result = explore(system, {
    claims: watched === undefined ? claims : [...claims, ...watched.claims],
    witnesses,
    maxStates,
    stopAt: until.length === 0 ? false : ({ property }) => until.includes(property),
    onProgress: ({ states, expanded, depth, transitions }: Progress) =>
      note({ states, expanded, depth, transitions }),
  });
  const exploreMs = performance.now() - started;
  const { machineRuns, census } = system.statistics();
  const { ending, states, transitions, depth, stuck, found, undecided, unreached, bytes } = result;
  return {
    kind: 'exhaustive',
    scenario: job.scenario,
    applied,
    ending,
    states,
    transitions,
    depth,
    stuck,
    found,
    ...(deadlock === undefined ? {} : { deadlock }),
    undecided,
    unreached: unreached.map(({ property }) => property),
    machineRuns,
    bytesPerState: (bytes.rows + bytes.table) / states,
    census: census
      .toSorted((a, b) => b.locals - a.locals || (a.cell < b.cell ? -1 : 1))
      .slice(0, 10),
    coverage: coverageOf(system),
    ...(watched === undefined ? {} : { situations: watched.reached() }),
    hints: hintsOf(system, states),
    asked: askedOf(system, result.claimsAsked),
    exploreMs,
  };
}

function replayStored(spec: Loaded, job: ReplayJob): ReplayResult {
  const { trace, rebase } = job;
  const started = performance.now();
  const instance = instanceIn(spec, job);
  const replay = replayTrace(instance.system, instance.claims, trace);
  const rebased =
    trace.verdict === 'violated' && isOutdated(replay)
      ? rebaseTrace(instance, trace, rebase)
      : undefined;
  return { kind: 'replay', replay, rebased, replayMs: performance.now() - started };
}

/**
 * fast-check ends at a violation; the rest is sampled again without that property. It is loaded here,
 * because that takes as long as a short job, and no other job needs it.
 */
async function walkAtRandom(spec: Loaded, job: RandomJob, note: Note): Promise<RandomJobResult> {
  const { checkRandom } = await import('../../checker/random/random-check.ts');
  const { runs, seed, maxSteps } = job;
  const { system, claims, witnesses, applied } = instanceIn(spec, job);
  const deadlock = deadlockText(system.protocol);
  const found: RandomFind[] = [];
  const undecided = new Set<string>();
  let walkMs = 0;
  for (;;) {
    const violated = new Set(found.map(({ violation }) => violation.property));
    const result = checkRandom(
      system,
      claims.filter(({ property }) => !violated.has(property)),
      witnesses,
      {
        runs,
        seed,
        maxSteps,
        stopAt: ({ property }) => !violated.has(property),
        clock: () => performance.now(),
        onProgress: (progress) => note({ runs: progress.runs, steps: progress.steps }),
      },
    );
    walkMs += result.walkMs ?? 0;
    for (const property of result.undecided) undecided.add(property);
    if (result.found !== undefined) found.push(result.found);
    if (result.found === undefined || result.interrupted) {
      return {
        kind: 'random',
        scenario: job.scenario,
        applied,
        runs: result.runs,
        steps: result.steps,
        seed,
        found,
        ...(deadlock === undefined ? {} : { deadlock }),
        undecided: [...undecided],
        unreached: result.unreached.map(({ property }) => property),
        interrupted: result.interrupted || !note({}),
        asked: askedOf(system, result.claimsAsked),
        walkMs,
      };
    }
  }
}

function askedOf(system: System, claimsAsked: AnswerCounts): AnswerCounts {
  return summedCounts([...Object.values(system.statistics().asked), claimsAsked]);
}
