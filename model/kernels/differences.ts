/** The differences of one part of a kernel from another: by name, compared by identity. */
import type { AnyStateMachine } from 'xstate';
import type { KernelPart } from '../part.ts';

export type PartDifference = {
  readonly kind: 'state' | 'transition' | 'guard' | 'action' | 'observation' | 'offer';
  /** A transition is named by state and event, `arrived.served`, or by event alone, `hostCrashed`. */
  readonly name: string;
};

export type Named = { readonly [name: string]: unknown };
export type States = { readonly [state: string]: { readonly on?: Named } };

export function differencesBetween<Place>(
  part: KernelPart<Place>,
  base: KernelPart<Place>,
): readonly PartDifference[] {
  if (part === base) return [];
  const { implementations } = part.machine;
  const { guards, actions } = base.machine.implementations;
  const [states, known] = [statesOf(part.machine), statesOf(base.machine)];
  return [
    ...Object.keys(states)
      .filter((state) => known[state] === undefined)
      .map((name) => ({ kind: 'state', name }) as const),
    ...Object.entries(states).flatMap(([state, { on = {} }]) =>
      known[state] === undefined
        ? []
        : named('transition', differing(on, known[state].on ?? {}), `${state}.`),
    ),
    ...named('transition', differing(rootOf(part.machine), rootOf(base.machine))),
    ...named('guard', differing(implementations.guards, guards)),
    ...named('action', differing(implementations.actions, actions)),
    ...named('observation', differing(part.observes, base.observes)),
    ...named('offer', differing(part.offers, base.offers)),
  ];
}

/** The entries of `these` that differ in `those` or are not in it. */
export function differing<Value>(
  these: { readonly [name: string]: Value },
  those: Named,
): { readonly [name: string]: Value } {
  return Object.fromEntries(Object.entries(these).filter(([name, held]) => those[name] !== held));
}

export function statesOf(machine: AnyStateMachine): States {
  return (machine.config.states ?? {}) as States;
}

/** Transitions at the root, which a state takes if it has none of its own on their event. */
export function rootOf(machine: AnyStateMachine): Named {
  return (machine.config.on ?? {}) as Named;
}

function named(kind: PartDifference['kind'], these: Named, before = ''): readonly PartDifference[] {
  return Object.keys(these).map((name) => ({ kind, name: `${before}${name}` }));
}
