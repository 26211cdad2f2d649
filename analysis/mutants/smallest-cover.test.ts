import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { smallestCover, type Hits } from './smallest-cover.ts';

function hitsOf(entries: { readonly [name: string]: string }): Hits {
  return new Map(Object.entries(entries).map(([name, targets]) => [name, new Set(targets)]));
}

test.each<[{ readonly [name: string]: string }, readonly string[]]>([
  [{}, []],
  [{ a: '', b: '' }, []],
  [{ a: 'x', b: 'xy', c: 'y' }, ['b']],
  // A greedy choice, the largest first, needs three.
  [{ a: 'tuvw', b: 'tux', c: 'vwy' }, ['b', 'c']],
  [{ b: 'xy', a: 'xy' }, ['a']],
])('%j needs %j', (entries, cover) => {
  expect(smallestCover(hitsOf(entries))).toEqual(cover);
});

test('the set is a smallest one, and the first of its size', () => {
  const names = 'abcdefg'.split('');
  const targets = fc.subarray('tuvwxyz'.split(''));
  fc.assert(
    fc.property(fc.tuple(...names.map(() => targets)), (lists) => {
      const hits = new Map(names.map((name, index) => [name, new Set(lists[index])]));
      expect(smallestCover(hits)).toEqual(bySubsets(hits));
    }),
    { seed: 1989, numRuns: 200 },
  );
});

/** Every subset, the smaller first, then in order of names. */
function bySubsets(hits: Hits): readonly string[] {
  const names = [...hits.keys()].toSorted();
  const all = new Set([...hits.values()].flatMap((each) => [...each]));
  const subsets = Array.from({ length: 2 ** names.length }, (_, bits) =>
    names.filter((_name, index) => (bits >> index) & 1),
  );
  const [found = []] = subsets
    .filter(
      (each) => new Set(each.flatMap((name) => [...(hits.get(name) ?? [])])).size === all.size,
    )
    .toSorted((a, b) => a.length - b.length || (a.join(' ') < b.join(' ') ? -1 : 1));
  return found;
}
