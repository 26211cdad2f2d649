// Names and sizes: one exported name for one thing, folders that a reader can survey, and a reason
// beside each check that is turned off.

import { dirname } from 'node:path';
import { expect, test } from '@jest/globals';
import { houseFiles, isCode, type HouseFile } from '../support/house-files.ts';

const MOST_FILES = 25;
/** One machine or one property a file: as many as there are things. */
const MANY = new Set(['model/machines', 'properties']);

/** Each example is a project of its own; tests import what they compare. */
const rooms = /^(?:analysis|bench|checker|cli|maintenance|model|properties|sprite|testing)\//;

/**
 * The model imports XState and nothing else, so its vocabulary declares these again; the others are
 * names that two entry points of the package export.
 */
const twice: { readonly [name: string]: readonly string[] } = {
  Effect: ['checker/specification/protocol.ts', 'model/vocabulary/cell.ts'],
  Event: ['checker/specification/protocol.ts', 'model/vocabulary/cell.ts'],
  FactsOf: ['checker/specification/event-types.ts', 'model/vocabulary/cell.ts'],
  Json: ['checker/text/json.ts', 'model/vocabulary/cell.ts'],
  Local: ['checker/specification/protocol.ts', 'model/vocabulary/cell.ts'],
  Look: ['checker/specification/protocol.ts', 'model/vocabulary/cell.ts'],
  Observe: ['checker/specification/protocol.ts', 'model/vocabulary/cell.ts'],
  Observed: ['checker/specification/event-types.ts', 'model/vocabulary/cell.ts'],
  ObservedType: ['checker/specification/event-types.ts', 'model/vocabulary/cell.ts'],
  Held: ['checker/specification/event-types.ts', 'model/world.ts'],
  StateOf: ['checker/specification/event-types.ts', 'model/part.ts'],
  /** Worker threads call the function of this name. */
  judge: ['maintenance/conditions/claim-judge.ts', 'maintenance/conditions/machine-judge.ts'],
  cell: ['checker/specification/cell.ts', 'model/vocabulary/ids.ts'],
};

const code = houseFiles().filter(isCode);

test('no two exported types or functions have one name', () => {
  const places = new Map<string, Set<string>>();
  for (const { path, text } of code.filter((file) => rooms.test(file.path) && !isTest(file))) {
    for (const name of exportedBy(text)) {
      places.set(name, (places.get(name) ?? new Set()).add(path));
    }
  }
  const found = [...places].filter(([, paths]) => paths.size > 1);
  expect(Object.fromEntries(found.map(([name, paths]) => [name, [...paths].toSorted()]))).toEqual(
    twice,
  );
});

test(`no folder has more than ${MOST_FILES} files of code`, () => {
  const sizes = new Map<string, number>();
  for (const { path } of code) sizes.set(dirname(path), (sizes.get(dirname(path)) ?? 0) + 1);
  expect([...sizes].filter(([folder, size]) => size > MOST_FILES && !MANY.has(folder))).toEqual([]);
});

test('each check that is turned off has its reason', () => {
  const without = code.flatMap(({ path, text }) =>
    text.split('\n').flatMap((line, index) => {
      const isOff = /(?:oxlint|eslint)-disable/.test(line);
      return isOff && !/ -- \S/.test(line) && path !== self ? [`${path}:${index + 1}`] : [];
    }),
  );
  expect(without).toEqual([]);
});

/** A list that only shrinks: each function of more than 70 lines says why beside itself. */
const LONG_FUNCTIONS = 15;

test('no more functions are long than listed', () => {
  const long = code.flatMap(({ path, text }) =>
    path === self ? [] : (text.match(/-disable-next-line max-lines-per-function/g) ?? []),
  );
  expect(long).toHaveLength(LONG_FUNCTIONS);
});

const self = 'test/house/names.test.ts';

function isTest({ path }: HouseFile): boolean {
  return path.endsWith('.test.ts');
}

function exportedBy(text: string): readonly string[] {
  const found = text.matchAll(
    /^export (?:declare )?(?:async )?(?:function|const|type|class) (\w+)/gm,
  );
  return [...found].map(([, name = '']) => name);
}
