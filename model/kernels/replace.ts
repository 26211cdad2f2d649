/**
 * Replaces guards, actions, observations and offers of a kernel's part by name, and transitions by state
 * and event. The compiler and the program refuse to replace what does not exist; `adds` lists what is new.
 *
 *   const deaf = { ...sprite, service: partWith(sprite.service, { guards: { isOpen: () => false } }) };
 */
import {
  createMachine,
  type ActionFunction,
  type AnyStateMachine,
  type ContextFrom,
  type EventFrom,
  type MachineImplementationsFrom,
  type ProvidedActor,
} from 'xstate';
import type {
  EventNamed,
  EventTypeOf,
  KernelPart,
  Observations,
  Offers,
  PartOf,
  StateOf,
} from '../part.ts';
import type { Look, SentOf } from '../vocabulary/cell.ts';
import { rootOf, statesOf, type Named } from './differences.ts';

export type Changes<
  Machine extends AnyStateMachine,
  Place,
  More,
  NewGuard extends string,
  NewAction extends string,
  NewState extends string,
> = {
  readonly guards?: { readonly [name in GuardOf<Machine>]?: Guard<Machine, More> };
  readonly actions?: { readonly [name in ActionOf<Machine>]?: Action<Machine, More> };
  readonly observes?: Partial<Observations<Machine, Place>>;
  readonly offers?: Offers<Machine, Place, StateOf<Machine> | NoInfer<NewState>>;
  /** By state, then by event: all transitions on it, or a function of the old ones. */
  readonly transitions?: {
    readonly [state in StateOf<Machine>]?: TransitionsOn<
      Machine,
      GuardOf<Machine> | NoInfer<NewGuard>,
      ActionOf<Machine> | NoInfer<NewAction>,
      StateOf<Machine> | NoInfer<NewState>
    >;
  };
  /** The same at the root: for states that have no transition of their own on the event. */
  readonly anywhere?: TransitionsOn<
    Machine,
    GuardOf<Machine> | NoInfer<NewGuard>,
    ActionOf<Machine> | NoInfer<NewAction>,
    `.${StateOf<Machine> | NoInfer<NewState>}`
  >;
  /** New names, which the machine does not have yet. */
  readonly adds?: {
    readonly guards?: { readonly [name in NewGuard]: Guard<Machine, More> };
    readonly actions?: { readonly [name in NewAction]: Action<Machine, More> };
    readonly states?: {
      readonly [name in NewState]: TransitionsOn<
        Machine,
        GuardOf<Machine> | NewGuard,
        ActionOf<Machine> | NewAction,
        StateOf<Machine> | NewState
      >;
    };
  };
};

/** The part with these changes. Two changes of one thing are made one after the other. */
export function partWith<
  Machine extends AnyStateMachine,
  Place,
  More,
  NewGuard extends string = never,
  NewAction extends string = never,
  NewState extends string = never,
>(
  part: PartOf<Machine, Place, More>,
  changes: Changes<Machine, Place, More, NewGuard, NewAction, NewState>,
): PartOf<Machine, Place, More> {
  const { observes = {}, offers = {} } = changes;
  refuseUnknown(part.machine, 'field', changes, replaceable);
  const machine = machineWith(part.machine, changes as Untyped) as Machine;
  const known = { observes: part.observes, offers: machine.config.states ?? {} };
  refuseUnknown(machine, 'observation', observes, known.observes);
  refuseUnknown(machine, 'state', offers, known.offers);
  return {
    machine,
    observes: { ...part.observes, ...observes },
    offers: { ...part.offers, ...offers },
  };
}

/** The part with more facts on an event, for the guards and actions of kernels that read them. */
export function alsoObserving<
  Machine extends AnyStateMachine,
  Place,
  More,
  Type extends EventTypeOf<Machine>,
  Facts extends object,
>(
  part: PartOf<Machine, Place, More>,
  type: Type,
  facts: (look: Look, place: Place, event: SentOf<EventNamed<Machine, Type>>) => Facts,
): PartOf<Machine, Place, More & { readonly [type in Type]: Facts }> {
  const { observes } = part as unknown as KernelPart<Place>;
  const before = observes[type];
  const both: KernelPart<Place>['observes'][string] = (look, place, event) => ({
    ...before?.(look, place, event),
    ...facts(look, place, event as never),
  });
  return { ...part, observes: { ...part.observes, [type]: both } } as PartOf<
    Machine,
    Place,
    More & { readonly [type in Type]: Facts }
  >;
}

/** The old transitions, with another one in place of the first that led to `target`. */
export function insteadOf<Each extends { readonly target?: string }>(
  before: readonly Each[],
  target: NonNullable<Each['target']>,
  transition: NoInfer<Each>,
): readonly Each[] {
  const at = before.findIndex((each) => each.target === target);
  if (at >= 0) return before.with(at, transition);
  const known = before.map((each) => each.target ?? 'the same state').join(', ');
  throw new Error(`no transition leads to "${target}": expected one of ${known}`);
}

type GuardOf<Machine extends AnyStateMachine> = keyof NonNullable<
  MachineImplementationsFrom<Machine>['guards']
> &
  string;

type ActionOf<Machine extends AnyStateMachine> = keyof NonNullable<
  MachineImplementationsFrom<Machine>['actions']
> &
  string;

/** The event of a step, with the facts that a kernel adds. */
type WithFacts<Event, More> = Event extends { readonly type: infer Type }
  ? Type extends keyof More
    ? Event & More[Type]
    : Event
  : never;

