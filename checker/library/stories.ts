/** Functions on a story: replay it, shrink it, certify that it is the shortest. */
import type { Delivery } from '../engine/system.ts';
import { certify, type Certificate } from '../search/certify.ts';
import type { Claim, Finding } from '../specification/property.ts';
import { eventOf, type Protocol, type Step, type Story } from '../specification/protocol.ts';
import { shrink } from '../stories/shrink.ts';
import { runSteps } from '../stories/strict-replay.ts';
import { confirmed, type FoundStory, type StoryOfProperty } from './found-story.ts';
import { known } from './options.ts';
import { systemOf } from './systems.ts';

export type ReplayedStory = {
  /**
   * `violated`: after step `at`, a claim fails or one of the checker's own properties is violated. `stale`:
   * step `at` is not possible, and `why` gives the reason. `held`: all steps were taken and no claim failed.
   * `not decided`: the same, but a claim reached its `maxAhead`. Steps are counted from 1; 0 is the start.
   */
  readonly outcome: 'violated' | 'held' | 'not decided' | 'stale';
  readonly at: number;
  readonly property?: string;
  readonly finding?: Finding;
  readonly why?: string;
  /** The steps that were taken, each with its deliveries: the step itself, then its effects in order. */
  readonly steps: readonly ReplayedStep[];
};

export type ReplayedStep = { readonly step: Step; readonly delivered: readonly Delivery[] };

/**
 * Takes the steps of a story by name, from its start, and evaluates every claim in every state on the
 * way. If a protocol has several `starts`, the story names one. Steps are names and parameters, so a story
 * survives changes of its protocol.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict';
 * import { setup } from 'xstate';
 * import { cell, replayStory } from 'sprite-check/checker';
 *
 * const lamp = setup({}).createMachine({
 *   initial: 'off',
 *   states: { off: { on: { press: 'on' } }, on: {} },
 * });
 * const protocol = {
 *   name: 'a lamp',
 *   cells: [cell(lamp, { name: 'lamp', offers: { off: [{ type: 'press' }] } })],
 *   faults: new Set<string>(),
 *   deadlock: { ignored: 'a lamp that is on stays on' },
 * };
 * const press = { at: 'lamp', action: 'press', params: {} };
 *
 * const once = replayStory(protocol, { steps: [press] });
 * assert.equal(once.outcome, 'held');
 * assert.equal(once.steps[0]?.delivered[0]?.after.value, 'on');
 *
 * const twice = replayStory(protocol, { steps: [press, press] });
 * assert.deepEqual([twice.outcome, twice.at], ['stale', 2]);
 * ```
 */
export function replayStory(
  protocol: Protocol,
  story: Story,
  options: { readonly claims?: readonly Claim[] } = {},
): ReplayedStory {
  const { claims = [] } = known('replayStory', options, { claims: true });
  const { seen, stale, performed, undecided } = runSteps(systemOf(protocol), claims, story);
  const deliveries = deliveriesIn(protocol, { ...story, steps: story.steps.slice(0, performed) });
  if (seen !== undefined) {
    return { outcome: 'violated', at: seen.step, ...seen.violation, steps: deliveries };
  }
  if (stale !== undefined)
    return { outcome: 'stale', at: stale.step, why: stale.why, steps: deliveries };
  const outcome = undecided.length > 0 ? 'not decided' : 'held';
  return { outcome, at: performed, steps: deliveries };
}

/** The deliveries of steps that are known to be possible. */
function deliveriesIn(protocol: Protocol, { start, steps }: Story): readonly ReplayedStep[] {
  if (steps.length === 0) return [];
  const system = systemOf(protocol);
  const row = system.initial(start);
  return steps.map((step) => {
    const delivery = system.delivery(step.at, eventOf(step));
    const delivered = system.deliveriesOf(row, delivery);
    system.perform(row, delivery);
    return { step, delivered };
  });
}

export type ShrunkStory = FoundStory & {
  /** False if `maxReplays` ended it: more steps might be left out. */
  readonly finished: boolean;
};

