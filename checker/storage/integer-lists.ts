/** Short lists of integers, each kept once and named by where it stands. */
import { doubled } from './growing-array.ts';

export type Lists = {
  /** Where the list stands in `values`: its length, then the list itself. Never zero. */
  readonly idOf: (list: readonly number[]) => number;
  /** Grows into another array: take it anew after `idOf`. */
  values: Int32Array;
};

export function createLists(): Lists {
  let values = new Int32Array(1 << 10);
  let used = 1;
  const ids = new Map<string, number>();
  const lists = { idOf, values };
  return lists;

  function idOf(list: readonly number[]): number {
    const key = list.join();
    const known = ids.get(key);
    if (known !== undefined) return known;
    while (used + list.length >= values.length) values = doubled(values);
    const id = used;
    values[id] = list.length;
    values.set(list, id + 1);
    used += list.length + 1;
    ids.set(key, id);
    lists.values = values;
    return id;
  }
}
