/**
 * Two protocols compared by what can be observed of them: the shortest run of one that the other
 * cannot follow with the same observations, or that ends at rest where the other does not, or
 * does not look the same. Both begin in the start of the same name.
 *
 *   Breadth first over pairs: a world of the one that runs, and all the worlds that the other may
 *   be in after the same observations. In both directions, level by level, so that the first
 *   difference found is a shortest. Where both close, the protocols allow the same finite
 *   observations, proven. That one of them works internally for ever is not compared.
 */
import { createBook, createGraph, type Book, type Graph, type Move } from './observation-graph.ts';
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
  /** Pairs, worlds and members of sets stored, together; the search ends when it has as many. */
  readonly maxStates?: number;
  /** Told now and then; false ends the search. */
  readonly onProgress?: (progress: DiffProgress) => boolean;
};

export type DiffProgress = {
  readonly states: number;
  /** Of these, all but the pairs that wait to be looked at. */
  readonly expanded: number;
  readonly depth: number;
};

/** What is observed, and of which step of the run, from 1. */
export type SeenAtStep = { readonly step: number; readonly seen: Json };

export type Difference = {
  /** Which of the two allows the run. */
  readonly allowedBy: 0 | 1;
  /** Where both begin, where there are several ways. */
  readonly start?: string;
  /** The run, shortest of its kind. */
  readonly steps: readonly Step[];
  /** What both may observe, in order. */
  readonly common: readonly SeenAtStep[];
  readonly parting:
    /** The last step is observed like this, which the other does not allow. */
    | { readonly kind: 'observation'; readonly seen: Json }
    /** After the last step the one is at rest and looks like this; the other never does. */
    | { readonly kind: 'rest'; readonly seen: Json };
  /** A run of the other with the common observations: the same steps where they can be taken. */
  readonly other: Followed;
  /** What the other may observe next, over all its runs with the common observations. */
  readonly otherMaySee: readonly Json[];
  readonly otherMayRestAs: readonly Json[];
};

export type Diff = {
  /** Pairs of a world and a set of worlds, both directions together. */
  readonly pairs: number;
  /** Worlds of each. */
  readonly worlds: readonly [number, number];
  /** Runs of as many steps have been compared. */
  readonly depth: number;
} & (
  | { readonly kind: 'equivalent' }
  | { readonly kind: 'different'; readonly difference: Difference }
  | { readonly kind: 'unknown'; readonly why: 'states' | 'interrupted' }
);

const CHECK_EVERY = 1024;

/** Ends a search from wherever it is. */
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
  /** Runs of fewer steps have been compared. */
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

  /** Of two stories of one length the second's own is told: it is the one that somebody changed. */
  function nextLevel(): Difference | undefined {
    for (const allowedBy of [1, 0] as const) {
      const parted = searches[allowedBy].nextLevel();
      if (parted === undefined) continue;
      const [graph, otherGraph] = [graphs[allowedBy], graphs[1 - allowedBy] as Graph];
      const told = { graph, otherGraph, otherSets: sets[1 - allowedBy] as Sets, book };
      return { allowedBy, ...differenceOf(told, parted) };
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

/** Only runs from the same start are compared: each of both must have all of them. */
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

/** Where a run and the other's worlds part. */
type Parted = {
  readonly start: string | undefined;
  readonly path: readonly Move[];
  /** Observations of the last step that the other allows. */
  readonly allowed: number;
  /** The other's worlds before it parts. */
  readonly set: number;
  /** What is seen of the run and not of the other. */
  readonly seen: number;
  readonly kind: 'observation' | 'rest';
};

/** How a pair was come to. */
type Came = {
  readonly start: string | undefined;
  readonly parent: number;
  readonly move: Move | undefined;
};

type Search = {
  /** Looks one step further; where the run parts from the other, if it does. */
  readonly nextLevel: () => Parted | undefined;
  readonly isClosed: () => boolean;
  readonly count: () => number;
  /** Pairs that are not looked at yet. */
  readonly waiting: () => number;
};

function createSearch(graph: Graph, others: Sets, checkBounds: () => void): Search {
  const worlds: number[] = [];
  const setsOf: number[] = [];
  const startOf: (string | undefined)[] = [];
  const parents: number[] = [];
  const by: (Move | undefined)[] = [];
  /** By world: the sets it was met with, none within another that was met later. */
  const met = new Map<number, number[]>();
  let head = 0;
  /** The first level is where both begin. */
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

  function take(pair: number, move: Move): Parted | undefined {
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
    // What fewer worlds of the other could follow, more can.
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

  function pathTo(pair: number): readonly Move[] {
    const path: Move[] = [];
    for (let at = pair; at >= 0; at = parents[at] as number) {
      const move = by[at];
      if (move !== undefined) path.push(move);
    }
    return path.toReversed();
  }
}

function differenceOf(
  told: { graph: Graph; otherGraph: Graph; otherSets: Sets; book: Book },
  { start, path, allowed, set, seen, kind }: Parted,
): Omit<Difference, 'allowedBy'> {
  const { graph, otherGraph, otherSets, book } = told;
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
