/**
 * What the checker asks of a protocol.
 *
 *   A world is a row of cells. A cell is one instance of a machine and holds `{ value, context }`,
 *   plain JSON. A step delivers one event to one cell; the effects that the machine returns are
 *   delivered in order, each with its own effects before the next, until none is left.
 *
 * Nothing here knows of hosts, streams or files: the kernel model is one protocol, MiniMig another.
 */
import type { AnyStateMachine } from 'xstate';
import type { Json } from '../text/json.ts';

/** What one cell holds: plain JSON, as the stored snapshot of an actor would be. */
export type Local = {
  readonly value: Json;
  readonly context: Json;
  /** Of a machine with history states: the states that each remembers. Absent before it does. */
  readonly history?: { readonly [historyState: string]: readonly string[] };
  /** The timers under `after` that have gone off without leaving their state. Absent where none has. */
  readonly spent?: readonly string[];
};

/** A named happening with its parameters. */
export type Event = { readonly type: string; readonly [parameter: string]: Json };

/** What a transition wants done to another cell, as data. */
export type Effect = { readonly to: string; readonly event: Event };

/**
 * A fact about what a cell holds. A view is a pure function of it, and the same function each time:
 * declared once, never made where it is used. What it shows is small, and one of few.
 */
export type View<Fact extends Json> = (local: Local) => Fact;

/**
 * Reads another cell by name: all of it, or only what a view shows. Every read is remembered, so
 * that answers can be kept. An answer found through a view is kept for every local state of which
 * the view shows the same; the narrower the looks, the fewer the answers.
 */
export type Look = {
  (cell: string): Local;
  <Fact extends Json>(cell: string, view: View<Fact>): Fact;
};

/**
 * What a machine must know of other cells to take an event: pure observations, added to the
 * event as parameters before the machine sees it.
 */
export type Observe = (look: Look, event: Event) => { readonly [fact: string]: Json };

/** One column of a world. */
export type Cell = {
  /** Unique, stable across edits of the model: stored traces name it. */
  readonly name: string;
  readonly machine: AnyStateMachine;
  readonly initial: Local;
  /** What may happen here of itself, simplest first, by what the cell holds. A guard may still refuse. */
  readonly offers: (local: Local) => readonly Event[];
  /** The observations each event needs, by event type. */
  readonly observes: { readonly [eventType: string]: Observe };
};

/** One way to begin: what these cells hold at first, by name. All others begin with their `initial`. */
export type Start = {
  /** As stories and traces name it. */
  readonly name: string;
  readonly cells: { readonly [cell: string]: Local };
};

/** Where a protocol may stop: a state in which nothing is enabled, faults apart, is a deadlock else. */
export type Deadlock =
  /** It may stop anywhere. Why that is no mistake is printed wherever it is not looked for. */
  | { readonly ignored: string }
  /** It may stop in these states, and in no others. */
  | { readonly allowedWhen: (look: Look) => boolean; readonly because: string };

/** A protocol in one configuration, ready to be checked. */
export type Protocol = {
  readonly name: string;
  readonly cells: readonly Cell[];
  /**
   * The ways to begin; by default one, in which every cell holds its `initial`. A search begins in
   * all of them, a random walk in one of them, and a story says in which it begins. Names differ;
   * two that lead to the same state are one state.
   *
   *   starts: [
   *     { name: 'left holds the token', cells: { left: { value: 'holding', context: {} } } },
   *     { name: 'right holds the token', cells: { right: { value: 'holding', context: {} } } },
   *   ]
   */
  readonly starts?: readonly Start[];
  /**
   * Without it a state in which nothing is enabled, faults apart, violates `no-deadlock`, a property
   * of the checker's own. Whoever expects such states says so, and why:
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
   * Event types after which little is left to happen (an exit, a crash): random walks take them
   * seldom, or most walks would be over before they began. Exhaustive search knows no difference.
   */
  readonly seldom?: ReadonlySet<string>;
};

/** One step of a story: which cell did what, with which parameters. */
export type Step = {
  readonly at: string;
  readonly action: string;
  readonly params: { readonly [parameter: string]: Json };
};

/** Steps in their order, and where they begin: one of `starts`, of a protocol that has any. */
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
