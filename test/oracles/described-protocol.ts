/** The protocol that a description (random-protocols.ts) describes, with its claims and witnesses. */
import {
  and,
  assign,
  createMachine,
  getInitialSnapshot,
  not,
  or,
  raise,
  setup,
  type AnyStateMachine,
} from 'xstate';
import { mixed } from '../../checker/random/prng.ts';
import { listsEvent } from '../../checker/machines/machine-events.ts';
import type { Claim, Witness } from '../../checker/specification/property.ts';
import type {
  Cell,
  Effect,
  Event,
  Local,
  Look,
  Observe,
  Protocol,
  View,
} from '../../checker/specification/protocol.ts';
import type { Json } from '../../checker/text/json.ts';
import { lookAt, naivelyWalked, textOf } from './naive-explorer.ts';
import { EVENTS } from './random-protocols.ts';
import type * as Described from './random-protocols.ts';

export type Instance = {
  readonly protocol: Protocol;
  readonly claims: readonly Claim[];
  readonly witnesses: readonly Witness[];
};

type Context = {
  readonly count: number;
  readonly on: boolean;
  readonly seen: readonly number[];
  /** Not there at first, and its keys come in either order. */
  readonly extra?: { readonly count: number; readonly p: number };
};

type Given = Event & { readonly p?: number; readonly facts?: Json };
type Now = { readonly context: Context; readonly event: Given };
type ReadAll = (reads: readonly Described.Read[], look: Look, given?: Given) => Json;

/** A machine, and the values that cells of it may start with: nothing is done on entry there. */
type Made = { readonly machine: AnyStateMachine; readonly starts: readonly Json[] };

const LIMIT_OF_SEEN = 3;

export function instanceOf(described: Described.Description): Instance {
  const { claims, witnesses, faults } = described;
  const names = described.cells.map((_, index) => `cell ${index}`);
  const views = described.views.map(viewOf);
  const machines = described.machines.map((each, index) => made(each, `machine ${index}`, names));
  const read: ReadAll = (reads, look, given) =>
    reads.map((each) => valuesRead(each, look, { given, names, views }));
  const cells = described.cells.flatMap((each, index) => [
    ...Array.from({ length: each.idle }, (_, at) => idleCell(`idle ${index}.${at}`)),
    cellOf(names[index] ?? '', each, chosen(machines, each.machine), read),
  ]);
  const isTaken = (type: string): boolean => cells.some(({ machine }) => listsEvent(machine, type));
  const protocol: Protocol = { name: 'random', faults: new Set(faults.filter(isTaken)), cells };
  const walked = naivelyWalked(protocol, described.walk).map(lookAt);
  return {
    protocol,
    claims: claims.map(({ reads, like, property, kind, ...odds }, index): Claim => {
      const shown =
        like === undefined
          ? undefined
          : newest(
              walked.map((look) => read(reads, look)),
              like,
            );
      return {
        property: `property ${property}`,
        kind,
        test: (look) => {
          const found = read(reads, look);
          const isViolated = shown === undefined ? isOneOf(odds, found) : textOf(found) === shown;
          if (!isViolated) return undefined;
          return { subject: `claim ${index}`, expected: 'another', found: textOf(found) };
        },
      };
    }),
    witnesses: witnesses.map(({ reads, ...odds }, index) => ({
      property: `witness ${index}`,
      statement: '',
      reached: (look) => isOneOf(odds, read(reads, look)),
    })),
  };
}

/** Of what the first state does not show, the last that is new, or one before it. */
function newest(shown: readonly Json[], choice: number): string {
  const [, ...later] = new Set(shown.map(textOf));
  return later.length === 0 ? '' : chosen(later.toReversed(), choice);
}

/** Names that no state of the machine lists are left out: they would be refused. */
function cellOf(
  name: string,
  described: Described.Cell,
  { machine, starts }: Made,
  read: ReadAll,
): Cell {
  const { count, on, start, offers, observes } = described;
  const context: Context = { count, on, seen: [] };
  return {
    name,
    machine,
    initial: { value: chosen(starts, start), context },
    offers: (local) =>
      offers
        .filter(({ event }) => listsEvent(machine, event))
        .filter(({ from, below }) => held(local).count >= from && held(local).count < below)
        .filter(({ where }) => isOneOf(where, local.value))
        .map(({ event, p }) => (p === 0 ? { type: event } : { type: event, p })),
    observes: Object.fromEntries(
      Object.entries(observes).flatMap(([event, reads]): readonly [string, Observe][] =>
        reads === undefined || !listsEvent(machine, event)
          ? []
          : [[event, (look, given) => ({ facts: read(reads, look, given) })]],
      ),
    ),
  };
}

const idleMachine = createMachine({ id: 'idle', initial: 'idle', states: { idle: {} } });

function idleCell(name: string): Cell {
  const initial = { value: 'idle', context: {} };
  return { name, machine: idleMachine, initial, offers: () => [], observes: {} };
}

