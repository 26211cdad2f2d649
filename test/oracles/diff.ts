/**
 * Two protocols compared the slow way, to hold the fast one against: every run written out as the
 * text of its observations. No sets of worlds, no numbers, nothing left out.
 */
import { canonical } from '../../checker/text/canonical-json.ts';
import type { Side } from '../../checker/compare/diff.ts';
import { UNSPECIFIED } from '../../checker/compare/observation-graph.ts';
import { stepOf } from '../../checker/specification/protocol.ts';
import type { Json } from '../../checker/text/json.ts';

type Place = { readonly row: Int32Array | undefined; readonly trace: string };
type Next = Place & { readonly seen: readonly string[] };

/** Steps of the shortest run of either that distinguishes them; undefined if it has more than `maxSteps`. */
export function naiveDiff(first: Side, second: Side, maxSteps: number): number | undefined {
  for (let steps = 0; steps <= maxSteps; steps++) {
    if (distinguishes(first, second, steps) || distinguishes(second, first, steps)) return steps;
  }
  return undefined;
}

/** Whether some run of exactly so many steps of the one shows what no run of the other does. */
function distinguishes(side: Side, other: Side, steps: number): boolean {
  const shown = showsOf(side, steps);
  const longest = Math.max(...[...shown].map(lengthOf));
  const possible = allShows(other, longest);
  return [...shown].some((show) => !possible.has(show));
}

/** What runs of exactly so many steps show: their observations, and how they are at rest. */
function showsOf(side: Side, steps: number): ReadonlySet<string> {
  let places: readonly Place[] = [{ row: side.system.initial(), trace: '' }];
  for (let step = 0; step < steps; step++) {
    const next = new Map<string, Place>();
    for (const place of places) for (const each of nextOf(side, place)) next.set(keyOf(each), each);
    places = [...next.values()];
  }
  return new Set(places.flatMap((place) => [place.trace, ...restOf(side, place)]));
}

/** Everything that runs of any length show, of so many observations. */
function allShows(side: Side, longest: number): ReadonlySet<string> {
  const shows = new Set<string>(['']);
  const places = new Map<string, Place>();
  const start = { row: side.system.initial(), trace: '' };
  places.set(keyOf(start), start);
  for (const place of places.values()) {
    for (const rest of restOf(side, place)) shows.add(rest);
    for (const each of nextOf(side, place)) {
      // Also what is seen of a part of a step's observations.
      each.seen.reduce((trace, seen) => {
        shows.add(trace + seen);
        return trace + seen;
      }, place.trace);
      if (lengthOf(each.trace) <= longest) places.set(keyOf(each), each);
    }
  }
  return shows;
}

function nextOf(side: Side, { row, trace }: Place): readonly Next[] {
  if (row === undefined) return [];
  const ofSide = known.get(side) ?? new Map<string, readonly Next[]>();
  known.set(side, ofSide);
  const key = row.join(' ');
  const moves = ofSide.get(key) ?? movesOf(side, row);
  ofSide.set(key, moves);
  return moves.map((move) => ({ ...move, trace: trace + move.seen.join('') }));
}

/** Moves of a world, kept because asking XState is slow. */
const known = new WeakMap<Side, Map<string, readonly Next[]>>();

function movesOf({ system, observer }: Side, row: Int32Array): readonly Next[] {
  return deliveriesOf(system, row).map((delivery) => {
    const after = row.slice();
    system.perform(after, delivery);
    if (system.unspecified() !== undefined) {
      return { row: undefined, trace: '', seen: [textOf(UNSPECIFIED)] };
    }
    const deliveries = system.deliveriesOf(row, delivery);
    const observed = observer.observed({
      step: stepFor(system, delivery),
      before: system.look(row),
      after: system.look(after),
      delivered: deliveries.map(({ cell, event }) => ({ to: cell, event })),
    });
    return { row: after, trace: '', seen: observed.map(textOf) };
  });
}

function restOf({ system, observer }: Side, { row, trace }: Place): readonly string[] {
  if (row === undefined) return [`${trace}at rest ${textOf(UNSPECIFIED)}`];
  const isBusy = deliveriesOf(system, row).some(
    (delivery) => !observer.isInput(stepFor(system, delivery)),
  );
  return isBusy ? [] : [`${trace}at rest ${textOf(observer.atRest(system.look(row)))}`];
}

function deliveriesOf(system: Side['system'], row: Int32Array): readonly number[] {
  return [...row].flatMap((local, cell) =>
    [...system.offers(cell, local)].filter((delivery) => system.isEnabled(row, delivery)),
  );
}

function stepFor(system: Side['system'], delivery: number): ReturnType<typeof stepOf> {
  const name = system.protocol.cells[system.cellOf(delivery)]?.name ?? '';
  return stepOf(name, system.eventOf(delivery));
}

/** One line each. */
function textOf(seen: Json): string {
  return `${canonical(seen)}\n`;
}

function lengthOf(trace: string): number {
  return trace.split('\n').length - 1;
}

function keyOf({ row, trace }: Place): string {
  return `${row?.join(' ') ?? 'nowhere'}\n${trace}`;
}
