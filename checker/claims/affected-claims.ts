/**
 * Which claims a change of one cell can touch, kept by cell and by what it held before and holds now.
 *
 *   A model has few changes of one cell, and a search meets each of them millions of times. So who
 *   sees a difference is found out once, view by view, and from then on looked up.
 */

/** The claims, by number, to which a cell does not show the same any more. */
export type FindAffected = (cell: number, before: number, now: number) => readonly number[];

export type Affected = {
  readonly by: FindAffected;
  /** Forgets all of it: somebody looks at something new. */
  readonly forget: () => void;
};

const FIRST_BITS = 10;
const STRIDE = 3;
/** No cell has this number. */
const FREE = -1;

export function createAffected(find: FindAffected): Affected {
  let bits = FIRST_BITS;
  /** Cell and what it held before, what it holds now, where the list stands. */
  let table = new Int32Array(STRIDE << bits).fill(FREE);
  let lists: (readonly number[])[] = [];
  return { by, forget };

  function by(cell: number, before: number, now: number): readonly number[] {
    const first = (before << 12) | cell;
    let slot = slotFor(first, now);
    for (let held = table[slot] as number; held !== FREE; held = table[slot] as number) {
      if (held === first && table[slot + 1] === now) {
        return lists[table[slot + 2] as number] as readonly number[];
      }
      slot = slot + STRIDE === table.length ? 0 : slot + STRIDE;
    }
    return add(cell, before, now);
  }

  function add(cell: number, before: number, now: number): readonly number[] {
    const found = find(cell, before, now);
    if (2 * (lists.length + 1) > 1 << bits) grow();
    put((before << 12) | cell, now, lists.length);
    lists.push(found);
    return found;
  }

  function put(first: number, now: number, list: number): void {
    let slot = slotFor(first, now);
    while (table[slot] !== FREE) slot = slot + STRIDE === table.length ? 0 : slot + STRIDE;
    table[slot] = first;
    table[slot + 1] = now;
    table[slot + 2] = list;
  }

  function slotFor(first: number, now: number): number {
    const mixed = Math.imul(Math.imul(first, 0x9e3779b1) ^ now, 0x85ebca6b);
    return STRIDE * (mixed >>> (32 - bits));
  }

  function grow(): void {
    const old = table;
    bits++;
    table = new Int32Array(STRIDE << bits).fill(FREE);
    for (let slot = 0; slot < old.length; slot += STRIDE) {
      if (old[slot] === FREE) continue;
      put(old[slot] as number, old[slot + 1] as number, old[slot + 2] as number);
    }
  }

  function forget(): void {
    if (lists.length === 0) return;
    bits = FIRST_BITS;
    table = new Int32Array(STRIDE << bits).fill(FREE);
    lists = [];
  }
}