function made(described: Described.Machine, id: string, names: readonly string[]): Made {
  const machine = setup({
    types: { context: {} as Context, events: {} as Given },
    guards: {
      test: (now, test: Described.Test) => holds(test, now),
      somethingIsLeft: ({ event }) => sent(event) > 0,
    },
    actions: {
      change: assign((now, { set }: Described.Change) => changed(set, described, now)),
      send: (now, { send }: { readonly send: readonly Described.Sending[] }) => {
        const effects = send.flatMap((each) => effectsOf(each, send.length, names, now));
        return effects.length === 1 ? effects[0] : effects;
      },
      relay: (now, relay: Described.Relay) => handedOn(relay, names, now),
      ignore: () => undefined,
    },
  }).createMachine(configOf(described, id) as never) as unknown as AnyStateMachine;
  const others = described.states.flatMap(({ within, entry, always }, at) =>
    at === 0 || described.parallel || (within ?? entry ?? always) !== undefined ? [] : [`s${at}`],
  );
  return { machine, starts: [getInitialSnapshot(machine).value as Json, ...others] };
}

// The parts of a machine.

function configOf(described: Described.Machine, id: string): object {
  const { parallel, states, tolerates, relay } = described;
  const inside = states.map(({ within = [] }, at) => within.map((_, each) => `#s${at}c${each}`));
  const all = states.flatMap((_, at) => [`#s${at}`, ...(inside[at] ?? [])]);
  const targets = (at: number): readonly string[] => (parallel ? (inside[at] ?? []) : all);
  const relayed =
    relay === undefined
      ? {}
      : {
          [relay.event]: {
            actions: [change('flip'), { type: 'relay', params: relay }],
            ...(relay.guarded ? { guard: 'somethingIsLeft' } : {}),
          },
        };
  const ignored = Object.fromEntries(
    (tolerates === 0 ? ['*'] : EVENTS.slice(tolerates)).map((event) => [
      event,
      { actions: 'ignore' },
    ]),
  );
  return {
    id,
    context: { count: 0, on: false, seen: [] },
    ...(parallel ? { type: 'parallel' } : { initial: 's0' }),
    states: named('s', states, (state, at) => ({
      ...stateConfig(state, targets(at), relay?.event),
      ...(parallel ? {} : onEntry(state, at, states.length)),
      id: `s${at}`,
      ...(state.within === undefined ? {} : { initial: 'c0' }),
      states: named('c', state.within ?? [], (each, within) =>
        state.ends === true && within > 0 && !parallel
          ? { id: `s${at}c${within}`, type: 'final' }
          : {
              ...stateConfig(each, targets(at), relay?.event),
              ...onEntry(each, within),
              id: `s${at}c${within}`,
            },
      ),
      ...(state.ends === true && !parallel ? { onDone: { target: '#s0' } } : {}),
    })),
    on: { ...ignored, ...relayed },
  };
}

/** What is relayed is no business of the state's. */
function stateConfig(
  { on, exit }: Described.State,
  targets: readonly string[],
  relayed: Described.EventName | undefined,
): object {
  return {
    on: Object.fromEntries(
      EVENTS.filter((event) => event !== relayed).flatMap((event) =>
        on[event] === undefined
          ? []
          : [[event, on[event].map((branch) => branchConfig(branch, event, targets))]],
      ),
    ),
    exit: actionsOf(exit ?? []),
  };
}

/** Of the state at this place, among so many that may follow at once. */
function onEntry({ entry, always }: Described.State, at: number, beside = 0): object {
  if (at === 0) return {};
  const next = at + 1 < beside ? `#s${at + 1}` : undefined;
  return {
    entry: actionsOf(entry ?? []),
    ...(always === undefined || next === undefined
      ? {}
      : { always: { ...branchConfig(always, undefined, []), target: next } }),
  };
}

function branchConfig(
  { guard, target, reenter, actions }: Described.Branch,
  event: Described.EventName | undefined,
  targets: readonly string[],
): object {
  return {
    ...(guard === undefined ? {} : { guard: guardOf(guard) }),
    ...(target === undefined || targets.length === 0 ? {} : { target: chosen(targets, target) }),
    ...(reenter === undefined ? {} : { reenter }),
    actions: actionsOf(actions, event),
  };
}

function actionsOf(
  actions: readonly Described.Action[],
  on?: Described.EventName,
): readonly object[] {
  return actions.flatMap((action): readonly object[] => {
    if ('set' in action) return [change(action.set)];
    if ('send' in action) return [{ type: 'send', params: action }];
    if ('ignore' in action) return [{ type: 'ignore' }];
    const next = on === undefined ? undefined : EVENTS[EVENTS.indexOf(on) + 1];
    return next === undefined ? [] : [raise({ type: next })];
  });
}

function change(set: Described.Change['set']): object {
  return { type: 'change', params: { set } };
}

function guardOf(test: Described.Test): object {
  if (test.is === 'not') return not(guardOf(test.of) as never);
  if (test.is === 'and') return and(test.of.map(guardOf) as never);
  if (test.is === 'or') return or(test.of.map(guardOf) as never);
  return { type: 'test', params: test };
}

