/**
 * The unsupported features of a machine, found before anything runs, each with its place and advice.
 * Features that only a run can show (inside `enqueueActions`) are refused in executed-actions.ts.
 */
import type { AnyStateMachine } from 'xstate';
import { canonical } from '../text/canonical-json.ts';
import type { Json } from '../text/json.ts';
import { didYouMean, distance } from '../text/nearest-name.ts';
import { advice } from './built-in-actions.ts';
import { unknownFieldsIn } from './machine-fields.ts';
import { allGuardsIn, givenFor, innerGuards, mentionedIn, namesGiven } from './machine-names.ts';
import {
  actionsIn,
  guardsIn,
  usedName,
  nodesOf,
  placeOf,
  type Node,
  type Use,
} from './machine-walk.ts';

const known = new WeakMap<AnyStateMachine, readonly string[]>();

/** One line each; none for a machine that runs here as it would as an actor. */
export function machineProblems(machine: AnyStateMachine): readonly string[] {
  const found = known.get(machine) ?? [
    ...nodesOf(machine).flatMap(stateProblems),
    ...actionsIn(machine).flatMap((use) => actionProblems(machine, use)),
    ...guardProblems(machine),
    ...(['guards', 'actions', 'delays'] as const).flatMap((kind) => misspelledIn(machine, kind)),
  ];
  known.set(machine, found);
  return found;
}

function stateProblems(node: Node): readonly string[] {
  const where = placeOf(node);
  const { config, machine } = node;
  return [
    ...unknownFieldsIn(node),
    ...node.invoke.map(
      ({ id }) =>
        `${where}: invoke starts the actor "${id}", and there are no actors here: make it a cell of its own, and its answer an event`,
    ),
    ...(config.route !== undefined && config.id === undefined
      ? [`${where}: route needs an id, or XState ignores it: give the state an id`]
      : []),
    ...[...node.transitions.keys()].flatMap((type) =>
      eventProblem(type).map((problem) => `${where}: on ${type} ${problem}`),
    ),
    ...Object.keys(config.after ?? {})
      .filter((delay) => Number.isNaN(Number(delay)))
      .filter((delay) => givenFor(machine, 'delays', delay) === undefined)
      .map(
        (delay) =>
          `${where}: after ${delay} names a delay that is not provided${didYouMean(delay, namesGiven(machine, 'delays'))}, and XState then takes it at once: give it in setup({ delays })`,
      ),
  ];
}

function eventProblem(type: string): readonly string[] {
  if (/^xstate\.(done\.actor|error|snapshot)\b/.test(type)) {
    return ['comes from an actor, and there are no actors here: make the actor a cell'];
  }
  const isWildcard = type === '*' || (type.endsWith('.*') && !type.slice(0, -2).includes('*'));
  return type.includes('*') && !isWildcard
    ? ['never matches: a wildcard is "*" alone, or the last part, as in "job.*"']
    : [];
}

function actionProblems(machine: AnyStateMachine, { used, where }: Use): readonly string[] {
  const name = usedName(used);
  const action = name === undefined ? used : givenFor(machine, 'actions', name);
  if (typeof action !== 'function') {
    return name === undefined
      ? [`${where}: an action is a name, { type, params } or a function`]
      : [
          `${where}: the action "${name}" is not provided${didYouMean(name, namesGiven(machine, 'actions'))}: give it in setup({ actions }) or provide`,
        ];
  }
  if (!('resolve' in action)) return [];
  const { type, delay } = action as { readonly type?: unknown; readonly delay?: unknown };
  if (type === 'xstate.assign' || type === 'xstate.enqueueActions' || type === 'xstate.log') {
    return [];
  }
  if (type === 'xstate.raise' && delay === undefined) return [];
  const said = advice[String(type)] ?? `${String(type)}, which is not known here: leave it out`;
  return [`${where}: ${name === undefined ? '' : `the action "${name}" is `}${said}`];
}

