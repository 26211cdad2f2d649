/**
 * Small protocols drawn from a seed: three cells of one random machine each, which change one another,
 * refuse by what another holds, and stop here and there. And what a search of them must find, by
 * looking at every state and every step with nothing remembered.
 */
import { assertEvent, setup, type AnyStateMachine } from 'xstate';
import { initialLocal } from '../../checker/engine/xstate.ts';
import { isStuck } from '../../checker/engine/enabled.ts';
import type { System } from '../../checker/engine/system.ts';
import type { Claim, Finding, StepClaim } from '../../checker/specification/property.ts';
import type { Cell, Effect, Event, Protocol } from '../../checker/specification/protocol.ts';

const CELLS = ['a', 'b', 'c'] as const;
const STATES = ['s0', 's1', 's2', 's3'] as const;
const ACTIONS = ['e0', 'e1', 'e2'] as const;

export type Draw = (bound: number) => number;

/** Numbers from a seed; the same everywhere. */
export function drawing(seed: number): Draw {
  let state = (seed * 2654435761 + 1) >>> 0;
  return (bound) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 0x100000000) * bound);
  };
}

/** With as many starts, or the one way to begin where that is none. */
export function randomGraph(seed: number, starts = 0): Protocol {
  const draw = drawing(seed);
  const cells = CELLS.map((name) => cellOf(name, draw));
  return {
    name: `graph ${seed}`,
    cells,
    faults: new Set(['e2'].filter((type) => cells.some(({ machine }) => lists(machine, type)))),
    ...(starts === 0 ? {} : { starts: Array.from({ length: starts }, startOf) }),
  };

  function startOf(_: unknown, index: number) {
    const cell = pick(draw, CELLS);
    return {
      name: `start ${index}`,
      cells: { [cell]: { value: pick(draw, STATES), context: {} } },
    };
  }
}

function cellOf(name: (typeof CELLS)[number], draw: Draw): Cell {
  const machine = machineOf(name, draw);
  const watched = pick(
    draw,
    CELLS.filter((other) => other !== name),
  );
  return {
    name,
    machine,
    initial: initialLocal(machine, {}),
    offers: ({ value }) =>
      Object.keys(machine.config.states?.[value as string]?.on ?? {})
        .filter((type) => type !== 'nudge')
        .map((type): Event => ({ type })),
    observes: lists(machine, 'e1') ? { e1: (look) => ({ other: look(watched).value }) } : {},
  };
}

function lists(machine: AnyStateMachine, type: string): boolean {
  return (machine.events as readonly string[]).includes(type);
}

function machineOf(name: (typeof CELLS)[number], draw: Draw): AnyStateMachine {
  const nudged = pick(
    draw,
    CELLS.filter((other) => other > name),
  );
  const refusedIn = pick(draw, STATES);
  const states = Object.fromEntries(
    STATES.map((state) => {
      const actions = ACTIONS.filter(() => draw(3) === 0);
      const on = actions.map((type) => [type, transitionOf(type)] as const);
      return [state, { on: { ...Object.fromEntries(on), nudge: pick(draw, STATES) } }];
    }),
  );
  return setup({
    types: { events: {} as { readonly type: string; readonly other?: string } },
    guards: {
      otherLets: ({ event }) => {
        assertEvent(event, 'e1');
        return event.other !== refusedIn;
      },
    },
    actions: { nudge: (): Effect => ({ to: nudged, event: { type: 'nudge' } }) },
  }).createMachine({
    id: name,
    context: {},
    initial: 's0',
    states,
  } as never) as unknown as AnyStateMachine;

  function transitionOf(type: string): object {
    return {
      target: pick(draw, STATES),
      // Only later cells are nudged, so that no cascade goes round.
      ...(nudged !== undefined && draw(3) === 0 ? { actions: 'nudge' } : {}),
      ...(type === 'e1' ? { guard: 'otherLets' } : {}),
    };
  }
}

/** Fails in one state of the three cells of 64: reads as little as it must. */
export function randomStateClaim(property: string, draw: Draw): Claim {
  const bad = CELLS.map(() => pick(draw, STATES));
  return {
    property,
    kind: 'always',
    test: (look) => {
      const differs = CELLS.some((cell, index) => look(cell).value !== bad[index]);
      return differs ? undefined : found(bad.join());
    },
  };
}

