// The values of a machine, an offer, an observation, a view and an effect are supported, or refused in
// one line that names cell, machine, event and field.

import { describe, expect, test } from '@jest/globals';
import { assign, setup } from 'xstate';
import { explore } from '../search/explore.ts';
import { createSystem } from './system.ts';
import type { Claim } from '../specification/property.ts';
import type { Cell, Event, Local, Observe, Protocol, View } from '../specification/protocol.ts';
import type { Json } from '../text/json.ts';

type Given = {
  /** The change that `go` makes to the context. */
  readonly becomes?: (context: Json) => unknown;
  /** The effects of `go` on other cells. */
  readonly sends?: () => unknown;
  readonly guard?: (event: Event) => boolean;
  readonly offers?: Cell['offers'];
  readonly observe?: (look: Parameters<Observe>[0]) => unknown;
  readonly context?: unknown;
};

/** A cell that may go, and a second cell. */
function protocol({ becomes, sends, guard, offers, observe, context }: Given): Protocol {
  const machine = setup({
    types: { context: {} as { readonly seen: Json }, events: {} as Event },
    actions: {
      become: assign(({ context: held }) => (becomes?.(held) ?? {}) as never),
      send: () => sends?.(),
    },
    guards: { may: ({ event }) => guard?.(event) ?? true },
  }).createMachine({
    id: 'box',
    context: { seen: [] },
    initial: 'open',
    states: {
      open: {
        on: {
          go: { guard: 'may', actions: ['become', 'send'] },
          toString: { actions: 'send' },
          constructor: { actions: 'send' },
        },
      },
    },
  });
  const box = (name: string): Cell => ({
    name,
    machine,
    initial: { value: 'open', context: (context ?? { seen: [3, 1, 2] }) as Json },
    offers: offers ?? (() => [{ type: 'go' }]),
    observes: observe === undefined ? {} : { go: observe as Observe },
  });
  return {
    name: 'boxes',
    deadlock: { ignored: 'a guard may say no to all of it' },
    faults: new Set(),
    cells: [box('left'), box('right')],
  };
}

function said(given: Given, claim: Claim['test'] = () => undefined): string {
  const claims: readonly Claim[] = [{ property: 'p', kind: 'always', test: claim }];
  try {
    const { ending } = explore(createSystem(protocol(given)), { claims, maxStates: 100 });
    return ending;
  } catch (error) {
    return error instanceof Error ? `${error.constructor.name}: ${error.message}` : String(error);
  }
}

const box = 'left in state open of machine box';
const going = `${box}, event go,`;
const set = 'is a Set: use a sorted list';

describe('values', () => {
  test.each<[string, Given, string]>([
    [
      'an initial context',
      { context: { seen: new Set() } },
      `what left holds, no plain JSON: context.seen ${set}`,
    ],
    [
      'a context',
      { becomes: () => ({ seen: [new Set()] }) },
      `${going}, no plain JSON: context.seen[0] ${set}`,
    ],
    [
      'an undefined field',
      { becomes: () => ({ seen: undefined }) },
      `${going}, no plain JSON: context.seen is undefined: leave it out, or write null`,
    ],
    [
      '-0',
      { becomes: () => ({ seen: -0 }) },
      `${going}, no plain JSON: context.seen is -0: write 0`,
    ],
    [
      'NaN',
      { becomes: () => ({ seen: Number.NaN }) },
      `${going}, no plain JSON: context.seen is NaN: JSON has no such number`,
    ],
    [
      'a BigInt',
      { becomes: () => ({ seen: 1n }) },
      `${going}, no plain JSON: context.seen is a BigInt: use a number or a string`,
    ],
    [
      'a context that is no record',
      { context: [1] },
      'what left holds has a context that is no record: use { ... }',
    ],
    [
      'a getter',
      {
        context: {
          get seen() {
            return 1;
          },
        },
      },
      'what left holds, no plain JSON: it.context.seen is computed by a getter or setter: store the value',
    ],
    [
      'an offered event',
      { offers: () => [{ type: 'go', n: new Map() as never }] },
      `what ${box} offers, no plain JSON: event go.n is a Map: use a record`,
    ],
    [
      'an event sent',
      { sends: () => ({ to: 'right', event: { type: 'go', n: undefined } }) },
      `${going}, no plain JSON: event go.n is undefined: leave it out, or write null`,
    ],
    [
      'a fact',
      { observe: () => ({ n: new Set() }) },
      `what ${going} observes, no plain JSON: fact.n ${set}`,
    ],
  ])('%s', (_, given, line) => {
    expect(said(given)).toBe(`ModelFault: ${line.replace(',,', ',')}`);
  });

  test('the result of a view', () => {
    const shows: View<Json> = () => new Set() as never;
    expect(said({}, (look) => void look('left', shows))).toBe(
      'ModelFault: what view shows shows of machine box, no plain JSON: it is a Set: use a sorted list',
    );
  });

  test('a look at another cell is a fact like any other', () => {
    const observe: Given['observe'] = (look) => ({
      other: look('right'),
      seen: look('right').context,
    });
    const guard: Given['guard'] = ({ other, seen }) =>
      JSON.stringify([other, seen]) ===
      '[{"context":{"seen":[3,1,2]},"value":"open"},{"seen":[3,1,2]}]';
    expect(said({ observe, guard, becomes: () => ({ seen: [] }) })).toBe('closed');
    const system = createSystem(protocol({ observe, guard }));
    expect(system.isEnabled(system.initial(), system.delivery('left', { type: 'go' }))).toBe(true);
  });
});

