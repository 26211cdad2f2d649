/**
 * The only contact with XState at run time: one event, one cell, a pure result.
 *
 *   An effect is a named action of the machine that returns data instead of doing anything. XState
 *   decides which actions run and with what context; this file asks each what it says.
 *
 *   What a cell holds is what the stored snapshot of an actor would: state and context, what its
 *   history states remember, and which of its timers have gone off (machines/timers.ts).
 */
import type { AnyMachineSnapshot, AnyStateMachine, AnyTransitionDefinition } from 'xstate';
import { effectsOf, Unhonoured } from '../machines/executed-actions.ts';
import {
  honoured,
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
  /** The transitions of the machine that were taken, those that follow of themselves with them. */
  readonly by: readonly AnyTransitionDefinition[];
};

/** An event that no transition of the present state takes: unlisted, or refused by every guard. */
export const refused = Symbol('refused');

/**
 * Runs the machine once. Pure: equal arguments give equal results. A machine that has come to its
 * end takes nothing any more; a timer that goes off where nothing is listed for it is spent.
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
  return honoured(where, () => {
    const after = watched(runner, (scope) => machine.transition(before, event, scope));
    const by = runner.run.taken.filter(doesSomething);
    if (by.length === 0 && !isTimer) return refused;
    const effects = effectsOf(runner.run.handed, runner.isTimer, running);
    const ends = after.status !== 'active';
    const spent = ends ? [] : spentIn(runner.timers, nodesIn(after), running);
    return { next: localOf(runner, after, spent), effects, by };
  });
}

/** The timers that may go off in this local state, as events that the cell offers of itself. */
export function timersDue(machine: AnyStateMachine, local: Local): readonly Event[] {
  const runner = runnerOf(machine);
  if (runner.timers.size === 0) return [];
  const held = snapshotOf(runner, local);
  if (held.status !== 'active') return [];
  return dueIn(runner.timers, nodesIn(held), local.spent ?? []).map((type) => ({ type }));
}

/** Whether its cells may hold more than state and context. */
export function holdsMore(machine: AnyStateMachine): boolean {
  const { hasHistory, timers } = runnerOf(machine);
  return hasHistory || timers.size > 0;
}

/**
 * The local state in which a machine starts, with the context given in place of its own: after its
 * entry actions and `always`, as an actor with this context would. At the start there is nobody to
 * tell, so an entry action that tells somebody is refused.
 */
export function initialLocal(machine: AnyStateMachine, context: Json): Local {
  const runner = runnerOf(machine);
  const { value } = runner.machine.resolveState({ value: {}, context: {} });
  if (!runner.actsAtStart) return { value: value as Json, context };
  const where = (): string => `machine ${machine.id}, at its start,`;
  const start = honoured(where, () => {
    const after = watched(runner, (scope) => {
      const own = runner.startable();
      return own.getInitialSnapshot(scope, context) as AnyMachineSnapshot;
    });
    // XState keeps what was thrown at the start, and says nothing.
    if (after.status === 'error') throw after.error;
    const [effect] = effectsOf(runner.run.handed, runner.isTimer, new Set());
    if (effect !== undefined) {
      throw new Unhonoured(
        `tells "${effect.to}" the event ${effect.event.type}: nothing is delivered before the first step, so let the cell offer an event that tells it`,
      );
    }
    return localOf(runner, after, []);
  });
  started.add(start);
  return start;
}

/** Local states that `initialLocal` has made. */
const started = new WeakSet<Local>();

/** What is wrong with a local state to start in, as a sentence's end; undefined where nothing is. */
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

/** The `always` transitions that are enabled in this local state: in a state at rest there are none. */
function movesAtOnce(runner: Runner, local: Local): readonly AnyTransitionDefinition[] {
  const before = snapshotOf(runner, local);
  watched(runner, (scope) => runner.machine.transition(before, { type: 'xstate.init' }, scope));
  return runner.run.taken.filter(doesSomething);
}

/** One without target and actions takes nothing and gives nothing; XState's `can` says no to it, too. */
function doesSomething({ target, actions }: AnyTransitionDefinition): boolean {
  return target !== undefined || actions.length > 0;
}