// What is done when they run.

function holds(test: Described.Test, { context, event }: Now): boolean {
  if (test.is === 'counted') return context.count >= test.atLeast;
  if (test.is === 'on') return context.on;
  return test.is === 'given' && isOneOf(test, [event, context.count]);
}

function changed(
  set: Described.Change['set'],
  { limit, rounds }: Described.Machine,
  { context, event }: Now,
): Partial<Context> {
  const { count, on, seen } = context;
  switch (set) {
    case 'count':
      return { count: rounds ? (count + 1) % limit : Math.min(count + 1, limit) };
    case 'given':
      return { count: sent(event) % limit };
    case 'flip':
      return { on: !on };
    case 'seen':
      return { seen: [...seen, sent(event) % LIMIT_OF_SEEN].slice(-2) };
    case 'extra':
      return { extra: on ? { count, p: sent(event) % 3 } : { p: sent(event) % 3, count } };
    case 'facts':
      return { count: hashOf(event) % limit };
    default:
      return set satisfies never;
  }
}

function effectsOf(
  { to, event: which, with: p, when }: Described.Sending,
  beside: number,
  names: readonly string[],
  { context, event }: Now,
): readonly Effect[] {
  if (when === 'on' && !context.on) return [];
  if ((when === 'positive' || p === 'less') && sent(event) === 0) return [];
  const type = typeof which === 'string' ? which : EVENTS[indexOf(event) + which];
  if (type === undefined) return [];
  const cell = chosen(names, to);
  if (p === 'count') {
    const { count, on } = context;
    return [{ to: cell, event: { q: { on, count }, type, p: count } }];
  }
  // Many that send to many would take for ever.
  const less = beside === 1 ? sent(event) - 1 : Math.min(sent(event) - 1, 2);
  return [{ to: cell, event: { type, p: p === 'same' ? sent(event) : p === 'less' ? less : p } }];
}

function handedOn(
  { to, twice }: Described.Relay,
  names: readonly string[],
  { event }: Now,
): Effect | readonly Effect[] | undefined {
  if (sent(event) === 0) return undefined;
  const next = { type: event.type, p: sent(event) - 1 };
  const first = { to: chosen(names, to), event: next };
  return twice && sent(event) < 6 ? [first, { to: chosen(names, to + 1), event: next }] : first;
}

/** Of what is no event of the alphabet (an initial one, a state's end): behind its last. */
function indexOf({ type }: Given): number {
  const at = EVENTS.findIndex((event) => event === type);
  return at < 0 ? EVENTS.length : at;
}

function sent({ p = 0 }: Given): number {
  return p;
}

// What is read.

type Reader = {
  readonly given: Given | undefined;
  readonly names: readonly string[];
  readonly views: readonly View<Json>[];
};

function valuesRead(read: Described.Read, look: Look, reader: Reader): readonly Json[] {
  const { given, names, views } = reader;
  const cell = chosen(names, read.cell === 'asGiven' ? (given?.p ?? 0) : read.cell);
  const seen =
    typeof read.through === 'string'
      ? partOf(read.through, look(cell))
      : look(cell, chosen(views, read.through.view));
  const goesOn = read.next !== undefined && hashOf(seen) % 2 === 0;
  return goesOn ? [seen, ...valuesRead(read.next, look, reader)] : [seen];
}

function partOf(part: Described.Part, local: Local): Json {
  switch (part) {
    case 'value':
      return local.value;
    case 'whole':
      return { ...local, context: { ...held(local) } };
    case 'keys':
      return Object.keys(held(local)).toSorted();
    case 'extra':
      return 'extra' in held(local) ? (held(local).extra ?? null) : 'none';
    case 'count':
    case 'on':
    case 'seen':
      return held(local)[part];
    default:
      return part satisfies never;
  }
}

function viewOf({ of, as, ...odds }: Described.Description['views'][number]): View<Json> {
  return (local) => {
    const shown = mixed(hashOf(partOf(of, local)) ^ odds.salt) >>> 0;
    return chosen<Json>(
      [
        shown % odds.outOf,
        isOneOf(odds, shown),
        { is: `${shown % odds.outOf}` },
        [shown % 2],
        null,
      ],
      as,
    );
  };
}

function held({ context }: Local): Context {
  return context as Context;
}

function chosen<T>(things: readonly T[], choice: number): T {
  return things[choice % things.length] as T;
}

function isOneOf({ salt, outOf }: Described.Odds, value: Json): boolean {
  return (mixed(hashOf(value) ^ salt) >>> 0) % outOf === 0;
}

function hashOf(value: Json): number {
  let hash = 0x811c9dc5;
  for (const letter of textOf(value))
    hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193);
  return mixed(hash) >>> 0;
}

function named<T>(
  prefix: string,
  things: readonly T[],
  as: (thing: T, at: number) => object,
): object {
  return Object.fromEntries(things.map((each, at) => [`${prefix}${at}`, as(each, at)]));
}
