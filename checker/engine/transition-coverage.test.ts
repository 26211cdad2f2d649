// A transition that is no longer reachable breaks no claim; it is reported.

import { expect, test } from '@jest/globals';
import { setup } from 'xstate';
import { initialLocal } from './xstate.ts';
import { covered, coverageOf } from './transition-coverage.ts';
import { explore } from '../search/explore.ts';
import { createSystem } from './system.ts';
import { toy, type Toy } from '../../test/support/toy-protocol.ts';

test('transitions without an event are named as in the table', () => {
  const machine = setup({ guards: { isLate: () => false } }).createMachine({
    id: 'job',
    initial: 'waits',
    states: {
      waits: { after: { 1000: 'works' } },
      works: {
        initial: 'begun',
        states: {
          begun: { always: [{ guard: 'isLate', target: 'over' }, 'over'] },
          over: { type: 'final' },
        },
        onDone: { target: 'waits' },
      },
    },
  });
  const system = createSystem({
    name: 'job',
    cells: [
      { name: 'job', machine, initial: initialLocal(machine, {}), offers: () => [], observes: {} },
    ],
    faults: new Set(),
  });
  explore(system);
  expect(coverageOf(system)).toEqual({
    taken: ['job waits: after 1000', 'job works: onDone', 'job works begun: always 2 of 2'],
    never: ['job works begun: always 1 of 2'],
  });
});

function after(options: Toy) {
  const system = createSystem(toy(options));
  explore(system);
  return coverageOf(system);
}

test('every transition is either taken or not taken', () => {
  const { taken, never } = after({ coins: 2 });
  expect(taken).toEqual(expect.arrayContaining(['purse open: pay', 'purse open: receive']));
  expect(never).toContain('purse open: drop');
  expect(new Set([...taken, ...never]).size).toBe(taken.length + never.length);
});

test('a transition whose guard never holds is not taken', () => {
  expect(after({ coins: 2, idle: true }).never).toContain('purse open: receive');
});

test('a transition that one of several searches has taken is taken', () => {
  const both = covered([after({ coins: 2 }), after({ coins: 2, torn: true })]);
  expect(both.taken).toContain('purse open: drop');
  expect(both.never).not.toContain('purse open: drop');
});
