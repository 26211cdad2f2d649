/** Short lists of integers, each stored once and named by its index. */
import { doubled, integers } from './growing-array.ts';
import { createTextNumbers } from './text-numbers.ts';

export type Lists = {
  /** The index of the list in `values`: its length, then the list itself. Never zero. */
  readonly idOf: (list: readonly number[]) => number;
  /** This array is replaced when it grows: read it again after `idOf`. */
  values: Int32Array;
};

const HOLDS = 'the effects of events';

export function createLists(): Lists {
  let values = integers(1 << 10, HOLDS);
  let used = 1;
  const texts = createTextNumbers();
  /** The index of each list, by the number of its text. */
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
