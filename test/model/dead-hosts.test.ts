// Dead hosts are looked for in all cells and all fields; what is excepted is what happens, and no more.

import { expect, test } from '@jest/globals';
import { explore } from '../../checker/search/explore.ts';
import type { Claim } from '../../checker/specification/property.ts';
import { instanceWith } from '../../analysis/specification/instance.ts';
import { sprite } from '../../model/kernel.ts';
import * as crashes from '../../model/scenarios/crashes.ts';
import type { Local } from '../../model/vocabulary/cell.ts';
import { cellsIn, fieldsHeldIn, hostsNamedIn, type AnyCell } from '../../properties/dead-hosts.ts';
import { claimsWith, excusedNames } from '../../properties/dead-hosts-are-forgotten.property.ts';
import { loadedSprite } from '../../testing/sprite.ts';

const SLOW = 120_000;
const cells = cellsIn(crashes.crashDuringMigration);

function cellNamed(name: string): AnyCell {
  return cells.find((each) => each.name === name) as AnyCell;
}

/** With these fields of the context, in this state. */
function holding({ empty }: AnyCell, fields: object, value = empty.value): Local {
  return { value, context: { ...(empty.context as object), ...fields } };
}

test('a cell belongs to the host in its name, and is empty if no process has started there', () => {
  const block = cellNamed('process p@A');
  expect(block.host).toBe('A');
  expect(block.empty.value).toBe('absent');
  expect(cellNamed('cleanup B').host).toBe('B');
  expect(cellNamed('file f').host).toBeUndefined();
});

test.each<[string, object, readonly (readonly [string, string])[]]>([
  ['file f', { lastWriter: 'B' }, [['lastWriter', 'B']]],
  [
    'shadow p0',
    { clients: ['A', 'B'] },
    [
      ['clients', 'A'],
      ['clients', 'B'],
    ],
  ],
  ['shadow p0', { lockedBy: 'process p@A' }, [['lockedBy', 'A']]],
  ['file f', { lockedBy: 'cleanup B' }, [['lockedBy', 'B']]],
  ['file f', { lockedBy: 'service p' }, []],
  ['target p', { carried: [null, { stream: 'p0', of: { host: 'A' } }] }, [['carried', 'A']]],
  // An unknown field.
  ['position p0', { remembers: 'A' }, [['remembers', 'A']]],
  // A cell may name its own host.
  ['process p@A', { home: 'A', peer: 'B' }, [['peer', 'B']]],
])('%s with %j names %j', (name, fields, named) => {
  const cell = cellNamed(name);
  expect(hostsNamedIn(cell, ['A', 'B'], [])(holding(cell, fields))).toEqual(named);
});

test('a cell contains every field that is not empty, and its state, unless they are excepted', () => {
  const entry = cellNamed('entry f@A');
  const held = holding(entry, { references: 1, stamp: 3 }, 'listed');
  expect(fieldsHeldIn(entry, [])(held)).toEqual(['is', 'references', 'stamp']);
  expect(fieldsHeldIn(entry, excusedNames)(held)).toEqual(['is', 'references']);
  expect(fieldsHeldIn(entry, [])(entry.empty)).toEqual([]);
});

test(
  'each exception is met on the repaired kernel: without it the property does not hold',
  () => {
    const met = [
      crashes.clientDiesInRecall,
      crashes.crashDuringMigration,
      crashes.sourceDiesInRecall,
      crashes.homeDiesInWait,
      crashes.bothDie,
      crashes.homeComesBack,
    ].flatMap((scenario) => {
      const { system } = instanceWith(loadedSprite, sprite, { scenario, asked: [] });
      const claims = excusedNames.flatMap((left, index) =>
        claimsWith(
          scenario,
          excusedNames.filter((each) => each !== left),
        ).map((claim): Claim => ({ property: `${index}`, kind: 'atRest', test: claim })),
      );
      return explore(system, { claims, stopAt: false }).found.map(({ violation }) =>
        Number(violation.property),
      );
    });
    expect(excusedNames.filter((_, index) => !met.includes(index))).toEqual([]);
  },
  SLOW,
);
