/**
 * Which claims a change of one cell can affect, stored by cell and by its local states before and after.
 *
 *   A model has few changes of one cell, and a search meets each of them millions of times. So the
 *   claims that see a difference are computed once, view by view, and then looked up.
 */

import { integers } from '../storage/growing-array.ts';

/** The claims, by number, to which the cell now shows something else. */
export type FindAffected = (cell: number, before: number, now: number) => readonly number[];

export type Affected = {
  readonly by: FindAffected;
  /** Forgets everything, because a claim reads through a new view. */
  readonly forget: () => void;
};

const FIRST_BITS = 10;
const STRIDE = 4;
/** No cell has this number. */
const FREE = -1;

export function createAffected(find: FindAffected): Affected {
  let bits = FIRST_BITS;
  /** The cell, its local states before and now, and the position of the list. */
  let table = emptyTable(bits);
  let lists: (readonly number[])[] = [];
  return { by, forget };

  function by(cell: number, before: number, now: number): readonly number[] {
    let slot = slotFor(cell, before, now);
    for (let held = table[slot] as number; held !== FREE; held = table[slot] as number) {
      if (held === cell && table[slot + 1] === before && table[slot + 2] === now) {
        return lists[table[slot + 3] as number] as readonly number[];
      }
      slot = slot + STRIDE === table.length ? 0 : slot + STRIDE;
    }
    return add(cell, before, now);
  }

  function add(cell: number, before: number, now: number): readonly number[] {
    const found = find(cell, before, now);
    if (2 * (lists.length + 1) > 1 << bits) grow();
    put(cell, before, now, lists.length);
    lists.push(found);
    return found;
  }

  function put(cell: number, before: number, now: number, list: number): void {
    let slot = slotFor(cell, before, now);
    while (table[slot] !== FREE) slot = slot + STRIDE === table.length ? 0 : slot + STRIDE;
    table[slot] = cell;
    table[slot + 1] = before;
    table[slot + 2] = now;
    table[slot + 3] = list;
  }

  function slotFor(cell: number, before: number, now: number): number {
    const first = (before << 12) ^ cell;
    const mixed = Math.imul(Math.imul(first, 0x9e3779b1) ^ now, 0x85ebca6b);
    return STRIDE * (mixed >>> (32 - bits));
  }

  function grow(): void {
    const old = table;
    bits++;
    table = emptyTable(bits);
    for (let slot = 0; slot < old.length; slot += STRIDE) {
      if (old[slot] === FREE) continue;
      const [cell = 0, before = 0, now = 0, list = 0] = old.subarray(slot, slot + STRIDE);
      put(cell, before, now, list);
    }
  }

  function forget(): void {
    if (lists.length === 0) return;
    bits = FIRST_BITS;
    table = emptyTable(bits);
    lists = [];
  }
}

function emptyTable(bits: number): Int32Array<ArrayBuffer> {
  return integers(STRIDE * 2 ** bits, 'the changes that claims see').fill(FREE);
}