type Guard<Machine extends AnyStateMachine, More> = (step: {
  readonly context: ContextFrom<Machine>;
  readonly event: WithFacts<EventFrom<Machine>, More>;
}) => boolean;

type Action<Machine extends AnyStateMachine, More> = ActionFunction<
  ContextFrom<Machine>,
  WithFacts<EventFrom<Machine>, More>,
  WithFacts<EventFrom<Machine>, More>,
  undefined,
  ProvidedActor,
  never,
  never,
  never,
  never
>;

type Transition<Name extends string, ActionName extends string, State extends string> = {
  readonly guard?: Name | Combined<Name>;
  readonly target?: State;
  readonly actions?: ActionName | readonly ActionName[];
};

/** Guards that XState combines: `and`, `or`, `not`. */
type Combined<Name extends string> = {
  (...args: never): boolean;
  readonly _out_TGuard?: { readonly type: Name };
};

type TransitionsOn<
  Machine extends AnyStateMachine,
  Name extends string,
  ActionName extends string,
  State extends string,
> = {
  readonly [Type in EventTypeOf<Machine>]?:
    | Transition<Name, ActionName, State>
    | readonly Transition<Name, ActionName, State>[]
    | ((
        before: readonly Transition<Name, ActionName, State>[],
      ) => readonly Transition<Name, ActionName, State>[]);
};

type Table = { readonly [state: string]: Named };
type Untyped = {
  readonly guards?: Named;
  readonly actions?: Named;
  readonly transitions?: Table;
  readonly anywhere?: Named;
  readonly adds?: { readonly guards?: Named; readonly actions?: Named; readonly states?: Table };
};

const replaceable = {
  guards: true,
  actions: true,
  observes: true,
  offers: true,
  transitions: true,
  anywhere: true,
  adds: true,
};

type Implementations = Parameters<AnyStateMachine['provide']>[0];

function machineWith(
  machine: AnyStateMachine,
  { guards = {}, actions = {}, transitions = {}, anywhere, adds = {} }: Untyped,
): AnyStateMachine {
  const { implementations } = machine;
  refuseUnknown(machine, 'guard', guards, implementations.guards);
  refuseUnknown(machine, 'action', actions, implementations.actions);
  refuseKnown(machine, 'guard', adds.guards, implementations.guards);
  refuseKnown(machine, 'action', adds.actions, implementations.actions);
  refuseKnown(machine, 'state', adds.states, statesOf(machine));
  const tables = { changed: transitions, added: adds.states ?? {}, anywhere };
  const open = withTables(machine, tables);
  const provided = {
    guards: { ...guards, ...adds.guards },
    actions: { ...actions, ...adds.actions },
  } as Required<Pick<Implementations, 'guards' | 'actions'>>;
  const isSame = [provided.guards, provided.actions].every(
    (each) => Object.keys(each).length === 0,
  );
  return isSame ? open : open.provide(provided);
}

/** Returns the same machine if no table differs: cells compare machines by identity. */
function withTables(
  machine: AnyStateMachine,
  { changed, added, anywhere }: { changed: Table; added: Table; anywhere: Named | undefined },
): AnyStateMachine {
  const { config } = machine;
  const states = statesOf(machine);
  refuseUnknown(machine, 'state', changed, states);
  const tables = Object.entries({ ...changed, ...added });
  const events = Object.fromEntries((machine.events as readonly string[]).map((type) => [type, 1]));
  for (const [, table] of tables) refuseUnknown(machine, 'event', table, events);
  refuseUnknown(machine, 'event', anywhere ?? {}, events);
  if (tables.length === 0 && anywhere === undefined) return machine;
  const replaced = tables.map(([state, table]) => [
    state,
    { ...states[state], on: tableNow(table, states[state]?.on) },
  ]);
  const changedConfig = {
    ...config,
    ...(anywhere === undefined ? {} : { on: tableNow(anywhere, rootOf(machine)) }),
    states: { ...states, ...Object.fromEntries(replaced) },
  } as AnyStateMachine['config'];
  return createMachine(changedConfig).provide(machine.implementations as Implementations);
}

function tableNow(table: Named, before: Named = {}): Named {
  const changed = Object.entries(table).map(([type, now]) => [
    type,
    transitionsNow(now, before[type]),
  ]);
  return { ...before, ...Object.fromEntries(changed) };
}

function transitionsNow(now: unknown, before: unknown): unknown {
  if (typeof now !== 'function') return now;
  const listed = before === undefined ? [] : [before].flat();
  return (now as (before: readonly unknown[]) => unknown)(listed);
}

/** The errors that the compiler reports in TypeScript, for callers in JavaScript. */
function refuseUnknown({ id }: AnyStateMachine, kind: string, these: Named, those: Named): void {
  const unknown = Object.keys(these).find((name) => !Object.hasOwn(those, name));
  if (unknown === undefined) return;
  const known = Object.keys(those).join(', ');
  throw new Error(`${id} has no ${kind} "${unknown}" to replace: expected one of ${known}`);
}

function refuseKnown(
  { id }: AnyStateMachine,
  kind: string,
  these: Named | undefined,
  those: Named,
): void {
  const known = Object.keys(these ?? {}).find((name) => Object.hasOwn(those, name));
  if (known === undefined) return;
  throw new Error(`${id} has a ${kind} "${known}": replace it instead of adding it`);
}
