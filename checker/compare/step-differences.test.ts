import { expect, test } from '@jest/globals';
import { createMachine } from 'xstate';
import { partings } from './step-differences.ts';
import type { Step } from '../specification/protocol.ts';
import { createSystem } from '../engine/system.ts';
import { toy } from '../../test/support/toy-protocol.ts';

const pay: Step = { at: 'right', action: 'pay', params: { to: 'left' } };
const deliver: Step = { at: 'post', action: 'deliver', params: {} };
const lose: Step = { at: 'post', action: 'lose', params: {} };

const honest = toy({ coins: 2 });
const steps = [pay, deliver, pay];

test('a protocol does not differ from itself', () => {
  expect(partings(createSystem(honest), createSystem(toy({ coins: 2 })), { steps })).toEqual([]);
});

test('a step that the other protocol does not take is refused at its place', () => {
  const lossy = createSystem(toy({ coins: 2, lossy: true }));
  expect(partings(lossy, createSystem(honest), { steps: [pay, lose, pay, deliver] })).toEqual([
    { step: 2, how: 'refused', instead: [] },
  ]);
});

test('a step that leads the other protocol elsewhere differs in its cells', () => {
  const cells = honest.cells.map((cell) =>
    cell.name === 'post' ? { ...cell, machine: forgetful() } : cell,
  );
  const other = createSystem({ ...honest, cells });
  const found = partings(createSystem(honest), other, { steps });
  expect(found).toEqual([
    {
      step: 1,
      how: 'differs',
      instead: [{ cell: 'post', local: { value: 'carrying', context: { to: '' } } }],
    },
    {
      step: 3,
      how: 'differs',
      instead: [{ cell: 'post', local: { value: 'carrying', context: { to: '' } } }],
    },
  ]);
});

test('a state that the other protocol lacks is not compared', () => {
  const still = createMachine({
    context: { to: '' },
    initial: 'free',
    states: { free: { on: { carry: { actions: () => undefined } } } },
  });
  const cells = honest.cells.map((cell) =>
    cell.name === 'post' ? { ...cell, machine: still } : cell,
  );
  const found = partings(
    createSystem(honest),
    createSystem({ ...honest, cells, faults: new Set() }),
    { steps },
  );
  expect(found.map(({ step }) => step)).toEqual([1, 3]);
});

/** A post that does not store the destination. */
function forgetful() {
  const post = honest.cells.find(({ name }) => name === 'post');
  if (post === undefined) throw new Error('no post');
  return post.machine.provide({ actions: { address: () => undefined } });
}
