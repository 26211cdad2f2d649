// Changes are distinguished for every number of a cell and of a local state.

import { expect, test } from '@jest/globals';
import { array, assert, constantFrom, nat, oneof, property, tuple } from 'fast-check';
import { createAffected } from './affected-claims.ts';

const ids = oneof(
  nat(5),
  nat(2 ** 30 - 1),
  constantFrom(2 ** 19, 2 ** 20 - 1, 2 ** 20, 2 ** 20 + 1),
);
const changes = array(tuple(oneof(nat(3), constantFrom(4095)), ids, ids), { maxLength: 2000 });

test('each change has its own list, computed once', () => {
  assert(
    property(changes, (given) => {
      const lists = new Map<string, readonly number[]>();
      const affected = createAffected((cell, before, now) => {
        const key = `${cell} ${before} ${now}`;
        expect(lists.has(key)).toBe(false);
        const list = [lists.size];
        lists.set(key, list);
        return list;
      });
      for (const [cell, before, now] of given) {
        const found = affected.by(cell, before, now);
        expect(found).toBe(lists.get(`${cell} ${before} ${now}`));
      }
    }),
  );
});

test('two changes of a cell that are 2^20 local states apart are distinct', () => {
  const affected = createAffected((_, before) => [before]);
  for (const before of [7, 2 ** 20 + 7, 2 ** 21 + 7]) {
    expect(affected.by(3, before, 5)).toEqual([before]);
  }
});
