// Words that people type, with the entries they mean, written down before the search was run.

import { describe, expect, test } from '@jest/globals';
import { loadedSprite } from '../../testing/sprite.ts';
import { catalogOf } from './catalog.ts';
import { searchIn } from './search.ts';

const catalog = catalogOf(loadedSprite);

describe('words find', () => {
  test.each([
    ['double migration', ['double-migration', 'R1']],
    ['close-reopen', ['sprite-1986', 'R64-1986']],
    ['open-close', ['sprite-1989', 'R64-1989']],
    ['atomic', ['sprite']],
    ['one-offset', ['one-offset']],
    ['r1', ['R1']],
    // A record, and a misspelled word.
    ['Zayas', ['accent']],
    ['evicton', ['eviction', 'eviction-ends']],
  ])('%s: %j', (words, expected) => {
    const names = searchIn(catalog, words).matches.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(expected));
    // Two entries with one name may come before another one that was meant.
    expect(expected).toContain(names[0]);
  });

  test('nothing if no entry has them', () => {
    expect(searchIn(catalog, 'asdfgh')).toEqual({ matches: [], others: [] });
  });

  test('entries with some of the words after those with all', () => {
    const { matches, others } = searchIn(catalog, 'double migration');
    expect(others.length).toBeGreaterThan(0);
    expect(others.filter((entry) => matches.includes(entry))).toEqual([]);
  });
});

describe('an entry says', () => {
  test('of a fault: its record, differences, properties that catch it, scenario, and next command', () => {
    expect(catalog.find(({ name }) => name === 'R1')).toMatchObject({
      kind: 'variant',
      record: expect.stringContaining('RCS fsioMigrate.c 8.4'),
      differences: ['observation served of service'],
      caughtBy: expect.arrayContaining(['use-counts-sum-clients']),
      scenario: 'double-migration',
      traces: expect.arrayContaining(['traces/faults/R1-use-counts-sum-clients.trace.json']),
      next: expect.arrayContaining(['sprite-check check double-migration --kernel R1']),
    });
  });

  test('of a scenario: its hosts and programs, its size, and what is tested there', () => {
    expect(catalog.find(({ name }) => name === 'double-migration')).toMatchObject({
      kind: 'scenario',
      size: 'small',
      data: { hosts: ['A', 'B', 'C'], files: ['f'] },
      counts: { states: expect.any(Number) },
      tests: expect.arrayContaining(['use-counts-sum-clients']),
      faults: expect.arrayContaining(['R1']),
    });
  });

  test('of a property: its statement, sources and faults, also those that name it', () => {
    expect(catalog.find(({ name }) => name === 'one-offset')).toMatchObject({
      kind: 'property',
      title: 'All reads and writes of a stream, on whatever host, follow one offset.',
      sources: { paper: expect.stringContaining('§5') },
      catches: expect.arrayContaining(['R6', 'sprite-1986']),
      file: 'properties/one-offset.property.ts',
    });
  });

  test('everything that has a name, once', () => {
    const keys = catalog.map(({ kind, name }) => `${kind} ${name}`);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
