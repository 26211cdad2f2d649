/**
 * Types for names of cells, so that the compiler checks effects and looks like offers.
 *
 *   Both are types of a function that also works without them: `const send: Send<Cells> = effect`.
 *   JavaScript writes the type in JSDoc, or leaves it out.
 */
import type { AnyStateMachine } from 'xstate';
import type { Given, Held } from './event-types.ts';
import type { Effect, Event, Look } from './protocol.ts';

/**
 * `Cells` names the cells and the events of each; a pattern names all cells of a kind. A `Send` takes
 * such a name and an event of that cell, without observed parameters.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict';
 * import { effect, type Observed, type Send } from 'sprite-check/checker';
 *
 * const send: Send<{
 *   server: { type: 'request'; client: string } & Observed<{ now: number }>;
 *   [client: `client ${string}`]: { type: 'granted' };
 * }> = effect;
 * const sent = send('server', { type: 'request', client: 'client a' });
 * assert.deepEqual(sent, { to: 'server', event: { type: 'request', client: 'client a' } });
 * ```
 */
export type Send<Cells> = <Name extends keyof Cells & string>(
  to: Name,
  event: Given<Cells[Name]>,
) => Effect;

/** Makes an effect: an action returns it to send an event to another cell, in the same step. */
export function effect(to: string, event: Event): Effect {
  return { to, event };
}

/**
 * `Machines` names the cells and the machine of each, as in `Send`. A `See` takes a look and such a name,
 * and its result has the types of that machine.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict';
 * import { setup } from 'xstate';
 * import { lookAt, type Look, type See } from 'sprite-check/checker';
 *
 * const clockMachine = setup({ types: { context: {} as { now: number } } }).createMachine({
 *   context: { now: 0 },
 * });
 * const see: See<{ clock: typeof clockMachine }> = lookAt;
 *
 * const isEarly = (look: Look): boolean => see(look, 'clock').context.now < 2;
 * assert.equal(isEarly(() => ({ value: {}, context: { now: 1 } }) as never), true);
 * ```
 */
export type See<Machines extends { readonly [name: string]: AnyStateMachine }> = <
  Name extends keyof Machines & string,
>(
  look: Look,
  name: Name,
) => Held<Machines[Name]>;

/** Reads a cell by name: `look(name)`, as a function of both. */
export function lookAt(look: Look, name: string): Held<AnyStateMachine> {
  return look(name) as Held<AnyStateMachine>;
}
