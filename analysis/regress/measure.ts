/** Measures everything that `regress` judges, on worker threads. */
import { DEFAULT_MAX_EDITS } from '../../checker/stories/rebase.ts';
import type { Replay } from '../../checker/stories/replay-verdict.ts';
import { replayLine } from '../../checker/stories/replay-verdict.ts';
import { faultsOf } from '../specification/faults.ts';
import { repairedOf, type Loaded } from '../specification/loaded.ts';
import { writeStories } from '../check/counterexample-files.ts';
import type {
  Broken,
  ExhaustiveJob,
  ExhaustiveResult,
  ReplayJob,
  ReplayResult,
} from '../jobs/jobs.ts';
import type { Pool } from '../jobs/worker-pool.ts';
import { rebasedText } from '../stories/rebase-trace.ts';
import { pathFrom } from '../files/project-paths.ts';
import { sizeOf } from '../../checker/specification/specification.ts';
import { propertiesOf } from '../files/open-trace.ts';
import { BOUND } from '../baselines/make-baselines.ts';
import { appliedOf } from '../jobs/unfinished-job.ts';
import {
  exists,
  variantOfKey,
  scenarioOf,
  type Expected,
  type StoredExpectations,
} from './expected.ts';
import type { Explored, Measured, ReplayedTrace } from './measurements.ts';

export type Scope = {
  /** Only these scenarios; by default all. */
  readonly chosen: readonly string[];
  readonly maxStates: number;
  /** Only these scenarios and faults, as `variant/scenario`, and only these stories. */
  readonly only?: { readonly explored: ReadonlySet<string>; readonly files: ReadonlySet<string> };
  /** The folder for the story of a property that fails on the repaired variant. */
  readonly out: string;
};

/** After the pool has ended, searches without a result are `interrupted`, and such stories are left out. */
export async function measure(pool: Pool, expected: Expected, scope: Scope): Promise<Measured> {
  const { spec } = expected;
  const repaired = repairedOf(spec);
  const isWanted = ({ variant, scenario }: ExhaustiveJob): boolean =>
    scope.only?.explored.has(`${variant}/${scenario}`) !== false;
  const counted = scenarioJobs(expected, scope).filter(isWanted);
  const caught = faultJobs(spec, scope).filter(isWanted);
  const jobs = [...counted, ...caught];
  const results = await pool.attempt(jobs, 'checking');
  // After an interruption the user does not wait for the next phase.
  const stories = pool.ended() === undefined ? expected.stored : [];
  const replays = await replayStored(
    spec,
    pool,
    stories.filter(({ file }) => scope.only?.files.has(file) !== false),
  );
  const own = results.slice(0, counted.length).filter(isOfRepaired);
  const files =
    pool.ended() === undefined ? await storiesOf(spec, pool, { results: own, scope }) : new Map();
  const explored = jobs.map((job, at) => exploredOf(spec, job, { result: results[at], files }));
  return {
    scenarios: explored.slice(0, counted.length),
    faults: explored.slice(counted.length),
    traces: [...replays],
  };

  function isOfRepaired(result: ExhaustiveResult | Broken, at: number): result is ExhaustiveResult {
    return result.kind !== 'broken' && counted[at]?.variant === repaired;
  }
}

/** The scenarios whose counts are pinned, and those that should be. */
function scenarioJobs(
  { spec, pins }: Expected,
  { chosen, maxStates }: Scope,
): readonly ExhaustiveJob[] {
  const { variants, scenarios, properties } = spec;
  const repaired = repairedOf(spec);
  const all = scenarios
    .filter(({ name }) => chosen.length === 0 || chosen.includes(name))
    .map(({ name }) => `${repaired}/${name}`);
  return [...new Set([...all, ...pins.keys()])]
    .filter(
      (key) => variants.some(({ id }) => id === variantOfKey(key)) && exists(spec, scenarioOf(key)),
    )
    .map((key): ExhaustiveJob => {
      const place = {
        kind: 'exhaustive',
        variant: variantOfKey(key),
        scenario: scenarioOf(key),
      } as const;
      // A search that does not close proves nothing: its first states are counted, and no more.
      if (!isSmall(spec, place.scenario))
        return { ...place, properties: [], maxStates: BOUND, until: [] };
      const asked = place.variant === repaired ? properties.map(({ id }) => id) : [];
      return { ...place, properties: asked, maxStates, until: [] };
    });
}

function isSmall({ scenarios }: Loaded, name: string): boolean {
  return scenarios.some((each) => each.name === name && sizeOf(each) === 'small');
}

