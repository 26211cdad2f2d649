/**
 * The graph of worlds, drawn as far as somebody asks: which worlds follow one, and what is violated
 * there. For searches that come back to the same world many times; `explore` has its own, faster way.
 */
import { violationOf } from '../claims/unspecified-event.ts';
import { createMonitor } from '../claims/monitor.ts';
import type { Claim } from '../specification/property.ts';
import { enabledIn, isStuck } from '../engine/enabled.ts';
import type { System } from '../engine/system.ts';

/** One step from a world: the delivery, and the number of the world that follows. */
export type Move = { readonly delivery: number; readonly to: number };

export type WorldGraph = {
  /** The number of the initial world. */
  readonly initial: number;
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

/** Worlds in which one of these claims of the property fails are violating. */
export function createWorldGraph(
  system: System,
  claims: readonly Claim[],
  property: string,
): WorldGraph {
  const own = claims.filter((claim) => claim.property === property);
  const watchesEnd = own.some(({ kind }) => kind === 'whenStuck');
  const monitor = createMonitor(system, own, []);
  const worlds: World[] = [];
  const numbers = new Map<string, number>();
  const initial = numberOf(system.initial());
  return { initial, movesFrom, isViolating, count: () => worlds.length };

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
      (watchesEnd && isStuck(system, world.row) && monitor.checkStuck(world.row).length > 0);
    return world.isViolating;
  }

  function movesFrom(number: number): readonly Move[] {
    const world = worldAt(number);
    world.moves ??= isViolating(number) ? [] : found(world.row);
    return world.moves;
  }

  function found(from: Int32Array): readonly Move[] {
    const row = from.slice();
    return enabledIn(system, row).flatMap((delivery) => {
      if (!system.perform(row, delivery)) return [];
      const hole = system.unspecified();
      const to = hole === undefined ? numberOf(row) : undefined;
      system.undo(row);
      if (to !== undefined) return [{ delivery, to }];
      // The step does not take place. It ends a story of that property, and of no other.
      const ends = hole !== undefined && violationOf(hole).property === property;
      return ends ? [{ delivery, to: worldAfterHole(from) }] : [];
    });
  }

  function worldAfterHole(row: Int32Array): number {
    return worlds.push({ row, isViolating: true, moves: [] }) - 1;
  }

  function worldAt(number: number): World {
    const world = worlds[number];
    if (world === undefined) throw new Error(`no world has the number ${number}`);
    return world;
  }
}
