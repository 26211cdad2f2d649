/**
 * The store of worlds: every world once, packed into as few bits as its cells need, found by content.
 *
 *   It is exact: two worlds are one only if all their bits agree. Worlds are looked up in batches: the
 *   table slots and then the rows of a whole batch are touched before the first is compared, because the
 *   latency of the memory bounds the search, not the model (measured: 1.5 to 1.9 times as fast).
 *
 * A slot of the table is one integer. Its low bits are the world's number, counted from one, in as many
 * bits as number the slots. Its high bits are as much of the world's hash as there is room for. Rows are
 * compared only if the high bits agree.
 */
import { doubled, integers, outgrown } from './growing-array.ts';
import { layOut, moveRow, movesBetween } from './row-layout.ts';

const CHUNK_BITS = 16;
const CHUNK_ROWS = 1 << CHUNK_BITS;
const BATCH = 128;
const HIGHEST_LOAD = 0.6;
const FIRST_TABLE_BITS = 12;
/** Up to this size (16 MiB) a table grows fourfold: it is made again less often, and is emptier meanwhile. */
const LARGE_TABLE_BITS = 22;
/** 4 GiB; so a world's number and its place in the table are 32-bit integers. */
const MOST_TABLE_BITS = 30;
/** A search that stores more is refused; a search that stops here still has room for its batch. */
export const MOST_WORLDS = HIGHEST_LOAD * 2 ** MOST_TABLE_BITS - 2 ** 20;

export type Rows = {
  readonly count: () => number;
  /**
   * Unpacks a world into `row` and lists the cells that differ from the earlier content. If `row` is the
   * row of the last call, it must still have the content of that call.
   */
  readonly load: (index: number, row: Int32Array) => Changed;
  /**
   * The cells in which the last loaded world differs from its parent, each with the parent's local state.
   * Without parents, and for a world that has none: the result of `load`.
   */
  readonly changedSinceParent: () => Changed;
  /** Offers a world, given as a stored world and the cells that differ from it. Batched: see `flush`. */
  readonly offer: (
    parent: number,
    row: Int32Array,
    changedCells: Int32Array,
    changedCount: number,
  ) => void;
  /** Offers a world that has no parent. */
  readonly offerRoot: (row: Int32Array) => void;
  /** A world's number at once; a new world is stored, without a parent. Slower than a batch. */
  readonly numberOf: (row: Int32Array) => number;
  /** Stores the rest of the batch. */
  readonly flush: () => void;
  readonly parentOf: (index: number) => number;
  /** The sum of the touching loads. Nothing depends on it; it keeps the compiler from removing the loads. */
  readonly touched: () => number;
  readonly bytes: () => { readonly rows: number; readonly table: number; readonly parents: number };
};

export type Changed = {
  count: number;
  readonly cells: Int32Array;
  /** The earlier local states of these cells. */
  readonly before: Int32Array;
};

export type RowsOptions = {
  readonly parents?: boolean;
  /** The number of known local states that a cell may get: room is made for all at once. */
  readonly localsOf?: (cell: number) => number;
  /** The table's largest size, as a power of two. Smaller in tests. */
  readonly mostTableBits?: number;
};

