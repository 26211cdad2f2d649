// `scripts/build.mjs` on a small project: a program that starts during a build never sees half of it.

import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sprite-check-build-'));
const source = join(folder, 'cli', 'one.ts');
const built = join(folder, 'dist', 'cli', 'one.js');
const stamp = join(folder, 'dist', 'source-hash.json');
const SLOW = 60_000;

beforeAll(() => {
  cpSync(join(root, 'scripts'), join(folder, 'scripts'), { recursive: true });
  for (const name of ['tsconfig.json', 'tsconfig.build.json']) {
    cpSync(join(root, name), join(folder, name));
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  mkdirSync(join(folder, 'cli'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test(
  'one of several concurrent builds compiles, the others wait, and all end with the whole build',
  async () => {
    writeFileSync(source, 'export const one = 1;\n');
    const ran = await Promise.all([build(), build(), build()]);
    expect(ran.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(ran.filter(({ err }) => err.includes('waiting for it'))).toHaveLength(2);
    expect(isFresh()).toBe(true);
    expect(left()).toEqual([]);
  },
  SLOW,
);

test(
  'an edit makes the build stale, and code that does not compile leaves it unchanged',
  async () => {
    const before = readFileSync(built, 'utf8');
    writeFileSync(source, 'export const one: string = 1;\n');
    expect(isFresh()).toBe(false);
    const { code } = await build();
    expect(code).not.toBe(0);
    expect(readFileSync(built, 'utf8')).toBe(before);
    expect(isFresh()).toBe(false);
    writeFileSync(source, 'export const one = 2;\n');
    writeFileSync(join(folder, 'dist', 'cli', 'gone.js'), '');
    expect((await build()).code).toBe(0);
    expect(readFileSync(built, 'utf8')).toContain('one = 2');
    expect(existsSync(join(folder, 'dist', 'cli', 'gone.js'))).toBe(false);
    expect(isFresh()).toBe(true);
    expect(left()).toEqual([]);
  },
  SLOW,
);

test(
  'a file that is missing from dist/ makes the build stale, and is built again',
  async () => {
    for (const path of [built, stamp]) {
      rmSync(path);
      expect(isFresh()).toBe(false);
      expect((await build()).code).toBe(0);
      expect(existsSync(path)).toBe(true);
      expect(isFresh()).toBe(true);
    }
  },
  SLOW,
);

test('a link that leads nowhere is no source', () => {
  const link = join(folder, 'cli', 'link.ts');
  symlinkSync('nowhere', link);
  expect(isFresh()).toBe(true);
  rmSync(link);
});

test(
  'a lock that a process has left is taken, dead or too old',
  async () => {
    for (const pid of [2 ** 22 + 1, process.pid]) {
      const lock = join(folder, '.build.lock');
      writeFileSync(lock, `${pid} left`);
      utimesSync(lock, 0, 0);
      rmSync(stamp);
      expect((await build()).code).toBe(0);
    }
    expect(isFresh()).toBe(true);
    expect(left()).toEqual([]);
  },
  SLOW,
);

function isFresh(): boolean {
  const args = [join(folder, 'scripts', 'stamp.mjs'), '--check'];
  return spawnSync(process.execPath, args).status === 0;
}

/** What a build leaves beside dist/. */
function left(): readonly string[] {
  return readdirSync(folder).filter((name) => /^\.(dist|build)/.test(name));
}

async function build(): Promise<{ readonly code: number | null; readonly err: string }> {
  const args = [join(folder, 'scripts', 'build.mjs'), '--if-stale'];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let err = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, err })));
}
