/**
 * The point of no return of a story: the first step after which nothing can avoid the violation.
 *
 *   A run is complete where it ends in a world in which nothing but faults is enabled (no fault must
 *   happen), or comes back to a world it has been in, from where it may go round for ever. A complete
 *   run avoids a property's violation where no world on it violates the property; a claim about
 *   worlds in which nothing can happen is asked of its last one. A world is doomed where no complete
 *   run from it avoids the violation: the least set that holds
 *
 *     every world that violates the property, and
 *     every world in which something but faults is enabled and every step leads to a doomed world,
 *     or violates the property itself.
 *
 *   What is doomed stays so, so there is a first step of the story that leads to a doomed world.
 *   Before it some run still got by. Programs run on: a run is not complete while one may make
 *   another call. A run may also end in an event that nobody specified; that is a violation of that
 *   property, and of no other.
 *
 * The search goes depth first from the story's worlds, the last one first: a world that it leaves
 * again has only doomed successors and is doomed; a world with nothing left to do, or one that it is
 * still in, ends a run that gets by. So it need not know the whole graph. Where it meets its bound,
 * the step it names is one from which every run fails, and an earlier one may be.
 */
import { EVERY_EVENT_IS_SPECIFIED } from '../claims/unspecified-event.ts';
import { stepFor } from '../engine/steps.ts';
import { createMonitor, type Violation } from '../claims/monitor.ts';
import type { Claim } from '../specification/property.ts';
import { eventOf, type Step, type Story } from '../specification/protocol.ts';
import { enabledIn } from '../engine/enabled.ts';
import type { System } from '../engine/system.ts';
import { createWorlds } from '../storage/numbered-worlds.ts';

/** A run from the last world that was not doomed, and how it ends. */
export type Escape = {
  readonly steps: readonly Step[];
  readonly ends: 'nothing is left' | 'goes round' | 'unspecified';
};

export type NoReturn =
  /** Counted from 1; 0 where the story is doomed from its start. Distinct worlds searched. */
  | {
      readonly kind: 'at';
      readonly step: number;
      readonly states: number;
      readonly escape?: Escape;
    }
  /** From this step on every run fails; whether from an earlier one, was not found out. */
  | { readonly kind: 'atLatest'; readonly step: number; readonly states: number };

export type NoReturnOptions = { readonly maxStates?: number };

const DEFAULT_MAX_STATES = 300_000;

/** The steps must take place in this order and violate the property with the last one. */
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
  /** A complete run that avoids the violation; undefined where there is none. */
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

  /** Goes on from the world in `row`. */
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
