/**
 * Answers stored by what they depend on.
 *
 *   A question (deliver this event, evaluate this claim) has sights: it reads some cells, and the next
 *   cell depends on the values of the earlier ones. So its answers form a decision tree: a node names
 *   the sight, a branch is the value that was read, a leaf is the answer. To answer again, the engine
 *   walks the tree over a row of integers and runs none of the code that computed the answer.
 *
 * All nodes are in one pool: [sight, places] and then a place for each number that the sight may have.
 * A place contains a child node (positive), an answer (its complement), or nothing yet (zero). Local
 * states and facts are numbered densely, so a place needs no key, and a walk needs one load a node.
 */
import { doubled } from '../storage/growing-array.ts';

/**
 * A sight is a cell, or a cell through a view, as one integer: the number of the view's table in the
 * high bits, that of the cell in the low ones. A cell without a view has table zero, so its sight is the
 * cell's own number.
 */
export function sightOf(cell: number, table: number): number {
  return (table << CELL_BITS) | cell;
}

export function cellSeen(sight: number): number {
  return sight & CELL_MASK;
}

export function tableSeen(sight: number): number {
  return sight >> CELL_BITS;
}

const CELL_BITS = 12;
export const MOST_CELLS = 1 << CELL_BITS;
const CELL_MASK = MOST_CELLS - 1;
/** The most cells that a sight can name: a sight is a 32-bit integer and not negative. */
export const MOST_TABLES = 2 ** (31 - CELL_BITS);

/** The table of a cell without a view. */
export const WHOLE = 0;

/**
 * The results of the views, in one pool: for a local state, `shown[starts[table] + local]`. A number
 * from one up, or zero if the view has not been computed; in table zero, the local state's own number.
 */
export type Views = {
  starts: Int32Array<ArrayBuffer>;
  shown: Int32Array<ArrayBuffer>;
};

export type Decisions = {
  /** A new question whose first sight is this one. */
  readonly question: (firstSight: number) => number;
  /** The answer for this row, or `unknown`. */
  readonly ask: (question: number, row: Int32Array) => number;
  /** Stores an answer (not negative) under the sights that led to it, in their order. */
  readonly learn: (
    question: number,
    row: Int32Array,
    sights: readonly number[],
    answer: number,
  ) => void;
  readonly size: () => { readonly nodes: number; readonly answers: number; readonly bytes: number };
};

export const unknown = -1;

/** A question has read another sight than before, although all earlier sights had the same values. */
export class ReadOtherwise extends Error {
  /** The earlier sight, and the present one; undefined if nothing more was read. */
  readonly before: number | undefined;
  readonly now: number | undefined;

  constructor(before: number | undefined, now: number | undefined) {
    super('a question was read otherwise than before');
    this.before = before;
    this.now = now;
  }
}

const HOLDS = 'the answers kept of events and claims';

const HEADER = 2;

// oxlint-disable-next-line max-lines-per-function -- one pool: its functions share the array, which moves as it grows
export function createDecisions(views: Views): Decisions {
  let pool = new Int32Array(1 << 16);
  let used = 1;
  let nodes = 0;
  let answers = 0;
  // A question is a handle, because its root is moved when it grows.
  let roots = new Int32Array(1 << 10);
  let questions = 0;

  return { question, ask, learn, size };

  function question(firstSight: number): number {
    if (questions === roots.length) roots = doubled(roots, HOLDS);
    roots[questions] = node(firstSight, 1);
    return questions++;
  }

  function ask(asked: number, row: Int32Array): number {
    const held = pool;
    const { starts, shown } = views;
    let at = roots[asked] as number;
    do {
      const key = keyIn(starts, shown, held[at] as number, row);
      if (key >= (held[at + 1] as number)) return unknown;
      at = held[at + HEADER + key] as number;
    } while (at > 0);
    return ~at;
  }

  function learn(asked: number, row: Int32Array, sights: readonly number[], answer: number): void {
    /** The index of the present node's number: the number changes when the node grows. */
    let link = -1;
    let at = roots[asked] as number;
    sights.forEach((sight, depth) => {
      if (pool[at] !== sight) throw new ReadOtherwise(pool[at], sight);
      const key = keyIn(views.starts, views.shown, sight, row);
      const roomy = withRoom(at, key);
      if (link < 0) roots[asked] = roomy;
      else pool[link] = roomy;
      link = roomy + HEADER + key;
      const next = sights[depth + 1];
      const held = pool[link] as number;
      if (next === undefined) {
        if (held > 0) throw new ReadOtherwise(pool[held], undefined);
        pool[link] = ~answer;
        answers++;
        return;
      }
      if (held < 0) throw new ReadOtherwise(undefined, next);
      if (held === 0) {
        const child = node(next, 1);
        pool[link] = child;
      }
      at = pool[link] as number;
    });
  }

  /** The node itself, or a larger one that replaces it. */
  function withRoom(at: number, key: number): number {
    const places = pool[at + 1] as number;
    if (key < places) return at;
    const larger = node(pool[at] as number, Math.max(key + 1, 2 * places));
    pool.copyWithin(larger + HEADER, at + HEADER, at + HEADER + places);
    nodes--;
    return larger;
  }

  function node(sight: number, places: number): number {
    while (used + HEADER + places > pool.length) pool = doubled(pool, HOLDS);
    const at = used;
    used += HEADER + places;
    pool[at] = sight;
    pool[at + 1] = places;
    nodes++;
    return at;
  }

  function size(): { nodes: number; answers: number; bytes: number } {
    return { nodes, answers, bytes: used * 4 };
  }
}

/** The same two loads for every sight, without a branch: the processor could not predict the next view. */
function keyIn(starts: Int32Array, shown: Int32Array, sight: number, row: Int32Array): number {
  const start = starts[tableSeen(sight)] as number;
  return shown[(start + (row[cellSeen(sight)] as number)) | 0] as number;
}
