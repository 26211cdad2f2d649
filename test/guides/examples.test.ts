// The examples as a user has them: copied out of the packed package into an empty folder, and checked
// from there by its command line. The counts are those that the pages name and other checkers find.

import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { installPacked } from '../support/packed.ts';

type Ran = { readonly status: number | null; readonly out: string };

const folder = mkdtempSync(join(tmpdir(), 'sprite-check-examples-'));
const installed = join(folder, 'node_modules', 'sprite-check');
const main = join(installed, 'dist', 'cli', 'main.js');
const SLOW = 60_000;
const files = {
  lease: 'lease.mjs',
  'two-phase': 'two-phase.mjs',
  minimig: join('node_modules', 'sprite-check', 'dist', 'examples', 'minimig', 'specification.js'),
};

beforeAll(() => {
  installPacked(folder);
  for (const path of ['lease/lease.mjs', 'lease/lease.test.mjs', 'two-phase/two-phase.mjs']) {
    cpSync(join(installed, 'examples', path), join(folder, path.replace(/.*\//, '')));
  }
}, SLOW);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('every state', () => {
  test.each([
    // The lease: counted by a search written apart. Two-phase commit: TLC's, less the initial state.
    // MiniMig: TLC's and SPIN's.
    ['lease', 'two-clients', 72, 211, 7],
    ['two-phase', 'three', 288, 1146 - 1, 11 - 1],
    ['two-phase', 'seven', 296_448, 2_744_706 - 1, 22],
    ['minimig', '2-1-2-1-2', 16_487, 89_864, 23],
    ['minimig', '2-1-2-2-2', 61_951, 355_720, 26],
  ] as const)(
    '%s %s',
    (example, scenario, states, transitions, depth) => {
      const { status, out } = run('explore', scenario, '--spec', files[example], '--json');
      expect({ status, ...(JSON.parse(out) as object) }).toMatchObject({
        status: 0,
        ending: 'closed',
        states,
        transitions,
        depth,
        found: [],
        unreached: [],
      });
    },
    SLOW,
  );
});

describe('the first variant holds, and the fault is found, shrunk, certified and replayed', () => {
  test.each([
    ['lease', 'two-clients'],
    ['two-phase', 'three'],
    ['minimig', '2-1-2-1-2'],
  ] as const)(
    '%s %s',
    (example, scenario) => {
      const { status, out } = run('check', scenario, '--spec', files[example]);
      const verdicts = out.match(/^[A-Z]+(?= )/gm) ?? [];
      expect({ status, verdicts: [...new Set(verdicts)] }).toEqual({
        status: 0,
        verdicts: ['PROVEN'],
      });
    },
    SLOW,
  );

  test.each([
    ['lease', 'two-clients', 'from-the-answer', 'one-holder', 7],
    ['two-phase', 'three', 'hasty', 'consistent', 3],
    ['two-phase', 'three', 'hasty', 'refines-commit', 2],
    ['minimig', '2-1-2-1-2', 'keeps-transit', 'references', 4],
  ] as const)(
    '%s %s: %s violates %s in %d steps, no fewer',
    (example, scenario, variant, property, steps) => {
      const asked = ['--variant', variant, '--property', property];
      const { status, out } = run('check', scenario, '--spec', files[example], ...asked);
      expect(status).toBe(12);
      expect(out).toContain(`VIOLATED ${property}  ${scenario}, ${steps} steps, shortest, proven`);
      const story = `out/${variant}-${property}.trace.json`;
      expect(run('replay', story, '--spec', files[example]).out).toContain('violated as stored');
    },
    SLOW,
  );
});

test('the test of the lease passes', () => {
  const { status, out } = node(['--test', 'lease.test.mjs']);
  expect({ status, out }).toMatchObject({ status: 0 });
});

test('the lease has at most a hundred lines', () => {
  const lines = readFileSync(join(folder, 'lease.mjs'), 'utf8').trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(100);
});

function run(...args: readonly string[]): Ran {
  return node([main, ...args]);
}

function node(args: readonly string[]): Ran {
  const env = {
    ...process.env,
    NO_COLOR: '1',
    COLUMNS: '80',
    FORCE_COLOR: '0',
    NODE_TEST_CONTEXT: undefined,
  };
  const { status, stdout } = spawnSync(process.execPath, args, {
    cwd: folder,
    env,
    encoding: 'utf8',
  });
  return { status, out: stdout };
}