describe('a change in place', () => {
  const instead = 'changes what it was given in place: make a copy and change that';
  test.each<[string, Given, string]>([
    [
      'by an action',
      {
        becomes: (context) => {
          (context as { seen: number[] }).seen.push(4);
          return {};
        },
      },
      `${going} ${instead} (Cannot add property 3, object is not extensible)`,
    ],
    [
      'by a guard',
      {
        guard: (event) => {
          (event as { type: string }).type = 'x';
          return true;
        },
      },
      `${going} ${instead} (Unable to evaluate guard 'may'`,
    ],
    [
      'by an offer',
      {
        offers: (local) => {
          (local.context as { seen: number[] }).seen.fill(0);
          return [];
        },
      },
      `what ${box} offers ${instead} (Cannot assign to read only property '0'`,
    ],
    [
      'by an observation',
      {
        observe: (look) => {
          (look('right').context as { seen: number[] }).seen.length = 0;
          return {};
        },
      },
      `${going} ${instead} (Cannot assign to read only property 'length'`,
    ],
  ])('%s', (_, given, line) => {
    expect(said(given)).toContain(`ModelFault: ${line}`);
  });

  test.each<[string, Claim['test'], string]>([
    [
      'by a claim',
      (look) => void (look('left').context as { seen: number[] }).seen.fill(0),
      'property p',
    ],
    [
      'of a field, by a claim',
      (look) => {
        (look('left').context as { seen: number }).seen = 1;
        return undefined;
      },
      'property p',
    ],
    [
      'of a new field, by a claim',
      (look) => {
        (look('left').context as { more: number }).more = 1;
        return undefined;
      },
      'property p',
    ],
    [
      'of a state, by a claim',
      (look) => {
        (look('left') as { value: string }).value = 'x';
        return undefined;
      },
      'property p',
    ],
    ['by a view', (look) => void look('left', fills), 'what view fills shows of machine box'],
    ['of what a view shows', (look) => void (look('left', seen) as number[]).fill(0), 'property p'],
  ])('%s', (_, claim, who) => {
    expect(said({}, claim)).toContain(`ModelFault: ${who} ${instead}`);
  });

  test('is reported if nothing is remembered, too', () => {
    const system = createSystem(
      protocol({
        becomes: (context) => {
          (context as { seen: number[] }).seen.push(4);
          return {};
        },
      }),
      { remember: false },
    );
    const go = system.delivery('left', { type: 'go' });
    expect(() => system.perform(system.initial(), go)).toThrow(instead);
  });
});

const fills: View<Json> = ({ context }) => (context as { seen: number[] }).seen.fill(0);
const seen: View<Json> = ({ context }) => (context as { seen: Json }).seen;

