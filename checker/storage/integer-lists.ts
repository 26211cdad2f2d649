/** Short lists of integers, each kept once and named by where it stands. */
import { doubled, integers } from './growing-array.ts';
import { createTextNumbers } from './text-numbers.ts';

export type Lists = {
  /** Where the list stands in `values`: its length, then the list itself. Never zero. */
  readonly idOf: (list: readonly number[]) => number;
  /** Grows into another array: take it anew after `idOf`. */
  values: Int32Array;
};

const HOLDS = 'the effects of events';

export function createLists(): Lists {
  let values = integers(1 << 10, HOLDS);
  let used = 1;
  const texts = createTextNumbers();
  /** By number of the list's text: where it stands. */
  const places: number[] = [];
  const lists = { idOf, values };
  return lists;

  function idOf(list: readonly number[]): number {
    const key = list.join();
    const known = texts.find(key);
    if (known !== undefined) return places[known] as number;
    while (used + list.length >= values.length) values = doubled(values, HOLDS);
    const id = used;
    values[id] = list.length;
    values.set(list, id + 1);
    used += list.length + 1;
    places[texts.add(key)] = id;
    lists.values = values;
    return id;
  }
}
