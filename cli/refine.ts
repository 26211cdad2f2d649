/** From a story that somebody found to a trace: shrunk, certified, run a second time by XState alone. */
import { certify, type Certificate } from '../checker/certify.ts';
import { whyUnconfirmed } from '../checker/confirm.ts';
import type { Violation } from '../checker/monitor.ts';
import type { Step } from '../checker/protocol.ts';
import { createReplayer, deliveriesOf } from '../checker/replayer.ts';
import { runSteps } from '../checker/run.ts';
import { shrinkStory } from '../checker/shrink.ts';
import { TRACE_FORMAT, TRACE_VERSION, type ViolatedTrace } from '../checker/trace.ts';
import type { StoryJob, StoryResult } from './jobs.ts';
import { boundsOf, subjectOf, type Subject } from './subject.ts';

type OnProgress = (progress: { readonly states: number; readonly depth: number }) => boolean;

type Refined = {
  readonly steps: readonly Step[];
  readonly violation: Violation;
  readonly certificate: Certificate;
};

export function refineStory(job: StoryJob, onProgress: OnProgress): StoryResult {
  const subject = subjectOf(job);
  const { system, claims, protocol } = subject;
  const given = job.steps.length;
  const shrunk = shrinkStory(system, claims, job, job.isShortest ? { maxReplays: 1 } : {});
  if (shrunk === undefined) {
    return {
      kind: 'story',
      trace: undefined,
      given,
      shrunkTo: given,
      differs: undefined,
      alsoIn: [],
    };
  }
  const refined: Refined = job.isShortest
    ? { ...shrunk, certificate: { kind: 'shortest' } }
    : certify(system, claims, shrunk, { maxStates: job.maxStates, onProgress });
  return {
    kind: 'story',
    trace: traceOf(subject, job, refined),
    given,
    shrunkTo: shrunk.steps.length,
    differs: whyUnconfirmed(protocol, claims, refined),
    alsoIn: job.alsoIn.filter((kernel) => failsIn(kernel, job, refined.steps)),
  };
}

function traceOf(
  { system, claims, scenario }: Subject,
  job: StoryJob,
  refined: Refined,
): ViolatedTrace {
  const { steps, violation, certificate } = refined;
  const { property, finding } = violation;
  const { lastWorld } = runSteps(system, claims, steps, {
    stopAt: (seen) => seen.property === property,
  });
  return {
    format: TRACE_FORMAT,
    version: TRACE_VERSION,
    kernel: job.kernel,
    scenario: { name: scenario.name, bounds: boundsOf(scenario) },
    property,
    verdict: 'violated',
    certificate,
    finding,
    lastWorld,
    provenance: job.provenance,
    steps: steps.map((step) => ({ ...step, params: { ...step.params } })),
  } as ViolatedTrace;
}

/** Whether what can take place of the story in that kernel still violates the property. */
function failsIn(kernel: string, job: StoryJob, steps: readonly Step[]): boolean {
  const { system, claims } = subjectOf({ ...job, kernel });
  const deliveries = deliveriesOf(system, steps);
  return (
    deliveries !== undefined &&
    createReplayer(system, claims, job.property).attempt(deliveries) !== undefined
  );
}
