// Worlds are found again by their content, for any number of local states of a cell.

import { expect, test } from '@jest/globals';
import { array, assert, constantFrom, nat, oneof, property } from 'fast-check';
import { createWorlds } from './numbered-worlds.ts';

const ids = oneof(nat(4), nat(0x3fffffff), constantFrom(0x7fff, 0x8000, 0xffff, 0x10000));
const rows = array(array(ids, { minLength: 3, maxLength: 3 }), { maxLength: 20 });

test('equal rows have one number, others another, and each is loaded as it was', () => {
  assert(
    property(rows, (given) => {
      const worlds = createWorlds();
      const numbers = given.map((row) => worlds.numberOf(Int32Array.from(row)));
      const texts = given.map((row) => row.join());
      expect(worlds.count()).toBe(new Set(texts).size);
      for (const [index, number] of numbers.entries()) {
        expect(numbers.indexOf(number)).toBe(texts.indexOf(texts[index] ?? ''));
        const row = new Int32Array(3);
        worlds.load(number, row);
        expect(row.join()).toBe(texts[index]);
      }
    }),
  );
});
