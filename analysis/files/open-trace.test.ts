// Unknown names and bounds are refused by every reader of traces.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { loadedSprite } from '../../testing/sprite.ts';
import { itfOf } from '../export/itf.ts';
import { openItf } from '../export/open-itf.ts';
import { storyDocument } from '../export/story-document.ts';
import { instanceIn } from '../specification/instance.ts';
import { openTrace } from './open-trace.ts';

const folder = mkdtempSync(join(tmpdir(), 'sprite-check-trace-file-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const stored = join('traces', 'faults', 'A37-home-knows-location.trace.json');

const misnamed: readonly (readonly [string, string, string, string])[] = [
  ['another kernel', '"variant"', 'A37', 'expected a kernel, found "A37x"'],
  [
    'another scenario',
    '"name"',
    'requested-twice',
    'expected a scenario, found "requested-twicex"',
  ],
  ['another property', '"property"', 'home-knows-location', 'expected a property, found "home-'],
];

/** A number of hosts that its scenario does not have; ITF writes numbers in its own way. */
const otherBounds = (text: string): string =>
  text.replace(/("hosts": ?(?:\{"#bigint":")?)\d+/, '$17');

const exported = (): string => {
  const trace = openTrace(loadedSprite, stored);
  const { variant, scenario } = trace;
  const named = { variant, scenario: scenario.name, properties: [] };
  return itfOf(storyDocument(instanceIn(loadedSprite, named), trace));
};

describe.each([
  ['a trace', () => readFileSync(stored, 'utf8'), openTrace],
  ['a story in ITF', exported, openItf],
] as const)('%s', (_, text, read) => {
  test.each(misnamed)('%s', (_name, key, name, expected) => {
    const damaged = text().replace(new RegExp(`(${key}: ?"${name})"`), '$1x"');
    expect(() => read(loadedSprite, fileOf(damaged))).toThrow(expected);
  });

  test('other bounds', () => {
    expect(() => read(loadedSprite, fileOf(otherBounds(text())))).toThrow(
      /expected \d hosts of requested-twice, found 7$/,
    );
  });
});

test('other bounds are accepted on request, other names are not', () => {
  const text = otherBounds(readFileSync(stored, 'utf8'));
  expect(openTrace(loadedSprite, fileOf(text), { anyBounds: true }).scenario.bounds['hosts']).toBe(
    7,
  );
  const nowhere = fileOf(text.replace('"requested-twice"', '"nowhere"'));
  expect(() => openTrace(loadedSprite, nowhere, { anyBounds: true })).toThrow(
    'expected a scenario',
  );
});

test('a trace of a kernel that is not shipped says how to replay it; a story in ITF does not', () => {
  const how = '; replay and explain take it on another kernel with --kernel <id>';
  const mine = (text: string): string => fileOf(text.replace(/("variant": ?)"A37"/, '$1"mine"'));
  const opened = mine(readFileSync(stored, 'utf8'));
  expect(() => openTrace(loadedSprite, opened)).toThrow(how);
  expect(openTrace(loadedSprite, opened, { elsewhere: 'A37' }).variant).toBe('mine');
  const imported = mine(exported());
  expect(() => openItf(loadedSprite, imported)).toThrow(/found "mine".*names them all$/);
});

test.each([
  ['variant', 'A37', '--kernel ./mine.mjs'],
  ['name', 'requested-twice', '--scenario ./mine.json'],
  ['property', 'home-knows-location', '--property ./mine.mjs'],
])('the error for an unknown %s says how to name one of your own', (key, name, how) => {
  const mine = fileOf(
    readFileSync(stored, 'utf8').replace(new RegExp(`("${key}": ?)"${name}"`), '$1"own"'),
  );
  expect(() => openTrace(loadedSprite, mine)).toThrow(
    `one of your own is named by its file: ${how}`,
  );
});

function fileOf(text: string): string {
  const file = join(folder, 'damaged.json');
  writeFileSync(file, text);
  return file;
}
