/** Makes a trace of a found story: shrinks it, certifies it, and runs it a second time by XState alone. */
import { certify, type Certificate } from '../../checker/search/certify.ts';
import { whyUnconfirmed } from '../../checker/stories/confirm.ts';
import type { Violation } from '../../checker/claims/monitor.ts';
import type { Story } from '../../checker/specification/protocol.ts';
import { createReplayer, deliveriesOf } from '../../checker/stories/lenient-replay.ts';
import { runSteps } from '../../checker/stories/strict-replay.ts';
import { shrink } from '../../checker/stories/shrink.ts';
import {
  TRACE_FORMAT,
  TRACE_VERSION,
  type ViolatedTrace,
} from '../../checker/stories/trace-format.ts';
import type { StoryJob, StoryResult } from '../jobs/jobs.ts';
import { instanceIn, originOf, type CheckedInstance } from '../specification/instance.ts';
import type { Loaded } from '../specification/loaded.ts';

type OnProgress = (progress: { readonly states: number; readonly depth: number }) => boolean;

type Refined = Story & {
  readonly violation: Violation;
  readonly certificate: Certificate;
};

/** A story, and its origin. */
export type FoundViolation = Pick<
  StoryJob,
  'variant' | 'property' | 'start' | 'steps' | 'provenance' | 'isShortest' | 'maxStates'
>;

export function finishStory(spec: Loaded, job: StoryJob, onProgress: OnProgress): StoryResult {
  const refined = finishIn(instanceIn(spec, job), job, onProgress);
  const { trace } = refined;
  const alsoIn =
    trace === undefined
      ? []
      : job.alsoIn.filter((variant) => failsIn(spec, { ...job, variant }, trace));
  return { kind: 'story', ...refined, alsoIn };
}

/** The same for a variant and a property that need not be known by name. */
export function finishIn(
  instance: CheckedInstance,
  found: FoundViolation,
  onProgress: OnProgress,
): Omit<StoryResult, 'kind' | 'alsoIn'> {
  const { system, claims, protocol } = instance;
  const given = found.steps.length;
  const shrunk = shrink(system, claims, found, found.isShortest ? { maxReplays: 1 } : {});
  if (shrunk === undefined) {
    return { trace: undefined, given, shrunkTo: given, differs: undefined };
  }
  const refined: Refined = found.isShortest
    ? { ...shrunk, certificate: { kind: 'shortest' } }
    : certify(system, claims, shrunk, { maxStates: found.maxStates, onProgress });
  return {
    trace: traceOf(instance, found, refined),
    given,
    shrunkTo: shrunk.steps.length,
    differs: whyUnconfirmed(protocol, claims, refined),
  };
}

function traceOf(
  instance: CheckedInstance,
  found: FoundViolation,
  refined: Refined,
): ViolatedTrace {
  const { system, claims } = instance;
  const { start, steps, violation, certificate } = refined;
  const { property, finding } = violation;
  const { lastWorld } = runSteps(system, claims, refined, {
    stopAt: (seen) => seen.property === property,
  });
  return {
    format: TRACE_FORMAT,
    version: TRACE_VERSION,
    ...originOf(instance, found.variant),
    ...(start === undefined ? {} : { start }),
    property,
    verdict: 'violated',
    certificate,
    finding,
    lastWorld,
    provenance: found.provenance,
    steps: steps.map((step) => ({ ...step, params: { ...step.params } })),
  } as ViolatedTrace;
}

/** Whether the story, replayed leniently in that variant, still violates the property. */
function failsIn(spec: Loaded, job: StoryJob, { start, steps }: Story): boolean {
  const { system, claims } = instanceIn(spec, job);
  const deliveries = deliveriesOf(system, steps);
  return (
    deliveries !== undefined &&
    createReplayer(system, claims, job.property).attempt(deliveries, start) !== undefined
  );
}
