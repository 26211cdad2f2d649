/**
 * The names that a machine's table mentions, with what `and`, `or`, `not` and another name lead to,
 * and what is given under each.
 */
import type { AnyStateMachine } from 'xstate';
import { actionsIn, guardsIn, listed, nameOf, type Use } from './machine-walk.ts';

export type Mentioned = {
  readonly guards: ReadonlySet<string>;
  readonly actions: ReadonlySet<string>;
};

export function mentionedIn(machine: AnyStateMachine): Mentioned {
  return {
    guards: new Set(allGuardsIn(machine).flatMap(({ used }) => nameOf(used) ?? [])),
    actions: new Set(actionsIn(machine).flatMap(({ used }) => nameOf(used) ?? [])),
  };
}

/** Every guard that some transition asks, and those that it is made of. */
export function allGuardsIn(machine: AnyStateMachine): readonly Use[] {
  return guardsIn(machine).flatMap((use) => withInner(machine, use, new Set()));
}

function withInner(
  machine: AnyStateMachine,
  use: Use,
  above: ReadonlySet<unknown>,
): readonly Use[] {
  const { used, where } = use;
  const key = nameOf(used) ?? used;
  if (above.has(key)) return [use];
  const within = new Set([...above, key]);
  return [
    use,
    ...innerGuards(machine, used).flatMap((inner) =>
      withInner(machine, { used: inner, where }, within),
    ),
  ];
}

/** What a guard asks in turn: XState lets a name stand for another name, too. */
export function innerGuards(machine: AnyStateMachine, used: unknown): readonly unknown[] {
  const name = nameOf(used);
  const guard = name === undefined ? used : givenFor(machine, 'guards', name);
  if (typeof guard === 'function') return 'guards' in guard ? listed(guard.guards) : [];
  return guard === undefined || name === undefined ? [] : [guard];
}

export type Implemented = 'guards' | 'actions' | 'delays' | 'actors';

/** What the machine has under this name. XState would also find what every object has, "toString". */
export function givenFor(machine: AnyStateMachine, kind: Implemented, name: string): unknown {
  const given = machine.implementations[kind] as { readonly [name: string]: unknown };
  return Object.hasOwn(given, name) ? given[name] : undefined;
}

export function namesGiven(machine: AnyStateMachine, kind: Implemented): readonly string[] {
  return Object.keys(machine.implementations[kind]);
}
