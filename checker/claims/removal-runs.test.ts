// Removals: a change of the results is found, and half a step never counts.

import { expect, test } from '@jest/globals';
import { assign, setup } from 'xstate';
import { createSystem } from '../engine/system.ts';
import { whatRemovalChanges } from './removal-runs.ts';
import type { Removal } from '../specification/property.ts';
import type { Cell, Effect, Event, Protocol } from '../specification/protocol.ts';

type Options = {
  /** How often the visitor greets; default once. */
  readonly most?: number;
  /** It counts so far, and then from nothing again. */
  readonly round?: number;
  /** The peer says what it does with a greeting also where it is gone. */
  readonly isSpecified?: boolean;
  /** The peer may also be removed by an event that is not fully specified. */
  readonly isTorn?: boolean;
};

/**
 * A visitor greets a peer, and counts the greeting. A peer that is gone does not list the greeting: then
 * it is an unspecified event, which comes after the count.
 */
function greeting({
  isSpecified = false,
  isTorn = false,
  most = 1,
  round = Infinity,
}: Options): Protocol {
  const greeter = setup({
    types: { context: {} as { readonly n: number }, events: {} as Event },
    guards: { isNew: ({ context }) => context.n < most },
    actions: {
      count: assign(({ context }) => ({ n: context.n + 1 === round ? 0 : context.n + 1 })),
      greet: (): Effect => ({ to: 'peer', event: { type: 'greeted' } }),
    },
  }).createMachine({
    id: 'greeter',
    context: { n: 0 },
    on: { greets: { guard: 'isNew', actions: ['count', 'greet'] } },
  });
  const peer = setup({
    actions: {
      ignore: () => undefined,
      tear: (): Effect => ({ to: 'greeter', event: { type: 'torn' } }),
    },
  }).createMachine({
    id: 'peer',
    initial: 'there',
    states: {
      there: {
        on: {
          greeted: { actions: 'ignore' },
          goes: { target: 'gone', actions: isTorn ? 'tear' : 'ignore' },
        },
      },
      gone: { on: isSpecified ? { greeted: { actions: 'ignore' } } : {} },
    },
  });
  const cell = (name: string, machine: Cell['machine'], event: Event | undefined): Cell => ({
    name,
    machine,
    initial: { value: name === 'peer' ? 'there' : {}, context: name === 'peer' ? {} : { n: 0 } },
    offers: () => (event === undefined ? [] : [event]),
    observes: {},
  });
  return {
    name: 'greeting',
    faults: new Set(),
    cells: [cell('greeter', greeter, { type: 'greets' }), cell('peer', peer, { type: 'goes' })],
  };
}

function found(options: Options, removal: Partial<Removal> = {}, maxAhead?: number) {
  const system = createSystem(greeting(options));
  const row = system.initial();
  const start = row.slice();
  const whole: Removal = {
    subject: 'greeter without peer',
    applies: () => true,
    removed: { cell: 'peer', event: { type: 'goes' } },
    isInternal: ({ type }) => type === 'greets',
    excepted: () => null,
    results: (look) => look('greeter').context,
    ...removal,
  };
  const finding = whatRemovalChanges(system, row, whole, maxAhead);
  expect(row).toEqual(start);
  return finding;
}

test('a removal changes nothing if the runs continue as before', () => {
  expect(found({ isSpecified: true })).toBeUndefined();
});

test('a step that meets an unspecified event does not happen', () => {
  // Not even its first half, the count.
  expect(found({})).toEqual({
    subject: 'greeter without peer',
    expected: '{"n":1}',
    found: '{"n":0}',
  });
});

test('a later step that meets an unspecified event only after the removal is a difference', () => {
  const calls: Partial<Removal> = {
    isInternal: () => false,
    continuesWith: (cell) => cell === 'greeter',
  };
  expect(found({ isSpecified: true }, calls)).toBeUndefined();
  expect(found({}, calls)).toEqual({
    subject: 'greeter without peer',
    expected: 'greets goes on',
    found: 'it meets an unspecified event',
  });
});

test('a removal that meets an unspecified event does not take place', () => {
  expect(found({ isTorn: true })).toBeUndefined();
});

test('a result that is missing on one side only differs', () => {
  const results: Removal['results'] = (look) =>
    look('peer').value === 'gone' ? { a: 1, more: 2 } : { a: 1 };
  expect(found({ isSpecified: true }, { results })).toEqual({
    subject: 'greeter without peer',
    expected: '{}',
    found: '{"more":2}',
  });
});

test('a run that is not over within the bound decides nothing', () => {
  const isSpecified = true;
  expect(found({ isSpecified, most: 2000 })).toBeUndefined();
  expect(found({ isSpecified, most: 1999 }, {}, 2000)).toBeUndefined();
  expect(found({ isSpecified, most: 2000 }, {}, 2000)).toBe('undecided');
  expect(found({ isSpecified, most: Infinity })).toBe('undecided');
});

test.each([1, 2, 7, 100])('a run in a cycle of %i steps goes on for ever', (round) => {
  expect(found({ isSpecified: true, most: Infinity, round })).toEqual({
    subject: 'greeter without peer',
    expected: 'at rest by itself',
    found: 'it goes on for ever',
  });
});

test('results are plain JSON', () => {
  const results: Removal['results'] = () => ({ of: new Set() as never });
  expect(() => found({ isSpecified: true }, { results })).toThrow(
    'the results of a removal (greeter without peer), no plain JSON: result.of is a Set: use a sorted list',
  );
});
