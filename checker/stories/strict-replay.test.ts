import { expect, test } from '@jest/globals';
import { EVERY_EVENT_IS_SPECIFIED } from '../claims/unspecified-event.ts';
import { hashWorld } from '../engine/world-hash.ts';
import type { Step } from '../specification/protocol.ts';
import { runSteps } from './strict-replay.ts';
import { createSystem } from '../engine/system.ts';
import {
  coinsAreConserved,
  leftHoldsFewerThan,
  somethingCanHappen,
  toy,
} from '../../test/support/toy-protocol.ts';

const pay: Step = { at: 'right', action: 'pay', params: { to: 'left' } };
const deliver: Step = { at: 'post', action: 'deliver', params: {} };
const lose: Step = { at: 'post', action: 'lose', params: {} };

test('a story that violates nothing runs to its end', () => {
  const system = createSystem(toy({ coins: 2 }));
  const run = runSteps(system, [coinsAreConserved({ coins: 2 })], { steps: [pay, deliver] });
  expect(run).toMatchObject({
    performed: 2,
    seen: undefined,
    besides: undefined,
    stale: undefined,
  });
  expect(system.look(run.row)('left').context).toEqual({ coins: 1 });
  expect(run.lastWorld).toBe(hashWorld(system, run.row));
});

test('the first requested violation ends a replay, others are noted', () => {
  const system = createSystem(toy({ coins: 2, lossy: true }));
  const claims = [coinsAreConserved({ coins: 2 }), leftHoldsFewerThan(1)];
  const story = [pay, lose, pay, deliver, pay];
  expect(runSteps(system, claims, { steps: story }).seen?.step).toBe(2);
  const run = runSteps(
    system,
    claims,
    { steps: story },
    {
      stopAt: ({ property }) => property === 'left-holds-fewer',
    },
  );
  expect(run.performed).toBe(4);
  expect(run.seen).toMatchObject({ step: 4, violation: { property: 'left-holds-fewer' } });
  expect(run.besides).toMatchObject({ step: 2, violation: { property: 'coins-are-conserved' } });
});

test.each([
  [{ ...pay, at: 'rigth' }, 'unknown cell', 'no cell is called "rigth" (did you mean "right"?)'],
  [{ ...pay, at: 'x' }, 'unknown cell', 'no cell is called "x" (the nearest is "left")'],
  [
    { ...pay, action: 'play' },
    'not offered',
    'right, now "open" {"coins":1}, does not offer play {"to":"left"}; it offers pay (did you mean "pay"?)',
  ],
  [
    lose,
    'not offered',
    'post, now "carrying" {"to":"left"}, does not offer lose {}; it offers deliver',
  ],
  [pay, 'refused', 'right, now "open" {"coins":1}, refuses pay {"to":"left"}'],
])('a stale step %#', (step, reason, why) => {
  const run = runSteps(createSystem(toy({ coins: 2 })), [], { steps: [pay, step, deliver] });
  expect(run.stale).toEqual({ step: 2, reason, why });
  expect(run.performed).toBe(1);
});

test('an unspecified event ends the story before it changes anything', () => {
  const system = createSystem(toy({ coins: 2, hasty: true }));
  const run = runSteps(system, [], { steps: [pay, pay, deliver] });
  expect(run.seen).toMatchObject({ step: 2, violation: { property: EVERY_EVENT_IS_SPECIFIED } });
  expect(run.performed).toBe(1);
  expect(system.look(run.row)('right').context).toEqual({ coins: 1 });
});

test('claims about stuck states are evaluated at the end, and only if nothing is enabled', () => {
  const system = createSystem(toy({ coins: 1, lossy: true }));
  expect(runSteps(system, [somethingCanHappen], { steps: [pay] }).seen).toBeUndefined();
  expect(runSteps(system, [somethingCanHappen], { steps: [pay, lose] }).seen?.step).toBe(2);
});
