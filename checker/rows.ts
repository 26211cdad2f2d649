/**
 * Worlds in store: every world once, packed into as few bits as its cells need, found by content.
 *
 *   Exact: two worlds are one only if all their bits agree. Worlds are looked up in batches, the
 *   table slots and then the rows of a whole batch touched before the first is compared, because
 *   the search is bound by the memory's latency and not by the model (measured: 1.5 to 1.9 times).
 */
import { doubled } from './decisions.ts';

const CHUNK_BITS = 14;
const CHUNK_ROWS = 1 << CHUNK_BITS;
const BATCH = 64;
const HIGHEST_LOAD = 0.6;
const FIRST_TABLE = 1 << 12;

export type Rows = {
  readonly count: () => number;
  /** Unpacks a world into `row` and lists the cells that differ from what stood there. */
  readonly load: (index: number, row: Int32Array) => Changed;
  /** Offers a world, given as a stored world and what differs from it. Batched: see `flush`. */
  readonly offer: (
    parent: number,
    row: Int32Array,
    changedCells: Int32Array,
    changedCount: number,
  ) => void;
  /** Offers a world that has no parent. */
  readonly offerRoot: (row: Int32Array) => void;
  /** Stores what the batch still holds. */
  readonly flush: () => void;
  readonly parentOf: (index: number) => number;
  readonly bytes: () => { readonly rows: number; readonly table: number; readonly parents: number };
};

export type Changed = { count: number; readonly cells: Int32Array };

