// What a machine lists exists, is used, and is sent; what is sent is listed; what is held is plain.

import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Piscina } from 'piscina';
import type { AnyStateMachine } from 'xstate';
import { mentionedIn } from '../../checker/machines/machine-names.ts';
import { sizeOf } from '../../checker/specification/specification.ts';
import { boot } from '../../model/boot.ts';
import { sprite as repaired } from '../../model/kernel.ts';
import { kernels } from '../../model/kernels/all.ts';
import { scenarios } from '../../model/scenarios/all.ts';
import { kindOf } from '../../model/vocabulary/ids.ts';
import type { Scenario } from '../../model/scenarios/scenario.ts';
import { createThreads, sprite } from '../support/explored.ts';

type Seen = {
  readonly kind: string;
  readonly events: readonly string[];
  readonly states: readonly string[];
  readonly unplain: readonly string[];
};

type Transition = { readonly target?: string };
type States = {
  readonly [state: string]: { readonly on?: { readonly [event: string]: unknown } };
};

const SLOW = 120_000;
const MAX_STATES = 500_000;
/** Of scenarios that do not close: every kind of event comes early. */
const MAX_STATES_OF_LARGE = 2000;

/** Kinds of cells, by the first word of their names, with every machine that any kernel has for them. */
const machines = machinesByKind();

describe.each([...machines.keys()])('%s', (kind) => {
  const tables = machinesOf(kind);

  test('starts in a state that exists', () => {
    expect(
      tables.filter(({ config }) => !namesOf(config.states).includes(config.initial as string)),
    ).toEqual([]);
  });

  test('goes only to states that exist', () => {
    const missing = tables.flatMap(({ config }) => {
      const names = namesOf(config.states);
      return targetsIn(config as never).filter((target) => !names.includes(target));
    });
    expect(missing).toEqual([]);
  });

  test('mentions only guards and actions that exist', () => {
    const missing = tables.flatMap((machine) => {
      const { guards, actions } = mentionedIn(machine);
      const { implementations } = machine;
      return [
        ...[...guards].filter((name) => !(name in implementations.guards)),
        ...[...actions].filter((name) => !(name in implementations.actions)),
      ];
    });
    expect(missing).toEqual([]);
  });

  test('has no guard or action that no kernel uses', () => {
    const used = tables.map(mentionedIn);
    const unused = tables.flatMap(({ implementations }) => [
      ...Object.keys(implementations.guards).filter(
        (name) => !used.some(({ guards }) => guards.has(name)),
      ),
      ...Object.keys(implementations.actions).filter(
        (name) => !used.some(({ actions }) => actions.has(name)),
      ),
    ]);
    expect([...new Set(unused)]).toEqual([]);
  });
});

describe('in some scenario on some kernel', () => {
  const seen = new Map<string, Seen>();
  let threads: Piscina;

  beforeAll(async () => {
    threads = createThreads('deliveries.mjs', 'deliveries');
    const results = await Promise.all(
      places().map(async (place) => (await threads.run(place)) as Seen[]),
    );
    for (const each of results.flat()) seen.set(each.kind, merged(seen.get(each.kind), each));
  }, SLOW);

  afterAll(() => threads.destroy());

  test.each([...machines.keys()])('%s is sent nothing that it does not list', (kind) => {
    const listed = eventsOf(kind);
    expect(seen.get(kind)?.events.filter((event) => !listed.includes(event))).toEqual([]);
  });

  test.each([...machines.keys()])('%s is sent everything that it lists', (kind) => {
    const sent = seen.get(kind)?.events ?? [];
    expect(eventsOf(kind).filter((event) => !sent.includes(event))).toEqual([]);
  });

  test.each([...machines.keys()])('%s is found in each of its states', (kind) => {
    const names = machinesOf(kind).flatMap(({ config }) => namesOf(config.states));
    const found = seen.get(kind)?.states ?? [];
    expect(names.filter((name) => !found.includes(name))).toEqual([]);
  });

  test.each([...machines.keys()])('%s holds plain JSON', (kind) => {
    expect(seen.get(kind)?.unplain).toEqual([]);
  });
});

function machinesByKind(): ReadonlyMap<string, ReadonlySet<AnyStateMachine>> {
  const found = new Map<string, Set<AnyStateMachine>>();
  for (const scenario of scenariosWithEveryKind()) {
    for (const { kernel } of kernels) {
      for (const { name, machine } of boot(kernel, scenario).cells) {
        const kind = kindOf(name);
        found.set(kind, (found.get(kind) ?? new Set()).add(machine));
      }
    }
  }
  return found;
}

/** Those that have a kind of cell which none before them has: what there is depends on no kernel. */
function scenariosWithEveryKind(): readonly Scenario[] {
  const known = new Set<string>();
  return scenarios.filter((scenario) => {
    const kinds = boot(repaired, scenario).cells.map(({ name }) => kindOf(name));
    const isNew = kinds.some((kind) => !known.has(kind));
    for (const kind of kinds) known.add(kind);
    return isNew;
  });
}

function machinesOf(kind: string): readonly AnyStateMachine[] {
  return [...(machines.get(kind) ?? [])];
}

function eventsOf(kind: string): readonly string[] {
  return [...new Set(machinesOf(kind).flatMap(({ events }) => events as readonly string[]))];
}

function targetsIn({
  on,
  states = {},
}: {
  on?: States[string]['on'];
  states?: States;
}): readonly string[] {
  return [{ on }, ...Object.values(states)].flatMap((state) =>
    Object.values(state.on ?? {})
      .flatMap((each) => (Array.isArray(each) ? each : [each]) as readonly Transition[])
      .flatMap(({ target }) => (target === undefined ? [] : [target.replace(/^\./, '')])),
  );
}

function namesOf(states: object | undefined): readonly string[] {
  return Object.keys(states ?? {});
}

/** The repaired kernel everywhere, every other where it shows. */
function places(): readonly object[] {
  return kernels.flatMap(({ id: variant, scenario: own }) =>
    scenarios
      .filter(({ name }) => variant === sprite || name === own)
      .map((scenario) => ({
        variant,
        scenario: scenario.name,
        maxStates: sizeOf(scenario) === 'small' ? MAX_STATES : MAX_STATES_OF_LARGE,
      })),
  );
}

function merged(one: Seen | undefined, other: Seen): Seen {
  if (one === undefined) return other;
  const union = (a: readonly string[], b: readonly string[]): readonly string[] => [
    ...new Set([...a, ...b]),
  ];
  return {
    kind: one.kind,
    events: union(one.events, other.events),
    states: union(one.states, other.states),
    unplain: union(one.unplain, other.unplain),
  };
}