function faultJobs(spec: Loaded, { chosen, maxStates }: Scope): readonly ExhaustiveJob[] {
  return faultsOf(spec)
    .filter(({ scenario }) => exists(spec, scenario))
    .filter(({ scenario }) => chosen.length === 0 || chosen.includes(scenario))
    .map(({ id, scenario, caughtBy }) => ({
      kind: 'exhaustive',
      variant: id,
      scenario,
      properties: caughtBy,
      maxStates,
      until: [],
    }));
}

/** Every stored story on the present form of its variant, as far as the run came. */
async function replayStored(
  spec: Loaded,
  pool: Pool,
  stored: readonly StoredExpectations[],
): Promise<readonly ReplayedTrace[]> {
  const jobs = stored.flatMap((each): readonly ReplayJob[] => {
    if ('problem' in each) return [];
    const { variant, scenario } = each.trace;
    const place = { variant, scenario: scenario.name, properties: propertiesOf(spec, each.trace) };
    const rebase = { maxEdits: DEFAULT_MAX_EDITS };
    return [{ kind: 'replay', ...place, trace: each.trace, rebase }];
  });
  const results = [...(await pool.attempt(jobs, 'replaying'))];
  return stored.flatMap((each): readonly ReplayedTrace[] => {
    if ('problem' in each) {
      return [{ file: each.file, said: 'unreadable', line: each.problem, ms: 0 }];
    }
    const result = results.shift();
    if (result?.kind === 'undone') return [];
    return [replayedOf(each.file, result, each.trace.verdict === 'violated')];
  });
}

function replayedOf(
  file: string,
  result: ReplayResult | Broken | undefined,
  wasViolated: boolean,
): ReplayedTrace {
  if (result === undefined) throw new Error(`${file}: no result`);
  if (result.kind === 'broken') return { file, said: 'broken', line: result.why, ms: 0 };
  const { replay, rebased, replayMs } = result;
  return {
    file,
    said: saidOf(replay, wasViolated),
    line: replayLine(replay).slice(0, 4000),
    ms: replayMs,
    ...(rebased === undefined
      ? {}
      : {
          rebased: {
            line: rebasedText(rebased),
            ...(rebased.kind === 'rebased' ? { edits: rebased.edits.length } : {}),
            differs: rebased.kind === 'rebased' && rebased.differs !== undefined,
          },
        }),
  };
}

function saidOf(replay: Replay, wasViolated: boolean): ReplayedTrace['said'] {
  if (replay.kind === 'stale') return 'stale';
  if (replay.kind === 'violated differently') return 'differently';
  if (replay.kind === 'not decided') return 'not decided';
  if (replay.kind === 'held' && wasViolated) return 'fixed';
  return replay.sameWorld ? 'as stored' : 'elsewhere';
}

/** For each property that fails on the repaired variant, the file of its shortest story, from the root. */
async function storiesOf(
  spec: Loaded,
  pool: Pool,
  {
    results,
    scope: { maxStates, out },
  }: { readonly results: readonly ExhaustiveResult[]; readonly scope: Scope },
): Promise<ReadonlyMap<string, string>> {
  const variant = repairedOf(spec);
  const { stories } = await writeStories(spec, pool, {
    results,
    asked: { variant, maxStates, out },
  });
  return new Map(
    stories
      .filter(({ differs, unwritten }) => differs === undefined && unwritten === undefined)
      .map(({ trace, file }) => [trace.property, pathFrom(spec.home.base, file)]),
  );
}

function exploredOf(
  spec: Loaded,
  job: ExhaustiveJob,
  {
    result,
    files,
  }: {
    readonly result: ExhaustiveResult | Broken | undefined;
    readonly files: ReadonlyMap<string, string>;
  },
): Explored {
  const repaired = repairedOf(spec);
  const { variant } = job;
  if (result === undefined) throw new Error(`${variant}/${job.scenario}: no result`);
  if (result.kind === 'broken') return brokenIn(spec, job, result.why);
  const { scenario, ending, states, transitions, depth, applied, undecided, unreached } = result;
  const { found, exploreMs } = result;
  return {
    variant,
    scenario,
    ending,
    states,
    transitions,
    depth,
    applied: [...applied],
    undecided: [...undecided],
    unreached: [...unreached],
    found: found.map(({ violation: { property, finding }, steps }) => {
      const file = variant === repaired ? files.get(property) : undefined;
      return { property, steps: steps.length, finding, ...(file === undefined ? {} : { file }) };
    }),
    ...(variant === repaired ? { taken: [...result.coverage.taken] } : {}),
    ms: exploreMs,
  };
}

function brokenIn(spec: Loaded, job: ExhaustiveJob, why: string): Explored {
  const { variant, scenario } = job;
  const applied = [...appliedOf(spec, job)];
  const nothing = { states: 0, transitions: 0, depth: 0, found: [], undecided: [], ms: 0 };
  return { variant, scenario, ending: 'broken', why, ...nothing, applied, unreached: applied };
}
