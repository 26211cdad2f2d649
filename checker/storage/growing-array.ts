/** Arrays of integers that grow, and what they say where they cannot. */
import { ModelFault } from '../specification/specification-error.ts';

/**
 * The most integers of one array (4 GiB). A position in it is a 32-bit integer, also where it is
 * doubled to hold one bit more; what is numbered by positions is so, too.
 */
export const MOST_INTEGERS = 2 ** 30;

/** A search that is too large for what it is kept in. */
export class Outgrown extends ModelFault {}

/** Twice as long, with what it held. What it holds is told where it cannot grow. */
export function doubled(
  array: Int32Array<ArrayBuffer>,
  holds: string,
  most: number = MOST_INTEGERS,
): Int32Array<ArrayBuffer> {
  const larger = integers(array.length * 2, holds, most);
  larger.set(array);
  return larger;
}

export function integers(
  length: number,
  holds: string,
  most: number = MOST_INTEGERS,
): Int32Array<ArrayBuffer> {
  if (length > most) throw outgrown(`${holds} take more than ${most} integers`);
  try {
    return new Int32Array(length);
  } catch {
    throw outgrown(
      `${holds} take ${Math.ceil(length / 2 ** 18)} MiB, and there is no memory for them`,
    );
  }
}

export function outgrown(what: string): Outgrown {
  return new Outgrown(`${what}: bound the search (--max-states), or let cells hold and say less`);
}
