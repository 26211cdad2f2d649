/**
 * What can be seen of a protocol from outside: given by whoever knows the protocol. Everything else
 * is internal, and two protocols that differ only there are told to be equivalent.
 */
import type { Event, Look, Step } from './protocol.ts';
import type { Json } from '../text/json.ts';

/** A step as it took place. Nothing read through `before` or `after` may be kept. */
export type TakenStep = {
  readonly step: Step;
  readonly before: Look;
  readonly after: Look;
  /** What was delivered, by cell name: the step itself, then its effects in their order. */
  readonly delivered: readonly { readonly to: string; readonly event: Event }[];
};

export type Observer = {
  /** What is observed of a step, in order. Nothing: the step is internal. */
  readonly observed: (taken: TakenStep) => readonly Json[];
  /** Whether the world outside chooses this step; it need not. */
  readonly isInput: (step: Step) => boolean;
  /** What can be seen of a world at rest: one in which only inputs can still happen. */
  readonly atRest: (look: Look) => Json;
};

/**
 * Sees everything: each step by cell, action and parameters, and what another observer sees of it.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict';
 * import { seesSteps } from 'sprite-check/checker';
 *
 * const blind = { observed: () => [], isInput: () => true, atRest: () => null };
 * const step = { at: 'lamp', action: 'press', params: {} };
 * assert.deepEqual(seesSteps(blind).observed({ step } as never), [{ ...step, observed: [] }]);
 * ```
 */
export function seesSteps(observer: Observer): Observer {
  return {
    ...observer,
    observed: (taken) => [{ ...taken.step, observed: observer.observed(taken) }],
  };
}
