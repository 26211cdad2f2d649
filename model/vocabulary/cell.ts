/** Effects, looks and events of machines, as plain data: a world can be printed, compared and stored. */

import type { CellName } from './ids.ts';

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** The local state of one cell. */
export type Local = { readonly value: Json; readonly context: Json };

/** An event with its parameters. */
export type Event = { readonly type: string; readonly [parameter: string]: Json };

/** An event that a transition sends to another cell. */
export type Effect = { readonly to: string; readonly event: Event };

/** The result of an effect action: nothing, one effect, or several in order. */
export type Effects = Effect | readonly Effect[] | undefined;

/** Reads another cell. */
export type Look = (cell: string) => Local;

/** The facts of other cells that an event needs; they become parameters of the event. */
export type Observe = (look: Look, event: Event) => { readonly [fact: string]: Json };

declare const observed: unique symbol;

/**
 * In the type of an event: facts about other cells, which are observed when the event is taken. All other
 * parameters are sent with it.
 */
export type Observed<Facts> = Facts & { readonly [observed]?: keyof Facts };

type FactNames<E> = typeof observed extends keyof E
  ? Exclude<E[typeof observed], undefined> & keyof E
  : never;

/** The observed facts of an event. */
export type FactsOf<E> = Pick<E, FactNames<E>>;

/** An event as it is sent. */
export type SentOf<E> = E extends unknown ? Omit<E, FactNames<E> | typeof observed> : never;

/** The types of events with observed facts. */
export type ObservedType<E> = E extends { readonly type: infer Type }
  ? [FactNames<E>] extends [never]
    ? never
    : Type & string
  : never;

/** Sends an event to a cell: one that its machine takes, without observed facts. */
export function send<Sent extends { readonly type: string }>(
  to: CellName<Sent>,
  event: NoInfer<Sent>,
): Effect {
  return { to, event };
}

/** The event a transition runs on, known to be of one of these types. */
export function on<E extends { readonly type: string }, T extends E['type']>(
  event: E,
  ...types: readonly T[]
): Extract<E, { readonly type: T }> {
  if (!types.some((type) => type === event.type)) {
    throw new Error(`an action for ${types.join(', ')} ran on ${event.type}`);
  }
  return event as Extract<E, { readonly type: T }>;
}
