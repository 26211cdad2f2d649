// Runs the command line as people do: `dist/cli/main.js`, in a folder of its own.

import { spawn } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { createCommandServer, runProgram, type Ran } from '../support/program.ts';

const main = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sprite-check-cli-'));
const server = createCommandServer(folder);
const story = join('out', 'R1-use-counts-sum-clients.trace.json');

// Each test starts the program a few times, on a machine that may be busy.
jest.setTimeout(60_000);

beforeAll(async () => {
  await run('check', 'double-migration', '--kernel', 'R1');
}, 60_000);

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('bad input is one line, exit 1, nothing written', () => {
  test.each([
    [['check', 'duble-migration'], 'expected a scenario, found "duble-migration" (did you mean'],
    [['check', '--kernel', 'sprit'], 'expected a kernel, found "sprit" (did you mean "sprite"?)'],
    [['check', '--property', 'one-ofset'], '(did you mean "one-offset"?)'],
    [['check', '--runs', '-1'], "'--runs <n>' argument '-1' is invalid"],
    [['check', '--rnus', '1'], "unknown option '--rnus'"],
    [['explore', 'nowhere'], 'found "nowhere" (the nearest is "'],
    [['replay', 'nowhere.json'], 'sprite-check: nowhere.json: no such file; give the path'],
    [['replay', 'a\u001b[31mb'], 'a\\u001b[31mb: no such file'],
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
    [
      'another version',
      edited('"version": 2', '"version": 1'),
      /^bad\.json:3: expected a trace of version 2, found version 1/,
    ],
    [
      'another specification',
      edited('"sprite"', '"lease"'),
      /^bad\.json:4: expected a trace of sprite 1, found one of lease 1; name its own specification with --spec FILE$/m,
    ],
    ['another kernel', edited('"R1"', '"R1x"'), /^bad\.json:5: expected a kernel, found "R1x"/],
    ['another property', edited('use-counts', 'yuse-counts'), /^bad\.json:7: expected a property/],
    [
      'other bounds than its scenario has',
      edited('"hosts": 3', '"hosts": 7'),
      /^bad\.json:6: expected 3 hosts of double-migration, found 7$/m,
    ],
    [
      'a bound that no scenario has',
      edited('"hosts": 3', '"disks": 3'),
      /^bad\.json:6: expected no bound "disks" of double-migration, found 3$/m,
    ],
    [
      'noise',
      () => '\u0000'.repeat(1_100_000),
      /^sprite-check: bad\.json: is larger than 1048576 bytes/,
    ],
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
  test('exits 12, prints the story, and says how to replay it', async () => {
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

  test('replays with another result on the repaired kernel: exit 20', async () => {
    const { code } = await run('replay', story, '--kernel', 'sprite');
    expect(code).toBe(20);
  });

  test('is not shrunk below the shortest length', async () => {
    const { code, out } = await run('shrink', story, '--out', 'shrunk', '--json');
    const { before, steps, certificate } = JSON.parse(out) as { [key: string]: unknown };
    expect({ code, steps, certificate }).toEqual({
      code: 0,
      steps: before,
      certificate: { kind: 'shortest' },
    });
    rmSync(join(folder, 'shrunk'), { recursive: true });
  });

  test.each(['replay', 'explain', 'shrink', 'cost', 'export --to mermaid'])(
    'with an unknown cell: %s suggests the nearest one, exit 20',
    async (verb) => {
      const damaged = readFileSync(join(folder, story), 'utf8').replaceAll(
        'thread q"',
        'thraed q"',
      );
      writeFileSync(join(folder, 'bad.json'), damaged);
      const [name = '', ...options] = verb.split(' ');
      const { code, out, err } = await run(name, 'bad.json', ...options);
      rmSync(join(folder, 'bad.json'));
      const expected = 'no cell is called "thraed q" (did you mean "thread q"?)';
      expect(out + err).toContain(expected);
      expect(out + err).not.toContain('    at ');
      expect(code).toBe(20);
    },
  );
});

describe('check', () => {
  const scenarios = ['double-migration', 'two-closers'];

  test.each(['--exhaustive', '--random'])(
    'has the same result with one worker and with two, %s',
    async (how) => {
      const runs = how === '--random' ? ['--runs', '100'] : [];
      const args = ['check', ...scenarios, how, ...runs, '--kernel', 'R1'];
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
    expect(JSON.parse(out)).toMatchObject({ variant: 'sprite', seed: 1989, exitCode: code });
  });

  test('claims nothing after its time-out, and fails under --strict', async () => {
    const args = ['check', 'double-migration', '--timeout', '0.001'];
    expect((await run(...args)).code).toBe(0);
    const strict = await run(...args, '--strict');
    expect(strict.code).toBe(2);
    expect(strict.out).toContain('UNKNOWN');
  });

  test('names the faults that a composed kernel shows, and those not seen', async () => {
    const { out } = await run('check', 'client-dies-in-recall', '--kernel', 'sprite-1992');
    expect(out).toMatch(/^single faults found: A3; not seen here: A1, A2, /m);
  });

  test('counts a scenario that is named twice once', async () => {
    const [once, twice] = await Promise.all([
      run('check', 'two-closers'),
      run('check', 'two-closers', 'two-closers'),
    ]);
    expect(twice.out).toBe(once.out);
  });

  test.each([
    ['check', 'two-clients', 'double-migration', '--random', '--runs', '2000000'],
    ['check'],
    ['explore', 'office'],
  ])('ends within seconds when interrupted, and claims nothing: exit 130, %j', async (...args) => {
    const { code, out, endedAfterMs } = await interrupted(...args);
    expect(code).toBe(130);
    expect(out).toMatch(/interrupted/);
    expect(out).not.toMatch(/PROVEN|BOUNDED|SAMPLED/);
    // Within a second when nothing else runs on this machine.
    expect(endedAfterMs).toBeLessThan(5000);
  });

  test('regress, interrupted, prints the decided rows and the number of the others: exit 130', async () => {
    const { code, out, endedAfterMs } = await interrupted('regress', '--force');
    const lines = out.trimEnd().split('\n');
    expect(code).toBe(130);
    expect(out).toMatch(/^\d+ of \d+ pinned scenarios as pinned, [1-9]\d* undecided$/m);
    expect(out).toMatch(/^0 of \d+ stored stories as stored, [1-9]\d* undecided$/m);
    expect(lines.at(-1)).toMatch(
      /^interrupted: \d+ of \d+ decided, 0 of them not as before; [1-9]\d* undecided$/,
    );
    expect(endedAfterMs).toBeLessThan(5000);
  });

  test('reports no difference from the pinned counts after a time-out', async () => {
    const { code, out } = await run('explore', 'family', '--timeout', '0.001');
    expect(code).toBe(0);
    expect(out).toMatch(/not closed \(ended by --timeout\)/);
  });

  // The device takes no byte: ENOSPC. A pipe without a reader: EPIPE.
  test('continues to its verdict if standard error cannot be written', async () => {
    const ask = ['check', 'two-closers', '--kernel', 'A37', '--json'];
    const full = existsSync('/dev/full') ? [openSync('/dev/full', 'w')] : [];
    for (const stderr of [...full, 'pipe'] as const) {
      const child = spawn(process.execPath, [main, ...ask], {
        cwd: folder,
        stdio: ['ignore', 'pipe', stderr],
      });
      child.stderr?.destroy();
      let out = '';
      child.stdout?.setEncoding('utf8').on('data', (text: string) => (out += text));
      const code = await new Promise((resolve) => child.on('close', resolve));
      expect((JSON.parse(out) as { exitCode: number }).exitCode).toBe(code);
      expect(code).toBe(0);
    }
    full.forEach(closeSync);
  });

  test('ends with 141 and no stack if its output has no reader', async () => {
    const child = spawn(process.execPath, [main, 'check', 'two-closers'], { cwd: folder });
    child.stdout.destroy();
    let err = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text));
    const code = await new Promise((resolve) => child.on('close', resolve));
    expect(code).toBe(141);
    expect(err).not.toContain('at ');
  });

  test('reports a place that cannot be written to before it searches', async () => {
    const args = ['double-migration', '--kernel', 'R1', '--property', 'use-counts-sum-clients'];
    const { code, err } = await run('check', ...args, '--out', '/dev/null');
    expect({ code, err }).toEqual({
      code: 1,
      err: 'cannot write traces to /dev/null: it is a file; give --out a folder\n',
    });
  });
});

describe('a story that has changed', () => {
  const stored = (): { steps: object[]; [field: string]: unknown } =>
    JSON.parse(readFileSync(join(folder, story), 'utf8')) as { steps: object[] };

  test.each([['replay'], ['cost']])('%s: a stale step is reported in words', async (verb) => {
    const trace = stored();
    trace.steps[3] = { ...trace.steps[3], action: 'vanish' };
    const file = join(folder, 'stale.json');
    writeFileSync(file, JSON.stringify(trace));
    const { code, out } = await run(verb, 'stale.json');
    rmSync(file);
    expect(code).toBe(20);
    expect(out).toMatch(
      /^stale at step 4 because ".* vanish" cannot happen: source p is asking, and what can/m,
    );
    expect(out).not.toMatch(/[{}]/);
  });

  test('without steps there is nothing to price: exit 1', async () => {
    const file = join(folder, 'none.json');
    writeFileSync(file, JSON.stringify({ ...stored(), steps: [] }));
    const { code, out, err } = await run('cost', 'none.json');
    rmSync(file);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toBe('none.json:1: expected a trace with steps to price, found none\n');
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

test('list kernels names the kernels', async () => {
  const { code, out } = await run('list', 'kernels');
  expect(code).toBe(0);
  expect(out).toMatch(/^sprite /);
});

function edited(from: string, to: string): (text: string) => string {
  return (text) => text.replace(from, to);
}

function run(...args: readonly string[]): Promise<Ran> {
  return server.run(args);
}

/** Interrupts the run once it has begun to work. */
function interrupted(...args: readonly string[]): ReturnType<typeof runProgram> {
  return runProgram(folder, args, { interruptAt: /checking|exploring/ });
}