/** Fails where one cell goes from one state to another; some also ask by which event, or how much of it. */
export function randomStepClaim(draw: Draw): StepClaim {
  const [cell, from, to] = [pick(draw, CELLS), pick(draw, STATES), pick(draw, STATES)];
  const asks = pick(draw, ['nothing', 'event', 'cascade'] as const);
  const [by, least] = [pick(draw, ACTIONS), 1 + draw(2)];
  return (before, step, after) => {
    if (before(cell).value !== from || after(cell).value !== to) return undefined;
    if (asks === 'event' && step.event.type !== by) return undefined;
    if (asks === 'cascade' && step.delivered.length < least) return undefined;
    return found(`${cell} ${from} to ${to}, asked ${asks}`);
  };
}

/** What a search must come to. */
export type Judged = {
  readonly states: number;
  readonly transitions: number;
  readonly stuck: number;
  /** By property, the steps of a shortest story. */
  readonly shortest: ReadonlyMap<string, number>;
  /** By property, the fewest faults of any story. */
  readonly fewestFaults: ReadonlyMap<string, number>;
};

type Place = { readonly row: Int32Array; readonly steps: number; readonly faults: number };

/** Every state by the fewest steps to it, and again by the fewest faults. Nothing is kept of claims. */
export function judgeByForce(system: System, claims: readonly Claim[]): Judged {
  const inSteps = visitAll(system, claims, ({ steps }) => steps);
  const inFaults = visitAll(system, claims, ({ faults }) => faults);
  return { ...inSteps, shortest: inSteps.least, fewestFaults: inFaults.least };
}

function visitAll(system: System, claims: readonly Claim[], costOf: (place: Place) => number) {
  const least = new Map<string, number>();
  const waiting: Place[] = system.starts.map((start) => ({
    row: system.initial(start),
    steps: 0,
    faults: 0,
  }));
  for (const place of waiting) holdAtStart(place);
  const visited = new Set<string>();
  let [transitions, stuck] = [0, 0];
  while (waiting.length > 0) {
    waiting.sort((a, b) => costOf(a) - costOf(b));
    const place = waiting.shift() as Place;
    const key = place.row.join();
    if (visited.has(key)) continue;
    visited.add(key);
    const look = system.look(place.row);
    for (const { property, kind, test } of claims) {
      if (kind === 'always' && test(look) !== undefined) note(property, costOf(place));
    }
    if (isStuck(system, place.row)) {
      stuck++;
      note('no-deadlock', costOf(place));
    }
    transitions += follow(place);
  }
  return { states: visited.size, transitions, stuck, least };

  function holdAtStart(place: Place): void {
    for (const { property, kind, test } of claims) {
      if (kind !== 'atStart') continue;
      if (test(system.look(place.row)) !== undefined) note(property, costOf(place));
    }
  }

  function follow(place: Place): number {
    const names = system.protocol.cells.map(({ name }) => name);
    let taken = 0;
    for (let cell = 0; cell < system.width; cell++) {
      for (const delivery of system.offers(cell, place.row[cell] as number)) {
        const row = place.row.slice();
        if (!system.perform(row, delivery)) continue;
        taken++;
        const faults = place.faults + (system.isFault(delivery) ? 1 : 0);
        const next = { row, steps: place.steps + 1, faults };
        waiting.push(next);
        const step = {
          cell: names[cell] ?? '',
          event: system.eventOf(delivery),
          delivered: system.trail(place.row, delivery).map((each) => ({
            to: names[system.cellOf(each)] ?? '',
            event: system.eventOf(each),
          })),
        };
        for (const { property, onStep } of claims) {
          const finding = onStep?.(system.look(place.row), step, system.look(row));
          if (finding !== undefined) note(property, costOf(next));
        }
      }
    }
    return taken;
  }

  function note(property: string, cost: number): void {
    least.set(property, Math.min(cost, least.get(property) ?? Infinity));
  }
}

function pick<T>(draw: Draw, list: readonly T[]): T {
  return list[draw(list.length)] as T;
}

function found(what: string): Finding {
  return { subject: 'graph', expected: 'otherwise', found: what };
}