export function createRows(
  width: number,
  { parents = true }: { readonly parents?: boolean } = {},
): Rows {
  const bits = new Int32Array(width).fill(1);
  const wordOf = new Int32Array(width);
  const shiftOf = new Int32Array(width);
  const maskOf = new Int32Array(width);
  let words = 0;
  layOut();

  let chunks: Int32Array[] = [];
  let parentLinks = new Int32Array(parents ? CHUNK_ROWS : 0);
  let count = 0;

  // The table: pairs of (tag, index + 1).
  let table = new Int32Array(2 * FIRST_TABLE);
  let tableMask = FIRST_TABLE - 1;

  let batch = new Int32Array(BATCH * words);
  const batchHash = new Int32Array(BATCH);
  const batchTag = new Int32Array(BATCH);
  const batchParent = new Int32Array(BATCH);
  let batched = 0;
  /** Keeps the touching loads from being optimised away. */
  let touched = 0;

  const changed: Changed = { count: 0, cells: new Int32Array(width) };
  let loaded = -1;
  let loadedWords = new Int32Array(words);

  return { count: () => count, load, offer, offerRoot, flush, parentOf, bytes };

  function load(index: number, row: Int32Array): Changed {
    const chunk = chunks[index >> CHUNK_BITS] as Int32Array;
    const at = (index & (CHUNK_ROWS - 1)) * words;
    for (let word = 0; word < words; word++) loadedWords[word] = chunk[at + word] as number;
    changed.count = 0;
    for (let cell = 0; cell < width; cell++) {
      const id =
        ((loadedWords[wordOf[cell] as number] as number) >>> (shiftOf[cell] as number)) &
        (maskOf[cell] as number);
      if (row[cell] !== id) {
        row[cell] = id;
        changed.cells[changed.count++] = cell;
      }
    }
    loaded = index;
    return changed;
  }

  function offer(
    parent: number,
    row: Int32Array,
    changedCells: Int32Array,
    changedCount: number,
  ): void {
    for (let index = 0; index < changedCount; index++) {
      const cell = changedCells[index] as number;
      if ((row[cell] as number) > (maskOf[cell] as number)) widen(cell, row[cell] as number);
    }
    if (loaded !== parent) reload(parent);
    const at = batched * words;
    for (let word = 0; word < words; word++) batch[at + word] = loadedWords[word] as number;
    for (let index = 0; index < changedCount; index++) {
      const cell = changedCells[index] as number;
      const place = at + (wordOf[cell] as number);
      const shift = shiftOf[cell] as number;
      batch[place] =
        ((batch[place] as number) & ~((maskOf[cell] as number) << shift)) |
        ((row[cell] as number) << shift);
    }
    enqueue(parent);
  }

  function offerRoot(row: Int32Array): void {
    for (let cell = 0; cell < width; cell++) {
      if ((row[cell] as number) > (maskOf[cell] as number)) widen(cell, row[cell] as number);
    }
    pack(row, batch, batched * words);
    enqueue(-1);
  }

  function enqueue(parent: number): void {
    let hash = 0x2545f491;
    let tag = 0x9e3779b9;
    const at = batched * words;
    for (let word = 0; word < words; word++) {
      const bitsHere = batch[at + word] as number;
      hash = Math.imul(hash ^ bitsHere, 0x85ebca6b);
      hash ^= hash >>> 15;
      tag = Math.imul(tag + bitsHere, 0xc2b2ae35);
      tag ^= tag >>> 13;
    }
    hash = Math.imul(hash ^ tag, 0x27d4eb2f);
    hash ^= hash >>> 16;
    batchHash[batched] = hash;
    batchTag[batched] = tag;
    batchParent[batched] = parent;
    batched++;
    if (batched === BATCH) flush();
  }

  function flush(): void {
    if ((count + batched) / (tableMask + 1) > HIGHEST_LOAD) enlargeTable();
    for (let index = 0; index < batched; index++) {
      touched ^= table[2 * ((batchHash[index] as number) & tableMask)] as number;
    }
    for (let index = 0; index < batched; index++) {
      const slot = 2 * ((batchHash[index] as number) & tableMask);
      const found = table[slot + 1] as number;
      if (found !== 0 && table[slot] === batchTag[index]) {
        touched ^= (chunks[(found - 1) >> CHUNK_BITS] as Int32Array)[
          ((found - 1) & (CHUNK_ROWS - 1)) * words
        ] as number;
      }
    }
    for (let index = 0; index < batched; index++) insert(index);
    batched = 0;
  }

  function insert(index: number): void {
    const tag = batchTag[index] as number;
    const from = index * words;
    let slot = (batchHash[index] as number) & tableMask;
    for (;;) {
      const found = table[2 * slot + 1] as number;
      if (found === 0) break;
      if (table[2 * slot] === tag && sameRow(found - 1, from)) return;
      slot = (slot + 1) & tableMask;
    }
    table[2 * slot] = tag;
    table[2 * slot + 1] = count + 1;
    if (count >> CHUNK_BITS === chunks.length) chunks.push(new Int32Array(CHUNK_ROWS * words));
    const chunk = chunks[count >> CHUNK_BITS] as Int32Array;
    const at = (count & (CHUNK_ROWS - 1)) * words;
    for (let word = 0; word < words; word++) chunk[at + word] = batch[from + word] as number;
    if (parents) {
      if (count === parentLinks.length) parentLinks = doubled(parentLinks);
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

  function enlargeTable(): void {
    const old = table;
    const slots = (tableMask + 1) * 2;
    table = new Int32Array(2 * slots);
    tableMask = slots - 1;
    for (let index = 0; index < old.length; index += 2) {
      const found = old[index + 1] as number;
      if (found === 0) continue;
      place(hashOfStored(found - 1), old[index] as number, found);
    }
  }

  function place(hash: number, tag: number, stored: number): void {
    let slot = hash & tableMask;
    while (table[2 * slot + 1] !== 0) slot = (slot + 1) & tableMask;
    table[2 * slot] = tag;
    table[2 * slot + 1] = stored;
  }

  function hashOfStored(stored: number): number {
    const chunk = chunks[stored >> CHUNK_BITS] as Int32Array;
    const at = (stored & (CHUNK_ROWS - 1)) * words;
    let hash = 0x2545f491;
    let tag = 0x9e3779b9;
    for (let word = 0; word < words; word++) {
      const bitsHere = chunk[at + word] as number;
      hash = Math.imul(hash ^ bitsHere, 0x85ebca6b);
      hash ^= hash >>> 15;
      tag = Math.imul(tag + bitsHere, 0xc2b2ae35);
      tag ^= tag >>> 13;
    }
    lastTag = tag;
    hash = Math.imul(hash ^ tag, 0x27d4eb2f);
    return hash ^ (hash >>> 16);
  }

  /** A cell met more local states than its bits can name: every stored row is packed anew. Rare. */
  function widen(cell: number, id: number): void {
    flush();
    const old = { words, wordOf: wordOf.slice(), shiftOf: shiftOf.slice(), maskOf: maskOf.slice() };
    while (id >= 2 ** (bits[cell] as number)) bits[cell] = (bits[cell] as number) + 1;
    layOut();
    const row = new Int32Array(width);
    const before = chunks;
    chunks = [];
    for (let index = 0; index < count; index++) {
      const from = before[index >> CHUNK_BITS] as Int32Array;
      const at = (index & (CHUNK_ROWS - 1)) * old.words;
      for (let each = 0; each < width; each++) {
        row[each] =
          ((from[at + (old.wordOf[each] as number)] as number) >>> (old.shiftOf[each] as number)) &
          (old.maskOf[each] as number);
      }
      if (index >> CHUNK_BITS === chunks.length) chunks.push(new Int32Array(CHUNK_ROWS * words));
      pack(row, chunks.at(-1) as Int32Array, (index & (CHUNK_ROWS - 1)) * words);
    }
    batch = new Int32Array(BATCH * words);
    loadedWords = new Int32Array(words);
    loaded = -1;
    table.fill(0);
    for (let index = 0; index < count; index++) {
      const hash = hashOfStored(index);
      place(hash, lastTag, index + 1);
    }
  }

  function layOut(): void {
    let word = 0;
    let shift = 0;
    for (let cell = 0; cell < width; cell++) {
      const needed = bits[cell] as number;
      if (shift + needed > 32) {
        word++;
        shift = 0;
      }
      wordOf[cell] = word;
      shiftOf[cell] = shift;
      maskOf[cell] = 2 ** needed - 1;
      shift += needed;
    }
    words = word + 1;
  }

  function pack(row: Int32Array, into: Int32Array, at: number): void {
    for (let word = 0; word < words; word++) into[at + word] = 0;
    for (let cell = 0; cell < width; cell++) {
      const place = at + (wordOf[cell] as number);
      into[place] = (into[place] as number) | ((row[cell] as number) << (shiftOf[cell] as number));
    }
  }

  function reload(index: number): void {
    const chunk = chunks[index >> CHUNK_BITS] as Int32Array;
    const at = (index & (CHUNK_ROWS - 1)) * words;
    for (let word = 0; word < words; word++) loadedWords[word] = chunk[at + word] as number;
    loaded = index;
  }

  function parentOf(index: number): number {
    return parentLinks[index] as number;
  }

  function bytes(): { rows: number; table: number; parents: number } {
    return {
      rows: chunks.length * CHUNK_ROWS * words * 4,
      table: table.byteLength,
      parents: parentLinks.byteLength + 0 * touched,
    };
  }
}

/** The tag that goes with the last hash of a stored row: two results without an allocation. */
let lastTag = 0;