// oxlint-disable-next-line max-lines-per-function -- one store: its functions share the arrays, which move as they grow
export function createRows(
  width: number,
  { parents = true, localsOf = () => 1, mostTableBits = MOST_TABLE_BITS }: RowsOptions = {},
): Rows {
  const bits = new Int32Array(width).fill(1);
  let { words, places, firstCells } = layOut(bits);

  let chunks: Int32Array[] = [];
  let parentLinks = new Int32Array(parents ? CHUNK_ROWS : 0);
  let count = 0;

  let tableBits = FIRST_TABLE_BITS;
  let table = integers(1 << tableBits, 'the table of states');

  let batch = integers(BATCH * words, 'states');
  const batchHash = new Int32Array(BATCH);
  const batchParent = new Int32Array(BATCH);
  let batched = 0;
  /** Keeps the compiler from removing the touching loads. */
  let touched = 0;

  const changed = noChange(width);
  const sinceParent = noChange(width);
  let loaded = -1;
  let loadedWords = new Int32Array(words);
  let loadedInto: Int32Array | undefined;

  return {
    count: () => count,
    load,
    changedSinceParent,
    offer,
    offerRoot,
    numberOf,
    flush,
    parentOf,
    touched: () => touched,
    bytes,
  };

  function load(index: number, row: Int32Array): Changed {
    const chunk = chunks[index >> CHUNK_BITS] as Int32Array;
    const at = (index & (CHUNK_ROWS - 1)) * words;
    const isOther = row !== loadedInto;
    changed.count = 0;
    for (let word = 0; word < words; word++) {
      const held = chunk[at + word] as number;
      if (held === loadedWords[word] && !isOther) continue;
      loadedWords[word] = held;
      unpackWord(word, held, row);
    }
    loaded = index;
    loadedInto = row;
    return changed;
  }

  function unpackWord(word: number, held: number, row: Int32Array): void {
    const beyond = firstCells[word + 1] as number;
    for (let cell = firstCells[word] as number; cell < beyond; cell++) {
      const id = (held >>> (places[3 * cell + 1] as number)) & (places[3 * cell + 2] as number);
      if (row[cell] === id) continue;
      changed.before[changed.count] = row[cell] as number;
      changed.cells[changed.count++] = cell;
      row[cell] = id;
    }
  }

  function changedSinceParent(): Changed {
    const parent = parents ? (parentLinks[loaded] as number) : -1;
    if (parent < 0) return changed;
    const chunk = chunks[parent >> CHUNK_BITS] as Int32Array;
    const at = (parent & (CHUNK_ROWS - 1)) * words;
    let differing = 0;
    for (let word = 0; word < words; word++) {
      const held = chunk[at + word] as number;
      const difference = held ^ (loadedWords[word] as number);
      if (difference === 0) continue;
      const beyond = firstCells[word + 1] as number;
      for (let cell = firstCells[word] as number; cell < beyond; cell++) {
        const shift = places[3 * cell + 1] as number;
        const mask = places[3 * cell + 2] as number;
        if (((difference >>> shift) & mask) === 0) continue;
        sinceParent.before[differing] = (held >>> shift) & mask;
        sinceParent.cells[differing++] = cell;
      }
    }
    sinceParent.count = differing;
    return sinceParent;
  }

  function offer(
    parent: number,
    row: Int32Array,
    changedCells: Int32Array,
    changedCount: number,
  ): void {
    if (loaded !== parent) reload(parent);
    const into = batch;
    const where = places;
    const at = batched * words;
    for (let word = 0; word < words; word++) into[at + word] = loadedWords[word] as number;
    for (let index = 0; index < changedCount; index++) {
      const cell = changedCells[index] as number;
      const id = row[cell] as number;
      const mask = where[3 * cell + 2] as number;
      if (id > mask) {
        widen(cell, id);
        offer(parent, row, changedCells, changedCount);
        return;
      }
      const place = at + (where[3 * cell] as number);
      const shift = where[3 * cell + 1] as number;
      into[place] = ((into[place] as number) & ~(mask << shift)) | (id << shift);
    }
    enqueue(parent);
  }

  function offerRoot(row: Int32Array): void {
    makeRoomFor(row);
    pack(row, batch, batched * words);
    enqueue(-1);
  }

  function numberOf(row: Int32Array): number {
    makeRoomFor(row);
    flush();
    pack(row, batch, 0);
    batchHash[0] = hashOf(batch, 0, words);
    batchParent[0] = -1;
    growFor(1);
    return insert(0);
  }

  function makeRoomFor(row: Int32Array): void {
    row.forEach((id, cell) => {
      if (id > (places[3 * cell + 2] as number)) widen(cell, id);
    });
  }

  function enqueue(parent: number): void {
    batchHash[batched] = hashOf(batch, batched * words, words);
    batchParent[batched] = parent;
    batched++;
    if (batched === BATCH) flush();
  }

  function flush(): void {
    growFor(batched);
    touch();
    for (let index = 0; index < batched; index++) insert(index);
    batched = 0;
  }

  function growFor(more: number): void {
    if (count + more <= HIGHEST_LOAD * table.length) return;
    tableBits += tableBits < LARGE_TABLE_BITS ? 2 : 1;
    if (tableBits > mostTableBits)
      throw outgrown(`${count} states are the most that can be stored`);
    tabulate();
  }

  function touch(): void {
    const mask = table.length - 1;
    let sum = 0;
    for (let index = 0; index < batched; index++) {
      sum ^= table[(batchHash[index] as number) & mask] as number;
    }
    for (let index = 0; index < batched; index++) {
      const hash = batchHash[index] as number;
      const found = table[hash & mask] as number;
      const stored = (found & mask) - 1;
      if (stored < 0 || ((found ^ hash) & ~mask) !== 0) continue;
      const chunk = chunks[stored >> CHUNK_BITS] as Int32Array;
      sum ^= chunk[(stored & (CHUNK_ROWS - 1)) * words] as number;
    }
    touched ^= sum;
  }

  /** The number of the world at this index of the batch; a new world is stored. */
  function insert(index: number): number {
    const mask = table.length - 1;
    const hash = batchHash[index] as number;
    const from = index * words;
    let slot = hash & mask;
    for (let found = table[slot] as number; found !== 0; found = table[slot] as number) {
      if (((found ^ hash) & ~mask) === 0 && sameRow((found & mask) - 1, from)) {
        return (found & mask) - 1;
      }
      slot = (slot + 1) & mask;
    }
    table[slot] = (hash & ~mask) | (count + 1);
    store(index);
    return count - 1;
  }

  function store(index: number): void {
    if (count >> CHUNK_BITS === chunks.length) chunks.push(integers(CHUNK_ROWS * words, 'states'));
    const chunk = chunks[count >> CHUNK_BITS] as Int32Array;
    const at = (count & (CHUNK_ROWS - 1)) * words;
    const from = index * words;
    for (let word = 0; word < words; word++) chunk[at + word] = batch[from + word] as number;
    if (parents) {
      if (count === parentLinks.length) parentLinks = doubled(parentLinks, 'states');
      parentLinks[count] = batchParent[index] as number;
    }
    count++;
  }

  function sameRow(stored: number, from: number): boolean {
    const chunk = chunks[stored >> CHUNK_BITS] as Int32Array;
    const at = (stored & (CHUNK_ROWS - 1)) * words;
    for (let word = 0; word < words; word++) {
      if (chunk[at + word] !== batch[from + word]) return false;
    }
    return true;
  }

  /** Makes the table again from the rows, in batches. */
  function tabulate(): void {
    table = integers(1 << tableBits, 'the table of states');
    const mask = table.length - 1;
    const hashes = new Int32Array(BATCH);
    for (let first = 0; first < count; first += BATCH) {
      const here = Math.min(BATCH, count - first);
      for (let index = 0; index < here; index++) {
        const stored = first + index;
        const chunk = chunks[stored >> CHUNK_BITS] as Int32Array;
        const hash = hashOf(chunk, (stored & (CHUNK_ROWS - 1)) * words, words);
        hashes[index] = hash;
        touched ^= table[hash & mask] as number;
      }
      for (let index = 0; index < here; index++) {
        const hash = hashes[index] as number;
        let slot = hash & mask;
        while (table[slot] !== 0) slot = (slot + 1) & mask;
        table[slot] = (hash & ~mask) | (first + index + 1);
      }
    }
  }

  /**
   * A cell has more local states than its bits can number: every stored row is packed again. Cells that
   * would be next get another bit now, so that this is rare.
   */
  function widen(cell: number, id: number): void {
    flush();
    const before = chunks;
    const old = { words, places };
    bits.forEach((held, each) => {
      const highest = each === cell ? id : localsOf(each) - 1;
      bits[each] = Math.max(held, 32 - Math.clz32(highest + (highest >> 1)));
    });
    ({ words, places, firstCells } = layOut(bits));
    const moves = movesBetween(old.places, places);
    chunks = before.map(() => integers(CHUNK_ROWS * words, 'states'));
    for (let index = 0; index < count; index++) {
      const at = index & (CHUNK_ROWS - 1);
      const to = chunks[index >> CHUNK_BITS] as Int32Array;
      moveRow(moves, before[index >> CHUNK_BITS] as Int32Array, at * old.words, to, at * words);
    }
    batch = integers(BATCH * words, 'states');
    loadedWords = new Int32Array(words);
    loaded = -1;
    loadedInto = undefined;
    tabulate();
  }

  function pack(row: Int32Array, into: Int32Array, at: number): void {
    into.fill(0, at, at + words);
    for (let cell = 0; cell < width; cell++) {
      const place = at + (places[3 * cell] as number);
      into[place] =
        (into[place] as number) | ((row[cell] as number) << (places[3 * cell + 1] as number));
    }
  }

  function reload(index: number): void {
    const chunk = chunks[index >> CHUNK_BITS] as Int32Array;
    const at = (index & (CHUNK_ROWS - 1)) * words;
    for (let word = 0; word < words; word++) loadedWords[word] = chunk[at + word] as number;
    loaded = index;
    loadedInto = undefined;
  }

  function parentOf(index: number): number {
    return parentLinks[index] as number;
  }

  function bytes(): { rows: number; table: number; parents: number } {
    return {
      rows: chunks.length * CHUNK_ROWS * words * 4,
      table: table.byteLength,
      parents: parentLinks.byteLength,
    };
  }
}

function noChange(width: number): Changed {
  return { count: 0, cells: new Int32Array(width), before: new Int32Array(width) };
}

/** Every bit of the row affects every bit of the hash: the low bits choose the slot, the high bits are the tag. */
function hashOf(held: Int32Array, at: number, words: number): number {
  let hash = 0x2545f491;
  for (let word = 0; word < words; word++) {
    hash = Math.imul(hash ^ (held[at + word] as number), 0x85ebca6b);
    hash ^= hash >>> 15;
  }
  hash = Math.imul(hash, 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
