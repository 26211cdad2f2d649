/**
 * Every place of a machine with an action or a guard, and that action or guard.
 *
 *   It reads XState's own nodes, so a list, a single name and a function look alike. Actions that XState
 *   adds itself (it starts and cancels the timers of `after` on entry and exit) are left out.
 */
import type { AnyStateMachine, AnyTransitionDefinition } from 'xstate';

export type Node = AnyStateMachine['root'];

/** One action or guard as in the table, and its place: "state open of machine door, on pay". */
export type Use = { readonly used: unknown; readonly where: string };

export function nodesOf(machine: AnyStateMachine): readonly Node[] {
  return withBelow(machine.root);
}

function withBelow(node: Node): readonly Node[] {
  return [node, ...Object.values<Node>(node.states).flatMap(withBelow)];
}

/** All transitions of a state: for events, timers, the end of its inner states, and `always`. */
export function transitionsOf(node: Node): readonly AnyTransitionDefinition[] {
  return [...[...node.transitions.values()].flat(), ...(node.always ?? [])];
}

const actions = new WeakMap<AnyStateMachine, readonly Use[]>();
const guards = new WeakMap<AnyStateMachine, readonly Use[]>();

export function actionsIn(machine: AnyStateMachine): readonly Use[] {
  const found = actions.get(machine) ?? findActions(machine);
  actions.set(machine, found);
  return found;
}

export function guardsIn(machine: AnyStateMachine): readonly Use[] {
  const found = guards.get(machine) ?? findGuards(machine);
  guards.set(machine, found);
  return found;
}

function findActions(machine: AnyStateMachine): readonly Use[] {
  return nodesOf(machine).flatMap((node) => [
    ...usesAt(node, 'entry', node.config.entry),
    ...usesAt(node, 'exit', node.config.exit),
    ...usesAt(node, 'initial', initialActionsOf(node)),
    ...transitionsOf(node).flatMap((each) => usesAt(node, fieldOf(each), each.actions)),
  ]);
}

function findGuards(machine: AnyStateMachine): readonly Use[] {
  return nodesOf(machine).flatMap((node) =>
    transitionsOf(node).flatMap((each) => usesAt(node, fieldOf(each), each.guard)),
  );
}

/** The actions that run when a compound state is entered by its `initial`. */
export function initialActionsOf(node: Node): readonly unknown[] {
  return node.config.initial === undefined ? [] : node.initial.actions;
}

/** "state on.warm of machine lamp"; of the root, "machine lamp". */
export function placeOf({ path, machine }: Node): string {
  return path.length === 0
    ? `machine ${machine.id}`
    : `state ${path.join('.')} of machine ${machine.id}`;
}

/** The place of a transition in the table: "on pay", "after 1000", "always", "onDone". */
export function fieldOf({ eventType, source }: AnyTransitionDefinition): string {
  if (eventType === '') return 'always';
  const delay = delayIn(eventType, source.id);
  if (delay !== undefined) return `after ${delay}`;
  return eventType === `xstate.done.state.${source.id}` ? 'onDone' : `on ${eventType}`;
}

/** "1000" of "xstate.after.1000.lamp.on" in the state lamp.on. */
export function delayIn(eventType: string, state: string): string | undefined {
  const [before, behind] = ['xstate.after.', `.${state}`];
  return eventType.startsWith(before) && eventType.endsWith(behind)
    ? eventType.slice(before.length, -behind.length)
    : undefined;
}

/** The name by which the table refers to an implementation; undefined if it contains the function itself. */
export function usedName(used: unknown): string | undefined {
  if (typeof used === 'string') return used;
  const type = typeof used === 'object' && used !== null && 'type' in used ? used.type : undefined;
  return typeof type === 'string' ? type : undefined;
}

export function listed(value: unknown): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) ? (value as readonly unknown[]) : [value];
}

function usesAt(node: Node, field: string, value: unknown): readonly Use[] {
  return listed(value).map((each) => ({ used: each, where: `${placeOf(node)}, ${field}` }));
}
