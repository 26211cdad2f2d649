/**
 * The interface of a protocol.
 *
 *   A world, a state of the protocol, is a row of cells. A cell is one instance of a machine. Its local
 *   state is `{ value, context }`, plain JSON. A step delivers one event to one cell; the effects that the
 *   machine returns are delivered in order, each with its own effects before the next, until none is
 *   left.
 *
 * This file does not depend on hosts, streams or files: the kernel model is one protocol, MiniMig another.
 */
import type { AnyStateMachine } from 'xstate';
import type { Json } from '../text/json.ts';

/** The local state of a cell: plain JSON, like the stored snapshot of an actor. */
export type Local = {
  readonly value: Json;
  readonly context: Json;
  /** For a machine with history states: the states that each remembers. Absent before the first. */
  readonly history?: { readonly [historyState: string]: readonly string[] };
  /** The timers under `after` that have gone off without leaving their state. Absent if none has. */
  readonly spent?: readonly string[];
};

/** An event: its type and its parameters. */
export type Event = { readonly type: string; readonly [parameter: string]: Json };

/** An event that a transition sends to another cell, as data. */
export type Effect = { readonly to: string; readonly event: Event };

/**
 * A fact about a local state. A view is a pure function of it, and always the same function: declare it
 * once, never where it is used. Its result should be small, and one of few.
 */
export type View<Fact extends Json> = (local: Local) => Fact;

/**
 * Reads another cell by name: its whole local state, or the result of a view. The engine records every
 * read, so it can store answers. An answer found through a view is stored for every local state with the
 * same result; the less is read, the fewer answers there are.
 */
export type Look = {
  (cell: string): Local;
  <Fact extends Json>(cell: string, view: View<Fact>): Fact;
};

/**
 * The observations of other cells that an event needs: pure functions, whose results become parameters of
 * the event before the machine gets it.
 */
export type Observe = (look: Look, event: Event) => { readonly [fact: string]: Json };

/** One column of a world. */
export type Cell = {
  /** Unique, and not changed when the model is edited: stored traces contain it. */
  readonly name: string;
  readonly machine: AnyStateMachine;
  readonly initial: Local;
  /** The events that the cell may begin in a local state, simplest first. A guard may still refuse one. */
  readonly offers: (local: Local) => readonly Event[];
  /** The observations each event needs, by event type. */
  readonly observes: { readonly [eventType: string]: Observe };
};

/** One start: the initial local states of these cells, by name. All other cells begin with `initial`. */
export type Start = {
  /** Its name in stories and traces. */
  readonly name: string;
  readonly cells: { readonly [cell: string]: Local };
};

/** The states in which a protocol may stop: any other terminal state is a deadlock. */
export type Deadlock =
  /** It may stop anywhere. The reason is printed when deadlocks are not searched for. */
  | { readonly ignored: string }
  /** It may stop only in these states. */
  | { readonly allowedWhen: (look: Look) => boolean; readonly because: string };

/** A protocol in one configuration, ready to be checked. */
export type Protocol = {
  readonly name: string;
  readonly cells: readonly Cell[];
  /**
   * The starts; by default one, in which every cell has its `initial`. A search begins in all of them, a
   * random walk in one of them, and a story names its start. Names must differ; two starts may have the
   * same state.
   *
   *   starts: [
   *     { name: 'left holds the token', cells: { left: { value: 'holding', context: {} } } },
   *     { name: 'right holds the token', cells: { right: { value: 'holding', context: {} } } },
   *   ]
   */
  readonly starts?: readonly Start[];
  /**
   * Without it a terminal state, in which no step but faults is enabled, violates the built-in property
   * `no-deadlock`. If you expect terminal states, say so, with the reason:
   *
   *   deadlock: { ignored: 'every client ends after three requests' }
   *   deadlock: {
   *     allowedWhen: (look) => look('server').value === 'closed',
   *     because: 'a closed server takes no more requests',
   *   }
   */
  readonly deadlock?: Deadlock;
  /** Event types that are faults (crashes, lost replies): swarm and shrinking leave these out first. */
  readonly faults: ReadonlySet<string>;
  /**
   * Event types after which few steps remain (an exit, a crash): random walks take them seldom, because
   * most walks would be very short otherwise. Exhaustive search does not use it.
   */
  readonly seldom?: ReadonlySet<string>;
};

/** One step of a story: a cell, its action, and the parameters. */
export type Step = {
  readonly at: string;
  readonly action: string;
  readonly params: { readonly [parameter: string]: Json };
};

/** Steps in order, and their start: one of `starts`, if the protocol has any. */
export type Story = {
  readonly start?: string | undefined;
  readonly steps: readonly Step[];
};

export function stepOf(cell: string, event: Event): Step {
  const { type, ...params } = event;
  return { at: cell, action: type, params };
}

export function eventOf(step: Step): Event {
  return { ...step.params, type: step.action };
}
