/**
 * Texts by number, in the order in which they are met. A `Map` of JavaScript has at most 2^24 entries, and
 * then throws; this store uses as many maps as it needs.
 */
export type TextNumbers = {
  readonly count: () => number;
  /** The number of a known text. */
  readonly find: (text: string) => number | undefined;
  /** Gives the next number to a new text. */
  readonly add: (text: string) => number;
};

const MOST_IN_ONE = 2 ** 23;

export function createTextNumbers(mostInOne: number = MOST_IN_ONE): TextNumbers {
  let newest = new Map<string, number>();
  const full: Map<string, number>[] = [];
  let count = 0;
  return { count: () => count, find, add };

  function find(text: string): number | undefined {
    const known = newest.get(text);
    if (known !== undefined || full.length === 0) return known;
    for (const each of full) {
      const older = each.get(text);
      if (older !== undefined) return older;
    }
    return undefined;
  }

  function add(text: string): number {
    if (newest.size === mostInOne) {
      full.push(newest);
      newest = new Map();
    }
    newest.set(text, count);
    return count++;
  }
}
