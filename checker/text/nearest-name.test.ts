import { expect, test } from '@jest/globals';
import { didYouMean, distance, nearest } from './nearest-name.ts';

test.each([
  ['', '', 0],
  ['idle', 'idle', 0],
  ['idel', 'idle', 1],
  ['sprite', 'spite', 1],
  ['kitten', 'sitting', 3],
])('from %j to %j is %i', (from, to, apart) => {
  expect(distance(from, to)).toBe(apart);
  expect(distance(to, from)).toBe(apart);
});

test('the nearest name, the first of equals, or none', () => {
  expect(nearest('sprte-1992', ['sprite-1986', 'sprite-1992'])).toBe('sprite-1992');
  expect(nearest('sprite-19', ['sprite-1986', 'sprite-1992'])).toBe('sprite-1986');
  expect(nearest('locus', ['accent', 'charlotte'])).toBeUndefined();
  expect(didYouMean('lcous', ['accent', 'locus'])).toBe(' (did you mean "locus"?)');
  expect(didYouMean('x', ['accent'])).toBe('');
});
