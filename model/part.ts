/**
 * A part of a kernel: a machine, what it is told of other cells, and what it may do of itself. All of
 * it belongs to the kernel: whoever reads the wrong cell, or acts too early, has a fault like any other.
 *
 *   Nothing of a part knows where it stands. A cell is a part that is put somewhere (cells/), and its
 *   observations and offers are told the place.
 */
import type { AnyStateMachine, ContextFrom, EventFrom, StateValueFrom } from 'xstate';
import type { Scenario } from './scenarios/scenario.ts';
import type { Event, FactsOf, Json, Look, ObservedType, SentOf } from './vocabulary/cell.ts';
import type { File, Host, Module, Process, Stream } from './vocabulary/ids.ts';

export type InScenario = { readonly scenario: Scenario };
export type OfHost = InScenario & { readonly host: Host };
export type OfProcess = InScenario & { readonly process: Process };
export type OfProcessOnHost = OfProcess & OfHost;
/** With the call-back table of the kernel, by which the state of a process is packed. */
export type OfPackedProcess = OfProcess & { readonly modules: readonly Module[] };
export type OfFile = InScenario & { readonly file: File };
export type OfFileOnHost = OfFile & OfHost;
export type OfStream = InScenario & { readonly stream: Stream };
export type OfStreamOnHost = OfStream & OfHost;

/** What a kernel needs of a part. */
export type KernelPart<Place> = {
  readonly machine: AnyStateMachine;
  /** What must be known of other cells to take an event, by its type. Pure. */
  readonly observes: {
    readonly [eventType: string]: Loosely<
      (look: Look, place: Place, event: Event) => { readonly [fact: string]: Json }
    >;
  };
  /** The events that a cell may take of itself, by the name of its state, simplest first. Pure. */
  readonly offers: {
    readonly [state: string]: Loosely<(context: Json, place: Place) => readonly Event[]>;
  };
};

/**
 * The same, with the machine's own types: each fact of an event is observed, and no other; what is
 * offered is an event of the machine as it is sent. `More` are facts that a kernel adds, by event.
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

/** A function that may know more of its arguments than is said here: who puts it in its place does. */
type Loosely<F extends (...args: never) => unknown> = {
  as(...args: Parameters<F>): ReturnType<F>;
}['as'];

type TypeIn<E> = E extends { readonly type: infer Type } ? Type & string : never;
