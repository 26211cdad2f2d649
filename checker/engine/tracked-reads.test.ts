import { expect, test } from '@jest/globals';
import { setup } from 'xstate';
import { initialLocal } from './xstate.ts';
import { createMonitor } from '../claims/monitor.ts';
import { narrowed } from './tracked-reads.ts';
import { createPrng } from '../random/prng.ts';
import type { Claim } from '../specification/property.ts';
import { enabledIn } from './enabled.ts';
import { createSystem } from './system.ts';
import { coinsAreConserved, leftHoldsFewerThan, toy } from '../../test/support/toy-protocol.ts';

type Post = { readonly value: unknown; readonly context: { readonly [name: string]: unknown } };

function seenBy(read: (post: Post) => unknown) {
  const system = createSystem(toy({ coins: 2 }));
  const sights = new Set<number>();
  const seen = system.look(system.initial(), (sight) => sights.add(sight));
  const look = narrowed(seen, system.holdMore);
  return { result: read(look('post') as Post), sights: sights.size };
}

test('a field that is not read is not recorded', () => {
  expect(seenBy(() => 0)).toEqual({ result: 0, sights: 0 });
  expect(seenBy(({ value }) => value)).toEqual({ result: 'free', sights: 1 });
  expect(seenBy(({ context }) => context['to'])).toEqual({ result: '', sights: 1 });
  expect(seenBy(({ context }) => context['from'])).toEqual({ result: undefined, sights: 1 });
  expect(seenBy(({ context }) => 'to' in context)).toEqual({ result: true, sights: 1 });
});

test('a context that is copied is recorded as a whole', () => {
  const { result, sights } = seenBy(({ context }) => ({ ...context }));
  expect(result).toEqual({ to: '' });
  expect(sights).toBe(2);
});

test('the memory of history states and timers is visible in the cells that have it', () => {
  const machine = setup({}).createMachine({
    id: 'm',
    initial: 'on',
    states: {
      on: {
        initial: 'a',
        states: { a: { on: { next: 'b' } }, b: {}, h: { type: 'history' } },
        on: { leave: 'off' },
      },
      off: { after: { 5: { guard: () => false, target: 'on' } }, on: { back: 'on.h' } },
    },
  });
  const cell = { name: 'cell', machine, offers: () => [], observes: {} };
  const system = createSystem({
    name: 'one',
    cells: [{ ...cell, initial: initialLocal(machine, {}) }],
    faults: new Set(),
  });
  const row = system.initial();
  const taken = () => {
    const held = narrowed(system.look(row), system.holdMore)('cell');
    expect({ ...held, context: {} }).toEqual(system.local(0, row[0] ?? 0));
    return [held.history, held.spent, 'history' in held, 'spent' in held];
  };
  expect(taken()).toEqual([undefined, undefined, false, false]);
  system.perform(row, system.delivery('cell', { type: 'leave' }));
  expect(taken()).toEqual([{ 'm.on.h': ['m.on.a'] }, undefined, true, false]);
  const [timer = 0] = system.offers(0, row[0] ?? 0);
  system.perform(row, timer);
  expect(taken()).toEqual([{ 'm.on.h': ['m.on.a'] }, ['xstate.after.5.m.off'], true, true]);
});

test('the affected claims find what all claims find', () => {
  // Reads the post only after a coin has come, so it begins to watch the post late.
  const late: Claim = {
    property: 'late',
    kind: 'always',
    test: (look) =>
      (look('left').context as { coins: number }).coins > 0 && look('post').value === 'carrying'
        ? { subject: 'post', expected: 'free', found: 'carrying' }
        : undefined,
  };
  const claims = [late, leftHoldsFewerThan(2), coinsAreConserved({ coins: 3 })];
  const system = createSystem(toy({ coins: 3, lossy: true, torn: true }));
  const monitor = createMonitor(system, claims, []);
  const prng = createPrng(7);
  const row = system.initial();
  monitor.checkAll(row, false);
  let violated = 0;
  for (let step = 0; step < 1000; step++) {
    const enabled = enabledIn(system, row);
    system.perform(row, enabled[prng.below(enabled.length)] ?? 0);
    const { cells, count, before } = system.changes;
    const again = monitor.checkChanged(row, cells, count, before);
    const all = createMonitor(system, claims, []).checkAll(row, false);
    expect(new Set(again)).toEqual(new Set(all));
    if (all.length === 0 && enabledIn(system, row).length > 0) continue;
    violated += all.length;
    row.set(system.initial());
  }
  expect(violated).toBeGreaterThan(100);
});

test('a claim is not evaluated again if a step changed only fields that it did not read', () => {
  const system = createSystem(toy({ coins: 3 }));
  let asked = 0;
  const whetherItIsFree: Claim = {
    property: 'post',
    kind: 'always',
    test: (look) => {
      asked++;
      return look('post').value === 'lost' ? { subject: '', expected: '', found: 'so' } : undefined;
    },
  };
  const monitor = createMonitor(system, [whetherItIsFree], []);
  const row = system.initial();
  monitor.checkAll(row, false);
  const before = asked;
  const post = system.indexOf('post');
  const held = row.slice(post, post + 1);
  row[post] = system.localId(post, { value: 'free', context: { to: 'left' } });
  monitor.checkChanged(row, Int32Array.of(post), 1, held);
  expect(asked).toBe(before);
  row[post] = system.localId(post, { value: 'carrying', context: { to: 'left' } });
  monitor.checkChanged(row, Int32Array.of(post), 1, held);
  expect(asked).toBeGreaterThan(before);
});
