/**
 * The point of no return of a story: the first step after which no run avoids the violation.
 *
 *   A run is complete if it ends in a terminal world, in which only faults are enabled (no fault must
 *   happen), or returns to a world that it has visited, from where it may cycle for ever. A complete run
 *   avoids a property's violation if no world on it violates the property; a claim about terminal worlds
 *   is evaluated in its last one. A world is doomed if no complete run from it avoids the violation: the
 *   least set that contains
 *
 *     every world that violates the property, and
 *     every world in which a step that is not a fault is enabled, and every step leads to a doomed
 *     world or violates the property itself.
 *
 *   After a doomed world all worlds are doomed, so there is a first step of the story that leads to a
 *   doomed world. Before it some run still avoided the violation. Programs continue: a run is not
 *   complete while a program may make another call. A run may also end in an unspecified event; that
 *   violates the property of such events, and no other.
 *
 * The search is depth first from the story's worlds, the last one first. A world that it leaves again has
 * only doomed successors and is doomed. A terminal world, or a world on the present path, ends a run that
 * avoids the violation. So the search need not visit the whole graph. If it reaches its bound, every run
 * fails from the step that it returns, and an earlier step may be the point of no return.
 */
import { EVERY_EVENT_IS_SPECIFIED } from '../claims/unspecified-event.ts';
import { stepFor } from '../engine/steps.ts';
import { createMonitor, type Violation } from '../claims/monitor.ts';
import type { Claim } from '../specification/property.ts';
import { eventOf, type Step, type Story } from '../specification/protocol.ts';
import { enabledIn } from '../engine/enabled.ts';
import type { System } from '../engine/system.ts';
import { createWorlds } from '../storage/numbered-worlds.ts';

/** A run from the last world that was not doomed, and its end. */
export type Escape = {
  readonly steps: readonly Step[];
  readonly ends: 'nothing is left' | 'goes round' | 'unspecified';
};

export type NoReturn =
  /** `step` is counted from 1; 0 if the story is doomed from its start. `states`: distinct worlds searched. */
  | {
      readonly kind: 'at';
      readonly step: number;
      readonly states: number;
      readonly escape?: Escape;
    }
  /** From this step on every run fails; it is not known whether also from an earlier one. */
  | { readonly kind: 'atLatest'; readonly step: number; readonly states: number };

export type NoReturnOptions = { readonly maxStates?: number };

const DEFAULT_MAX_STATES = 300_000;

/** The steps must be possible in this order, and the last one must violate the property. */
export function pointOfNoReturn(
  system: System,
  claims: readonly Claim[],
  { start, steps, property }: Story & { readonly property: string },
  { maxStates = DEFAULT_MAX_STATES }: NoReturnOptions = {},
): NoReturn {
  const doom = createDoom(
    system,
    claims.filter((claim) => claim.property === property),
    { property, maxStates },
  );
  const rows = rowsOf(system, { start, steps });
  for (let step = steps.length - 1; step >= 0; step--) {
    const found = doom.escapeFrom(rows[step] as Int32Array);
    const states = doom.states();
    if (found === 'bound') return { kind: 'atLatest', step: step + 1, states };
    if (found !== undefined) return { kind: 'at', step: step + 1, states, escape: found };
  }
  return { kind: 'at', step: 0, states: doom.states() };
}

type Frame = {
  readonly world: number;
  readonly deliveries: readonly number[];
  next: number;
};

type Doom = {
  /** A complete run that avoids the violation; undefined if there is none. */
  readonly escapeFrom: (row: Int32Array) => Escape | 'bound' | undefined;
  readonly states: () => number;
};

function createDoom(
  system: System,
  claims: readonly Claim[],
  { property, maxStates }: { readonly property: string; readonly maxStates: number },
): Doom {
  const monitor = createMonitor(system, claims, []);
  const worlds = createWorlds();
  const isOwn = (violation: Violation): boolean => violation.property === property;
  const doomed = new Set<number>();
  const row = new Int32Array(system.width);
  return { escapeFrom, states: worlds.count };

  function escapeFrom(from: Int32Array): Escape | 'bound' | undefined {
    const path: Frame[] = [];
    const onPath = new Set<number>();
    row.set(from);
    const first = enter(path, onPath);
    if (first !== 'entered') return first === 'doomed' ? undefined : first;
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const delivery = top.deliveries[top.next++];
      if (delivery === undefined) {
        doomed.add(top.world);
        onPath.delete(top.world);
        path.pop();
        continue;
      }
      worlds.load(top.world, row);
      monitor.stepsFrom(row);
      system.perform(row, delivery);
      if (system.unspecified() !== undefined) {
        if (property !== EVERY_EVENT_IS_SPECIFIED) return escape(path, 'unspecified');
        continue;
      }
      if (monitor.checkStep(row, delivery).length > 0) continue;
      const entered = enter(path, onPath);
      if (entered === 'bound') return entered;
      if (typeof entered !== 'string') return entered;
    }
    return undefined;
  }

  /** Continues from the world in `row`. */
  function enter(path: Frame[], onPath: Set<number>): Escape | 'bound' | 'doomed' | 'entered' {
    const world = worlds.numberOf(row);
    if (onPath.has(world)) return escape(path, 'goes round');
    if (doomed.has(world)) return 'doomed';
    if (monitor.checkAll(row, false).length > 0) {
      doomed.add(world);
      return 'doomed';
    }
    const deliveries = enabledIn(system, row);
    if (deliveries.every(system.isFault)) {
      const violations = [...monitor.checkStuck(row), ...monitor.checkDeadlock(row)];
      if (!violations.some(isOwn)) return escape(path, 'nothing is left');
      doomed.add(world);
      return 'doomed';
    }
    if (worlds.count() > maxStates) return 'bound';
    path.push({ world, deliveries, next: 0 });
    onPath.add(world);
    return 'entered';
  }

  function escape(path: readonly Frame[], ends: Escape['ends']): Escape {
    const steps = path.flatMap(({ deliveries, next }) => {
      const taken = deliveries[next - 1];
      return taken === undefined ? [] : [stepFor(system, taken)];
    });
    return { steps, ends };
  }
}

/** The worlds before each step. */
function rowsOf(system: System, { start, steps }: Story): readonly Int32Array[] {
  const row = system.initial(start);
  return steps.map((step) => {
    const before = row.slice();
    system.perform(row, system.delivery(step.at, eventOf(step)));
    return before;
  });
}
