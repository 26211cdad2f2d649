/** What a machine may say and see. Plain data: a world prints, compares and is stored as it is. */

import type { CellName } from './ids.ts';

export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json };

/** What one cell holds. */
export type Local = { readonly value: Json; readonly context: Json };

/** An event with its parameters. */
export type Event = { readonly type: string; readonly [parameter: string]: Json };

/** What a transition wants done to another cell. */
export type Effect = { readonly to: string; readonly event: Event };

/** What an effect action returns: nothing, one effect, or several in order. */
export type Told = Effect | readonly Effect[] | undefined;

/** Reads another cell. */
export type Look = (cell: string) => Local;

/** What a cell must know of others to take an event, added to the event as parameters. */
export type Observe = (look: Look, event: Event) => { readonly [fact: string]: Json };

declare const observed: unique symbol;

/**
 * In the type of an event: facts about other cells, which are observed when it is taken. All else of
 * it is sent with it.
 */
export type Observed<Facts> = Facts & { readonly [observed]?: keyof Facts };

type FactNames<E> = typeof observed extends keyof E
  ? Exclude<E[typeof observed], undefined> & keyof E
  : never;

/** Of an event, what is observed. */
export type FactsOf<E> = Pick<E, FactNames<E>>;

/** Of an event, what it is sent with. */
export type SentOf<E> = E extends unknown ? Omit<E, FactNames<E> | typeof observed> : never;

/** The types of those events with which something is observed. */
export type ObservedType<E> = E extends { readonly type: infer Type }
  ? [FactNames<E>] extends [never]
    ? never
    : Type & string
  : never;

/** Tells a cell what happens: an event that its machine takes, less what is observed. */
export function tell<Sent extends { readonly type: string }>(
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
