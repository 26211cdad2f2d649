/**
 * A cell made of an XState machine, with types that connect the needs of its events.
 *
 *   The machine's union of events gives the parameters of each event, and marks those that are read from
 *   other cells with `Observed`. So the compiler reports a cell without an observation that an event
 *   needs, an offer without a parameter, and an effect with a misspelled one, in TypeScript and in
 *   JavaScript with types in JSDoc (`// @ts-check`).
 *
 * TypeScript cannot express the following errors. They are refused when the cell is made, when a system
 * is made of it, or in the first search:
 * - Misspelled names in code that is not compiled. `cell` checks states and options itself.
 * - Names of cells: any string is a name, unless `Send` and `See` list them.
 * - A context that is not plain JSON: a type for JSON would refuse every interface.
 * - Events that a state does not take: XState's types do not contain that.
 */
import {
  matchesState,
  type AnyStateMachine,
  type AnyStateNode,
  type ContextFrom,
  type EventFrom,
  type StateValue,
  type StateValueFrom,
} from 'xstate';
import { initialLocal } from '../engine/xstate.ts';
import type { Json } from '../text/json.ts';
import { nearestOf } from '../text/nearest-name.ts';
import { clipped } from '../text/printable.ts';
import type {
  ExactFacts,
  Exactly,
  FactsByType,
  FactsOf,
  Given,
  GivenTo,
  Held,
  Member,
  ObservedType,
  OfferedByState,
  UntypedObserves,
} from './event-types.ts';
import type { Cell, Event, Local, Look } from './protocol.ts';
import { faultless, ModelFault } from './specification-error.ts';

/**
 * The options of a cell, beside its machine. Events in `offers` have a type of the machine and all
 * parameters of that type except the observed ones; `observes` gives the observed ones, and no others.
 */
export type CellParts<
  Machine extends AnyStateMachine,
  ByState extends OfferedByState<Machine>,
  Anywhere extends GivenTo<Machine>,
  Facts extends FactsByType<EventFrom<Machine>>,
> = {
  /** Unique, and not changed when the model is edited: stored traces contain it. */
  readonly name: string;
  /** The initial context; default the machine's own. */
  readonly context?: ContextFrom<Machine>;
  /** The initial state; default the machine's own. */
  readonly initial?: StateValueFrom<Machine>;
  /**
   * The events that the cell may begin by itself, simplest first; a guard may still refuse one. By state: a
   * list, or a function of the context. The offers of a state are also those of each state within it. Or
   * a function of the whole local state.
   */
  readonly offers?:
    | {
        readonly [State in keyof ByState]:
          | readonly Exactly<ByState[State], GivenTo<Machine>>[]
          | ((
              context: ContextFrom<Machine>,
            ) => readonly Exactly<ByState[State], GivenTo<Machine>>[]);
      }
    | ((local: Held<Machine>) => readonly Exactly<Anywhere, GivenTo<Machine>>[]);
} & ([ObservedType<EventFrom<Machine>>] extends [never]
  ? { readonly observes?: UntypedObserves<EventFrom<Machine>> }
  : {
      /** The facts of each event type, read through `look`. */
      readonly observes: {
        readonly [Type in keyof Facts]: (
          look: Look,
          event: Given<Member<EventFrom<Machine>, Type>>,
        ) => ExactFacts<Facts[Type], FactsOf<Member<EventFrom<Machine>, Type>>>;
      };
    });

/**
 * A cell for `Protocol.cells`. Throws if an option is unknown, or if the machine does not have a state
 * that is named in `offers`.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict';
 * import { setup } from 'xstate';
 * import { cell, type Observed } from 'sprite-check/checker';
 *
 * type DoorEvent = { type: 'open' } | ({ type: 'shut' } & Observed<{ inside: number }>);
 *
 * const doorMachine = setup({
 *   types: { events: {} as DoorEvent },
 *   guards: { isEmpty: ({ event }) => event.type === 'shut' && event.inside === 0 },
 * }).createMachine({
 *   initial: 'shut',
 *   states: {
 *     shut: { on: { open: 'open' } },
 *     open: { on: { shut: { guard: 'isEmpty', target: 'shut' } } },
 *   },
 * });
 *
 * const door = cell(doorMachine, {
 *   name: 'door',
 *   offers: { shut: [{ type: 'open' }], open: [{ type: 'shut' }] },
 *   observes: { shut: (look) => ({ inside: look('room').value === 'empty' ? 0 : 1 }) },
 * });
 * assert.deepEqual(door.offers({ value: 'open', context: {} }), [{ type: 'shut' }]);
 * ```
 */
export function cell<
  Machine extends AnyStateMachine,
  const ByState extends OfferedByState<Machine>,
  const Anywhere extends GivenTo<Machine>,
  const Facts extends FactsByType<EventFrom<Machine>>,
>(machine: Machine, parts: CellParts<Machine, ByState, Anywhere, Facts>): Cell {
  const given = parts as object as UntypedParts;
  const { name, offers = {}, observes = {} } = given;
  const options = ['name', 'context', 'initial', 'offers', 'observes'];
  refuseUnknown(Object.keys(parts), options, `cell ${name}`, 'option');
  if (typeof offers !== 'function') {
    refuseUnknown(Object.keys(offers), statesIn(machine.root), `cell ${name}, offers`, 'state');
  }
  return {
    name,
    machine,
    initial: startOf(given, machine),
    offers: typeof offers === 'function' ? offers : (local) => offersIn(local, offers),
    observes,
  };
}

type UntypedParts = {
  readonly name: string;
  readonly context?: Json;
  readonly initial?: StateValue;
  readonly offers?: OffersByState | Cell['offers'];
  readonly observes?: Cell['observes'];
};

type OffersByState = {
  readonly [state: string]: readonly Event[] | ((context: Json) => readonly Event[]);
};

function startOf({ name, initial, context }: UntypedParts, machine: AnyStateMachine): Local {
  const held = context ?? ownContext(machine, name);
  if (initial === undefined) return initialLocal(machine, held);
  const { value } = machine.resolveState({ value: initial, context: held });
  return { value: value as Json, context: held };
}

/** The machine's own context, before its entry actions change it. */
function ownContext({ config }: AnyStateMachine, name: string): Json {
  const context: unknown = config.context ?? {};
  if (typeof context !== 'function') return context as Json;
  return faultless(
    () => (context as (given: { readonly input: undefined }) => Json)({ input: undefined }),
    () => `cell ${name}, which gives no context: that of its machine, without input,`,
  );
}

function offersIn({ value, context }: Local, offers: OffersByState): readonly Event[] {
  return Object.entries(offers)
    .filter(([state]) => matchesState(state, value as StateValue))
    .flatMap(([, given]) => (typeof given === 'function' ? given(context) : given));
}

/** In JavaScript, a misspelled name would have no effect, and less would be checked. */
function refuseUnknown(
  names: readonly string[],
  known: readonly string[],
  where: string,
  kind: string,
): void {
  const unknown = names.find((name) => !known.includes(name));
  if (unknown === undefined) return;
  const near = nearestOf(unknown, known);
  throw new ModelFault(`${where}: no ${kind} is called "${clipped(unknown)}"${near}`);
}

/** The names of states in the form of `StateOf`. */
function statesIn(node: AnyStateNode, path = ''): readonly string[] {
  return Object.entries(node.states).flatMap(([key, state]) => [
    `${path}${key}`,
    ...statesIn(state, `${path}${key}.`),
  ]);
}
