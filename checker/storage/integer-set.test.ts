import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createMarks } from './integer-set.ts';

test('behaves as a set that keeps the order of insertion', () => {
  const orders = fc.array(
    fc.oneof(fc.constant('clear' as const), fc.nat({ max: 300 }), fc.nat({ max: 5 })),
  );
  fc.assert(
    fc.property(orders, (list) => {
      const marks = createMarks();
      const set = new Set<number>();
      for (const order of list) {
        if (order === 'clear') {
          marks.clear();
          set.clear();
          continue;
        }
        expect(marks.has(order)).toBe(set.has(order));
        marks.add(order);
        set.add(order);
      }
      expect(Array.from({ length: marks.count() }, (_, index) => marks.at(index))).toEqual([
        ...set,
      ]);
    }),
  );
});
