/**
 * The only contact with XState at run time: one event, one cell, a pure result.
 *   An effect action is a named action of the machine that returns data and does nothing else. XState
 *   decides which actions run and with which context; this file collects their results.
 *
 *   A local state contains what the stored snapshot of an actor would: state and context, the memory of
 *   history states, and the timers that have gone off (machines/timers.ts).
 */
import type { AnyMachineSnapshot, AnyStateMachine, AnyTransitionDefinition } from 'xstate';
import { effectsOf, Unsupported } from '../machines/executed-actions.ts';
import {
  supported,
  localOf,
  nodesIn,
  runnerOf,
  snapshotOf,
  watched,
  type Runner,
} from '../machines/runner.ts';
import { dueIn, runningIn, spentIn } from '../machines/timers.ts';
import type { Effect, Event, Local } from '../specification/protocol.ts';
import { saidBy } from '../specification/specification-error.ts';
import { canonical } from '../text/canonical-json.ts';
import type { Json } from '../text/json.ts';
import { didYouMean } from '../text/nearest-name.ts';

export type Advanced = {
  readonly next: Local;
  readonly effects: readonly Effect[];
  /** The machine transitions that were taken, with those by `always` that follow. */
  readonly by: readonly AnyTransitionDefinition[];
};

/** The result for an event that no transition of the present state takes: unlisted, or refused by every guard. */
export const refused = Symbol('refused');

/**
 * Runs the machine once. Pure: equal arguments give equal results. A machine in its final state takes no
 * event; a timer that goes off without a transition is spent.
 */
export function advance(
  machine: AnyStateMachine,
  local: Local,
  event: Event,
  where: () => string = () => `machine ${machine.id}, event ${event.type},`,
): Advanced | typeof refused {
  const runner = runnerOf(machine);
  const before = snapshotOf(runner, local);
  if (before.status !== 'active') return refused;
  const isTimer = runner.isTimer(event.type);
  const running = new Set(runningIn(runner.timers, nodesIn(before), local.spent ?? []));
  if (isTimer && !running.delete(event.type)) return refused;
  return supported(where, () => {
    const after = watched(runner, (scope) => machine.transition(before, event, scope));
    const by = runner.run.taken.filter(doesSomething);
    if (by.length === 0 && !isTimer) return refused;
    const effects = effectsOf(runner.run.handed, runner.isTimer, running);
    const ends = after.status !== 'active';
    const spent = ends ? [] : spentIn(runner.timers, nodesIn(after), running);
    return { next: localOf(runner, after, spent), effects, by };
  });
}

/** The timers that may go off in this local state, as events that the cell offers. */
export function timersDue(machine: AnyStateMachine, local: Local): readonly Event[] {
  const runner = runnerOf(machine);
  if (runner.timers.size === 0) return [];
  const held = snapshotOf(runner, local);
  if (held.status !== 'active') return [];
  return dueIn(runner.timers, nodesIn(held), local.spent ?? []).map((type) => ({ type }));
}

/** Whether local states of the machine may have more than value and context. */
export function holdsMore(machine: AnyStateMachine): boolean {
  const { hasHistory, timers } = runnerOf(machine);
  return hasHistory || timers.size > 0;
}

/**
 * The initial local state of a machine, with the given context in place of the machine's own: after its
 * entry actions and `always`, like an actor with this context. No effect can be delivered at the start,
 * so an entry action that returns one is refused.
 */
export function initialLocal(machine: AnyStateMachine, context: Json): Local {
  const runner = runnerOf(machine);
  const { value } = runner.machine.resolveState({ value: {}, context: {} });
  if (!runner.actsAtStart) return { value: value as Json, context };
  const where = (): string => `machine ${machine.id}, at its start,`;
  const start = supported(where, () => {
    const after = watched(runner, (scope) => {
      const own = runner.startable();
      return own.getInitialSnapshot(scope, context) as AnyMachineSnapshot;
    });
    // XState stores an error at the start and does not throw it.
    if (after.status === 'error') throw after.error;
    const [effect] = effectsOf(runner.run.handed, runner.isTimer, new Set());
    if (effect !== undefined) {
      throw new Unsupported(
        `sends "${effect.to}" the event ${effect.event.type}: nothing is delivered before the first step; let the cell offer an event with that effect`,
      );
    }
    return localOf(runner, after, []);
  });
  started.add(start);
  return start;
}

/** Local states that `initialLocal` has made. */
const started = new WeakSet<Local>();

/** The problem with an initial local state, as the end of a sentence; undefined if there is none. */
export function startProblem(machine: AnyStateMachine, local: Local): string | undefined {
  const runner = runnerOf(machine);
  const { value, context } = local;
  let whole: Json;
  try {
    whole = machine.resolveState({ value: value as never, context: {} }).value as Json;
  } catch {
    const states = Object.keys(machine.root.states);
    const near = typeof value === 'string' ? didYouMean(value, states) : '';
    return `starts in ${canonical(value)}, which is no state of machine ${machine.id}${near}`;
  }
  if (canonical(whole) !== canonical(value)) {
    return `starts in ${canonical(value)}, which leaves open what is inside: say ${canonical(whole)}`;
  }
  if (!runner.actsAtStart || started.has(local)) return undefined;
  const [goesOn] = movesAtOnce(runner, local);
  if (goesOn !== undefined) {
    const to = goesOn.target?.map(({ path }) => path.join('.')).join(', ') ?? '';
    return `starts in ${canonical(value)}, which machine ${machine.id} leaves at once by \`always\` for ${to}: start there, or make \`initial\` with initialLocal`;
  }
  const { value: first } = machine.resolveState({ value: {}, context: {} });
  if (canonical(first as Json) !== canonical(value)) return undefined;
  try {
    if (canonical(initialLocal(machine, context)) === canonical(local)) return undefined;
  } catch (error) {
    return `cannot start: ${saidBy(error)}`;
  }
  return `starts where machine ${machine.id} does, without what its entry actions assign: make \`initial\` with initialLocal`;
}

/** The enabled `always` transitions of this local state: a state in which a machine stays has none. */
function movesAtOnce(runner: Runner, local: Local): readonly AnyTransitionDefinition[] {
  const before = snapshotOf(runner, local);
  watched(runner, (scope) => runner.machine.transition(before, { type: 'xstate.init' }, scope));
  return runner.run.taken.filter(doesSomething);
}

/** A transition without target and actions takes no event; XState's `can` returns false for it, too. */
function doesSomething({ target, actions }: AnyTransitionDefinition): boolean {
  return target !== undefined || actions.length > 0;
}
