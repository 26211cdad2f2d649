import { expect, test } from '@jest/globals';
import { createPrng } from './prng.ts';

test('a seed gives the same numbers again', () => {
  const prng = createPrng(1989);
  const first = Array.from({ length: 8 }, () => prng.next());
  prng.seed(1989);
  expect(Array.from({ length: 8 }, () => prng.next())).toEqual(first);
  expect(first).toEqual([
    -1270538973, 1407378578, 1051327314, 199195620, -1745890375, -747801694, -1569754634,
    1386167812,
  ]);
});

test('neighboring seeds differ at once, zero included', () => {
  const firsts = new Set(
    Array.from({ length: 1000 }, (_, seed) => createPrng(seed).below(1 << 30)),
  );
  expect(firsts.size).toBe(1000);
});

test('below() reaches every number, about equally often', () => {
  const prng = createPrng(7);
  const draws = Array.from({ length: 10_000 }, () => prng.below(5));
  for (const number of [0, 1, 2, 3, 4]) {
    const count = draws.filter((draw) => draw === number).length;
    expect(Math.abs(count - 2000)).toBeLessThan(200);
  }
});
