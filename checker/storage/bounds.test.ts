// A full table grows, or the error says that it cannot.

import { expect, test } from '@jest/globals';
import { doubled, integers, MOST_INTEGERS, Outgrown } from './growing-array.ts';
import { createMarks } from './integer-set.ts';
import { createWorlds } from './numbered-worlds.ts';
import { createRows } from './packed-worlds.ts';
import { createTextNumbers } from './text-numbers.ts';

test('an array grows up to its bound, keeps its values, and then is refused by name', () => {
  const four = doubled(Int32Array.of(5, 6), 'the marks', 4);
  expect([...four]).toEqual([5, 6, 0, 0]);
  expect(() => doubled(four, 'the marks', 4)).toThrow(
    new Outgrown(
      'the marks take more than 4 integers: bound the search (--max-states), or let cells hold and say less',
    ),
  );
});

test('a position in the largest array, doubled and one more, is a 32-bit integer', () => {
  expect((2 * (MOST_INTEGERS - 1) + 1) | 0).toBe(2 * (MOST_INTEGERS - 1) + 1);
  expect(() => integers(2 * MOST_INTEGERS, 'all')).toThrow(
    'all take more than 1073741824 integers',
  );
});

test('texts have one number each, in as many maps as it takes', () => {
  const numbers = createTextNumbers(3);
  const texts = Array.from({ length: 20 }, (_, index) => `text ${index}`);
  for (const [index, text] of texts.entries()) {
    expect(numbers.find(text)).toBeUndefined();
    expect(numbers.add(text)).toBe(index);
  }
  expect(texts.map(numbers.find)).toEqual([...texts.keys()]);
  expect(numbers.count()).toBe(20);
});

test('a set that was emptied as often as its rounds can be counted is empty again', () => {
  const marks = createMarks(3);
  for (let round = 0; round < 10; round++) {
    expect(marks.has(7)).toBe(false);
    marks.add(7);
    expect(marks.has(7)).toBe(true);
    marks.clear();
  }
});

test('the widest world, each cell with the most local states there can be, is found again', () => {
  const worlds = createWorlds();
  const row = Int32Array.from({ length: 4096 }, (_, cell) => MOST_INTEGERS - 1 - cell);
  const other = row.with(4095, 3);
  expect([row, other, row].map(worlds.numberOf)).toEqual([0, 1, 0]);
  const into = new Int32Array(4096);
  worlds.load(0, into);
  expect(into).toEqual(row);
});

test('worlds of the highest local states are packed and given back', () => {
  const rows = createRows(3, { parents: false });
  const worlds = [0, 1, 0xffff, MOST_INTEGERS - 1].map((id) => Int32Array.of(id, 1, id));
  const numbers = worlds.map(rows.numberOf);
  const into = new Int32Array(3);
  for (const [index, number] of numbers.entries()) {
    rows.load(number, into);
    expect(into).toEqual(worlds[index]);
  }
  expect(worlds.map(rows.numberOf)).toEqual(numbers);
});

test('a table numbers worlds up to its bound, and then refuses', () => {
  const rows = createRows(1, { parents: false, mostTableBits: 12 });
  const fill = (): void => {
    for (let id = 0; id < 4096; id++) rows.numberOf(Int32Array.of(id));
  };
  expect(fill).toThrow(
    '2457 states are the most that can be stored: bound the search (--max-states)',
  );
});
