/**
 * Stories that somebody keeps in `traces/`, outside of the folders that are made anew, as they would
 * be stored now: with another finding, rebased, or as a story in which nothing goes wrong any more.
 */
import { DEFAULT_MAX_EDITS } from '../../checker/stories/rebase.ts';
import type { Replay } from '../../checker/stories/replay-verdict.ts';
import { runSteps } from '../../checker/stories/strict-replay.ts';
import { printTrace, type Trace, type ViolatedTrace } from '../../checker/stories/trace-format.ts';
import type { ReplayJob } from '../jobs/jobs.ts';
import type { Pool } from '../jobs/worker-pool.ts';
import type { Rebased } from '../stories/rebase-trace.ts';
import { scenarioNamed } from '../specification/lookup.ts';
import { boundsOf, otherBound, subjectOf } from '../specification/instance.ts';
import { propertiesOf } from '../files/open-trace.ts';
import type { Stored } from './expected.ts';
import { isMade } from './judge-traces.ts';

type Kept = Extract<Stored, { trace: Trace }>;

export async function keptAnew(
  pool: Pool,
  stored: readonly Stored[],
): Promise<{ readonly files: ReadonlyMap<string, string>; readonly problems: readonly string[] }> {
  const kept = stored.filter((each): each is Kept => 'trace' in each && !isMade(each.file));
  const results = await pool.run(
    kept.map(({ trace }): ReplayJob => ({
      kind: 'replay',
      kernel: trace.kernel,
      scenario: trace.scenario.name,
      properties: propertiesOf(trace),
      trace,
      rebase: { maxEdits: DEFAULT_MAX_EDITS },
    })),
    'replaying',
  );
  const files = new Map<string, string>();
  const problems: string[] = [];
  for (const [index, { file, trace }] of kept.entries()) {
    const result = results[index];
    const told =
      result?.kind === 'replay' ? storedAs(trace, result.replay, result.rebased) : undefined;
    const next = told === undefined ? undefined : withBounds(told);
    if (next === undefined)
      problems.push(`${file}: nothing to store in its place; remove or repair it`);
    else if (next !== trace) files.set(file, printTrace(next));
  }
  return { files, problems };
}

/** Those of the scenario as it stands. */
function withBounds(trace: Trace): Trace {
  if (otherBound(trace.scenario) === undefined) return trace;
  const { name } = trace.scenario;
  return { ...trace, scenario: { name, bounds: boundsOf(scenarioNamed(name)) } };
}

/** Undefined where the story does not take place and nothing near it violates the same. */
function storedAs(trace: Trace, replay: Replay, rebased: Rebased | undefined): Trace | undefined {
  if (rebased?.kind === 'rebased') return rebased.trace;
  if (replay.kind === 'stale') return undefined;
  if (replay.kind === 'violated differently') return asViolated(trace, replay);
  if (replay.sameWorld && replay.kind !== 'held') return trace;
  return replay.kind === 'held' && trace.verdict === 'violated' ? asHeld(trace) : withWorld(trace);
}

/** A walkthrough that violates something is not stored as one. */
function asViolated(
  trace: Trace,
  { seen }: Extract<Replay, { kind: 'violated differently' }>,
): Trace | undefined {
  if (trace.verdict === 'held' || seen.violation.property !== trace.property) return undefined;
  return withWorld({
    ...trace,
    certificate: { kind: 'none' },
    finding: seen.violation.finding,
    steps: trace.steps.slice(0, seen.step),
  });
}

/** It guards against the violation's return: nothing may go wrong in it, whatever the property. */
function asHeld(trace: ViolatedTrace): Trace | undefined {
  const { format, version, title, story, kernel, scenario, start } = trace;
  const { lastWorld, provenance, steps } = trace;
  return withWorld({
    format,
    version,
    ...(title === undefined ? {} : { title }),
    ...(story === undefined ? {} : { story }),
    kernel,
    scenario,
    ...(start === undefined ? {} : { start }),
    verdict: 'held',
    lastWorld,
    provenance,
    steps,
  });
}

/** Undefined where a story in which nothing should go wrong violates something. */
function withWorld(trace: Trace): Trace | undefined {
  const { kernel, scenario } = trace;
  const { system, claims } = subjectOf({
    kernel,
    scenario: scenario.name,
    properties: propertiesOf(trace),
  });
  const stopAt = ({ property }: { readonly property: string }): boolean =>
    trace.verdict === 'held' || property === trace.property;
  const { lastWorld, seen } = runSteps(system, claims, trace, { stopAt });
  if (trace.verdict === 'held' && seen !== undefined) return undefined;
  return lastWorld === trace.lastWorld ? trace : { ...trace, lastWorld };
}
