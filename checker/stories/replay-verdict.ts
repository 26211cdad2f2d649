/** Compares a stored story with the present protocol: violated as stored, differently, held, not decided, stale. */
import { match } from 'ts-pattern';
import type { Claim, Finding } from '../specification/property.ts';
import { runSteps, type SeenViolation, type Stale } from './strict-replay.ts';
import type { System } from '../engine/system.ts';
import type { Trace, ViolatedTrace } from './trace-format.ts';

export type Replay =
  | {
      /** Same property, same step, same finding. */
      readonly kind: 'violated as stored';
      readonly seen: SeenViolation;
      /** Whether the last state is the same, too, cell by cell. */
      readonly sameWorld: boolean;
    }
  | {
      readonly kind: 'violated differently';
      readonly seen: SeenViolation;
      /** One line, for people. */
      readonly how: string;
    }
  | { readonly kind: 'held'; readonly sameWorld: boolean }
  /** Nothing is violated as far as the claims of these properties look ahead, and they met their bound. */
  | {
      readonly kind: 'not decided';
      readonly undecided: readonly string[];
      readonly sameWorld: boolean;
    }
  | { readonly kind: 'stale'; readonly stale: Stale };

/** For a trace that violates a property, only that property ends the replay; for one that held, any. */
export function replayTrace(system: System, claims: readonly Claim[], trace: Trace): Replay {
  const run =
    trace.verdict === 'violated'
      ? runSteps(system, claims, trace, {
          stopAt: ({ property }) => property === trace.property,
        })
      : runSteps(system, claims, trace);
  const sameWorld = run.lastWorld === trace.lastWorld;
  if (run.seen !== undefined) return violated(run.seen, trace, sameWorld);
  if (run.stale !== undefined) return { kind: 'stale', stale: run.stale };
  if (run.besides !== undefined) return violated(run.besides, trace, sameWorld);
  const { undecided } = run;
  if (undecided.length > 0) return { kind: 'not decided', undecided, sameWorld };
  return { kind: 'held', sameWorld };
}

/** `stale at step 3 because ...`, and the like: one line. */
export function replayLine(replay: Replay): string {
  return match(replay)
    .with({ kind: 'stale', stale: { step: 0 } }, ({ stale }) => `stale because ${stale.why}`)
    .with({ kind: 'stale' }, ({ stale }) => `stale at step ${stale.step} because ${stale.why}`)
    .with({ kind: 'violated differently' }, ({ kind, how }) => `${kind}: ${how}`)
    .with({ kind: 'not decided' }, ({ undecided }) => {
      return `not decided within --max-ahead: ${undecided.join(', ')}; raise it`;
    })
    .with({ sameWorld: true }, ({ kind }) => kind)
    .with({ sameWorld: false }, ({ kind }) => `${kind}, in another last state`)
    .exhaustive();
}

function violated(seen: SeenViolation, trace: Trace, sameWorld: boolean): Replay {
  const how =
    trace.verdict === 'violated'
      ? difference(seen, trace)
      : `${seen.violation.property} is violated`;
  return how === undefined
    ? { kind: 'violated as stored', seen, sameWorld }
    : { kind: 'violated differently', seen, how: `${how} after step ${seen.step}` };
}

function difference({ violation, step }: SeenViolation, trace: ViolatedTrace): string | undefined {
  if (violation.property !== trace.property) {
    return `${violation.property} is violated, not ${trace.property},`;
  }
  if (step !== trace.steps.length) return `already violated`;
  if (!sameFinding(violation.finding, trace.finding)) {
    const { subject, expected, found } = violation.finding;
    return `${subject}: expected ${expected}, found ${found},`;
  }
  return undefined;
}

function sameFinding(a: Finding, b: Finding): boolean {
  return a.subject === b.subject && a.expected === b.expected && a.found === b.found;
}
