/**
 * Executes the actions that XState returned after a run: collects effects to deliver, and starts and
 * stops timers. Any other action is refused, and so is a result that is not an effect: neither may be
 * ignored.
 */
import type { Effect } from '../specification/protocol.ts';
import { whyNoEffect } from '../specification/given-values.ts';
import { isXStatesOwn } from './machine-events.ts';
import { advice } from './built-in-actions.ts';

/** An action in the form that XState gives to `actionExecutor`. */
export type Handed = {
  readonly type: string;
  readonly exec: unknown;
  readonly info: unknown;
  readonly params: unknown;
};

/** A feature of a machine that is not supported. The caller of the machine adds the place. */
export class Unsupported extends Error {}

type Delayed = {
  readonly event?: { readonly type?: unknown };
  readonly id?: unknown;
  readonly sendId?: unknown;
  readonly delay?: unknown;
};

/** The effects, in order; `running` loses and gains the timers that were stopped and started. */
export function effectsOf(
  handed: readonly Handed[],
  isTimer: (type: string) => boolean,
  running: Set<string>,
): readonly Effect[] {
  return handed.flatMap((action) => {
    const { type, exec, info, params } = action;
    if (advice[type] !== undefined) {
      heed(action, isTimer, running);
      return [];
    }
    if (typeof exec !== 'function') {
      throw new Unsupported(`runs the action "${type}", which is not provided: see setup, provide`);
    }
    const run = exec as (info: unknown, params: unknown) => unknown;
    return effectsIn(type, run(info, params));
  });
}

/** One of XState's own actions. An event raised within the machine has been processed already. */
function heed(
  { type, params }: Handed,
  isTimer: (type: string) => boolean,
  running: Set<string>,
): void {
  if (type === 'xstate.log') return;
  const { event, id, sendId, delay } = (params ?? {}) as Delayed;
  if (type === 'xstate.cancel' && typeof sendId === 'string' && isTimer(sendId)) {
    running.delete(sendId);
    return;
  }
  if (type === 'xstate.raise' && typeof id === 'string' && isTimer(id) && event?.type === id) {
    if (typeof delay !== 'number') {
      throw new Unsupported(
        `starts the timer ${id} with the delay ${shown(delay)}, and XState then takes it at once: a delay is a number`,
      );
    }
    running.add(id);
    return;
  }
  if (type === 'xstate.raise' && delay === undefined) return;
  throw new Unsupported(`runs ${advice[type]}`);
}

/** The result of an effect action: nothing, one effect, or a list of them. */
function effectsIn(action: string, said: unknown): readonly Effect[] {
  if (said === undefined) return [];
  return (Array.isArray(said) ? (said as readonly unknown[]) : [said]).map((each) => {
    const why = whyNoEffect(each);
    if (why !== undefined) throw new Unsupported(`action ${action} ${why}`);
    const effect = each as Effect;
    if (isXStatesOwn(effect.event.type)) {
      throw new Unsupported(
        `action ${action} sends ${effect.to} the event ${effect.event.type}: such names belong to XState, use another one`,
      );
    }
    return effect;
  });
}

/** The value in a few words: a promise and a function have no other text. */
function shown(value: unknown): string {
  if (value instanceof Promise) return 'a promise';
  if (typeof value === 'function') {
    return 'type' in value ? `${String(value.type)}(…) as a value` : 'a function';
  }
  if (typeof value === 'object' && value !== null) {
    return `an object with ${Object.keys(value).slice(0, 5).join(', ') || 'nothing in it'}`;
  }
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : String(value);
}
