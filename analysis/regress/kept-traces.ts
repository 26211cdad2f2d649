/**
 * The user's own traces in `traces/`, outside of the folders that are generated, as they would be stored
 * now: with another finding, rebased, or as a story that no longer violates anything.
 */
import { DEFAULT_MAX_EDITS } from '../../checker/stories/rebase.ts';
import type { Replay } from '../../checker/stories/replay-verdict.ts';
import { runSteps } from '../../checker/stories/strict-replay.ts';
import { printTrace, type Trace, type ViolatedTrace } from '../../checker/stories/trace-format.ts';
import type { ReplayJob, ReplayResult } from '../jobs/jobs.ts';
import type { Pool } from '../jobs/worker-pool.ts';
import { boundsOf, instanceIn, otherBound } from '../specification/instance.ts';
import type { Loaded } from '../specification/loaded.ts';
import { scenarioNamed } from '../specification/lookup.ts';
import { propertiesOf } from '../files/open-trace.ts';
import type { Expected, StoredExpectations } from './expected.ts';
import { isMade } from './judge-traces.ts';

type Kept = Extract<StoredExpectations, { trace: Trace }>;

export async function keptTraces(
  pool: Pool,
  { spec, stored }: Expected,
): Promise<{ readonly files: ReadonlyMap<string, string>; readonly problems: readonly string[] }> {
  const kept = stored.filter(
    (each): each is Kept => 'trace' in each && !isMade(spec.home, each.file),
  );
  const results = await pool.run(
    kept.map(({ trace }): ReplayJob => ({
      kind: 'replay',
      variant: trace.variant,
      scenario: trace.scenario.name,
      properties: propertiesOf(spec, trace),
      trace,
      rebase: { maxEdits: DEFAULT_MAX_EDITS },
    })),
    'replaying',
  );
  const files = new Map<string, string>();
  const problems: string[] = [];
  for (const [index, { file, trace }] of kept.entries()) {
    const result = results[index];
    const now = result?.kind === 'replay' ? storedAs(spec, trace, result) : undefined;
    const next = now === undefined ? undefined : withBounds(spec, now);
    if (next === undefined)
      problems.push(`${file}: nothing to store in its place; remove or repair it`);
    else if (next !== trace) files.set(file, printTrace(next));
  }
  return { files, problems };
}

/** The trace with the present bounds of its scenario. */
function withBounds(spec: Loaded, trace: Trace): Trace {
  if (otherBound(spec, trace.scenario) === undefined) return trace;
  const { name } = trace.scenario;
  const bounds = { ...boundsOf(spec, scenarioNamed(spec, name)) };
  return { ...trace, scenario: { name, bounds } } as Trace;
}

/** Undefined if the story does not take place and no run near it violates the same. */
function storedAs(
  spec: Loaded,
  trace: Trace,
  { replay, rebased }: Pick<ReplayResult, 'replay' | 'rebased'>,
): Trace | undefined {
  if (rebased?.kind === 'rebased') return rebased.trace;
  if (replay.kind === 'stale') return undefined;
  if (replay.kind === 'not decided') return trace;
  if (replay.kind === 'violated differently') return asViolated(spec, trace, replay);
  if (replay.sameWorld && replay.kind !== 'held') return trace;
  return replay.kind === 'held' && trace.verdict === 'violated'
    ? asHeld(spec, trace)
    : withWorld(spec, trace);
}

/** A walkthrough that violates something is not stored as a walkthrough. */
function asViolated(
  spec: Loaded,
  trace: Trace,
  { seen }: Extract<Replay, { kind: 'violated differently' }>,
): Trace | undefined {
  if (trace.verdict === 'held' || seen.violation.property !== trace.property) return undefined;
  return withWorld(spec, {
    ...trace,
    certificate: { kind: 'none' },
    finding: seen.violation.finding,
    steps: trace.steps.slice(0, seen.step),
  });
}

/** It guards against the violation's return: no property may be violated in it. */
function asHeld(spec: Loaded, trace: ViolatedTrace): Trace | undefined {
  const {
    format,
    version,
    title,
    story,
    specification,
    variant,
    scenario,
    start,
    lastWorld,
    provenance,
    steps,
  } = trace;
  return withWorld(spec, {
    format,
    version,
    ...(title === undefined ? {} : { title }),
    ...(story === undefined ? {} : { story }),
    specification,
    variant,
    scenario,
    ...(start === undefined ? {} : { start }),
    verdict: 'held',
    lastWorld,
    provenance,
    steps,
  });
}

/** Undefined if a story that should violate nothing violates something. */
function withWorld(spec: Loaded, trace: Trace): Trace | undefined {
  const { variant, scenario } = trace;
  const { system, claims } = instanceIn(spec, {
    variant,
    scenario: scenario.name,
    properties: propertiesOf(spec, trace),
  });
  const stopAt = ({ property }: { readonly property: string }): boolean =>
    trace.verdict === 'held' || property === trace.property;
  const { lastWorld, seen } = runSteps(system, claims, trace, { stopAt });
  if (trace.verdict === 'held' && seen !== undefined) return undefined;
  return lastWorld === trace.lastWorld ? trace : { ...trace, lastWorld };
}
