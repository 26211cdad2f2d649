import { expect, test } from '@jest/globals';
import { isNeeded, necessaryOrder, swappable, withoutEach } from './needed-steps.ts';
import type { Claim } from '../specification/property.ts';
import type { Step } from '../specification/protocol.ts';
import { createSystem } from '../engine/system.ts';
import { leftHoldsFewerThan, somethingCanHappen, toy } from '../../test/support/toy-protocol.ts';

const pay: Step = { at: 'right', action: 'pay', params: { to: 'left' } };
const deliver: Step = { at: 'post', action: 'deliver', params: {} };
const drop: Step = { at: 'right', action: 'drop', params: {} };

const claims = [leftHoldsFewerThan(1)];
const property = 'left-holds-fewer';
const torn = createSystem(toy({ coins: 2, torn: true }));

/** Violated if the left purse has one coin and the right one none. */
const notMoved: Claim = {
  property: 'not-moved',
  kind: 'always',
  test: (look) => {
    const [left, right] = [look('left').context, look('right').context] as { coins: number }[];
    return left?.coins === 1 && right?.coins === 0
      ? { subject: 'left', expected: 'less', found: '1' }
      : undefined;
  },
};

test('a step is not needed if the story without it violates the same; removing a needed step removes the steps that depend on it', () => {
  expect(withoutEach(torn, claims, { steps: [drop, pay, deliver], property })).toEqual([
    { step: 1, stillViolates: true, lost: [] },
    { step: 2, stillViolates: false, lost: [3] },
    { step: 3, stillViolates: false, lost: [] },
  ]);
});

test('a kind of step is needed if no story without it violates the property', () => {
  const needed = (action: string, maxStates = 1000) =>
    isNeeded(torn, claims, property, {
      is: (delivery) => torn.eventOf(delivery).type === action,
      maxStates,
    });
  expect(needed('deliver').kind).toBe('needed');
  expect(needed('drop')).toEqual({ kind: 'not needed', steps: 2 });
  expect(needed('deliver', 2).kind).toBe('unknown');
});

test('a world in which only the removed kind of step is enabled is not stuck', () => {
  const lossy = createSystem(toy({ coins: 1, lossy: true }));
  const needed = (action: string) =>
    isNeeded(lossy, [somethingCanHappen], 'something-can-happen', {
      is: (delivery) => lossy.eventOf(delivery).type === action,
      maxStates: 1000,
    });
  expect(needed('pay')).toEqual({ kind: 'needed', states: 1 });
  expect(needed('lose').kind).toBe('needed');
  expect(needed('deliver')).toEqual({ kind: 'not needed', steps: 2 });
});

test('neighbors may be swapped if both orders lead to one world', () => {
  // A coin may be dropped before or after another is on its way, but not paid before it is delivered.
  expect(swappable(torn, { steps: [drop, pay, deliver] })).toEqual([1]);
  expect(swappable(torn, { steps: [pay, drop, deliver] })).toEqual([1, 2]);
  expect(swappable(torn, { steps: [pay, deliver, pay, deliver] })).toEqual([]);
});

test('the needed order is found, without pairs that follow from it', () => {
  const story = { steps: [drop, pay, deliver], property: 'not-moved' };
  expect(necessaryOrder(torn, [notMoved], story)).toEqual([{ earlier: 2, later: 3 }]);
  const rich = createSystem(toy({ coins: 2 }));
  const two = { steps: [pay, deliver, pay, deliver], property };
  expect(necessaryOrder(rich, [leftHoldsFewerThan(2)], two)).toEqual([
    { earlier: 1, later: 2 },
    { earlier: 2, later: 3 },
    { earlier: 3, later: 4 },
  ]);
});
