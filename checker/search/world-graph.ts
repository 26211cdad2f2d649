/**
 * The graph of worlds, drawn as far as somebody asks: which worlds follow one, and what is violated
 * there. For searches that come back to the same world many times; `explore` has its own, faster way.
 */
import { violationOf } from '../claims/unspecified-event.ts';
import { createMonitor, type Violation } from '../claims/monitor.ts';
import type { Claim } from '../specification/property.ts';
import { enabledIn, isStuck } from '../engine/enabled.ts';
import type { System } from '../engine/system.ts';

/** One step from a world: the delivery, and the number of the world that follows. */
export type Move = { readonly delivery: number; readonly to: number };

export type WorldGraph = {
  /** The number of the world in which this start begins. It must exist. */
  readonly initial: (start: string | undefined) => number;
  /** In the order of cells; none where something is violated, because a story ends there. */
  readonly movesFrom: (world: number) => readonly Move[];
  readonly isViolating: (world: number) => boolean;
  /** Worlds met so far. */
  readonly count: () => number;
};

type World = {
  readonly row: Int32Array;
  isViolating: boolean | undefined;
  moves: readonly Move[] | undefined;
};

/** Worlds in which one of these claims of the property fails are violating, and where such a step leads. */
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
    // What is claimed of a start is violated nowhere else.
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
      // The step does not take place. It ends a story of that property, and of no other.
      const ends = hole !== undefined && isOwn(violationOf(hole));
      return ends ? [{ delivery, to: lastWorld(from) }] : [];
    });
  }

  /** A step that violates something leads to a world of its own: others may lead there and do not. */
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
