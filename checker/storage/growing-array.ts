/** Arrays of integers that grow, and the error if they cannot. */
import { ModelFault } from '../specification/specification-error.ts';

/**
 * The most integers of one array (4 GiB). A position in it, and so a number made from a position, is a
 * 32-bit integer, also with one more bit in front.
 */
export const MOST_INTEGERS = 2 ** 30;

/** The error of a search that is too large for its tables. */
export class Outgrown extends ModelFault {}

/** An array of twice the length with the same content. `holds` names the content in the error. */
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
