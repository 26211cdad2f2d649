/** What a machine's table mentions: the guards and actions by name, with those inside `and`, `or`, `not`. */
import type { AnyStateMachine } from 'xstate';

export type Mentioned = {
  readonly guards: ReadonlySet<string>;
  readonly actions: ReadonlySet<string>;
};

type Transition = { readonly guard?: unknown; readonly actions?: unknown };
type Table = {
  readonly on?: { readonly [event: string]: unknown };
  readonly states?: { readonly [state: string]: Table };
};

export function mentionedIn(machine: AnyStateMachine): Mentioned {
  const transitions = transitionsIn(machine.config as Table);
  return {
    guards: new Set(transitions.flatMap(({ guard }) => guardNames(guard))),
    actions: new Set(transitions.flatMap(({ actions }) => listed(actions).filter(isName))),
  };
}

function transitionsIn({ on = {}, states = {} }: Table): readonly Transition[] {
  return [
    ...Object.values(on).flatMap((each) => listed(each) as readonly Transition[]),
    ...Object.values(states).flatMap(transitionsIn),
  ];
}

function guardNames(guard: unknown): readonly string[] {
  if (isName(guard)) return [guard];
  if (typeof guard !== 'function' || !('guards' in guard)) return [];
  return listed(guard.guards).flatMap(guardNames);
}

function listed(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}

function isName(value: unknown): value is string {
  return typeof value === 'string';
}
