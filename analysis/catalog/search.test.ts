// Words that people type, with the entries they mean, written down before the search was run.

import { describe, expect, test } from '@jest/globals';
import { loadedSprite } from '../../testing/sprite.ts';
import { withoutName } from '../specification/lookup.ts';
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
    // What people call such faults, and the scenarios that show them.
    ['deadlock', ['R8', 'R8-second', 'R12', 'A39', 'three-party-close', 'close-at-the-source']],
    ['circle of waiting', ['R8', 'R8-second', 'R12', 'A39', 'three-party-close']],
    ['hang', ['R27', 'R50', 'R65', 'A8', 'A9', 'A12', 'A40', 'crash-during-migration', 'eviction']],
    ['lost wake-up', ['R50', 'R65', 'P-lost-wake-up', 'client-dies-in-recall']],
    ['lost update', ['A43', 'A55', 'N4', 'N5', 'N9', 'writer-leaves-reader', 'opens-overtake']],
    ['lost write', ['A43', 'A55', 'N4', 'N5', 'N9']],
    [
      'stale read',
      ['R10', 'R14', 'A7', 'A53', 'A54', 'A56', 'N2', 'N6', 'N8', 'sequential-sharing'],
    ],
    ['stale cache', ['R10', 'R14', 'A7', 'A53', 'A54', 'A56', 'N2', 'N6', 'N8', 'shared-once']],
    ['race', ['R18', 'R19', 'A7', 'A12', 'A37', 'A37-second', 'A49', 'N1', 'requested-twice']],
    ['double free', ['R44', 'N7', 'two-closers', 'source-dies-in-recall']],
    ['double count', ['R3', 'same-target']],
    ['use after free', ['R64-1986', 'N3', 'N12', 'unlinked-travels', 'unlinked-shared-travels']],
    ['underflow', ['R1', 'N7', 'double-migration']],
    ['leak', ['R2', 'R27', 'A1', 'A2', 'A3', 'A8', 'A46', 'crash-during-migration']],
    ['orphan', ['R27', 'A8', 'A46', 'P-orphan-kept']],
    ['split brain', ['A48', 'lost-reply']],
    ['retry', ['A46', 'A48', 'fork-asked-again', 'lost-reply']],
    ['livelock', ['P-asks-for-ever']],
    [
      'lost offset',
      ['R6', 'R7', 'A57', 'A58', 'N1', 'read-during-transfer', 'sharers-change-places'],
    ],
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

  test('which properties catch a fault, and which were expected to and do not', () => {
    const missed = [
      ['R1', ['shadow-lists-holders']],
      ['R3', ['use-counts-sum-clients', 'entry-matches-handle']],
      ['R27', ['nothing-is-left']],
      ['A40', ['home-knows-location']],
      ['P-own-boot', ['home-knows-location']],
    ] as const;
    for (const [fault, expected] of missed) {
      const { caughtBy = [] } = loadedSprite.variants.find(({ id }) => id === fault) ?? {};
      expect(catalog.find(({ name }) => name === fault)).toMatchObject({
        caughtBy: withoutName(caughtBy, expected),
        expected,
      });
      for (const property of expected) {
        expect(catalog.find(({ name }) => name === property)).toMatchObject({
          catches: expect.not.arrayContaining([fault]),
          missed: expect.arrayContaining([fault]),
        });
      }
    }
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
