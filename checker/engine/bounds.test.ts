// Large steps, cells and claims are supported, or refused with their bound.

import { expect, test } from '@jest/globals';
import { assign, setup } from 'xstate';
import { createMonitor } from '../claims/monitor.ts';
import { createPrng } from '../random/prng.ts';
import { createSystem } from './system.ts';
import type { Claim } from '../specification/property.ts';
import type { Cell, Effect, Event, Protocol, View } from '../specification/protocol.ts';

const LEAVES = 71;
const each = [...Array(LEAVES).keys()];

/** One event for the root changes each middle cell, and each of these every leaf: 5,113 changes. */
function tree(): Protocol {
  const cell = (name: string, next: readonly string[]): Cell => ({
    name,
    machine: setup({
      types: { context: {} as { readonly n: number }, events: {} as Event },
      actions: {
        count: assign(({ context }) => ({ n: context.n + 1 })),
        passOn: (): readonly Effect[] => next.map((to) => ({ to, event: { type: 'go' } })),
      },
    }).createMachine({
      id: name,
      context: { n: 0 },
      on: { go: { actions: ['count', 'passOn'] } },
    }),
    initial: { value: {}, context: { n: 0 } },
    offers: () => (name === 'root' ? [{ type: 'go' }] : []),
    observes: {},
  });
  const middles = each.map((index) => `middle ${index}`);
  const leaves = each.map((index) => `leaf ${index}`);
  return {
    name: 'tree',
    faults: new Set(),
    cells: [
      cell('root', middles),
      ...middles.map((name) => cell(name, leaves)),
      ...leaves.map((name) => cell(name, [])),
    ],
  };
}

test('a step may change as many cells as its effects reach, and undo restores them', () => {
  const system = createSystem(tree());
  const row = system.initial();
  const start = row.slice();
  const go = system.delivery('root', { type: 'go' });
  for (let again = 0; again < 2; again++) {
    expect(system.perform(row, go)).toBe(true);
    expect(system.unspecified()).toBeUndefined();
    expect(system.changes.count).toBe(1 + LEAVES + LEAVES * LEAVES);
    const leaf = system.indexOf('leaf 70');
    expect(system.local(leaf, row[leaf] as number).context).toEqual({ n: LEAVES });
    system.undo(row);
    expect(row).toEqual(start);
  }
  expect(system.trail(row, go)).toHaveLength(1 + LEAVES + LEAVES * LEAVES);
});

test('a step of more deliveries than its bound is refused by cell and event', () => {
  const system = createSystem(tree(), { mostDeliveries: 4096 });
  expect(() => system.perform(system.initial(), system.delivery('root', { type: 'go' }))).toThrow(
    'root, event go, has effects of effects that are more than 4096 deliveries in one step: let a later step do part of it',
  );
});

test('more views than are supported are refused, by the last one', () => {
  const system = createSystem(tree(), { mostTables: 3 });
  const look = system.look(system.initial());
  const views = each.map(
    (index): View<number> =>
      () =>
        index,
  );
  expect(() => views.map((view) => look('root', view))).toThrow(
    /^3 views are the most that are supported \(the last is view .*\); declare each once, at the top of its module$/,
  );
});

test('a caller of enabled gives enough room, or gets an error', () => {
  const system = createSystem(tree());
  expect(system.enabled(system.initial(), new Int32Array(1))).toBe(1);
  expect(() => system.enabled(system.initial(), new Int32Array(0))).toThrow(
    '1 deliveries are enabled, and there is room for 0',
  );
});

test.each([1, 3])('no claim is lost when the stamps begin again: %d', (lastStamp) => {
  // Two claims fail at once, and each reads two cells that change: neither may be lost.
  const tooMany = (property: string): Claim => ({
    property,
    kind: 'always',
    test: (look) => {
      const [a, b] = ['leaf 0', 'leaf 1'].map((name) => (look(name).context as { n: number }).n);
      return a === b
        ? undefined
        : { subject: property, expected: `${a} and ${a}`, found: `${a} and ${b}` };
    },
  });
  const system = createSystem(tree());
  const claims = ['p', 'q'].map(tooMany);
  const monitor = createMonitor(system, claims, [], { lastStamp });
  const [a, b] = [system.indexOf('leaf 0'), system.indexOf('leaf 1')];
  const prng = createPrng(1);
  const row = system.initial();
  monitor.checkAll(row, false);
  const id = (n: number): number => system.localId(a, { value: {}, context: { n } });
  const idOfB = (n: number): number => system.localId(b, { value: {}, context: { n } });
  let violations = 0;
  for (let step = 0; step < 50; step++) {
    const before = Int32Array.of(row[a] as number, row[b] as number);
    const [first, second] = [prng.below(3), prng.below(3)];
    row[a] = id(first);
    row[b] = idOfB(second);
    const found = monitor.checkChanged(row, Int32Array.of(a, b), 2, before);
    expect(found.map(({ property }) => property)).toEqual(first === second ? [] : ['p', 'q']);
    violations += found.length;
    // The next row is compared with a row on which every claim held.
    row[a] = id(0);
    row[b] = idOfB(0);
    monitor.checkAll(row, false);
  }
  expect(violations).toBeGreaterThan(20);
});
