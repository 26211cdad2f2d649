import { describe, expect, test } from '@jest/globals';
import { setup } from 'xstate';
import { invariants } from '../../examples/minimig/invariants.ts';
import { minimig } from '../../examples/minimig/minimig.ts';
import { explore } from './explore.ts';
import type { Claim } from '../specification/property.ts';
import { createSystem } from '../engine/system.ts';
import { initialLocal } from '../engine/xstate.ts';
import type { Cell, Event, Protocol } from '../specification/protocol.ts';

const size = { hosts: 2, files: 1, processes: 2, slots: 1, streams: 2 };

/** Fails where the first process runs away from home: spawned, migrated, unpacked, committed. */
const neverAway: Claim = {
  property: 'never-away',
  kind: 'always',
  test: (look) => {
    const { home, host } = look('process 0').context as {
      readonly home: string;
      readonly host: string;
    };
    return look('process 0').value === 'running' && home !== host
      ? { subject: 'process 0', expected: 'at home', found: host }
      : undefined;
  },
};

const giver = setup({
  actions: { toss: () => ({ to: 'taker', event: { type: 'catch' } }) },
}).createMachine({
  id: 'giver',
  initial: 'has',
  states: {
    has: { on: { throw: { target: 'given', actions: 'toss' }, hand: { target: 'given' } } },
    given: {},
  },
});

const taker = setup({}).createMachine({ id: 'taker', initial: 'idle', states: { idle: {} } });

/** A throw gives the ball like a pass, until no cell catches it. */
const careless: Protocol = {
  name: 'careless',
  deadlock: { ignored: 'what is given stays so' },
  cells: [
    {
      name: 'giver',
      machine: giver,
      initial: initialLocal(giver, {}),
      offers: ({ value }) => (value === 'has' ? [{ type: 'throw' }, { type: 'hand' }] : []),
      observes: {},
    },
    {
      name: 'taker',
      machine: taker,
      initial: initialLocal(taker, {}),
      offers: () => [],
      observes: {},
    },
  ],
  faults: new Set(),
};

const neverGiven: Claim = {
  property: 'never-given',
  kind: 'always',
  test: (look) =>
    look('giver').value === 'given'
      ? { subject: 'giver', expected: 'has', found: 'given' }
      : undefined,
};

describe('breadth-first exploration', () => {
  test('finds exactly the states, transitions and depth that other checkers find', () => {
    const found = explore(createSystem(minimig(size)), { claims: invariants(size) });
    expect(found).toMatchObject({
      ending: 'closed',
      states: 16_487,
      transitions: 89_864,
      depth: 23,
      found: [],
    });
  });

  test('finds a shortest story', () => {
    const found = explore(createSystem(minimig(size)), { claims: [neverAway] });
    expect(found.ending).toBe('violated');
    expect(found.found.map(({ steps }) => steps.length)).toEqual([4]);
  });

  test('returns no step whose half cascade looks like another whole step', () => {
    const { found } = explore(createSystem(careless), { claims: [neverGiven], stopAt: false });
    expect(found.map(({ violation, steps }) => [violation.property, steps])).toEqual([
      ['every-event-is-specified', [{ at: 'giver', action: 'throw', params: {} }]],
      ['never-given', [{ at: 'giver', action: 'hand', params: {} }]],
    ]);
  });

  test('names the bound that it met', () => {
    const system = createSystem(minimig(size));
    expect(explore(system, { maxDepth: 3 }).ending).toBe('depth');
    expect(explore(system, { maxStates: 100 }).ending).toBe('states');
    expect(explore(system, { onProgress: () => false }).ending).toBe('interrupted');
  });
});

test('the story to a state does not lead through half a cascade', () => {
  // The first step changes the box like the second one, and then meets an unspecified event.
  const machine = setup({
    actions: { ignore: () => undefined, send: () => ({ to: 'wall', event: { type: 'hit' } }) },
  }).createMachine({
    id: 'box',
    initial: 'shut',
    states: {
      shut: { on: { breaks: { target: 'open', actions: 'send' }, opens: 'open' } },
      open: { on: {} },
    },
  });
  const cell = (name: string, offers: readonly Event[]): Cell => ({
    name,
    machine,
    initial: { value: 'shut', context: {} },
    offers: () => offers,
    observes: {},
  });
  const cells = [cell('box', [{ type: 'breaks' }, { type: 'opens' }]), cell('wall', [])];
  const neverOpen: Claim = {
    property: 'p',
    kind: 'always',
    test: (look) =>
      look('box').value === 'open'
        ? { subject: 'box', expected: 'shut', found: 'open' }
        : undefined,
  };
  const system = createSystem({
    name: 'box',
    deadlock: { ignored: 'a box that is open stays so' },
    faults: new Set(),
    cells,
  });
  const { found } = explore(system, { claims: [neverOpen], stopAt: false });
  expect(found.map(({ violation, steps }) => [violation.property, steps])).toEqual([
    ['every-event-is-specified', [{ at: 'box', action: 'breaks', params: {} }]],
    ['p', [{ at: 'box', action: 'opens', params: {} }]],
  ]);
});
