/**
 * A part of a kernel: a machine, its observations of other cells, and its offers. All three belong to the
 * kernel: a part that reads the wrong cell, or acts too early, has a fault like any other.
 *
 *   A part does not depend on its place. A cell is a part in a place (boot.ts), and its observations and
 *   offers get the place as a parameter.
 */
import type { AnyStateMachine, ContextFrom, EventFrom, StateValueFrom } from 'xstate';
import type { Scenario } from './scenarios/scenario.ts';
import type { Event, FactsOf, Json, Look, ObservedType, SentOf } from './vocabulary/cell.ts';
import type { File, Host, Module, Process, Stream } from './vocabulary/ids.ts';

export type InScenario = { readonly scenario: Scenario };
export type OfHost = InScenario & { readonly host: Host };
export type OfProcess = InScenario & { readonly process: Process };
export type OfProcessOnHost = OfProcess & OfHost;
/** With the call-back table of the kernel, which decides how the state of a process is packed. */
export type OfPackedProcess = OfProcess & { readonly modules: readonly Module[] };
export type OfFile = InScenario & { readonly file: File };
export type OfFileOnHost = OfFile & OfHost;
export type OfStream = InScenario & { readonly stream: Stream };
export type OfStreamOnHost = OfStream & OfHost;

/** The interface of a part. */
export type KernelPart<Place> = {
  readonly machine: AnyStateMachine;
  /** The observations of other cells that an event needs, by event type. Pure. */
  readonly observes: {
    readonly [eventType: string]: Loosely<
      (look: Look, place: Place, event: Event) => { readonly [fact: string]: Json }
    >;
  };
  /** The events that a cell may begin by itself, by the name of its state, simplest first. Pure. */
  readonly offers: {
    readonly [state: string]: Loosely<(context: Json, place: Place) => readonly Event[]>;
  };
};

/**
 * The same, with the machine's own types: exactly the facts of an event are observed; an offer is an event
 * of the machine as it is sent. `More` are facts that a kernel adds, by event.
 */
export type PartOf<Machine extends AnyStateMachine, Place, More = unknown> = {
  readonly [more]?: More;
  readonly machine: Machine;
  readonly observes: Observations<Machine, Place>;
  readonly offers: Offers<Machine, Place, StateOf<Machine>>;
};

export type Observations<Machine extends AnyStateMachine, Place> = {
  readonly [Type in ObservedType<EventFrom<Machine>>]: (
    look: Look,
    place: Place,
    event: SentOf<EventNamed<Machine, Type>>,
  ) => FactsOf<EventNamed<Machine, Type>>;
};

export type Offers<Machine extends AnyStateMachine, Place, State extends string> = {
  readonly [state in State]?: (
    context: ContextFrom<Machine>,
    place: Place,
  ) => readonly SentOf<EventFrom<Machine>>[];
};

export type StateOf<Machine extends AnyStateMachine> = StateValueFrom<Machine> & string;
export type EventTypeOf<Machine extends AnyStateMachine> = TypeIn<EventFrom<Machine>>;
export type EventNamed<Machine extends AnyStateMachine, Type> = Extract<
  EventFrom<Machine>,
  { readonly type: Type }
>;

/** An offer of one event, always. */
export function just<const Type extends string>(
  type: Type,
): () => readonly { readonly type: Type }[] {
  const events = [{ type }];
  return () => events;
}

declare const more: unique symbol;

/** A function whose arguments may have narrower types than stated here: boot.ts gives it the right ones. */
type Loosely<F extends (...args: never) => unknown> = {
  as(...args: Parameters<F>): ReturnType<F>;
}['as'];

type TypeIn<E> = E extends { readonly type: infer Type } ? Type & string : never;
