// Runs the command line as people do: `dist/cli/main.js`, in a folder of its own.

import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const main = fileURLToPath(new URL('../dist/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sprite-check-cli-'));
const story = join('out', 'R1-use-counts-sum-clients.trace.json');

type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

beforeAll(async () => {
  await run('check', 'double-migration', '--kernel', 'R1');
}, 60_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('bad input is one line, exit 1, nothing written', () => {
  test.each([
    [['check', 'duble-migration'], 'expected a scenario, found "duble-migration" (did you mean'],
    [['check', '--kernel', 'sprit'], 'expected a kernel, found "sprit" (did you mean "sprite"?)'],
    [['check', '--property', 'one-ofset'], '(did you mean "one-offset"?)'],
    [['check', '--runs', '-1'], "'--runs <n>' argument '-1' is invalid"],
    [['check', '--rnus', '1'], "unknown option '--rnus'"],
    [['explore', 'nowhere'], 'expected a scenario, found "nowhere"; "sprite-check list"'],
    [['replay', 'nowhere.json'], 'nowhere.json:1: expected a file that can be read, found ENOENT'],
    [['list', 'hosts'], 'Allowed choices are kernels'],
  ])('%j', async (args, expected) => {
    const { code, out, err } = await run(...args);
    expect(err).toContain(expected);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
    expect({ code, out, written: readdirSync(folder) }).toEqual({
      code: 1,
      out: '',
      written: ['out'],
    });
  });

  test.each([
    ['cut off', (text: string) => text.slice(0, 400), /^bad\.json:\d+: expected .*, found /],
    ['another version', edited('"version": 1', '"version": 2'), /^bad\.json:3: expected "1"/],
    ['another kernel', edited('"R1"', '"R1x"'), /^bad\.json:4: expected a kernel, found "R1x"/],
    ['another property', edited('use-counts', 'yuse-counts'), /^bad\.json:6: expected a property/],
    ['noise', () => '\u0000'.repeat(1_100_000), /^bad\.json:1: expected at most 1048576 bytes/],
  ])('a trace: %s', async (_, spoil, expected) => {
    const file = join(folder, 'bad.json');
    writeFileSync(file, spoil(readFileSync(join(folder, story), 'utf8')));
    const { code, out, err } = await run('replay', 'bad.json');
    rmSync(file);
    expect(err).toMatch(expected);
    expect({ code, out, lines: err.trimEnd().split('\n').length }).toEqual({
      code: 1,
      out: '',
      lines: 1,
    });
  });
});

describe('a violation', () => {
  test('exits 12, tells the story, and says how to replay it', async () => {
    const property = 'use-counts-sum-clients';
    const { code, out } = await run(
      'check',
      'double-migration',
      '--kernel',
      'R1',
      '--property',
      property,
    );
    expect(code).toBe(12);
    expect(out).toContain(`VIOLATED ${property}  double-migration`);
    expect(out).toContain('shortest, proven');
    expect(out).toContain(`sprite-check replay ${story}`);
  });

  test('replays as stored: exit 0, on its own kernel', async () => {
    const { code, out } = await run('replay', story);
    expect(out.trimEnd().split('\n').at(-1)).toBe('violated as stored');
    expect(code).toBe(0);
  });

  test('replays otherwise on the repaired kernel: exit 20', async () => {
    const { code } = await run('replay', story, '--kernel', 'sprite');
    expect(code).toBe(20);
  });

  test('is not shrunk below the shortest', async () => {
    const { code, out } = await run('shrink', story, '--out', 'shrunk', '--json');
    const { before, steps, certificate } = JSON.parse(out) as { [key: string]: unknown };
    expect({ code, steps, certificate }).toEqual({
      code: 0,
      steps: before,
      certificate: { kind: 'shortest' },
    });
    rmSync(join(folder, 'shrunk'), { recursive: true });
  });
});

describe('check', () => {
  const scenarios = ['double-migration', 'two-closers'];

  test.each(['--exhaustive', '--random'])(
    'says the same with one worker and with two, %s',
    async (how) => {
      const args = ['check', ...scenarios, how, '--runs', '100', '--kernel', 'R1'];
      const [one, two] = await Promise.all([
        run(...args, '--workers', '1'),
        run(...args, '--workers', '2'),
      ]);
      expect(two.out).toBe(one.out);
      expect(one.out).toContain('double-migration');
    },
    30_000,
  );

  test('prints one JSON document on standard output', async () => {
    const { code, out } = await run('check', 'two-closers', '--json');
    expect(JSON.parse(out)).toMatchObject({ kernel: 'sprite', seed: 1989, exitCode: code });
  });

  test('knows nothing when its time is up, and says so under --strict', async () => {
    const args = ['check', 'double-migration', '--timeout', '0.001'];
    expect((await run(...args)).code).toBe(0);
    const strict = await run(...args, '--strict');
    expect(strict.code).toBe(2);
    expect(strict.out).toContain('UNKNOWN');
  });

  test('prints what it knows when interrupted: exit 130', async () => {
    const args = ['check', 'double-migration', '--random', '--runs', '200000'];
    const { code, out } = await run(...args, '+interrupt');
    expect(code).toBe(130);
    expect(out).toContain('interrupted');
  });
});

describe('explore', () => {
  test('compares with the pinned counts', async () => {
    const args = ['explore', 'two-closers', '--baseline', 'pins.json'];
    const [pinning, same] = [await run(...args, '--accept'), await run(...args)];
    const pins = join(folder, 'pins.json');
    writeFileSync(pins, readFileSync(pins, 'utf8').replace('"depth":', '"depth":1'));
    const other = await run(...args);
    rmSync(pins);
    expect([pinning.code, same.code, other.code]).toEqual([0, 0, 20]);
    expect(same.out).toContain('as pinned');
    expect(other.out).toContain('DIFFERS');
  });
});

test('list names what there is', async () => {
  const { code, out } = await run('list', 'kernels');
  expect(code).toBe(0);
  expect(out).toMatch(/^sprite /);
});

function edited(from: string, to: string): (text: string) => string {
  return (text) => text.replace(from, to);
}

/** `+interrupt` among the arguments interrupts the run once it has begun to work. */
async function run(...args: readonly string[]): Promise<Ran> {
  let isToInterrupt = args.includes('+interrupt');
  const child = spawn(process.execPath, [main, ...args.filter((arg) => arg !== '+interrupt')], {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1' },
  });
  let out = '';
  let err = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
    if (!isToInterrupt || !err.includes('checking')) return;
    isToInterrupt = false;
    child.kill('SIGINT');
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}
