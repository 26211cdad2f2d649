/**
 * A machine prepared to run without an actor: only the local state is kept between two runs.
 */
import {
  createActor,
  createMachine,
  type AnyActorScope,
  type AnyMachineSnapshot,
  type AnyStateMachine,
  type AnyTransitionDefinition,
  type InspectionEvent,
} from 'xstate';
import type { Local } from '../specification/protocol.ts';
import { ModelFault } from '../specification/specification-error.ts';
import type { Json } from '../text/json.ts';
import { Unsupported, type Handed } from './executed-actions.ts';
import { fieldOf, initialActionsOf, nodesOf, type Node } from './machine-walk.ts';
import { timersOf, type Timers } from './timers.ts';

/** Bound on the transitions for one event; a machine that takes more is in a loop. */
export const MOST_MICROSTEPS = 1000;

/** The prepared form of a machine. */
export type Runner = {
  readonly machine: AnyStateMachine;
  /** The same machine; its context is its input. */
  readonly startable: () => AnyStateMachine;
  /** Whether something runs before the first event. */
  readonly actsAtStart: boolean;
  readonly timers: Timers;
  readonly isTimer: (type: string) => boolean;
  readonly hasHistory: boolean;
  readonly nodes: ReadonlyMap<string, Node>;
  readonly scope: AnyActorScope;
  readonly run: Run;
};

/** The actions and the transitions of the last run. */
type Run = { handed: Handed[]; taken: AnyTransitionDefinition[]; microsteps: number };

const runners = new WeakMap<AnyStateMachine, Runner>();

export function runnerOf(machine: AnyStateMachine): Runner {
  const known = runners.get(machine);
  if (known !== undefined) return known;
  const nodes = nodesOf(machine);
  const timers = timersOf(machine);
  const types = new Set([...timers.values()].flat().map(({ type }) => type));
  const run: Run = { handed: [], taken: [], microsteps: 0 };
  let own: AnyStateMachine | undefined;
  const runner: Runner = {
    machine,
    startable: () => (own ??= withContextGiven(machine)),
    actsAtStart: nodes.some(actsWhenEntered),
    timers,
    isTimer: (type) => types.has(type),
    hasHistory: nodes.some(({ type }) => type === 'history'),
    nodes: new Map(nodes.map((node) => [node.id, node])),
    scope: inertScope(machine, run),
    run,
  };
  runners.set(machine, runner);
  return runner;
}

function actsWhenEntered(node: Node): boolean {
  const { entry, always } = node.config;
  return entry !== undefined || always !== undefined || initialActionsOf(node).length > 0;
}

function withContextGiven(machine: AnyStateMachine): AnyStateMachine {
  const context = ({ input }: { readonly input: unknown }): unknown => input;
  return createMachine(
    { ...machine.config, context } as never,
    machine.implementations as never,
  ) as AnyStateMachine;
}

/**
 * An actor that never runs, and the actions that it gets. XState's own `transition` makes an actor for
 * each call, and the initial state again, which takes half of its time. The actor's system is that of an
 * empty machine, which reports the transitions that are taken.
 */
function inertScope(machine: AnyStateMachine, run: Run): AnyActorScope {
  const { system } = createActor(createMachine({}), {
    inspect: (inspected) => note(run, inspected),
  });
  return {
    self: closed('self') as AnyActorScope['self'],
    system: closed('system', system) as AnyActorScope['system'],
    id: machine.id,
    sessionId: machine.id,
    logger: () => undefined,
    defer: () => undefined,
    stopChild: () => undefined,
    emit: () => undefined,
    actionExecutor: (action) => run.handed.push(action),
  };
}

function note(run: Run, inspected: InspectionEvent): void {
  if (inspected.type !== '@xstate.microstep') return;
  const { _transitions: transitions } = inspected;
  run.taken.push(...transitions);
  run.microsteps++;
  if (run.microsteps <= MOST_MICROSTEPS) return;
  const last = run.taken.slice(-2).map((each) => `${each.source.id} ${fieldOf(each)}`);
  throw new Unsupported(
    `never comes to rest: after ${MOST_MICROSTEPS} transitions it still takes ${last.join(', then ')}; end it with a guard`,
  );
}

/** An action may not use the actor that runs it, because there is none. XState may read its own fields. */
function closed(name: string, behind: object = {}): object {
  return new Proxy(behind, {
    get: (held, field) => {
      if (String(field).startsWith('_') && field in held)
        return Reflect.get(held, field) as unknown;
      throw new Unsupported(
        `reads ${name}.${String(field)}, as actions that start an actor or send it events do: no actor runs here, so return { to: cell, event } from an action`,
      );
    },
  });
}

/** Runs XState; `run` gets its actions and transitions. */
export function watched<Given>(
  { scope, run }: Runner,
  start: (scope: AnyActorScope) => Given,
): Given {
  run.handed = [];
  run.taken = [];
  run.microsteps = 0;
  return start(scope);
}

/** The states that are active. */
export function nodesIn({ _nodes: nodes }: AnyMachineSnapshot): readonly Node[] {
  return nodes;
}

export function supported<Given>(where: () => string, run: () => Given): Given {
  try {
    return run();
  } catch (error) {
    if (error instanceof Unsupported) throw new ModelFault(`${where()} ${error.message}`);
    throw error;
  }
}

export function snapshotOf(
  { machine, nodes, hasHistory }: Runner,
  local: Local,
): AnyMachineSnapshot {
  const { value, context, history } = local;
  const plain = { value: value as never, context: context as never };
  if (!hasHistory || history === undefined) return machine.resolveState(plain);
  const historyValue = Object.fromEntries(
    Object.entries(history).map(([id, held]) => [
      id,
      held.flatMap((each) => nodes.get(each) ?? []),
    ]),
  );
  return machine.resolveState({ ...plain, historyValue });
}

export function localOf(
  runner: Runner,
  after: AnyMachineSnapshot,
  spent: readonly string[],
): Local {
  const { value, context, historyValue } = after;
  const plain = { value: value as Json, context: context as Json };
  const history = runner.hasHistory ? historyIn(historyValue as Remembered) : undefined;
  if (runner.hasHistory && !isWhole(runner, after)) {
    throw new Unsupported(
      `leaves XState in states that do not fit together, as it does where a history state is the target of a transition from within its own parent: aim at a state, not at its history`,
    );
  }
  return {
    ...plain,
    ...(history === undefined ? {} : { history }),
    ...(spent.length === 0 ? {} : { spent }),
  };
}

/** Whether the active states are those of the value: XState continues from the former, a snapshot from the latter. */
function isWhole({ machine }: Runner, after: AnyMachineSnapshot): boolean {
  const ids = (snapshot: AnyMachineSnapshot): string =>
    [...new Set(nodesIn(snapshot).map(({ id }) => id))].toSorted().join(' ');
  const value = after.value as never;
  return ids(after) === ids(machine.resolveState({ value, context: {} }));
}

type Remembered = { readonly [id: string]: readonly Node[] };

/** Sorted in the order of the table: XState's own order depends on how the states were entered. */
function historyIn(remembered: Remembered): Local['history'] {
  const entries = Object.entries(remembered);
  if (entries.length === 0) return undefined;
  return Object.fromEntries(
    entries.map(([id, nodes]) => [
      id,
      [...nodes].toSorted((a, b) => a.order - b.order).map((node) => node.id),
    ]),
  );
}
