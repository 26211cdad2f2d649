import { describe, expect, jest, test } from '@jest/globals';
import { assert, boolean, constantFrom, integer, property, record } from 'fast-check';
import { assign, createMachine } from 'xstate';
import { minimig } from '../../examples/minimig/minimig.ts';
import { diff, type Diff, type Difference, type Side } from './diff.ts';
import { initialLocal } from '../engine/xstate.ts';
import { seesSteps, type Observer } from '../specification/observer.ts';
import { eventOf, type Protocol, type Step } from '../specification/protocol.ts';
import type { Json } from '../text/json.ts';
import { createSystem, type System } from '../engine/system.ts';
import { naiveDiff } from '../../test/oracles/diff.ts';
import { toy } from '../../test/support/toy-protocol.ts';

jest.setTimeout(60_000);

/** Observes these actions, and with `counting` also the content of the left purse. */
function watching(actions: readonly string[], counting = false): Observer {
  return {
    observed: ({ step, after, delivered }) => [
      ...(actions.includes(step.action)
        ? [{ of: step.at, what: step.action, ...step.params }]
        : []),
      ...(counting && delivered.some(({ to }) => to === 'left') ? [after('left').context] : []),
    ],
    isInput: ({ action }) => action === 'lose',
    atRest: (look) => (counting ? look('left').context : null),
  };
}

const observers: readonly Observer[] = [
  watching(['pay']),
  watching(['deliver']),
  watching(['pay', 'deliver'], true),
  watching(['drop', 'lose'], true),
  watching([], true),
  watching([]),
  watching(['lose']),
  watching(['drop']),
  seesSteps(watching([])),
];

function sideOf(protocol: Protocol, observer: Observer): Side {
  return { system: createSystem(protocol), observer };
}

const toys = record({
  coins: integer({ min: 1, max: 2 }),
  lossy: boolean(),
  hasty: boolean(),
  idle: boolean(),
  torn: boolean(),
});

describe('compared with every run written out', () => {
  test('diff finds a difference if there is one, with a shortest story', () => {
    const LONGEST = 5;
    let [different, equivalent] = [0, 0];
    assert(
      property(toys, toys, constantFrom(...observers), (one, two, observer) => {
        const sides = [sideOf(toy(one), observer), sideOf(toy(two), observer)] as const;
        const found = diff(...sides);
        const steps = found.kind === 'different' ? found.difference.steps.length : Infinity;
        if (steps === Infinity) equivalent++;
        else different++;
        expect(naiveDiff(...sides, LONGEST)).toBe(steps <= LONGEST ? steps : undefined);
        if (found.kind === 'different') expectTrue(found.difference, sides);
      }),
      { numRuns: 300, seed: 1989 },
    );
    expect(Math.min(different, equivalent)).toBeGreaterThan(20);
  });

  const size = { hosts: 2, files: 1, processes: 1, slots: 1, streams: 1 };

  test.each([
    ['goes to a host that is down', 'targetIsUp', ['open', 'migrate'], 'different'],
    ['goes nowhere', 'targetIsElsewhere', ['spawn', 'exit', 'migrate'], 'different'],
    ['uses a copy again and again', 'copyIsNotEnough', ['open', 'migrate'], 'equivalent'],
  ])('MiniMig that %s', (_, guard, actions, kind) => {
    const seen = watching(actions);
    const sides = [sideOf(minimig(size), seen), sideOf(minimigWithout(size, guard), seen)] as const;
    const found = diff(...sides);
    const steps = found.kind === 'different' ? found.difference.steps.length : undefined;
    expect({ kind: found.kind, steps: naiveDiff(...sides, steps ?? 4) }).toEqual({ kind, steps });
  });
});

/** MiniMig with a guard of its processes that is always true. */
function minimigWithout(size: Parameters<typeof minimig>[0], guard: string): Protocol {
  const protocol = minimig(size);
  return {
    ...protocol,
    cells: protocol.cells.map((cell) =>
      cell.name.startsWith('process')
        ? { ...cell, machine: cell.machine.provide({ guards: { [guard]: () => true } }) }
        : cell,
    ),
  };
}

describe('internal steps', () => {
  const coins = { coins: 2 };
  const payments = watching(['pay']);

  test('a protocol is equivalent to itself', () => {
    const [one, two] = [sideOf(toy(coins), payments), sideOf(toy(coins), payments)];
    expect(diff(one, two)).toMatchObject({ kind: 'equivalent', worlds: [7, 7] });
  });

  test('another name of an internal step is no difference, unless steps are seen', () => {
    const [one, two] = [toy(coins), renamed(toy(coins))];
    expect(diff(sideOf(one, payments), sideOf(two, payments)).kind).toBe('equivalent');
    const internal = diff(sideOf(one, seesSteps(payments)), sideOf(two, seesSteps(payments)));
    expect(stepsOf(internal)).toEqual(['pay', 'handOut']);
  });

  test('a protocol that hangs where the other does not is different', () => {
    const found = diff(
      sideOf(toy(coins), payments),
      sideOf(toy({ ...coins, idle: true }), payments),
    );
    expect(stepsOf(found)).toEqual(['pay']);
    expect(found).toMatchObject({
      difference: { allowedBy: 1, parting: { kind: 'rest' }, other: { isSame: true } },
    });
  });

  test('an unspecified event is a difference', () => {
    const found = diff(
      sideOf(toy(coins), payments),
      sideOf(toy({ ...coins, hasty: true }), payments),
    );
    expect(stepsOf(found)).toEqual(['pay', 'pay']);
  });
});

