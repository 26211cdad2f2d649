/**
 * The only contact with XState at run time: one event, one cell, a pure result.
 *
 *   An effect is a named action of the machine that returns data instead of doing anything. XState
 *   decides which actions run and with what context; this file asks each what it says.
 */
import {
  initialTransition,
  transition,
  type AnyMachineSnapshot,
  type AnyStateMachine,
} from 'xstate';
import type { Effect, Event, Json, Local } from './protocol.ts';

export type Advanced = { readonly next: Local; readonly effects: readonly Effect[] };

/** An event that no transition of the present state takes: unlisted, or refused by every guard. */
export const refused = Symbol('refused');

/** What an effect action returns. `undefined` means nothing is asked of anybody. */
export type Told = Effect | readonly Effect[] | undefined;

type EffectAction = { readonly exec: unknown; readonly info: unknown; readonly params: unknown };

/** Runs the machine once. Pure: equal arguments give equal results. */
export function advance(
  machine: AnyStateMachine,
  local: Local,
  event: Event,
): Advanced | typeof refused {
  const before: AnyMachineSnapshot = machine.resolveState({
    value: local.value as never,
    context: local.context,
  });
  if (!before.can(event)) return refused;
  const [after, actions] = transition(machine, before, event);
  return {
    next: { value: after.value as Json, context: after.context as Json },
    effects: (actions as readonly EffectAction[]).flatMap(told),
  };
}

/** The local state in which a machine starts, with the context given in place of its own. */
export function initialLocal(machine: AnyStateMachine, context: Json): Local {
  return { value: initialTransition(machine)[0].value as Json, context };
}

function told(action: EffectAction): readonly Effect[] {
  if (typeof action.exec !== 'function') return [];
  const said = (action.exec as (info: unknown, params: unknown) => Told)(
    action.info,
    action.params,
  );
  if (said === undefined) return [];
  return Array.isArray(said) ? said : [said as Effect];
}
