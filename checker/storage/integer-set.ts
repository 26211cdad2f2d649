/**
 * A set of small integers that is emptied often: it allocates nothing, and to empty it is one step.
 *
 * A random walk empties one at every step, where a `Set` would leave work to the garbage collector.
 */
import { doubled } from './growing-array.ts';

export type Marks = {
  readonly add: (each: number) => void;
  readonly has: (each: number) => boolean;
  readonly clear: () => void;
  readonly count: () => number;
  /** In the order in which they were added. */
  readonly at: (index: number) => number;
};

/** The largest integer of an `Int32Array`. */
export const LAST_ROUND = 2 ** 31 - 1;

const HOLDS = 'what a walk sets aside';

export function createMarks(lastRound: number = LAST_ROUND): Marks {
  /** The round in which each number was added last. */
  let rounds = new Int32Array(64);
  let list = new Int32Array(64);
  let count = 0;
  let round = 1;
  return { add, has, clear, count: () => count, at: (index) => list[index] as number };

  function add(each: number): void {
    if (has(each)) return;
    while (each >= rounds.length) rounds = doubled(rounds, HOLDS);
    if (count === list.length) list = doubled(list, HOLDS);
    rounds[each] = round;
    list[count++] = each;
  }

  function has(each: number): boolean {
    return each < rounds.length && rounds[each] === round;
  }

  function clear(): void {
    count = 0;
    if (round === lastRound) rounds.fill(0);
    round = round === lastRound ? 1 : round + 1;
  }
}
