// A lamp that goes on and off. Whether it can come to rest depends on its other offers.

import { expect, test } from '@jest/globals';
import { assign, setup } from 'xstate';
import { initialLocal } from '../engine/xstate.ts';
import { explore } from '../search/explore.ts';
import { claimsOf, type Property } from '../specification/property.ts';
import { createRestJudge } from './comes-to-rest.ts';
import type { Ahead } from './look-ahead.ts';
import type { Protocol } from '../specification/protocol.ts';
import { createSystem, type System } from '../engine/system.ts';

const lampMachine = setup({
  actions: { count: assign(({ context }) => ({ times: context.times + 1 })) },
  types: { context: {} as { readonly times: number }, events: {} as { type: string } },
}).createMachine({
  id: 'lamp',
  context: { times: 0 },
  initial: 'new',
  states: {
    new: { on: { plug: 'off' } },
    off: { on: { turn: 'on', burnOut: 'dead', count: { target: 'on', actions: 'count' } } },
    on: { on: { turn: 'off' } },
    dead: {},
  },
});

/** The lamp, with what it offers while it is off. */
function lamp(
  whileOff: readonly string[],
  faults: readonly string[] = [],
  most = Infinity,
): System {
  const offers: Record<string, readonly string[]> = { new: ['plug'], off: whileOff, on: ['turn'] };
  const protocol: Protocol = {
    name: 'lamp',
    cells: [
      {
        name: 'lamp',
        machine: lampMachine,
        initial: initialLocal(lampMachine, { times: 0 }),
        observes: {},
        offers: ({ value, context }) =>
          value === 'off' && (context as { readonly times: number }).times >= most
            ? []
            : (offers[value as string] ?? []).map((type) => ({ type })),
      },
    ],
    faults: new Set(faults),
    deadlock: { ignored: 'a lamp may burn out' },
  };
  return createSystem(protocol);
}

function judged(system: System, maxAhead?: number): Ahead {
  return createRestJudge(system, maxAhead)(system.initial());
}

test('a protocol that may end may also cycle', () => {
  expect(judged(lamp(['turn', 'burnOut']))).toBeUndefined();
});

test('a protocol that only cycles never rests, and the finding has the cycle without its prefix', () => {
  expect(judged(lamp(['turn']))).toMatchObject({ found: 'lamp: turn, and so on for ever' });
});

test('no cell waits for a fault', () => {
  expect(judged(lamp(['turn', 'burnOut'], ['burnOut']))).toBeDefined();
  expect(judged(lamp(['burnOut'], ['burnOut']))).toBeUndefined();
});

test('a protocol that counts for ever is undecided at any bound', () => {
  expect(judged(lamp(['count']))).toBe('undecided');
  expect(judged(lamp(['count']), 100)).toBe('undecided');
});

test('a bound that is not exceeded decides a protocol that comes to rest', () => {
  // Plugged in, and then on and off again five times: twelve states, the last at rest.
  const five = lamp(['count'], [], 5);
  expect(judged(five, 12)).toBeUndefined();
  expect(judged(five, 11)).toBe('undecided');
  // What goes round is known to, whatever the bound.
  expect(judged(lamp(['turn']), 3)).toMatchObject({ found: 'lamp: turn, and so on for ever' });
});

test('an event that the state does not take is no way to rest', () => {
  expect(judged(lamp(['turn', 'plug']))).toBeDefined();
});

test('a search for a property ends at the first state without a way to rest', () => {
  const system = lamp(['turn', 'burnOut'], ['burnOut']);
  const claims = claimsOf(
    [
      {
        id: 'rests',
        statement: '',
        kind: 'comesToRest',
        quiescence: '',
        sources: {
          paper: '',
          kernel: '',
        },
        catches: [],
        claims: () => [],
        comesToRest: () => true,
        witness: { statement: '', reached: () => () => true },
      },
    ],
    'lamp',
  );
  const { found } = explore(system, { claims });
  expect(found).toMatchObject([{ violation: { property: 'rests' }, steps: [] }]);
  expect(explore(lamp(['turn', 'burnOut']), { claims })).toMatchObject({
    ending: 'closed',
    found: [],
    undecided: [],
  });
});

test('a property whose claim has no answer in some state is not decided, nor violated', () => {
  const rests: Property<string> = {
    id: 'rests',
    statement: '',
    kind: 'comesToRest',
    comesToRest: () => true,
    witness: { statement: '', reached: () => () => true },
  };
  const searched = (maxAhead: number) =>
    explore(lamp(['count'], [], 5), { claims: claimsOf([rests], 'lamp', { maxAhead }) });
  expect(searched(11)).toMatchObject({ ending: 'closed', found: [], undecided: ['rests'] });
  expect(searched(12)).toMatchObject({ ending: 'closed', found: [], undecided: [] });
});
