/**
 * Compares two protocols by their observations. A difference is the shortest run of one that the other
 * cannot follow with the same observations, or after which only one of them can be at rest, or both are
 * at rest and look different. Both begin in the start of the same name.
 *
 *   The search is breadth first over pairs: a world of the protocol that runs, and all worlds in which
 *   the other may be after the same observations. It goes in both directions, level by level, so the
 *   first difference is a shortest. If both directions close, the protocols allow the same finite
 *   observations, proven. Runs with infinitely many internal steps are not compared.
 */
import {
  createBook,
  createGraph,
  type Book,
  type Graph,
  type ObservedMove,
} from './observation-graph.ts';
import { createSets, EMPTY, type Sets } from './observation-sets.ts';
import { followRun, type Followed } from './matching-run.ts';
import type { Observer } from '../specification/observer.ts';
import { ModelFault } from '../specification/specification-error.ts';
import { clipped } from '../text/printable.ts';
import type { Step } from '../specification/protocol.ts';
import type { Json } from '../text/json.ts';
import type { System } from '../engine/system.ts';

export type Side = { readonly system: System; readonly observer: Observer };

export type DiffOptions = {
  /** Bound on the pairs, worlds and members of sets stored, together; the search ends when it is reached. */
  readonly maxStates?: number;
  /** Called from time to time; the result false ends the search. */
  readonly onProgress?: (progress: DiffProgress) => boolean;
};

export type DiffProgress = {
  readonly states: number;
  /** All of these except the pairs that are not expanded yet. */
  readonly expanded: number;
  readonly depth: number;
};

/** An observation, and the number of the step that shows it, from 1. */
export type SeenAtStep = { readonly step: number; readonly seen: Json };

export type Difference = {
  /** Which of the two allows the run. */
  readonly allowedBy: 0 | 1;
  /** The start of both, if there are several. */
  readonly start?: string;
  /** A shortest run that only one of them allows. */
  readonly steps: readonly Step[];
  /** The common observations, in order. */
  readonly common: readonly SeenAtStep[];
  readonly parting:
    /** The last step has this observation, which the other does not allow. */
    | { readonly kind: 'observation'; readonly seen: Json }
    /** After the last step the protocol is at rest and looks like this; the other never does. */
    | { readonly kind: 'rest'; readonly seen: Json };
  /** A run of the other with the common observations: the same steps if it can take them. */
  readonly other: Followed;
  /** What the other may observe next, over all its runs with the common observations. */
  readonly otherMaySee: readonly Json[];
  readonly otherMayRestAs: readonly Json[];
};

export type Diff = {
  /** Pairs of a world and a set of worlds, both directions together. */
  readonly pairs: number;
  /** Worlds of each protocol. */
  readonly worlds: readonly [number, number];
  /** All runs of up to so many steps have been compared. */
  readonly depth: number;
} & (
  | { readonly kind: 'equivalent' }
  | { readonly kind: 'different'; readonly difference: Difference }
  | { readonly kind: 'unknown'; readonly why: 'states' | 'interrupted' }
);

const CHECK_EVERY = 1024;

/** Thrown to end a search from any depth. */
class BoundMet extends Error {
  readonly why: 'states' | 'interrupted';

  constructor(why: 'states' | 'interrupted') {
    super(why);
    this.why = why;
  }
}

export function diff(
  first: Side,
  second: Side,
  { maxStates = Infinity, onProgress = () => true }: DiffOptions = {},
): Diff {
  refuseOtherStarts(first.system, second.system);
  const book = createBook();
  const graphs = [
    createGraph(first.system, first.observer, book),
    createGraph(second.system, second.observer, book),
  ] as const;
  const sets = [createSets(graphs[0], checkBounds), createSets(graphs[1], checkBounds)] as const;
  const searches = [
    createSearch(graphs[0], sets[1], checkBounds),
    createSearch(graphs[1], sets[0], checkBounds),
  ] as const;
  /** All runs of fewer steps have been compared. */
  let depth = 0;
  try {
    for (; ; depth++) {
      const found = nextLevel();
      if (found !== undefined) return { kind: 'different', difference: found, ...sizes() };
      if (searches.every(({ isClosed }) => isClosed())) return { kind: 'equivalent', ...sizes() };
    }
  } catch (error) {
    if (!(error instanceof BoundMet)) throw error;
    return { kind: 'unknown', why: error.why, ...sizes(), depth: Math.max(0, depth - 1) };
  }

  /** If both protocols have a difference of the same length, the second's is returned: it is the changed one. */
  function nextLevel(): Difference | undefined {
    for (const allowedBy of [1, 0] as const) {
      const parted = searches[allowedBy].nextLevel();
      if (parted === undefined) continue;
      const [graph, otherGraph] = [graphs[allowedBy], graphs[1 - allowedBy] as Graph];
      const found = { graph, otherGraph, otherSets: sets[1 - allowedBy] as Sets, book };
      return { allowedBy, ...differenceOf(found, parted) };
    }
    return undefined;
  }

  function checkBounds(): void {
    const states = stored();
    if (states >= maxStates) throw new BoundMet('states');
    const waiting = searches.reduce((sum, search) => sum + search.waiting(), 0);
    if (!onProgress({ states, expanded: states - waiting, depth }))
      throw new BoundMet('interrupted');
  }

  function stored(): number {
    return sizes().pairs + graphs.reduce((sum, graph) => sum + graph.count(), 0) + inSets();
  }

  function inSets(): number {
    return sets.reduce((sum, each) => sum + each.members(), 0);
  }

  function sizes(): { pairs: number; worlds: readonly [number, number]; depth: number } {
    const pairs = searches.reduce((sum, { count }) => sum + count(), 0);
    return { pairs, worlds: [graphs[0].count(), graphs[1].count()], depth };
  }
}

