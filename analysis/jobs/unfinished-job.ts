/**
 * The result of a job that was ended early: its progress, without findings.
 *
 *   A job that has not begun has such a result, too, with zeros.
 */
import {
  PROGRESS,
  PROGRESS_FIELDS,
  type ExhaustiveJob,
  type JobResult,
  type RandomJob,
  type Task,
} from './jobs.ts';
import type { Loaded } from '../specification/loaded.ts';
import { scenarioNamed } from '../specification/lookup.ts';
import { propertiesFor } from '../specification/instance.ts';

/** Undefined if the job has no honest partial result: then the caller must wait for it. */
export function unfinished(
  spec: Loaded,
  { job, index, board: { progress } }: Pick<Task, 'job' | 'index' | 'board'>,
): JobResult | undefined {
  if (job.kind === 'exhaustive') {
    return {
      kind: 'exhaustive',
      scenario: job.scenario,
      applied: appliedOf(spec, job),
      ending: 'interrupted',
      isUnfinished: true,
      states: field('states'),
      transitions: field('transitions'),
      depth: field('depth'),
      stuck: 0,
      found: [],
      undecided: [],
      unreached: appliedOf(spec, job),
      machineRuns: 0,
      bytesPerState: 0,
      census: [],
      coverage: { taken: [], never: [] },
      hints: { neverEnabled: [], growing: [] },
      asked: { answers: 0, twice: 0 },
      exploreMs: 0,
    };
  }
  if (job.kind === 'random') {
    return {
      kind: 'random',
      scenario: job.scenario,
      applied: appliedOf(spec, job),
      runs: field('runs'),
      steps: field('steps'),
      seed: job.seed,
      found: [],
      undecided: [],
      unreached: appliedOf(spec, job),
      interrupted: true,
      isUnfinished: true,
      asked: { answers: 0, twice: 0 },
      walkMs: 0,
    };
  }
  if (job.kind === 'story') {
    const given = job.steps.length;
    const nothing = { trace: undefined, differs: undefined, alsoIn: [] };
    return { kind: 'story', given, shrunkTo: given, isUnfinished: true, ...nothing };
  }
  if (job.kind === 'replay') return { kind: 'undone' };
  if (job.kind === 'blame') return { kind: 'blame', scenario: job.scenario, shows: [] };
  return undefined;

  function field(name: keyof typeof PROGRESS): number {
    return progress[index * PROGRESS_FIELDS + PROGRESS[name]] ?? 0;
  }
}

/** The fields that are not known of a search that was ended early. */
const UNMEASURED = [
  'stuck',
  'machineRuns',
  'bytesPerState',
  'census',
  'coverage',
  'hints',
  'asked',
  'exploreMs',
  'walkMs',
];

/** The result without the zeros of values that were not measured. */
export function measuredOf<Result extends { readonly isUnfinished?: true }>(
  result: Result,
): Partial<Result> {
  if (result.isUnfinished !== true) return result;
  const known = Object.entries(result).filter(([field]) => !UNMEASURED.includes(field));
  return Object.fromEntries(known) as Partial<Result>;
}

/** The properties of a job that apply in its scenario. */
export function appliedOf(
  spec: Loaded,
  { scenario, properties }: ExhaustiveJob | RandomJob,
): readonly string[] {
  return propertiesFor(spec, scenarioNamed(spec, scenario))
    .map(({ id }) => id)
    .filter((id) => properties.includes(id));
}
