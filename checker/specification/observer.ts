/**
 * The observations of a protocol from outside, defined by its author. Everything else is internal, and two
 * protocols that differ only internally are equivalent.
 */
import type { Event, Look, Step } from './protocol.ts';
import type { Json } from '../text/json.ts';

/** A step that was taken. Results of `before` and `after` must not be kept. */
export type TakenStep = {
  readonly step: Step;
  readonly before: Look;
  readonly after: Look;
  /** The deliveries, by cell name: the step itself, then its effects in order. */
  readonly delivered: readonly { readonly to: string; readonly event: Event }[];
};

export type Observer = {
  /** The observations of a step, in order. An internal step has none. */
  readonly observed: (taken: TakenStep) => readonly Json[];
  /** Whether the environment chooses this step; it need not happen. */
  readonly isInput: (step: Step) => boolean;
  /** The observation of a world at rest, in which only inputs are possible. */
  readonly atRest: (look: Look) => Json;
};

/**
 * Observes everything: each step by cell, action and parameters, and the observations of another observer.
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