function guardProblems(machine: AnyStateMachine): readonly string[] {
  const missing = allGuardsIn(machine).flatMap(({ used, where }) => {
    const name = usedName(used);
    if (name !== undefined && givenFor(machine, 'guards', name) === undefined) {
      return [
        `${where}: the guard "${name}" is not provided${didYouMean(name, namesGiven(machine, 'guards'))}: give it in setup({ guards }) or provide`,
      ];
    }
    const guard = name === undefined ? used : givenFor(machine, 'guards', name);
    if (typeof guard === 'function') return stateInProblem(machine, guard, where);
    return name === undefined
      ? [`${where}: a guard is a name, { type, params } or a function`]
      : [];
  });
  const circular = guardsIn(machine)
    .filter(({ used }) => asksItself(machine, used, new Set()))
    .map(
      ({ used, where }) =>
        `${where}: the guard "${usedName(used) ?? 'and/or/not'}" refers to itself`,
    );
  return [...new Set([...missing, ...circular])];
}

function asksItself(machine: AnyStateMachine, used: unknown, above: ReadonlySet<unknown>): boolean {
  const key = usedName(used) ?? used;
  if (above.has(key)) return true;
  const within = new Set([...above, key]);
  return innerGuards(machine, used).some((inner) => asksItself(machine, inner, within));
}

/** For a state that the machine does not have, XState returns false without a message. */
function stateInProblem(machine: AnyStateMachine, guard: object, where: string): readonly string[] {
  if (!('check' in guard) || !('stateValue' in guard)) return [];
  const value = guard.stateValue as Json;
  const hasState =
    typeof value === 'string' && value.startsWith('#')
      ? attempt(() => machine.getStateNodeById(value))
      : isWithin(machine.root, value);
  if (hasState) return [];
  return [
    `${where}: stateIn(${canonical(value)}) names a state that machine ${machine.id} does not have`,
  ];
}

function attempt(run: () => unknown): boolean {
  try {
    run();
    return true;
  } catch {
    return false;
  }
}

/** Whether the machine has a state of this value: "a", "a.b", { a: "b" }, { a: {}, b: {} }. */
function isWithin(node: Node, value: Json): boolean {
  if (typeof value === 'string') {
    const [first = '', ...rest] = value.split('.');
    const child = ownState(node, first);
    return child !== undefined && (rest.length === 0 || isWithin(child, rest.join('.')));
  }
  return Object.entries((value ?? {}) as { readonly [state: string]: Json }).every(
    ([state, below]) => {
      const child = ownState(node, state);
      return child !== undefined && isWithin(child, below);
    },
  );
}

function ownState(node: Node, name: string): Node | undefined {
  return Object.hasOwn(node.states, name) ? node.states[name] : undefined;
}

/**
 * A misspelled name in `provide`. A setup may have names that this table does not use, so only a name
 * within two letters of a used one is reported.
 */
function misspelledIn(
  machine: AnyStateMachine,
  kind: 'guards' | 'actions' | 'delays',
): readonly string[] {
  const given = namesGiven(machine, kind);
  const mentioned = given.length === 0 ? undefined : mentionedOf(machine, kind);
  if (mentioned === undefined) return [];
  return given
    .filter((name) => !mentioned.has(name))
    .flatMap((name) => {
      const meant = [...mentioned].find(
        (each) => distance(name, each) <= MISSPELLED && givenFor(machine, kind, each) !== undefined,
      );
      return meant === undefined
        ? []
        : [
            `machine ${machine.id}: ${kind} has "${name}", which the machine does not use; did you mean "${meant}"? Rename it or leave it out`,
          ];
    });
}

/** Undefined if the machine may use names that its table does not mention. */
function mentionedOf(
  machine: AnyStateMachine,
  kind: 'guards' | 'actions' | 'delays',
): ReadonlySet<string> | undefined {
  if (kind === 'delays') {
    return new Set(nodesOf(machine).flatMap(({ config }) => Object.keys(config.after ?? {})));
  }
  const enqueues = actionsIn(machine).some(({ used }) => {
    const name = usedName(used);
    const action = name === undefined ? used : givenFor(machine, 'actions', name);
    return typeof action === 'function' && 'collect' in action;
  });
  return enqueues ? undefined : mentionedIn(machine)[kind];
}

const MISSPELLED = 2;
