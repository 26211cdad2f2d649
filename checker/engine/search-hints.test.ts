// Hints at the end of a search: offers that are never enabled, machines with too many local states.

import { expect, test } from '@jest/globals';
import { assign, setup } from 'xstate';
import { explore } from '../search/explore.ts';
import { createSystem } from './system.ts';
import { hintsOf, type Hints } from './search-hints.ts';
import type { Cell, Event, Protocol } from '../specification/protocol.ts';
import { toy } from '../../test/support/toy-protocol.ts';

const MESSAGES = 11;
const all = [...Array(MESSAGES).keys()];

function hints(protocol: Protocol): Hints & { readonly states: number } {
  const system = createSystem(protocol);
  const { states, ending } = explore(system);
  expect(ending).toBe('closed');
  return { ...hintsOf(system, states), states };
}

test('an offer that no state lets through, by cell and event', () => {
  // A post with a letter takes no other.
  const { cells, ...rest } = toy({ coins: 2 });
  const offered = cells.map((cell) => ({
    ...cell,
    offers: (local: Parameters<Cell['offers']>[0]) => [
      ...cell.offers(local),
      ...(cell.name === 'post' && local.value !== 'free' ? [{ type: 'carry', to: 'left' }] : []),
    ],
  }));
  expect(hints({ ...rest, cells: offered }).neverEnabled).toEqual([
    { cell: 'post', event: 'carry' },
  ]);
  expect(hints({ ...rest, cells }).neverEnabled).toEqual([]);
});

test('the hints of one cell do not count the transitions of another cell of its machine', () => {
  const machine = setup({
    types: { context: {} as { readonly mine: boolean }, events: {} as Event },
    guards: { isMine: ({ context }) => context.mine },
  }).createMachine({
    id: 'door',
    context: { mine: false },
    initial: 'closed',
    states: { closed: { on: { opens: { guard: 'isMine', target: 'open' } } }, open: {} },
  });
  const door = (name: string, mine: boolean): Cell => ({
    name,
    machine,
    initial: { value: 'closed', context: { mine } },
    offers: ({ value }) => (value === 'closed' ? [{ type: 'opens' }] : []),
    observes: {},
  });
  const protocol = {
    name: 'doors',
    deadlock: { ignored: 'doors stay open' },
    faults: new Set<string>(),
    cells: [door('mine', true), door('other', false)],
  };
  expect(hints(protocol).neverEnabled).toEqual([{ cell: 'other', event: 'opens' }]);
});

test('a set of messages in one cell, and one cell a message', () => {
  const one = hints({ name: 'one', faults: new Set(), cells: [wire('wire', all)] });
  const many = hints({
    name: 'many',
    faults: new Set(),
    cells: all.map((each) => wire(`wire ${each}`, [each])),
  });
  expect(one.states).toBe(2 ** MESSAGES);
  expect(many.states).toBe(one.states);
  expect(one.growing).toEqual([
    { machine: 'wire', cells: ['wire'], locals: 2 ** MESSAGES, runs: MESSAGES * 2 ** MESSAGES },
  ]);
  expect(many.growing).toEqual([]);
});

/** Each of these messages is under way, or not. */
function wire(name: string, messages: readonly number[]): Cell {
  return {
    name,
    machine: wireMachine,
    initial: { value: {}, context: { under: [] } },
    offers: () => messages.map((n) => ({ type: 'turns', n })),
    observes: {},
  };
}

const wireMachine = setup({
  types: {
    context: {} as { readonly under: readonly number[] },
    events: {} as { readonly type: 'turns'; readonly n: number },
  },
  actions: {
    turn: assign(({ context: { under }, event: { n } }) => ({
      under: under.includes(n)
        ? under.filter((each) => each !== n)
        : [...under, n].toSorted((a, b) => a - b),
    })),
  },
}).createMachine({ id: 'wire', context: { under: [] }, on: { turns: { actions: 'turn' } } });
