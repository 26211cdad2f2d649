// Files that nobody vouches for: whatever stands in them, a reader takes them or says in one line why
// not. Never a stack, never a hang, never a changed file. `npm run nightly` tries many more.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { createPrng } from '../checker/prng.ts';
import { parseTrace, printTrace } from '../checker/trace.ts';
import { BadInput } from '../cli/exit.ts';
import { openTrace } from '../cli/trace-file.ts';
import { readers, taken, type Reader } from './hostile/readers.ts';
import { names, pick, spoiled } from './hostile/spoil.ts';
import { withHostileSteps } from './hostile/steps.ts';

/** Files for each reader; `npm run nightly` has more. */
const FILES = Number(process.env['SPRITE_CHECK_FILES'] ?? 200);
/** Where to begin; `npm run nightly` begins elsewhere each day. */
const FIRST = Number(process.env['SPRITE_CHECK_SEED'] ?? 1989);
/** Files of these that go through the command line as well. */
const STARTED = FILES > 10_000 ? 100 : 2;
const STORIES = Math.ceil(FILES / 4);
/** A reader that takes longer hangs, for whoever waits. */
const LONGEST_MS = 5000;
const MINUTES = FILES > 10_000 ? 120 : 1;

const folder = mkdtempSync(join(tmpdir(), 'sprite-check-hostile-'));
const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Nothing but what a terminal shows as itself, and escapes. */
const SHOWN = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]*$/u;
const REFUSAL = /^(sprite-check: .+: .+|.+:\d+: expected .+, found .+)$/;

describe.each(readers)('the reader of a $name', (reader) => {
  const samples = reader.samples.map((path) => readFileSync(path, 'utf8'));

  test('takes what is whole', () => {
    for (const path of reader.samples.slice(0, 3)) expect(outcomeOf(reader, path)).toBe('taken');
  });

  test(
    `takes or refuses ${FILES} spoilt files, and some of each`,
    () => {
      const outcomes = { taken: 0, refused: 0 };
      for (let seed = FIRST; seed < FIRST + FILES; seed++) {
        const path = join(folder, 'spoilt.json');
        const bytes = spoiltFile(seed, samples);
        writeFileSync(path, bytes);
        const outcome = named(`seed ${seed}`, () => outcomeOf(reader, path));
        outcomes[outcome]++;
        if (Buffer.compare(readFileSync(path), bytes) !== 0)
          throw new Error(`seed ${seed}: changed`);
        for (const extra of readdirSync(folder)) rmSync(join(folder, extra));
      }
      if (reader.isSealed !== true) expect(outcomes.taken).toBeGreaterThan(FILES / 100);
      expect(outcomes.refused).toBeGreaterThan(FILES / 2);
    },
    MINUTES * 60_000,
  );

  const tells = reader.verb === undefined ? test.skip : test;
  tells(
    `tells ${STARTED} of them in one line: exit 1, and nothing on standard output`,
    () => {
      let started = 0;
      for (let seed = FIRST; started < STARTED; seed++) {
        const path = join(folder, 'spoilt.json');
        writeFileSync(path, spoiltFile(seed, samples));
        if (outcomeOf(reader, path) === 'taken') continue;
        started++;
        const args = [main, ...(reader.verb?.(path) ?? [])];
        const { status, stdout, stderr } = spawnSync(process.execPath, args, {
          cwd: folder,
          encoding: 'utf8',
          timeout: 20_000,
        });
        const [line = '', ...more] = stderr.trimEnd().split('\n');
        expect({ seed, status, stdout, more }).toEqual({ seed, status: 1, stdout: '', more: [] });
        expect(line).toMatch(REFUSAL);
        expect(line).toMatch(SHOWN);
      }
    },
    MINUTES * 60_000,
  );
});

test(
  `${STORIES} well-formed stories with steps of no kernel end as stale, or as they can`,
  () => {
    const samples = readers[0]?.samples ?? [];
    let told = 0;
    for (let seed = FIRST; seed < FIRST + STORIES; seed++) {
      const story = withHostileSteps(seed, openTrace(pick(createPrng(seed), samples)));
      named(`seed ${seed}`, () => {
        // Here only what the format allows is tried.
        if (parseTrace(printTrace(story), 'story').kind === 'problems') return;
        told++;
        for (const line of taken(story)) expect(line).toMatch(SHOWN);
      });
    }
    expect(told).toBeGreaterThan(STORIES / 2);
  },
  MINUTES * 60_000,
);

describe('what costs more than it looks', () => {
  const long = 'k'.repeat(500_000);
  const [sample = ''] = (readers[0]?.samples ?? []).map((path) => readFileSync(path, 'utf8'));

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
    ['many small lists', `[${'[],'.repeat(300_000)}[]]`],
    ['a long key twice', `{"${long}":1,"${long}":2}`],
    ['nothing but line ends', '\n'.repeat(1_000_000)],
  ])('%s', (_, text) => {
    const path = join(folder, 'heavy.json');
    writeFileSync(path, text);
    for (const reader of readers) expect(outcomeOf(reader, path)).toBe('refused');
  });
});

test('names in a file do nothing to a terminal, and reach no prototype', () => {
  const [sample = ''] = (readers[0]?.samples ?? []).map((path) => readFileSync(path, 'utf8'));
  const path = join(folder, 'names.json');
  for (const name of names) {
    for (const field of ['kernel', 'property', 'lastWorld', 'format', 'verdict', 'title']) {
      const document = JSON.parse(sample) as { [field: string]: unknown };
      document[field] = name;
      writeFileSync(path, JSON.stringify(document));
      for (const reader of readers) outcomeOf(reader, path);
    }
  }
  expect(({} as { [key: string]: unknown })['polluted']).toBeUndefined();
});

function spoiltFile(seed: number, samples: readonly string[]): Uint8Array {
  const prng = createPrng(seed);
  return spoiled(prng, pick(prng, samples));
}

/** Takes it, or refuses it as whoever reads the line expects; anything else is a failure. */
function outcomeOf(reader: Reader, path: string): 'taken' | 'refused' {
  const started = performance.now();
  let outcome: 'taken' | 'refused' = 'taken';
  try {
    for (const line of reader.read(path)) if (!SHOWN.test(line)) throw new Error(`printed ${line}`);
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    const { message } = error;
    const isOneLine = REFUSAL.test(message) && SHOWN.test(message) && message.length < 2000;
    if (!isOneLine) throw new Error(`refused with ${message}`, { cause: error });
    outcome = 'refused';
  }
  const ms = performance.now() - started;
  if (ms > LONGEST_MS) throw new Error(`took ${ms} ms`);
  return outcome;
}

/** Says which file it was. */
function named<T>(what: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new Error(`${what}: ${String(error)}`, { cause: error });
  }
}

function manyFields(count: number): string {
  return Array.from({ length: count }, (_, index) => `"k${index}":0,`).join('');
}
