// A transition that nothing can lead to any more breaks no claim; it is told.

import { expect, test } from '@jest/globals';
import { covered, coverageOf } from './transition-coverage.ts';
import { explore } from '../search/explore.ts';
import { createSystem } from './system.ts';
import { toy, type Toy } from '../../test/support/toy-protocol.ts';

function after(options: Toy) {
  const system = createSystem(toy(options));
  explore(system);
  return coverageOf(system);
}

test('what was taken and what was not are all there is', () => {
  const { taken, never } = after({ coins: 2 });
  expect(taken).toEqual(expect.arrayContaining(['purse open: pay', 'purse open: receive']));
  expect(never).toContain('purse open: drop');
  expect(new Set([...taken, ...never]).size).toBe(taken.length + never.length);
});

test('what a guard never lets happen was not taken', () => {
  expect(after({ coins: 2, idle: true }).never).toContain('purse open: receive');
});

test('of several searches, what one has taken is taken', () => {
  const both = covered([after({ coins: 2 }), after({ coins: 2, torn: true })]);
  expect(both.taken).toContain('purse open: drop');
  expect(both.never).not.toContain('purse open: drop');
});
