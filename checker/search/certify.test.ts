import { expect, test } from '@jest/globals';
import { certify } from './certify.ts';
import { EVERY_EVENT_IS_SPECIFIED } from '../claims/unspecified-event.ts';
import type { Claim } from '../specification/property.ts';
import type { Step } from '../specification/protocol.ts';
import { runSteps } from '../stories/strict-replay.ts';
import { createSystem } from '../engine/system.ts';
import {
  leftHoldsFewerThan,
  somethingCanHappen,
  toy,
  type Toy,
} from '../../test/support/toy-protocol.ts';

const pay: Step = { at: 'right', action: 'pay', params: { to: 'left' } };
const back: Step = { at: 'left', action: 'pay', params: { to: 'right' } };
const deliver: Step = { at: 'post', action: 'deliver', params: {} };
const lose: Step = { at: 'post', action: 'lose', params: {} };

function certified(size: Toy, claims: readonly Claim[], steps: readonly Step[], maxStates = 1000) {
  const system = createSystem(toy(size));
  const violation = runSteps(system, claims, { steps }).seen?.violation;
  if (violation === undefined) throw new Error('the story violates nothing');
  return certify(system, claims, { steps, violation }, { maxStates });
}

test('a shortest story is proven to be', () => {
  const steps = [pay, deliver, pay, deliver];
  const result = certified({ coins: 3 }, [leftHoldsFewerThan(2)], steps);
  expect(result).toMatchObject({ steps, certificate: { kind: 'shortest' }, replaced: false });
});

test('a longer one is replaced', () => {
  const steps = [pay, deliver, back, deliver, pay, deliver, pay, deliver];
  const result = certified({ coins: 3 }, [leftHoldsFewerThan(2)], steps);
  expect(result.steps).toEqual([pay, deliver, pay, deliver]);
  expect(result).toMatchObject({ certificate: { kind: 'shortest' }, replaced: true });
  expect(result.violation.finding.found).toBe('2');
});

test('a search that meets its budget gives a true lower bound, which grows with the budget', () => {
  const steps = [pay, deliver, pay, deliver, pay, deliver];
  const bounds = Array.from({ length: 9 }, (_, index) => {
    const claims = [leftHoldsFewerThan(3)];
    const { certificate } = certified({ coins: 3, lossy: true }, claims, steps, 2 * index + 1);
    return certificate.kind === 'lowerBound' ? certificate.steps : 'shortest';
  });
  expect(bounds).toEqual([1, 2, 3, 3, 4, ...Array.from({ length: 4 }, () => 'shortest')]);
});

test('an empty story is shortest', () => {
  const result = certified({ coins: 3 }, [leftHoldsFewerThan(0)], []);
  expect(result.certificate).toEqual({ kind: 'shortest' });
});

test('a story that ends one step too late in a stuck state is replaced', () => {
  const size = { coins: 1, lossy: true };
  const long = [pay, deliver, back, lose];
  expect(certified(size, [somethingCanHappen], long).steps).toEqual([pay, lose]);
  expect(certified(size, [somethingCanHappen], [pay, lose])).toMatchObject({
    certificate: { kind: 'shortest' },
    replaced: false,
  });
});

test('a terminal state one step nearer is found, although it is at the bound of the search', () => {
  const size = { coins: 1, lossy: true, torn: true };
  const { steps, replaced } = certified(size, [somethingCanHappen], [pay, lose]);
  expect(steps).toEqual([{ at: 'right', action: 'drop', params: {} }]);
  expect(replaced).toBe(true);
});

test('unspecified events have shortest stories too', () => {
  const result = certified({ coins: 3, hasty: true }, [], [pay, deliver, pay, pay]);
  expect(result.violation.property).toBe(EVERY_EVENT_IS_SPECIFIED);
  expect(result).toMatchObject({ steps: [pay, pay], replaced: true });
});