test('internal steps without end meet the bound', () => {
  const counting = endless();
  const [one, two] = [sideOf(counting, watching([])), sideOf(counting, watching([]))];
  expect(diff(one, two, { maxStates: 5000 })).toMatchObject({ kind: 'unknown', why: 'states' });
});

test('a bound that is reached is reported, with the depth of the comparison', () => {
  const [one, two] = [toy({ coins: 4 }), toy({ coins: 4 })];
  const observer = watching(['pay']);
  const bounded = diff(sideOf(one, observer), sideOf(two, observer), { maxStates: 1 });
  expect(bounded).toMatchObject({ kind: 'unknown', why: 'states', depth: 0 });
  const stopped = diff(sideOf(one, observer), sideOf(two, observer), { onProgress: () => false });
  expect(stopped).toMatchObject({ kind: 'unknown', why: 'interrupted' });
});

/** Both runs are possible, have equal observations up to the difference, and differ there. */
function expectTrue(difference: Difference, sides: readonly [Side, Side]): void {
  const { allowedBy, steps, common, other, parting } = difference;
  const shared = common.map(({ seen }) => seen);
  const [side, otherSide] = [sides[allowedBy], sides[1 - allowedBy] as Side];
  const seen = observations(side, steps);
  const beyond = parting.kind === 'observation' ? [parting.seen] : [];
  expect(seen.slice(0, shared.length + beyond.length)).toEqual([...shared, ...beyond]);
  expect(observations(otherSide, other.steps).slice(0, shared.length)).toEqual(shared);
  expect(other.seenAt).toHaveLength(shared.length);
}

function observations({ system, observer }: Side, steps: readonly Step[]): readonly Json[] {
  const row = system.initial();
  return steps.flatMap((step) => {
    const before = row.slice();
    const delivery = system.delivery(step.at, eventOf(step));
    expect(enabled(system, row, delivery)).toBe(true);
    const delivered = system
      .deliveriesOf(row, delivery)
      .map(({ cell, event }) => ({ to: cell, event }));
    system.perform(row, delivery);
    if (system.unspecified() !== undefined) return ['an event that no machine specifies'];
    const [look, after] = [system.look(before), system.look(row)];
    return observer.observed({ step, before: look, after, delivered });
  });
}

function enabled(system: System, row: Int32Array, delivery: number): boolean {
  const cell = system.cellOf(delivery);
  return (
    system.offers(cell, row[cell] as number).includes(delivery) && system.isEnabled(row, delivery)
  );
}

function stepsOf(found: Diff): readonly string[] {
  return found.kind === 'different' ? found.difference.steps.map(({ action }) => action) : [];
}

/** A toy whose post delivers what others delivered. */
function renamed(protocol: Protocol): Protocol {
  return {
    ...protocol,
    cells: protocol.cells.map((cell) => {
      if (cell.name !== 'post') return cell;
      const { config, implementations } = cell.machine;
      const { deliver, ...others } = (config.states?.['carrying']?.on ?? {}) as { deliver: object };
      const states = { ...config.states, carrying: { on: { ...others, handOut: deliver } } };
      return {
        ...cell,
        machine: createMachine({ ...config, states }).provide(implementations as object),
        offers: (local) =>
          cell.offers(local).map(({ type }) => ({ type: type === 'deliver' ? 'handOut' : type })),
      };
    }),
  };
}

/** A counter without end. */
function endless(): Protocol {
  const machine = createMachine({
    context: { count: 0 },
    on: {
      count: {
        actions: assign({ count: ({ context }) => (context as { count: number }).count + 1 }),
      },
    },
  } as never);
  const left: Protocol['cells'][number] = {
    name: 'left',
    machine,
    initial: initialLocal(machine, { count: 0 }),
    offers: () => [{ type: 'count' }],
    observes: {},
  };
  return { name: 'endless', cells: [left], faults: new Set() };
}

test('observations are plain JSON: two sets would look alike', () => {
  const observer: Observer = { ...watching([]), observed: () => [{ seen: new Set() as never }] };
  const side = sideOf(toy({ coins: 1 }), observer);
  expect(() => diff(side, side)).toThrow(
    'what the observer sees, no plain JSON: it.seen is a Set: use a sorted list',
  );
});