describe('a repeated question', () => {
  let count = 0;
  const again = 'is not the same when asked again: first ';
  test.each<[string, Given, string]>([
    [
      'a machine',
      { becomes: () => ({ seen: count++ }) },
      `what ${box}, event {"type":"go"}, does ${again}`,
    ],
    ['an offer', { offers: () => [{ type: 'go', n: count++ }] }, `what ${box} offers ${again}`],
    ['an observation', { observe: () => ({ n: count++ }) }, `what ${going} observes ${again}`],
  ])('%s with a counter of its own', (_, given, line) => {
    expect(said(given)).toContain(`ModelFault: ${line}`);
  });

  test('a claim and a view with a counter of their own', () => {
    const counts: View<Json> = () => count++;
    expect(said({}, () => ({ subject: 's', expected: '', found: `${count++}` }))).toContain(
      `ModelFault: what property p finds ${again}`,
    );
    expect(said({}, (look) => void look('left', counts))).toContain(
      `ModelFault: what view counts shows of machine box ${again}`,
    );
  });

  test('is a sample: all of the first, then every so many, and its size is reported', () => {
    const system = createSystem(
      protocol({
        becomes: (context) => ({ seen: ((context as { seen: number }).seen + 1) % 1000 }),
        context: { seen: 0 },
      }),
    );
    explore(system, { maxStates: 5000 });
    const { machines, offers } = system.statistics().asked;
    expect(machines.answers).toBeGreaterThan(64);
    expect(machines.twice).toBe(32 + Math.floor(machines.answers / 64));
    expect(offers.answers).toBeGreaterThan(100);
    expect(offers.twice).toBeLessThan(offers.answers);
  });
});

describe('facts', () => {
  test('cannot replace the type of an event', () => {
    expect(said({ observe: () => ({ type: 'stay' }) })).toBe(
      `ModelFault: what ${going} observes has a fact named type, which would replace the type of the event: use another name`,
    );
  });

  test('cannot replace a parameter of an event', () => {
    const offers = (): readonly Event[] => [{ type: 'go', to: 'A' }];
    expect(said({ offers, observe: () => ({ to: 'A' }) })).toBe(
      `ModelFault: what ${going} observes has a fact named to, as a parameter of the event is: use another name`,
    );
  });

  test.each<[unknown, string]>([
    [Promise.resolve({}), 'is a promise (it may not be async)'],
    [[1], 'is a list'],
    [undefined, 'is undefined'],
    [null, 'is null'],
    [true, 'is true'],
  ])('%p are none', (facts, is) => {
    expect(said({ observe: () => facts })).toBe(
      `ModelFault: what ${going} observes ${is}: give a record of facts, { name: value }`,
    );
  });

  test('an event is not observed because its type is the name of something that every record has', () => {
    const offers = (): readonly Event[] => [{ type: 'toString' }, { type: 'constructor' }];
    expect(said({ offers })).toBe('closed');
  });
});

describe('effects', () => {
  const wanted =
    'return { to, event }, the name of a cell and an event for it, a list of these, or nothing';
  test.each<[string, unknown, string]>([
    ['a promise', Promise.resolve(), `returns a promise (it may not be async): ${wanted}`],
    ['a text', 'right', `returns the text "right": ${wanted}`],
    ['null', null, `returns null: ${wanted}`],
    ['another record', { type: 'go' }, `returns a record { type }: ${wanted}`],
    ['no event', { to: 'right' }, `returns a record { to }: ${wanted}`],
    [
      'an event without a type',
      { to: 'right', event: { kind: 'go' } },
      'sends right no event, but a record { kind }: an event is { type, ... }, its type a text',
    ],
    [
      'a text for an event',
      { to: 'right', event: 'go' },
      'sends right no event, but the text "go": an event is { type, ... }, its type a text',
    ],
    [
      'an unknown field',
      { to: 'right', event: { type: 'go' }, delay: 10 },
      `returns an effect with an unknown field delay: ${wanted}`,
    ],
    ['a list with a hole', [undefined], `returns undefined: ${wanted}`],
  ])('%s', (_, effect, line) => {
    expect(said({ sends: () => effect })).toBe(`ModelFault: ${going} action send ${line}`);
  });

  test('a cell that is not there', () => {
    expect(said({ sends: () => ({ to: 'rihgt', event: { type: 'go' } }) })).toBe(
      `ModelFault: ${going} sends "rihgt" the event go: no cell has that name (did you mean "right"?)`,
    );
  });
});