/**
 * Makes a story that violates a property shorter: leaves steps out, and replaces some. The result violates
 * the same property. Undefined if the story does not violate it. A story from a search is a shortest one
 * already.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict';
 * import { setup } from 'xstate';
 * import { cell, shrinkStory, type Claim } from 'sprite-check/checker';
 *
 * const lamp = setup({}).createMachine({
 *   initial: 'off',
 *   states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } },
 * });
 * const protocol = {
 *   name: 'two lamps',
 *   cells: ['left', 'right'].map((name) => cell(lamp, { name, offers: () => [{ type: 'press' }] })),
 *   faults: new Set<string>(),
 * };
 * const leftIsOff: Claim = {
 *   property: 'left-is-off',
 *   kind: 'always',
 *   test: (look) =>
 *     look('left').value === 'off' ? undefined : { subject: 'left', expected: 'off', found: 'on' },
 * };
 *
 * const press = (at: string) => ({ at, action: 'press', params: {} });
 * const story = { property: 'left-is-off', steps: ['right', 'right', 'left'].map(press) };
 * const shrunk = shrinkStory(protocol, story, { claims: [leftIsOff] });
 * assert.deepEqual(shrunk?.steps, [press('left')]);
 * ```
 */
export function shrinkStory(
  protocol: Protocol,
  story: StoryOfProperty,
  options: { readonly claims: readonly Claim[]; readonly maxReplays?: number },
): ShrunkStory | undefined {
  const { claims, maxReplays } = known('shrinkStory', options, { claims: true, maxReplays: true });
  const bound = maxReplays === undefined ? {} : { maxReplays };
  const shrunk = shrink(systemOf(protocol), claims, story, bound);
  return shrunk && { ...confirmed(protocol, claims, shrunk), finished: shrunk.finished };
}

export type CertifiedStory = FoundStory & {
  /** `shortest`: no story with fewer steps violates the property. `lowerBound`: none with fewer than `steps`. */
  readonly certificate: Certificate;
  /** Whether the search found a shorter story than the given one; then this is the shorter one. */
  readonly replaced: boolean;
  /** Number of distinct states searched. */
  readonly states: number;
};

/**
 * Searches breadth first for a story that violates the same property in fewer steps. Undefined if the
 * story does not violate it. `maxStates` (default 2,000,000) bounds the search.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict';
 * import { setup } from 'xstate';
 * import { cell, certifyStory, type Claim } from 'sprite-check/checker';
 *
 * const lamp = setup({}).createMachine({
 *   initial: 'off',
 *   states: { off: { on: { press: 'on', hit: 'broken' } }, on: { on: { hit: 'broken' } }, broken: {} },
 * });
 * const protocol = {
 *   name: 'a lamp',
 *   cells: [cell(lamp, { name: 'lamp', offers: () => [{ type: 'press' }, { type: 'hit' }] })],
 *   faults: new Set<string>(),
 * };
 * const isWhole: Claim = {
 *   property: 'is-whole',
 *   kind: 'always',
 *   test: (look) =>
 *     look('lamp').value === 'broken'
 *       ? { subject: 'lamp', expected: 'whole', found: 'broken' }
 *       : undefined,
 * };
 *
 * const steps = ['press', 'hit'].map((action) => ({ at: 'lamp', action, params: {} }));
 * const certified = certifyStory(protocol, { property: 'is-whole', steps }, { claims: [isWhole] });
 * assert.deepEqual(certified?.certificate, { kind: 'shortest' });
 * assert.deepEqual([certified?.replaced, certified?.steps.length], [true, 1]);
 * ```
 */
export function certifyStory(
  protocol: Protocol,
  { property, start, steps }: StoryOfProperty,
  options: { readonly claims: readonly Claim[]; readonly maxStates?: number },
): CertifiedStory | undefined {
  const { claims, maxStates } = known('certifyStory', options, { claims: true, maxStates: true });
  const system = systemOf(protocol);
  const stopAt = (violation: { readonly property: string }): boolean =>
    violation.property === property;
  const { seen } = runSteps(system, claims, { start, steps }, { stopAt });
  if (seen === undefined) return undefined;
  const story = { start, steps: steps.slice(0, seen.step), violation: seen.violation };
  const bound = maxStates === undefined ? {} : { maxStates };
  const { certificate, replaced, states, ...found } = certify(system, claims, story, bound);
  return { ...confirmed(protocol, claims, found), certificate, replaced, states };
}
