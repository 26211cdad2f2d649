/**
 * The graph of worlds, computed on demand: the successors of a world, and the violations in it. It is for
 * searches that return to the same world many times; `explore` has its own, faster loop.
 */
import { violationOf } from '../claims/unspecified-event.ts';
import { createMonitor, type Violation } from '../claims/monitor.ts';
import type { Claim } from '../specification/property.ts';
import { enabledIn, isStuck } from '../engine/enabled.ts';
import type { System } from '../engine/system.ts';

/** One step from a world: the delivery, and the number of the world that follows. */
export type Move = { readonly delivery: number; readonly to: number };

export type WorldGraph = {
  /** The number of the world of this start. The start must exist. */
  readonly initial: (start: string | undefined) => number;
  /** In the order of cells; a violating world has none, because a story ends there. */
  readonly movesFrom: (world: number) => readonly Move[];
  readonly isViolating: (world: number) => boolean;
  /** Number of worlds met so far. */
  readonly count: () => number;
};

type World = {
  readonly row: Int32Array;
  isViolating: boolean | undefined;
  moves: readonly Move[] | undefined;
};

/** A world is violating if one of these claims of the property fails in it, or in the step that leads to it. */
export function createWorldGraph(
  system: System,
  claims: readonly Claim[],
  property: string,
): WorldGraph {
  const own = claims.filter((claim) => claim.property === property);
  const monitor = createMonitor(system, own, []);
  const worlds: World[] = [];
  const numbers = new Map<string, number>();
  const isOwn = (violation: Violation): boolean => violation.property === property;
  return { initial, movesFrom, isViolating, count: () => worlds.length };

  function initial(start: string | undefined): number {
    const row = system.initial(start);
    const number = numberOf(row);
    const world = worldAt(number);
    // A claim about starts can be violated only in a start.
    if (monitor.checkStart(row).length > 0) {
      world.isViolating = true;
      world.moves = [];
    }
    return number;
  }

  function numberOf(row: Int32Array): number {
    const key = row.join(' ');
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, worlds.length);
    return worlds.push({ row: row.slice(), isViolating: undefined, moves: undefined }) - 1;
  }

  function isViolating(number: number): boolean {
    const world = worldAt(number);
    world.isViolating ??=
      monitor.checkAll(world.row, false).length > 0 ||
      (monitor.watchesEnd && isStuck(system, world.row) && violatesAtEnd(world.row));
    return world.isViolating;
  }

  function violatesAtEnd(row: Int32Array): boolean {
    return [...monitor.checkStuck(row), ...monitor.checkDeadlock(row)].some(isOwn);
  }

  function movesFrom(number: number): readonly Move[] {
    const world = worldAt(number);
    world.moves ??= isViolating(number) ? [] : found(world.row);
    return world.moves;
  }

  function found(from: Int32Array): readonly Move[] {
    const row = from.slice();
    return enabledIn(system, row).flatMap((delivery) => {
      monitor.stepsFrom(row);
      if (!system.perform(row, delivery)) return [];
      const hole = system.unspecified();
      const to = hole === undefined ? worldAfter(row, delivery) : undefined;
      system.undo(row);
      if (to !== undefined) return [{ delivery, to }];
      // The step does not happen. It ends a story of the property of unspecified events, and of no other.
      const ends = hole !== undefined && isOwn(violationOf(hole));
      return ends ? [{ delivery, to: lastWorld(from) }] : [];
    });
  }

  /** A violating step leads to a world of its own: other steps to the same cells do not violate the property. */
  function worldAfter(row: Int32Array, delivery: number): number {
    const violates = monitor.checkStep(row, delivery).length > 0;
    return violates ? lastWorld(row.slice()) : numberOf(row);
  }

  function lastWorld(row: Int32Array): number {
    return worlds.push({ row, isViolating: true, moves: [] }) - 1;
  }

  function worldAt(number: number): World {
    const world = worlds[number];
    if (world === undefined) throw new Error(`no world has the number ${number}`);
    return world;
  }
}