describe('offers', () => {
  test.each<[unknown, string]>([
    [Promise.resolve([]), 'is a promise (it may not be async): give a list of events'],
    [undefined, 'is undefined: give a list of events'],
    [['go'], 'has no event, but the text "go": an event is { type, ... }, its type a text'],
    [
      [{ type: '' }],
      'has no event, but a record { type }: an event is { type, ... }, its type a text',
    ],
  ])('%p are none', (events, line) => {
    expect(said({ offers: () => events as never })).toBe(`ModelFault: what ${box} offers ${line}`);
  });

  test('an event that is offered twice is one', () => {
    const system = createSystem(protocol({ offers: () => [{ type: 'go' }, { type: 'go' }] }));
    expect(system.offers(0, 0)).toHaveLength(1);
  });

  test("a cell's offers see its own local states, not those of another cell of its machine", () => {
    const both = protocol({ becomes: () => ({ seen: 'gone' }) });
    const asked: Json[] = [];
    const [left, right] = both.cells as readonly [Cell, Cell];
    const cells = [
      left,
      {
        ...right,
        initial: { value: 'open', context: { seen: 'second' } },
        offers: ({ context }: { context: Json }) => {
          asked.push(context);
          return [];
        },
      },
    ];
    expect(explore(createSystem({ ...both, cells })).states).toBe(2);
    expect(new Set(asked.map((each) => JSON.stringify(each)))).toEqual(
      new Set(['{"seen":"second"}']),
    );
  });
});

test('a machine for which the order of fields counts', () => {
  // Both orders of x and y are one context, but the first key differs.
  type Queue = { readonly queue: { readonly [name: string]: number }; readonly first: string };
  const machine = setup({
    types: {
      context: {} as Queue,
      events: {} as { type: 'put'; name: string } | { type: 'take' },
    },
    actions: {
      put: assign(({ context: { queue }, event }) =>
        event.type === 'put' ? { queue: { ...queue, [event.name]: 1 } } : {},
      ),
      take: assign(({ context: { queue } }) => ({ first: Object.keys(queue)[0] ?? '' })),
    },
  }).createMachine({
    id: 'queue',
    context: { queue: {}, first: '' },
    on: { put: { actions: 'put' }, take: { actions: 'take' } },
  });
  const offered = ({ context }: Local, isFixed: boolean): readonly Event[] =>
    ['x', 'y']
      .filter((name) => !isFixed || name === 'x' || 'x' in (context as Queue).queue)
      .map((name): Event => ({ type: 'put', name }));
  const explored = (isFixed: boolean) => () =>
    explore(
      createSystem({
        name: 'queues',
        faults: new Set(),
        cells: [
          {
            name: 'queue',
            machine,
            initial: { value: {}, context: { queue: {}, first: '' } },
            offers: (local) => [...offered(local, isFixed), { type: 'take' }],
            observes: {},
          },
        ],
      }),
    );
  expect(explored(false)).toThrow(
    'event {"type":"take"}, does depends on the order of the fields in its context, and two that ' +
      'differ in that alone are one here: keep an order in a list',
  );
  // If there is only one order, nothing depends on it.
  expect(explored(true)().ending).toBe('closed');
});

describe('a read', () => {
  test('a view made where it is used is named in the message', () => {
    expect(
      said({ becomes: () => ({ seen: 1 }) }, (look) => void look('left', ({ context }) => context)),
    ).toBe(
      'ModelFault: property p is not a pure function: for the same state it read left through ' +
        'view ({ context })=>context where before it read left through view ({ context })=>context; ' +
        'a view is made again each time it is used; declare it once, at the top of the module',
    );
  });

  test('an observation that reads other cells than before', () => {
    let turn = 0;
    const observe: Given['observe'] = (look) => ({
      n: look(turn++ < 2 ? 'right' : 'left').context,
    });
    expect(said({ observe, becomes: () => ({ seen: 1 }) })).toMatch(
      /^ModelFault: what left in state open of machine box, event go, observes is not a pure function: for the same state it read /,
    );
  });
});

test('two cells of one name, and more cells than are supported', () => {
  const { cells, ...rest } = protocol({});
  const [left] = cells as readonly [Cell];
  expect(() => createSystem({ ...rest, cells: [left, left] })).toThrow(
    'cell 1 and 2 all have the name "left"',
  );
  const many = Array.from({ length: 4097 }, (_, index) => ({ ...left, name: `${index}` }));
  expect(() => createSystem({ ...rest, cells: many })).toThrow(
    'boxes: 4097 cells; at most 4096 are supported',
  );
});
