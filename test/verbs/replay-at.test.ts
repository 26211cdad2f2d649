// `replay --at` prints a state of a story, and `--take` goes on from there; bad input is one line.

import { mkdtempSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCommandServer } from '../support/program.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sprite-check-at-'));
const server = createCommandServer(folder);
const R1 = join(root, 'traces', 'faults', 'R1-use-counts-sum-clients.trace.json');
const SLOW = 60_000;

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

test('after step 17 of R1 the server counts no use of f', async () => {
  const { out, code } = await replay(R1, '--at', '17');
  expect(code).toBe(0);
  expect(out).toContain('scenario double-migration, after step 17 of 23\n');
  expect(out).toMatch(/^17 {2}S {2}the server goes on with q's close of f$/m);
  expect(out).toMatch(
    /^ +\* file f: present.*\n +\* {3}changed: references 1 → 0, writers 1 → 0$/m,
  );
  expect(out).toMatch(/^ +stream p0: arriving, file f, mode write, references 1/m);
  expect(out).toMatch(/^ +2 {2}S {2}the server learns whether A uses p0 \(next in the trace\)$/m);
});

test(
  'steps that are taken in a list or one by one are a story that replay accepts',
  async () => {
    const [one, other] = ['one', 'other'].map((name) => join(folder, `${name}.trace.json`));
    await replay(R1, '--at', '17', '--take', '2', '--take', '3', '--out', one ?? '');
    await replay(R1, '--at', '17', '--take', '2,3', '--out', other ?? '');
    expect(readFileSync(one ?? '', 'utf8')).toBe(readFileSync(other ?? '', 'utf8'));
    const { code, out } = await replay(one ?? '');
    expect({ code, last: lastLine(out) }).toEqual({ code: 0, last: 'held' });
  },
  SLOW,
);

test('--take without --at continues from the end', async () => {
  const { out } = await replay(R1, '--take', '1');
  expect(out).toContain('after step 23 of 23, and 1 step taken from there\n');
});

describe('bad input is one line, exit 1, nothing written', () => {
  const out = join(folder, 'none.trace.json');
  test.each([
    [['--at', '24'], '--at 24: expected 0 to 23, a step of the trace'],
    [['--at', '-1'], 'Expected a whole number from 0'],
    [['--at', '15', '--take', '0'], 'Expected a whole number from 1'],
    [['--at', '15', '--rebase'], 'cannot be used with'],
    [['--at', '15', '--take', '2', '--out', R1], 'over the trace it is made of'],
    [['--at', '15', '--out', join(root, 'traces', 'README.md')], 'cannot write'],
    [['--at', '20', '--take', '1', '--out', out], 'step 19 violates no-negative-counts'],
  ])(
    '%j',
    async (args, said) => {
      const { code, out: printed, err } = await replay(R1, ...args);
      expect(err).toContain(said);
      expect({ code, printed, lines: err.trimEnd().split('\n').length }).toEqual({
        code: 1,
        printed: '',
        lines: 1,
      });
      expect(existsSync(out)).toBe(false);
    },
    SLOW,
  );
});

describe('a story that no longer takes place as a whole: exit 20', () => {
  const file = join(folder, 'stale.trace.json');
  beforeAll(() =>
    writeFileSync(file, readFileSync(R1, 'utf8').replace('"action": "fork"', '"action": "vanish"')),
  );

  test('has the states before', async () => {
    const { out, code } = await replay(file, '--at', '3');
    expect(code).toBe(20);
    expect(out).toContain('What can happen');
    expect(lastLine(out)).toMatch(/^stale at step 9 /);
  });

  test('and reports that the states beyond do not exist', async () => {
    const { out, code } = await replay(file, '--at', '9');
    expect(code).toBe(20);
    expect(out).not.toContain('What can happen');
    expect(lastLine(out)).toMatch(/^stale at step 9 /);
  });
});

test(
  'a specification without wording is printed with the names of its cells and events',
  async () => {
    const spec = ['--spec', join(root, 'examples', 'two-phase', 'two-phase.mjs')];
    await server.run(['check', 'three', ...spec, '--variant', 'hasty', '--out', folder]);
    const { out, code } = await replay(
      join(folder, 'hasty-consistent.trace.json'),
      ...spec,
      '--at',
      '2',
    );
    expect(code).toBe(0);
    expect(out).toMatch(/^ {2}\* transaction manager: committed$/m);
    expect(out).toMatch(/^ {6}violates consistent: /m);
  },
  SLOW,
);

function replay(file: string, ...args: readonly string[]): ReturnType<typeof server.run> {
  return server.run(['replay', file, ...args]);
}

function lastLine(text: string): string {
  return text.trimEnd().split('\n').at(-1) ?? '';
}
