/**
 * The worlds in which a protocol may be after the same observations: numbered sets of worlds, closed
 * under internal steps.
 *
 *   A step with several observations is followed one observation at a time. The place between two of
 *   them is not a world; its number is negative.
 */
import type { Graph, ObservedMove } from './observation-graph.ts';

export type Sets = {
  /** The set before any observation, from one start. */
  readonly start: (name: string | undefined) => number;
  /** The set after one more observation; `EMPTY` if no world of the set allows it. */
  readonly after: (set: number, observation: number) => number;
  /** Whether some world of the set is at rest and looks like this. */
  readonly mayRestAs: (set: number, rest: number) => boolean;
  /** The possible next observations, and the possible observations at rest, by number. */
  readonly nextOf: (set: number) => {
    readonly seen: readonly number[];
    readonly rests: readonly number[];
  };
  /** Whether all worlds of one set are in the other. */
  readonly isWithin: (inner: number, outer: number) => boolean;
  readonly count: () => number;
  /** Number of members of all sets together. */
  readonly members: () => number;
};

export const EMPTY = 0;

const CHECK_EVERY = 1024;

type Held = {
  /** In order. */
  readonly places: Int32Array;
  rests: ReadonlySet<number> | undefined;
  /** By observation: the places that it leads to, or the number of their closed set. */
  steps: Map<number, number[] | number> | undefined;
};

/** A place between two observations of one step. */
type Between = { readonly move: ObservedMove; readonly done: number };

/** `checkBounds` is called from time to time, and may throw: internal steps may go on for ever. */
// oxlint-disable-next-line max-lines-per-function -- one book of sets: its functions share the numbers and the members
export function createSets(graph: Graph, checkBounds: () => void): Sets {
  const sets: Held[] = [{ places: new Int32Array(0), rests: new Set(), steps: new Map() }];
  const byCore = new Map<string, number>();
  const byPlaces = new Map<string, number>();
  const betweens: Between[] = [];
  const betweenNumbers = new Map<ObservedMove, Int32Array>();
  const within = new Map<number, boolean>();
  let members = 0;
  return {
    start: (name) => closed([graph.starts.get(name) as number]),
    after,
    mayRestAs: (set, rest) => restsOf(set).has(rest),
    nextOf: (set) => ({ seen: [...stepsOf(set).keys()], rests: [...restsOf(set)] }),
    isWithin,
    count: () => sets.length,
    members: () => members,
  };

  function after(set: number, observation: number): number {
    const steps = stepsOf(set);
    const known = steps.get(observation);
    if (known === undefined) return EMPTY;
    if (typeof known === 'number') return known;
    const found = closed(known);
    steps.set(observation, found);
    return found;
  }

  function stepsOf(set: number): Map<number, number[] | number> {
    const held = sets[set] as Held;
    return (held.steps ??= findSteps(held.places));
  }

  function findSteps(places: Int32Array): Map<number, number[] | number> {
    const steps = new Map<number, number[]>();
    for (const place of places) {
      if (place < 0) {
        const { move, done } = betweens[~place] as Between;
        add(move, done);
      } else for (const move of graph.movesOf(place)) if (move.seen.length > 0) add(move, 0);
    }
    return steps;

    function add(move: ObservedMove, done: number): void {
      const observation = move.seen[done] as number;
      const targets = steps.get(observation);
      const target = done + 1 === move.seen.length ? move.target : between(move, done + 1);
      if (targets === undefined) steps.set(observation, [target]);
      else targets.push(target);
    }
  }

  function between(move: ObservedMove, done: number): number {
    const numbers = betweenNumbers.get(move) ?? new Int32Array(move.seen.length);
    betweenNumbers.set(move, numbers);
    if (numbers[done] === 0) numbers[done] = ~(betweens.push({ move, done }) - 1);
    return numbers[done] as number;
  }

  /** The number of the set of these places and of all places that internal steps lead to. */
  function closed(core: readonly number[]): number {
    const key = keyOf(Int32Array.from(new Set(core)).toSorted());
    const known = byCore.get(key);
    if (known !== undefined) return known;
    const reached = new Set(core);
    let looked = 0;
    for (const place of reached) {
      if (++looked % CHECK_EVERY === 0) checkBounds();
      if (place < 0) continue;
      for (const { seen, target } of graph.movesOf(place))
        if (seen.length === 0) reached.add(target);
    }
    const found = numberOf(Int32Array.from(reached).toSorted());
    byCore.set(key, found);
    return found;
  }

  function numberOf(places: Int32Array): number {
    const key = keyOf(places);
    const known = byPlaces.get(key);
    if (known !== undefined) return known;
    byPlaces.set(key, sets.length);
    members += places.length;
    return sets.push({ places, rests: undefined, steps: undefined }) - 1;
  }

  function restsOf(set: number): ReadonlySet<number> {
    const held = sets[set] as Held;
    return (held.rests ??= findRests(held.places));
  }

  function findRests(places: Int32Array): ReadonlySet<number> {
    const rests = new Set<number>();
    for (const place of places) if (place >= 0) rests.add(graph.restOf(place));
    rests.delete(0);
    return rests;
  }

  function isWithin(inner: number, outer: number): boolean {
    if (inner === outer) return true;
    const key = inner * 0x4000000 + outer;
    const known = within.get(key);
    if (known !== undefined) return known;
    const found = isSubset((sets[inner] as Held).places, (sets[outer] as Held).places);
    within.set(key, found);
    return found;
  }
}

/** Two characters for each place: strings compare and hash fast. */
function keyOf(places: Int32Array): string {
  const units = new Uint16Array(places.buffer, places.byteOffset, 2 * places.length);
  let key = '';
  for (let from = 0; from < units.length; from += 4096) {
    key += String.fromCharCode(...units.subarray(from, from + 4096));
  }
  return key;
}

function isSubset(inner: Int32Array, outer: Int32Array): boolean {
  if (inner.length > outer.length) return false;
  let at = 0;
  for (const place of inner) {
    while (at < outer.length && (outer[at] as number) < place) at++;
    if (outer[at] !== place) return false;
  }
  return true;
}
