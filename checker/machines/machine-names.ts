/**
 * The names that a machine's table mentions, directly or through `and`, `or`, `not` and other names, and
 * the implementation of each.
 */
import type { AnyStateMachine } from 'xstate';
import { actionsIn, guardsIn, listed, usedName, type Use } from './machine-walk.ts';

export type Mentioned = {
  readonly guards: ReadonlySet<string>;
  readonly actions: ReadonlySet<string>;
};

export function mentionedIn(machine: AnyStateMachine): Mentioned {
  return {
    guards: new Set(allGuardsIn(machine).flatMap(({ used }) => usedName(used) ?? [])),
    actions: new Set(actionsIn(machine).flatMap(({ used }) => usedName(used) ?? [])),
  };
}

/** Every guard of some transition, and the guards that it is made of. */
export function allGuardsIn(machine: AnyStateMachine): readonly Use[] {
  return guardsIn(machine).flatMap((use) => withInner(machine, use, new Set()));
}

function withInner(
  machine: AnyStateMachine,
  use: Use,
  above: ReadonlySet<unknown>,
): readonly Use[] {
  const { used, where } = use;
  const key = usedName(used) ?? used;
  if (above.has(key)) return [use];
  const within = new Set([...above, key]);
  return [
    use,
    ...innerGuards(machine, used).flatMap((inner) =>
      withInner(machine, { used: inner, where }, within),
    ),
  ];
}

/** The guards that a guard uses: in XState a name can also refer to another name. */
export function innerGuards(machine: AnyStateMachine, used: unknown): readonly unknown[] {
  const name = usedName(used);
  const guard = name === undefined ? used : givenFor(machine, 'guards', name);
  if (typeof guard === 'function') return 'guards' in guard ? listed(guard.guards) : [];
  return guard === undefined || name === undefined ? [] : [guard];
}

export type Implemented = 'guards' | 'actions' | 'delays' | 'actors';

/** The machine's implementation of this name. XState would also find inherited names, such as "toString". */
export function givenFor(machine: AnyStateMachine, kind: Implemented, name: string): unknown {
  const given = machine.implementations[kind] as { readonly [name: string]: unknown };
  return Object.hasOwn(given, name) ? given[name] : undefined;
}

export function namesGiven(machine: AnyStateMachine, kind: Implemented): readonly string[] {
  return Object.keys(machine.implementations[kind]);
}
