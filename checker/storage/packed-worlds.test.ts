import { describe, expect, test } from '@jest/globals';
import { createPrng } from '../random/prng.ts';
import { createRows } from './packed-worlds.ts';

const WIDTH = 7;

describe('rows', () => {
  test('keep every world once, through every widening, and give it back as it was', () => {
    const prng = createPrng(3);
    const rows = createRows(WIDTH);
    const first = new Int32Array(WIDTH);
    rows.offerRoot(first);
    rows.flush();
    const known = new Set([first.join()]);
    const scratch = new Int32Array(WIDTH);
    for (let offered = 0; offered < 5000; offered++) {
      const parent = prng.below(rows.count());
      rows.load(parent, scratch);
      const row = scratch.slice();
      const cell = prng.below(WIDTH);
      row[cell] = prng.below(1 + (offered >> 2));
      rows.offer(parent, row, Int32Array.of(cell), 1);
      known.add(row.join());
      if (offered % 50 === 0) rows.flush();
    }
    rows.flush();
    const stored = new Set<string>();
    for (let index = 0; index < rows.count(); index++) {
      rows.load(index, scratch);
      stored.add(scratch.join());
    }
    expect(rows.count()).toBe(known.size);
    expect(stored).toEqual(known);
  });

  test('report the cells that differ from the row before', () => {
    const rows = createRows(WIDTH);
    const row = new Int32Array(WIDTH);
    rows.offerRoot(row);
    rows.flush();
    row[4] = 1;
    rows.offer(0, row, Int32Array.of(4), 1);
    rows.flush();
    const into = new Int32Array(WIDTH);
    rows.load(0, into);
    const { count, cells } = rows.load(1, into);
    expect(Array.from(cells.subarray(0, count))).toEqual([4]);
  });
});
