/**
 * Worlds by number, in the order in which they were met: small stores that must find a world again.
 *
 *   Exact, like rows.ts, and simpler: for questions about some hundred thousand worlds, asked where
 *   a search must know not only that it has been somewhere, but what it found there.
 */
export type Worlds = {
  readonly count: () => number;
  /** The world's number; the next free one where it was not met before. */
  readonly numberOf: (row: Int32Array) => number;
  /** Fills the row with what the world of this number held. */
  readonly load: (number: number, row: Int32Array) => void;
};

const HIGHEST_LOCAL = 0xffff;

export function createWorlds(): Worlds {
  const numbers = new Map<string, number>();
  const keys: string[] = [];
  return { count: () => keys.length, numberOf, load };

  function numberOf(row: Int32Array): number {
    const key = keyOf(row);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, keys.length);
    keys.push(key);
    return keys.length - 1;
  }

  function load(number: number, row: Int32Array): void {
    const key = keys[number] ?? '';
    for (let cell = 0; cell < row.length; cell++) row[cell] = key.charCodeAt(cell);
  }
}

/** One UTF-16 unit for each cell. */
function keyOf(row: Int32Array): string {
  if (row.some((id) => id > HIGHEST_LOCAL)) {
    throw new Error(`a cell has more than ${HIGHEST_LOCAL} local states`);
  }
  return String.fromCharCode(...row);
}
