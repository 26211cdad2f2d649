/**
 * Clients ask for sets of resources and get them in parts, as they become free. In `order`, a schedule
 * says which client comes first: no client gets a resource for which an earlier one waits.
 *
 * Specification  SimpleAllocator, SchedulingAllocator (tlaplus/Examples, allocator)
 * A set of resources is a number with one bit for each.
 */
import { assign, setup } from 'xstate';
import { initialLocal } from '../../checker/engine/xstate.ts';
import type { Claim } from '../../checker/specification/property.ts';
import type { Cell, Effect, Local, Look, Protocol } from '../../checker/specification/protocol.ts';

type Client = { readonly wanted: number; readonly held: number };
type ClientEvent = {
  readonly type: 'request' | 'allocate' | 'giveBack';
  readonly set: number;
  /** The resources that no client holds. */
  readonly free?: number;
  /** Whether it is this client's turn: it is in the schedule, and no client before it wants these. */
  readonly isItsTurn?: boolean;
  readonly client?: string;
};

const clientMachine = setup({
  types: { context: {} as Client, events: {} as ClientEvent },
  guards: {
    hasAndWantsNothing: ({ context }) => context.wanted === 0 && context.held === 0,
    canBeGiven: ({ context, event: { set, free = 0, isItsTurn = true } }) =>
      isItsTurn && isWithin(set, context.wanted & free),
    isHeld: ({ context, event }) => isWithin(event.set, context.held),
  },
  actions: {
    want: assign(({ event }) => ({ wanted: event.set })),
    get: assign(({ context, event }) => ({
      wanted: context.wanted & ~event.set,
      held: context.held | event.set,
    })),
    loseTurn: ({ context, event }): Effect | undefined =>
      event.client === undefined || context.wanted !== 0
        ? undefined
        : { to: 'schedule', event: { type: 'served', client: event.client } },
    give: assign(({ context, event }) => ({ held: context.held & ~event.set })),
  },
}).createMachine({
  id: 'client',
  context: { wanted: 0, held: 0 },
  initial: 'client',
  states: {
    client: {
      on: {
        request: { guard: 'hasAndWantsNothing', actions: 'want' },
        allocate: { guard: 'canBeGiven', actions: ['get', 'loseTurn'] },
        giveBack: { guard: 'isHeld', actions: 'give' },
      },
    },
  },
});

type Schedule = { readonly order: readonly string[] };
type ScheduleEvent =
  | { readonly type: 'extend'; readonly by: readonly string[]; readonly waiting: readonly string[] }
  | { readonly type: 'served'; readonly client: string };

const scheduleMachine = setup({
  types: { context: {} as Schedule, events: {} as ScheduleEvent },
  guards: {
    namesAllWhoWait: ({ context, event }) =>
      event.type === 'extend' &&
      event.waiting
        .filter((client) => !context.order.includes(client))
        .every((client) => event.by.includes(client)) &&
      event.by.every((client) => event.waiting.includes(client) && !context.order.includes(client)),
  },
  actions: {
    extend: assign(({ context, event }) => ({
      order: [...context.order, ...(event.type === 'extend' ? event.by : [])],
    })),
    drop: assign(({ context, event }) => ({
      order: context.order.filter((client) => event.type === 'served' && client !== event.client),
    })),
  },
}).createMachine({
  id: 'schedule',
  context: { order: [] },
  initial: 'schedule',
  states: {
    schedule: {
      on: {
        extend: { guard: 'namesAllWhoWait', actions: 'extend' },
        served: { actions: 'drop' },
      },
    },
  },
});

export type Size = { readonly clients: number; readonly resources: number };

export function simpleAllocator(size: Size): Protocol {
  const { clients, sets } = namesOf(size);
  return {
    name: 'SimpleAllocator',
    cells: clients.map((name) => clientCell(name, sets, (look) => ({ free: freeIn(look, size) }))),
    deadlock: { ignored: 'the published specification may stop, too' },
    faults: new Set(),
  };
}

export function schedulingAllocator(size: Size): Protocol {
  const { clients, sets } = namesOf(size);
  const schedule: Cell = {
    name: 'schedule',
    machine: scheduleMachine,
    initial: initialLocal(scheduleMachine, { order: [] }),
    offers: () => arrangements(clients).map((by) => ({ type: 'extend', by })),
    observes: {
      extend: (look) => ({ waiting: clients.filter((client) => look(client, wantedBy) !== 0) }),
    },
  };
  return {
    name: 'SchedulingAllocator',
    cells: [
      ...clients.map((client) =>
        clientCell(client, sets, (look, { set }) => {
          const { order } = look('schedule').context as Schedule;
          const turn = order.indexOf(client);
          const before = order.slice(0, Math.max(0, turn));
          return {
            client,
            free: freeIn(look, size),
            isItsTurn:
              turn >= 0 && before.every((each) => (look(each, wantedBy) & (set as number)) === 0),
          };
        }),
      ),
      schedule,
    ],
    deadlock: { ignored: 'the published specification may stop, too' },
    faults: new Set(),
  };
}

/** No resource is held by two. */
export function noClientShares(size: Size): Claim {
  return {
    property: 'no-client-shares',
    kind: 'always',
    test: (look) => {
      const held = namesOf(size).clients.map((client) => look(client, heldBy));
      return held.some((one, at) =>
        held.some((other, beside) => at < beside && (one & other) !== 0),
      )
        ? { subject: 'clients', expected: 'sets that share nothing', found: held.join() }
        : undefined;
    },
  };
}

function clientCell(
  name: string,
  sets: readonly number[],
  allocate: Exclude<Cell['observes'][string], undefined>,
): Cell {
  const offers = ['request', 'allocate', 'giveBack'].flatMap((type) =>
    sets.map((set) => ({ type, set })),
  );
  return {
    name,
    machine: clientMachine,
    initial: initialLocal(clientMachine, { wanted: 0, held: 0 }),
    offers: () => offers,
    observes: { allocate },
  };
}

function namesOf({ clients, resources }: Size): {
  readonly clients: readonly string[];
  readonly sets: readonly number[];
} {
  return {
    clients: Array.from({ length: clients }, (_, index) => `client ${index}`),
    sets: Array.from({ length: 2 ** resources - 1 }, (_, index) => index + 1),
  };
}

function freeIn(look: Look, size: Size): number {
  const held = namesOf(size).clients.map((client) => look(client, heldBy));
  return held.reduce((free, each) => free & ~each, 2 ** size.resources - 1);
}

function heldBy({ context }: Local): number {
  return (context as Client).held;
}

function wantedBy({ context }: Local): number {
  return (context as Client).wanted;
}

function isWithin(set: number, all: number): boolean {
  return (set & ~all) === 0;
}

/** Every order of some of these. */
function arrangements(of: readonly string[]): readonly (readonly string[])[] {
  return of.flatMap((first) => [
    [first],
    ...arrangements(of.filter((each) => each !== first)).map((rest) => [first, ...rest]),
  ]);
}
