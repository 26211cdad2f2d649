/**
 * The only contact with XState at run time: one event, one cell, a pure result.
 *
 *   An effect is a named action of the machine that returns data instead of doing anything. XState
 *   decides which actions run and with what context; this file asks each what it says.
 */
import {
  createActor,
  initialTransition,
  type AnyActorScope,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type AnyTransitionDefinition,
} from 'xstate';
import { whyNoEffect } from '../specification/given-values.ts';
import { Misgiven } from '../specification/specification-error.ts';
import type { Effect, Event, Local } from '../specification/protocol.ts';
import type { Json } from '../text/json.ts';

export type Advanced = {
  readonly next: Local;
  readonly effects: readonly Effect[];
  /** The transitions of the machine that were taken. */
  readonly by: readonly AnyTransitionDefinition[];
};

/** An event that no transition of the present state takes: unlisted, or refused by every guard. */
export const refused = Symbol('refused');

/** What an effect action returns. `undefined` means nothing is asked of anybody. */
export type Told = Effect | readonly Effect[] | undefined;

type EffectAction = {
  readonly type: string;
  readonly exec: unknown;
  readonly info: unknown;
  readonly params: unknown;
};

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
  const by = machine.getTransitionData(before, event);
  if (!by.some(doesSomething)) return refused;
  const { scope, taken } = inertOf(machine);
  taken.length = 0;
  const after: AnyMachineSnapshot = machine.transition(before, event, scope);
  return {
    next: { value: after.value as Json, context: after.context as Json },
    effects: taken.flatMap(told),
    by,
  };
}

/** One without target and actions takes nothing and gives nothing; XState's `can` says no to it, too. */
function doesSomething({ target, actions }: AnyTransitionDefinition): boolean {
  return target !== undefined || actions.length > 0;
}

type Inert = { readonly scope: AnyActorScope; readonly taken: EffectAction[] };

const inert = new WeakMap<AnyStateMachine, Inert>();

/**
 * An actor that never runs, and the actions that it is handed. XState's own `transition` makes one
 * for each call, and with it the initial state anew: half of its time.
 */
function inertOf(machine: AnyStateMachine): Inert {
  const known = inert.get(machine);
  if (known !== undefined) return known;
  const self = createActor(machine);
  const taken: EffectAction[] = [];
  const scope: AnyActorScope = {
    self,
    system: self.system,
    id: self.id,
    sessionId: self.sessionId,
    logger: () => undefined,
    defer: () => undefined,
    stopChild: () => undefined,
    emit: () => undefined,
    actionExecutor: (action: EffectAction) => taken.push(action),
  };
  inert.set(machine, { scope, taken });
  return { scope, taken };
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
  const effects: readonly unknown[] = Array.isArray(said) ? said : [said];
  for (const effect of effects) {
    const why = whyNoEffect(effect);
    if (why !== undefined) throw new Misgiven(`action ${action.type} ${why}`);
  }
  return effects as readonly Effect[];
}
