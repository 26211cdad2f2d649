/** From a story that somebody found to a trace: shrunk, certified, run a second time by XState alone. */
import { certify, type Certificate } from '../../checker/search/certify.ts';
import { whyUnconfirmed } from '../../checker/stories/confirm.ts';
import type { Violation } from '../../checker/claims/monitor.ts';
import type { Story } from '../../checker/specification/protocol.ts';
import { createReplayer, deliveriesOf } from '../../checker/stories/lenient-replay.ts';
import { runSteps } from '../../checker/stories/strict-replay.ts';
import { shrinkStory } from '../../checker/stories/shrink.ts';
import {
  TRACE_FORMAT,
  TRACE_VERSION,
  type ViolatedTrace,
} from '../../checker/stories/trace-format.ts';
import type { StoryJob, StoryResult } from '../jobs/jobs.ts';
import { boundsOf, subjectOf, type Subject } from '../specification/instance.ts';

type OnProgress = (progress: { readonly states: number; readonly depth: number }) => boolean;

type Refined = Story & {
  readonly violation: Violation;
  readonly certificate: Certificate;
};

/** A story, and where it comes from. */
export type Told = Pick<
  StoryJob,
  'kernel' | 'property' | 'start' | 'steps' | 'provenance' | 'isShortest' | 'maxStates'
>;

export function refineStory(job: StoryJob, onProgress: OnProgress): StoryResult {
  const refined = refineIn(subjectOf(job), job, onProgress);
  const { trace } = refined;
  const alsoIn =
    trace === undefined ? [] : job.alsoIn.filter((kernel) => failsIn(kernel, job, trace));
  return { kind: 'story', ...refined, alsoIn };
}

/** The same where kernel and property need no names that everybody knows. */
export function refineIn(
  subject: Subject,
  told: Told,
  onProgress: OnProgress,
): Omit<StoryResult, 'kind' | 'alsoIn'> {
  const { system, claims, protocol } = subject;
  const given = told.steps.length;
  const shrunk = shrinkStory(system, claims, told, told.isShortest ? { maxReplays: 1 } : {});
  if (shrunk === undefined) {
    return { trace: undefined, given, shrunkTo: given, differs: undefined };
  }
  const refined: Refined = told.isShortest
    ? { ...shrunk, certificate: { kind: 'shortest' } }
    : certify(system, claims, shrunk, { maxStates: told.maxStates, onProgress });
  return {
    trace: traceOf(subject, told, refined),
    given,
    shrunkTo: shrunk.steps.length,
    differs: whyUnconfirmed(protocol, claims, refined),
  };
}

function traceOf(
  { system, claims, scenario }: Subject,
  told: Told,
  refined: Refined,
): ViolatedTrace {
  const { start, steps, violation, certificate } = refined;
  const { property, finding } = violation;
  const { lastWorld } = runSteps(system, claims, refined, {
    stopAt: (seen) => seen.property === property,
  });
  return {
    format: TRACE_FORMAT,
    version: TRACE_VERSION,
    kernel: told.kernel,
    scenario: { name: scenario.name, bounds: boundsOf(scenario) },
    ...(start === undefined ? {} : { start }),
    property,
    verdict: 'violated',
    certificate,
    finding,
    lastWorld,
    provenance: told.provenance,
    steps: steps.map((step) => ({ ...step, params: { ...step.params } })),
  } as ViolatedTrace;
}

/** Whether what can take place of the story in that kernel still violates the property. */
function failsIn(kernel: string, job: StoryJob, { start, steps }: Story): boolean {
  const { system, claims } = subjectOf({ ...job, kernel });
  const deliveries = deliveriesOf(system, steps);
  return (
    deliveries !== undefined &&
    createReplayer(system, claims, job.property).attempt(deliveries, start) !== undefined
  );
}
