// What catches a fault is one row of `list NAME`, and what was only expected to is another.

import { expect, test } from '@jest/globals';
import { catalogOf } from '../../analysis/catalog/catalog.ts';
import type { Entry } from '../../analysis/catalog/entry.ts';
import { loadedSprite } from '../../testing/sprite.ts';
import { entryLines } from './list.ts';

const catalog = catalogOf(loadedSprite);

test('a fault and a property say what was expected, and is not so', () => {
  expect(rowsOf('R1').filter((line) => /shadow-lists-holders/.test(line))).toEqual([
    'expected shadow-lists-holders: not caught by it in any small scenario',
  ]);
  expect(rowsOf('R1').find((line) => line.startsWith('caught by'))).toMatch(
    'use-counts-sum-clients',
  );
  expect(rowsOf('shadow-lists-holders').filter((line) => /\bR1\b/.test(line))).toEqual([
    'expected R1: not caught in any small scenario',
  ]);
});

test('a fault that was never searched for is caught by nothing yet', () => {
  const [first] = loadedSprite.variants;
  const variants = [
    { id: 'Z', value: first?.value, caughtBy: ['one-offset'], scenario: 'same-target' },
  ];
  const [entry] = catalogOf({ ...loadedSprite, variants });
  expect(entry).toMatchObject({ name: 'Z', caughtBy: [], expected: ['one-offset'] });
  expect(linesOf(entry)).toContain('expected one-offset: no counterexample is stored');
});

function rowsOf(name: string): readonly string[] {
  return linesOf(catalog.find((each) => each.name === name));
}

/** With one space between columns. */
function linesOf(entry: Entry | undefined): readonly string[] {
  if (entry === undefined) return [];
  return entryLines(loadedSprite, entry, () => undefined).map((each) =>
    each.replaceAll(/ +/g, ' '),
  );
}