/** Only runs from the same start are compared, so both must have the same starts. */
function refuseOtherStarts(first: System, second: System): void {
  const isIn =
    ({ starts }: System): ((name: string | undefined) => boolean) =>
    (name) =>
      starts.includes(name);
  if (first.starts.every(isIn(second)) && second.starts.every(isIn(first))) return;
  const [one, other] = [first, second].map(({ protocol, starts }) => {
    const names = starts.flatMap((name) => (name === undefined ? [] : [`"${clipped(name)}"`]));
    return `${protocol.name} has ${names.length === 0 ? 'none' : names.join(', ')}`;
  });
  throw new ModelFault(
    `protocols are compared start by start, and their starts have other names: ${one}; ${other}`,
  );
}

/** The point at which the other protocol cannot follow a run. */
type Parted = {
  readonly start: string | undefined;
  readonly path: readonly ObservedMove[];
  /** Observations of the last step that the other allows. */
  readonly allowed: number;
  /** The other's worlds before that point. */
  readonly set: number;
  /** The observation that only the run has. */
  readonly seen: number;
  readonly kind: 'observation' | 'rest';
};

/** The step by which a pair was reached. */
type Came = {
  readonly start: string | undefined;
  readonly parent: number;
  readonly move: ObservedMove | undefined;
};

type Search = {
  /** Expands one pair; returns the point at which the other cannot follow, if there is one. */
  readonly nextLevel: () => Parted | undefined;
  readonly isClosed: () => boolean;
  readonly count: () => number;
  /** Pairs that are not expanded yet. */
  readonly waiting: () => number;
};

// oxlint-disable-next-line max-lines-per-function -- one search: its functions share the pairs and the book
function createSearch(graph: Graph, others: Sets, checkBounds: () => void): Search {
  const worlds: number[] = [];
  const setsOf: number[] = [];
  const startOf: (string | undefined)[] = [];
  const parents: number[] = [];
  const by: (ObservedMove | undefined)[] = [];
  /** By world: the sets that it was met with, without those that contain an earlier one. */
  const met = new Map<number, number[]>();
  let head = 0;
  /** The first level has the initial pairs. */
  let isStarted = false;
  return {
    nextLevel,
    isClosed: () => isStarted && head === worlds.length,
    count: () => worlds.length,
    waiting: () => worlds.length - head,
  };

  function nextLevel(): Parted | undefined {
    if (!isStarted) {
      isStarted = true;
      for (const [start, world] of graph.starts) {
        const parted = meet(world, others.start(start), { start, parent: -1, move: undefined });
        if (parted !== undefined) return parted;
      }
      return undefined;
    }
    const end = worlds.length;
    for (; head < end; head++) {
      if (head % CHECK_EVERY === 0) checkBounds();
      for (const move of graph.movesOf(worlds[head] as number)) {
        const parted = take(head, move);
        if (parted !== undefined) return parted;
      }
    }
    return undefined;
  }

  function take(pair: number, move: ObservedMove): Parted | undefined {
    const start = startOf[pair];
    let set = setsOf[pair] as number;
    for (const [allowed, seen] of move.seen.entries()) {
      const after = others.after(set, seen);
      if (after === EMPTY) {
        const path = [...pathTo(pair), move];
        return { start, path, allowed, set, seen, kind: 'observation' };
      }
      set = after;
    }
    return meet(move.target, set, { start, parent: pair, move });
  }

  function meet(world: number, set: number, { start, parent, move }: Came): Parted | undefined {
    const before = met.get(world);
    // A run that a smaller set of the other's worlds can follow, a larger set can follow, too.
    if (before?.some((each) => others.isWithin(each, set)) === true) return undefined;
    if (before === undefined) met.set(world, [set]);
    else before.push(set);
    const pair = worlds.push(world) - 1;
    setsOf.push(set);
    startOf.push(start);
    parents.push(parent);
    by.push(move);
    const seen = graph.restOf(world);
    if (seen === 0 || others.mayRestAs(set, seen)) return undefined;
    const allowed = move?.seen.length ?? 0;
    return { start, path: pathTo(pair), allowed, set, seen, kind: 'rest' };
  }

  function pathTo(pair: number): readonly ObservedMove[] {
    const path: ObservedMove[] = [];
    for (let at = pair; at >= 0; at = parents[at] as number) {
      const move = by[at];
      if (move !== undefined) path.push(move);
    }
    return path.toReversed();
  }
}

function differenceOf(
  found: { graph: Graph; otherGraph: Graph; otherSets: Sets; book: Book },
  { start, path, allowed, set, seen, kind }: Parted,
): Omit<Difference, 'allowedBy'> {
  const { graph, otherGraph, otherSets, book } = found;
  const all = path.flatMap((move, index) => {
    const isLast = index === path.length - 1;
    const common = isLast ? move.seen.slice(0, allowed) : move.seen;
    return common.map((number) => ({ step: index + 1, number }));
  });
  const steps = path.map(({ delivery }) => graph.stepFor(delivery));
  const next = otherSets.nextOf(set);
  const numbers = all.map(({ number }) => number);
  const followed = kind === 'rest' ? steps : steps.slice(0, -1);
  return {
    ...(start === undefined ? {} : { start }),
    steps,
    common: all.map(({ step, number }) => ({ step, seen: book.at(number) })),
    parting: { kind, seen: book.at(seen) },
    other: followRun(otherGraph, { start, steps: followed }, numbers),
    otherMaySee: next.seen.map(book.at),
    otherMayRestAs: next.rests.map(book.at),
  };
}
