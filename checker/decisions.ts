/**
 * Answers kept by what they were read from.
 *
 *   A question (deliver this event, test this property) reads some cells, each next one chosen by
 *   what the earlier ones held. So its answers form a decision tree: a node names the cell to
 *   read, a branch is what that cell held, a leaf is the answer. Asking again walks the tree over
 *   a row of integers and runs none of the code that gave the answer.
 *
 * Nodes live in one pool: [cell, mask, then (key + 1, value) pairs, a power of two of them]. A
 * value is a child node (positive), an answer (negative), or nothing yet (zero). Keys are small
 * dense integers, so `key & mask` rarely collides.
 */

export type Decisions = {
  /** A new question whose first read is this cell. */
  readonly question: (firstCell: number) => number;
  /** The answer for this row, or `unknown`. */
  readonly ask: (question: number, row: Int32Array) => number;
  /** Keeps an answer (not negative) under the cells that were read to find it. */
  readonly learn: (
    question: number,
    row: Int32Array,
    cellsRead: readonly number[],
    answer: number,
  ) => void;
  readonly size: () => { readonly nodes: number; readonly answers: number; readonly bytes: number };
};

export const unknown = -1;

const HEADER = 3;
const FIRST_SLOTS = 4;

export function createDecisions(): Decisions {
  let pool = new Int32Array(1 << 16);
  let used = 1;
  let nodes = 0;
  let answers = 0;
  // A question is a handle, because its root moves when it grows.
  let roots = new Int32Array(1 << 10);
  let questions = 0;

  return { question, ask, learn, size };

  function question(firstCell: number): number {
    if (questions === roots.length) roots = doubled(roots);
    roots[questions] = node(firstCell, FIRST_SLOTS);
    return questions++;
  }

  function ask(asked: number, row: Int32Array): number {
    let at = roots[asked] as number;
    const held = pool;
    for (;;) {
      const key = (row[held[at] as number] as number) + 1;
      const mask = held[at + 1] as number;
      let slot = key & mask;
      let found = held[at + HEADER + 2 * slot] as number;
      while (found !== key) {
        if (found === 0) return unknown;
        slot = (slot + 1) & mask;
        found = held[at + HEADER + 2 * slot] as number;
      }
      const value = held[at + HEADER + 2 * slot + 1] as number;
      if (value < 0) return -value - 1;
      if (value === 0) return unknown;
      at = value;
    }
  }

  function learn(
    asked: number,
    row: Int32Array,
    cellsRead: readonly number[],
    answer: number,
  ): void {
    let at = roots[asked] as number;
    let parentSlot = -1;
    cellsRead.forEach((cell, depth) => {
      if (pool[at] !== cell) throw new Error('a question read its cells in another order');
      const last = depth === cellsRead.length - 1;
      const [grown, slot] = slotFor(at, (row[cell] as number) + 1);
      if (grown !== at) {
        if (parentSlot < 0) roots[asked] = grown;
        else pool[parentSlot] = grown;
        at = grown;
      }
      if (last) {
        pool[slot] = -answer - 1;
        answers++;
        return;
      }
      let child = pool[slot] as number;
      if (child === 0) {
        child = node(cellsRead[depth + 1] as number, FIRST_SLOTS);
        pool[slot] = child;
      }
      if (child < 0) throw new Error('a question read more cells than before');
      parentSlot = slot;
      at = child;
    });
  }

  /** The place of this key's value, in this node or in the larger one that takes its place. */
  function slotFor(at: number, key: number): readonly [node: number, valueAt: number] {
    const free = probe(at, key);
    if (pool[free] === key) return [at, free + 1];
    const mask = pool[at + 1] as number;
    const filled = pool[at + 2] as number;
    if (2 * (filled + 1) > mask + 1) return slotFor(enlarge(at), key);
    pool[free] = key;
    pool[at + 2] = filled + 1;
    return [at, free + 1];
  }

  function probe(at: number, key: number): number {
    const mask = pool[at + 1] as number;
    let slot = key & mask;
    for (;;) {
      const place = at + HEADER + 2 * slot;
      const found = pool[place] as number;
      if (found === 0 || found === key) return place;
      slot = (slot + 1) & mask;
    }
  }

  function enlarge(at: number): number {
    const slots = (pool[at + 1] as number) + 1;
    const larger = node(pool[at] as number, slots * 4);
    nodes--;
    for (let slot = 0; slot < slots; slot++) {
      const key = pool[at + HEADER + 2 * slot] as number;
      if (key === 0) continue;
      const place = probe(larger, key);
      pool[place] = key;
      pool[place + 1] = pool[at + HEADER + 2 * slot + 1] as number;
    }
    pool[larger + 2] = pool[at + 2] as number;
    return larger;
  }

  function node(cell: number, slots: number): number {
    const length = HEADER + 2 * slots;
    while (used + length > pool.length) pool = doubled(pool);
    const at = used;
    used += length;
    pool[at] = cell;
    pool[at + 1] = slots - 1;
    nodes++;
    return at;
  }

  function size(): { nodes: number; answers: number; bytes: number } {
    return { nodes, answers, bytes: used * 4 };
  }
}

export function doubled(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
