/**
 * Worlds by number, in the order in which they were met: a small store that finds a world again.
 *
 *   It is exact, like packed-worlds.ts, and simpler. It is for searches of some hundred thousand worlds
 *   that must know not only that they visited a world, but also what they found there.
 */
import { createTextNumbers } from './text-numbers.ts';

export type Worlds = {
  readonly count: () => number;
  /** The world's number; the next free number for a new world. */
  readonly numberOf: (row: Int32Array) => number;
  /** Fills the row with the world of this number. */
  readonly load: (number: number, row: Int32Array) => void;
};

export function createWorlds(): Worlds {
  const numbers = createTextNumbers();
  const keys: string[] = [];
  return { count: () => keys.length, numberOf, load };

  function numberOf(row: Int32Array): number {
    const key = keyOf(row);
    const known = numbers.find(key);
    if (known !== undefined) return known;
    keys.push(key);
    return numbers.add(key);
  }

  function load(number: number, row: Int32Array): void {
    const key = keys[number] ?? '';
    let at = 0;
    for (let cell = 0; cell < row.length; cell++) {
      const unit = key.charCodeAt(at++);
      row[cell] = unit < LONG ? unit : ((unit - LONG) << UNIT_BITS) | key.charCodeAt(at++);
    }
  }
}

/**
 * A cell takes one UTF-16 unit, or two for ids from this value on: the first unit, with this bit, has the
 * high bits. So an id has 30 bits. `MOST_INTEGERS` guarantees that: local states are numbered by
 * positions in an array.
 */
const UNIT_BITS = 15;
const LONG = 1 << UNIT_BITS;

function keyOf(row: Int32Array): string {
  const units: number[] = [];
  for (const id of row) {
    if (id < LONG) units.push(id);
    else units.push(LONG | (id >> UNIT_BITS), id & (LONG - 1));
  }
  return String.fromCharCode(...units);
}
