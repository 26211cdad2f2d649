/** What can be done with a story: replay it, tell it, make it shorter, ask how far it is from the shortest. */
import type { Delivery } from '../engine/system.ts';
import { certify, type Certificate } from '../search/certify.ts';
import type { Claim, Finding } from '../specification/property.ts';
import { eventOf, type Protocol, type Step, type Story } from '../specification/protocol.ts';
import { shrinkStory as shrinkIn } from '../stories/shrink.ts';
import { runSteps } from '../stories/strict-replay.ts';
import { confirmed, type FoundStory, type StoryOfProperty } from './found-story.ts';
import { known } from './options.ts';
import { systemOf } from './systems.ts';

export type ReplayedStory = {
  /**
   * `violated`: a claim fails after step `at`, or one of the checker's own properties does. `stale`: step `at` is not possible, and `why` says so.
   * `held`: all steps took place and no claim failed. Steps are counted from 1; 0 is where it begins.
   */
  readonly outcome: 'violated' | 'held' | 'stale';
  readonly at: number;
  readonly property?: string;
  readonly finding?: Finding;
  readonly why?: string;
  /** The steps that took place, each with what it delivered: itself, then its effects in their order. */
  readonly told: readonly ToldStep[];
};

export type ToldStep = { readonly step: Step; readonly delivered: readonly Delivery[] };

/**
 * Takes the steps of a story by name, from where it begins, and holds every claim against every state
 * on the way. Of a protocol with several `starts` the story says in which it begins. Steps are names and parameters, so a story outlives changes of its protocol.
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
 * assert.equal(once.told[0]?.delivered[0]?.after.value, 'on');
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
  const { seen, stale, performed } = runSteps(systemOf(protocol), claims, story);
  const told = toldIn(protocol, { ...story, steps: story.steps.slice(0, performed) });
  if (seen !== undefined) {
    return { outcome: 'violated', at: seen.step, ...seen.violation, told };
  }
  if (stale !== undefined) return { outcome: 'stale', at: stale.step, why: stale.why, told };
  return { outcome: 'held', at: performed, told };
}

/** Of steps that are known to take place. */
function toldIn(protocol: Protocol, { start, steps }: Story): readonly ToldStep[] {
  if (steps.length === 0) return [];
  const system = systemOf(protocol);
  const row = system.initial(start);
  return steps.map((step) => {
    const delivery = system.delivery(step.at, eventOf(step));
    const delivered = system.tell(row, delivery);
    system.perform(row, delivery);
    return { step, delivered };
  });
}

export type ShrunkStory = FoundStory & {
  /** False where `maxReplays` ended it: more might be left out. */
  readonly finished: boolean;
};

/**
 * Makes a story that violates a property shorter: leaves steps out, and replaces some. What remains
 * violates the same property. Undefined where the story does not violate it. A story of a search is
 * shortest already.
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
  const shrunk = shrinkIn(systemOf(protocol), claims, story, bound);
  return shrunk && { ...confirmed(protocol, claims, shrunk), finished: shrunk.finished };
}

export type CertifiedStory = FoundStory & {
  /** `shortest`: no story of fewer steps violates the property. `lowerBound`: none of fewer than `steps`. */
  readonly certificate: Certificate;
  /** Whether the search found a shorter story than the one it was given; then this is that one. */
  readonly replaced: boolean;
  /** Distinct states searched. */
  readonly states: number;
};

/**
 * Searches breadth first for a story that violates the same property in fewer steps. Undefined where
 * the story does not violate it. `maxStates` (2,000,000 without it) bounds the search.
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
