/**
 * Worlds by number, in the order in which they were met: small stores that must find a world again.
 *
 *   Exact, like packed-worlds.ts, and simpler: for questions about some hundred thousand worlds, asked where
 *   a search must know not only that it has been somewhere, but what it found there.
 */
import { createTextNumbers } from './text-numbers.ts';

export type Worlds = {
  readonly count: () => number;
  /** The world's number; the next free one where it was not met before. */
  readonly numberOf: (row: Int32Array) => number;
  /** Fills the row with what the world of this number held. */
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
 * One UTF-16 unit for each cell, two from here on: the first one, with this bit, holds the high bits.
 * So an id has 30 bits, as `MOST_INTEGERS` sees to: local states are numbered by places in an array.
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
