/**
 * The smallest number of faults with which a property is violated, and the shortest story with so few.
 *
 *   A fault costs one, every other step costs nothing. Of two paths to a world, the one with fewer
 *   faults counts; with equal faults, the one with fewer steps. Worlds are visited in that order, so the
 *   first violation has the fewest faults, and the fewest steps among those. When the search comes to
 *   worlds that need one fault more, the claims have been evaluated in every world that needs fewer: the
 *   property is proven to hold up to there.
 */
import { violationOf } from '../claims/unspecified-event.ts';
import { stepFor } from '../engine/steps.ts';
import { createMonitor, type Violation } from '../claims/monitor.ts';
import type { Claim } from '../specification/property.ts';
import type { Step, Story } from '../specification/protocol.ts';
import type { System } from '../engine/system.ts';
import { createWorlds } from '../storage/numbered-worlds.ts';

export type FewestFaults =
  /** The property is proven to hold with fewer. */
  | (Story & {
      readonly kind: 'found';
      readonly faults: number;
      readonly violation: Violation;
      readonly states: number;
    })
  /** The property holds in every world, with all faults that the protocol allows; `faults`: the most that a world needs. */
  | { readonly kind: 'never'; readonly faults: number; readonly states: number }
  /** The property is proven to hold with fewer than `below` faults; 0 if nothing is proven. */
  | { readonly kind: 'bounded'; readonly below: number; readonly states: number };

const DEFAULT_MAX_STATES = 300_000;

/** How a world was reached: its cost, its start, and the world and the delivery before it. */
type Way = {
  readonly start: string | undefined;
  readonly faults: number;
  readonly steps: number;
  readonly from: number;
  readonly delivery: number;
};

/** A violation in a step, not in a world: an unspecified event, or a claim about steps. */
type Broken = { readonly way: Way; readonly violation: Violation };

// oxlint-disable-next-line max-lines-per-function -- one search: its functions share the worlds by price
export function fewestFaults(
  system: System,
  claims: readonly Claim[],
  property: string,
  { maxStates = DEFAULT_MAX_STATES }: { readonly maxStates?: number } = {},
): FewestFaults {
  const monitor = createMonitor(
    system,
    claims.filter((claim) => claim.property === property),
    [],
  );
  const worlds = createWorlds();
  const ways: Way[] = [];
  /** Worlds to visit, by faults and then by steps. */
  const waiting: number[][][] = [];
  const visited = new Set<number>();
  const row = new Int32Array(system.width);
  const isOwn = (violation: Violation): boolean => violation.property === property;
  let broken: Broken | undefined;

  for (const start of system.starts) {
    row.set(system.initial(start));
    offer({ start, faults: 0, steps: 0, from: -1, delivery: -1 });
  }
  for (let faults = 0; faults < waiting.length; faults++) {
    const layer = waiting[faults] ?? [];
    for (let steps = 0; steps < layer.length; steps++) {
      for (const world of layer[steps] ?? []) {
        if (visited.has(world)) continue;
        const way = ways[world] as Way;
        if (broken !== undefined && isCheaper(broken.way, way)) return found(broken);
        if (worlds.count() > maxStates) return { kind: 'bounded', below: faults, states: states() };
        const violation = visit(world, way);
        if (violation !== undefined) return found({ way, violation });
      }
    }
  }
  if (broken !== undefined) return found(broken);
  return { kind: 'never', faults: waiting.length - 1, states: states() };

  function visit(world: number, way: Way): Violation | undefined {
    visited.add(world);
    worlds.load(world, row);
    const [violation] = way.from < 0 ? monitor.checkStart(row) : monitor.checkAll(row, false);
    if (violation !== undefined) return violation;
    let goesOn = false;
    monitor.stepsFrom(row);
    for (let cell = 0; cell < system.width; cell++) {
      for (const delivery of system.offers(cell, row[cell] as number)) {
        if (!system.perform(row, delivery)) continue;
        const isFault = system.isFault(delivery);
        goesOn ||= !isFault;
        const faults = way.faults + (isFault ? 1 : 0);
        const { start } = way;
        take({ start, faults, steps: way.steps + 1, from: world, delivery });
        worlds.load(world, row);
      }
    }
    if (goesOn) return undefined;
    return [...monitor.checkStuck(row), ...monitor.checkDeadlock(row)].find(isOwn);
  }

  function take(way: Way): void {
    const hole = system.unspecified();
    const violation =
      hole === undefined ? monitor.checkStep(row, way.delivery)[0] : violationOf(hole);
    if (hole === undefined) offer(way);
    if (violation === undefined || !isOwn(violation)) return;
    if (broken === undefined || isCheaper(way, broken.way)) broken = { way, violation };
  }

  /** Records that the world in `row` can be reached in this way. */
  function offer(way: Way): void {
    const world = worlds.numberOf(row);
    const known = ways[world];
    if (known !== undefined && !isCheaper(way, known)) return;
    ways[world] = way;
    const layer = (waiting[way.faults] ??= []);
    (layer[way.steps] ??= []).push(world);
  }

  function found({ way, violation }: Broken): FewestFaults {
    const steps: Step[] = [];
    for (let at: Way | undefined = way; at !== undefined && at.from >= 0; at = ways[at.from]) {
      steps.push(stepFor(system, at.delivery));
    }
    steps.reverse();
    const { start, faults } = way;
    const begun = start === undefined ? {} : { start };
    return { kind: 'found', ...begun, faults, steps, violation, states: states() };
  }

  function states(): number {
    return visited.size;
  }
}

function isCheaper(a: Way, b: Way): boolean {
  return a.faults < b.faults || (a.faults === b.faults && a.steps < b.steps);
}
