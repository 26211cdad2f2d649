// Files that are not trusted: whatever they contain, a reader takes them or says in one line why not.
// Never a stack, never a hang, never a changed file. `npm run nightly` tries many more.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { attack, outcomeOf, samplesOf } from './attack.ts';
import { readers } from './readers.ts';
import { names } from './spoil.ts';
import { startedWrong } from './started.ts';

/** Files for each reader, enough for every way of spoiling; and how many of each go through the command line. */
const FILES = 100;
const STARTED = 1;
const FIRST = 1989;

const root = mkdtempSync(join(tmpdir(), 'sprite-check-hostile-'));
const folder = (): string => mkdtempSync(join(root, 'of-one-'));
const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
afterAll(() => rmSync(root, { recursive: true, force: true }));

describe.each(readers)('the reader of a $name', (reader) => {
  test('accepts undamaged files', () => {
    for (const path of reader.samples.slice(0, 3)) {
      expect(outcomeOf(reader, path)).toMatchObject({ outcome: 'taken' });
    }
  });

  test(`accepts or refuses ${FILES} damaged files, and some of each`, () => {
    const { files, refused } = attack(reader, { folder: folder(), first: FIRST, files: FILES });
    expect(files).toBe(FILES);
    expect(refused).toBeGreaterThanOrEqual(FILES * reader.least.refused);
    expect(FILES - refused).toBeGreaterThanOrEqual(FILES * reader.least.taken);
  }, 120_000);

  const onTerminal = reader.verb === undefined ? test.skip : test;
  onTerminal(
    `refuses ${STARTED} of them on the command line in one line, and takes ${STARTED}: no stack, no hang, no change`,
    () => {
      const start = { main, folder: folder(), first: FIRST, files: STARTED };
      expect(startedWrong(reader, start)).toEqual([]);
    },
    120_000,
  );
});

describe('a command that fails in another way is reported', () => {
  const [reader] = readers;

  test.each([
    ['waits for ever', 'setInterval(() => {}, 1000)', /hangs$/],
    ['throws', 'throw new Error("oops")', /: refused with what a terminal obeys|exit 1: .*oops/s],
    ['says that it is our mistake', 'process.exitCode = 3', /exit 3: $/],
    ['says nothing', 'process.exitCode = 1', /refused in other words|exit 1: $/],
    ['prints a stack', 'console.log(new Error("oops").stack)', /exit 0: |printed +at /],
    ['prints what a terminal obeys', 'console.log("\\u001b[2J")', /exit 0: |printed .\[2J/],
    ['writes into the file', 'fs.appendFileSync(process.argv[3], " ")', /the file was changed$/],
    ['leaves another', 'fs.writeFileSync("other", "")', /left damaged\.json, other$/],
  ])(
    'one that %s',
    (_, script, expected) => {
      const path = join(folder(), 'main.cjs');
      writeFileSync(path, `const fs = require('node:fs');\n${script}\n`);
      const start = { main: path, folder: folder(), first: FIRST, files: 1, longestMs: 2000 };
      const wrong = reader === undefined ? [] : startedWrong(reader, start);
      expect(wrong.map((each) => each.replace(/^seed \d+, (\w+): .*/s, '$1')).toSorted()).toEqual([
        'refused',
        'taken',
      ]);
      for (const each of wrong) expect(each).toMatch(expected);
    },
    60_000,
  );
});

/** One of each: samples differ here, and what reads them is the same. */
const ways = [...new Map(readers.map((reader) => [reader.read, reader])).values()];

describe('a file that costs more than its size', () => {
  const long = 'k'.repeat(500_000);
  const [sample = ''] = readers.slice(0, 1).flatMap(samplesOf);

  test.each([
    ['a long key around many values', `{"${long}":[${'0,'.repeat(200_000)}0]}`],
    ['many unknown fields', sample.replace('{', `{${manyFields(60_000)}`)],
    [
      'many steps that are none',
      sample.replace('"steps": [', `"steps": [${'{},'.repeat(200_000)}`),
    ],
    ['a long number', `{"format":${'1'.repeat(1_000_000)}}`],
    ['a string without an end', `{"format":"${'\\"'.repeat(400_000)}`],
    ['many lists', '['.repeat(900_000)],
    ['many small lists', `[${'[],'.repeat(100_000)}[]]`],
    ['a long key twice', `{"${long}":1,"${long}":2}`],
    ['nothing but line ends', '\n'.repeat(1_000_000)],
  ])('%s', (_, text) => {
    const path = join(folder(), 'heavy.json');
    writeFileSync(path, text);
    for (const reader of ways) {
      expect(outcomeOf(reader, path)).toMatchObject({ outcome: 'refused' });
    }
  });
});

test('names in a file have no effect on a terminal, and reach no prototype', () => {
  const [sample = ''] = readers.slice(0, 1).flatMap(samplesOf);
  const path = join(folder(), 'names.json');
  for (const name of names) {
    for (const field of [
      'specification',
      'variant',
      'property',
      'lastWorld',
      'format',
      'verdict',
      'title',
    ]) {
      const document = JSON.parse(sample) as { [field: string]: unknown };
      document[field] = name;
      writeFileSync(path, JSON.stringify(document));
      for (const reader of ways) outcomeOf(reader, path);
    }
  }
  expect(({} as { [key: string]: unknown })['polluted']).toBeUndefined();
});

function manyFields(count: number): string {
  return Array.from({ length: count }, (_, index) => `"k${index}":0,`).join('');
}
