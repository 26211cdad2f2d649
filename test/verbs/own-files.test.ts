// Files named on the command line that are not shipped: a specification, and kernels, scenarios and
// properties for Sprite. An error in a file is one line that names it, exit 1.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { namedScenario } from '../support/worlds.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const main = join(root, 'dist', 'cli', 'main.js');
const folder = mkdtempSync(join(tmpdir(), 'sprite-check-own-'));
const lease = readFileSync(join(root, 'examples', 'lease', 'lease.mjs'), 'utf8');
const R1 = 'traces/faults/R1-use-counts-sum-clients.trace.json';
const SLOW = 60_000;

beforeAll(() => {
  for (const name of ['xstate', 'sprite-check']) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(name === 'xstate' ? join(root, 'node_modules', name) : root, link, 'dir');
  }
  write('lease.mjs', lease);
  write('folder/any.mjs', '');
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('a file that is no specification', () => {
  const ended =
    'sprite-check: the file that was named ended the program, or waits for ever, while it was loading; it must only define things';
  test.each([
    ['no file', undefined, 'it.mjs: expected a file, found none; give a path, as "./lease.mjs"'],
    [
      'another export',
      'export const lease = 1;',
      'it.mjs: expected a default export that is a specification, found only lease',
    ],
    ['something else', 'export default 5;', /^it\.mjs: .*specification/],
    ['an error', 'throw new Error("boom");', 'it.mjs: cannot be loaded: boom'],
    [
      'something thrown that is no error',
      'throw undefined;',
      'it.mjs: cannot be loaded: undefined',
    ],
    [
      'a file that is missing in it',
      'import "./nothere.mjs";',
      /^it\.mjs: cannot be loaded: .*nothere\.mjs/,
    ],
    ['the end of the program', 'process.exit(0);', ended],
    ['what never comes', 'await new Promise(() => undefined);', ended],
    [
      'an unknown field',
      lease.replace("version: '1'", "version: '1', scenario: []"),
      /^it\.mjs: .*"scenario" \(did you mean "scenarios"\?\)/,
    ],
    [
      'two variants alike',
      lease.replace("'from-asking'", "'from-the-answer'"),
      /^it\.mjs: .*"from-the-answer"/,
    ],
  ])('%s', (_, text, line) => {
    rmSync(join(folder, 'it.mjs'), { force: true });
    if (text !== undefined) write('it.mjs', text);
    const { status, out, err } = run('check', '--spec', 'it.mjs');
    expect({ status, out }).toEqual({ status: 1, out: '' });
    if (typeof line === 'string') expect(err).toBe(`${line}\n`);
    else expect(err.trimEnd()).toMatch(line);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });

  test('a folder', () => {
    expect(run('check', '--spec', './folder').err).toMatch(
      /^folder: expected a file, found something else/,
    );
  });

  test('the error for two equal cells names the file and both cells', () => {
    write('it.mjs', lease.replace("name: 'clock',", "name: 'server',"));
    const { status, err } = run('check', '--spec', 'it.mjs');
    expect(status).toBe(1);
    expect(err).toMatch(
      /^it\.mjs: .* cell 3 and 6 all have the name "server".*mend it, and run again$/m,
    );
  });
});

describe('a trace', () => {
  test(
    'of another specification, or of another version, is refused with both named',
    () => {
      const sprite = run('replay', join(root, R1), '--spec', 'lease.mjs');
      expect(sprite.status).toBe(1);
      expect(sprite.err).toMatch(/sprite.*lease|lease.*sprite/);
      expect(run('check', '--spec', 'lease.mjs', '--variant', 'from-the-answer').status).not.toBe(
        0,
      );
      write('newer.mjs', lease.replace("version: '1'", "version: '2'"));
      const story = 'out/from-the-answer-one-holder.trace.json';
      const newer = run('replay', story, '--spec', 'newer.mjs');
      expect(newer.status).toBe(1);
      expect(newer.err).toMatch(/lease.*1.*2|lease.*2.*1/);
      // A story never makes a file load.
      expect(run('replay', story).err).toMatch(/lease/);
    },
    SLOW,
  );
});

describe('another specification', () => {
  const late = ['--spec', 'lease.mjs', '--variant', 'from-the-answer'];

  test(
    'commands that work with it, and no words of Sprite',
    () => {
      expect(run('regress', '--spec', 'lease.mjs').out).toContain(
        'sprite-check check --coverage --spec ./lease.mjs names all',
      );
      expect(run('mutants', 'from-asking', '--spec', 'lease.mjs').err).toContain(
        '"sprite-check list faults --spec ./lease.mjs" names all',
      );
      run('check', ...late);
      const { out } = run(
        'explain',
        'out/from-the-answer-one-holder.trace.json',
        ...late.slice(0, 2),
      );
      expect(out).toMatch(/rder (that is needed )?across cells/);
      expect(out).not.toContain('hosts');
    },
    SLOW,
  );

  test(
    'explore checks the named properties, and no others',
    () => {
      const asked = run('explore', 'two-clients', ...late, '--property', 'one-holder');
      expect(asked.status).toBe(12);
      expect(asked.out).toMatch(/^VIOLATED +one-holder +in two-clients$/m);
      expect(asked.out).toMatch(/^VIOLATED one-holder: after 7 steps; At most one client/m);
      const holds = run(
        'explore',
        'two-clients',
        '--spec',
        'lease.mjs',
        '--property',
        'one-holder',
      );
      expect(holds.status).toBe(0);
      expect(holds.out).toMatch(/^PROVEN +one-holder /m);
      const plain = run('explore', 'two-clients', ...late);
      expect(plain.status).toBe(0);
      expect(plain.out).not.toContain('one-holder');
    },
    SLOW,
  );

  test(
    'explore takes its scenario from the option, and only one',
    () => {
      write('three.json', JSON.stringify({ name: 'three', clients: ['a', 'b', 'c'] }));
      const own = ['--spec', 'lease.mjs', '--scenario', './three.json'];
      const { status, out } = run('explore', ...own);
      expect({ status, out }).toEqual({ status: 0, out: expect.stringMatching(/^three, variant/) });
      expect(run('explore', 'two-clients', ...own).out).toMatch(/^two-clients, variant/);
      expect(run('explore', ...own, 'two-clients')).toEqual({
        status: 1,
        out: '',
        err: 'sprite-check: expected one scenario to explore, found 2; "sprite-check list scenarios --spec ./lease.mjs --scenario ./three.json" names them\n',
      });
      expect(run('explore').err).toBe(
        'sprite-check: expected one scenario to explore, found none; "sprite-check list scenarios" names them\n',
      );
    },
    SLOW,
  );
});

describe("files of one's own for Sprite", () => {
  test(
    'a kernel, a scenario and a property lead to a story',
    () => {
      write(
        'mine.mjs',
        `import { partWith, sprite } from 'sprite-check';
         export default { ...sprite, source: partWith(sprite.source, { actions: {} }) };`,
      );
      write('closers.json', JSON.stringify({ ...namedScenario('two-closers'), name: 'closers' }));
      write(
        'stays.mjs',
        `export default { id: 'stays', statement: 'p stays in user mode.', kind: 'always',
           claims: () => [(look) => look('thread p').value === 'user' ? undefined
             : { subject: 'p', expected: 'user', found: 'a call' }],
           witness: { statement: 'p runs', reached: () => () => true } };`,
      );
      const own = '--kernel ./mine.mjs --scenario ./closers.json --property ./stays.mjs'.split(' ');
      const { status, out } = run('check', ...own);
      expect({ status, out }).toMatchObject({
        status: 12,
        out: expect.stringContaining('VIOLATED stays  closers, 1 step, shortest, proven'),
      });
      const [, ...again] = /again +sprite-check (.*)/.exec(out)?.[1]?.split(' ') ?? [];
      expect(run('check', ...again).status).toBe(12);
      const story = 'out/mine-stays.trace.json';
      expect(run('replay', story, ...own)).toMatchObject({
        status: 0,
        out: expect.stringContaining('violated as stored'),
      });
      expect(run('explain', story, ...own).status).toBe(0);
      // A story never makes a file load.
      expect(run('replay', story)).toMatchObject({ status: 1, out: '' });
    },
    SLOW,
  );

  test.each([
    [
      'scenario.json',
      '{ "name": "mine", "hosts": ["A"], "faults": { "crash": 1 } }',
      '--scenario',
      /^scenario\.json: /,
    ],
    ['mode.json', '{ "name": "mine", "mode": "wirte" }', '--scenario', /^mode\.json: /],
    ['kernel.mjs', 'export default { modules: [] };', '--kernel', /^kernel\.mjs: /],
    [
      'property.mjs',
      'export default { id: "p", kind: "alwyas" };',
      '--property',
      /^property\.mjs: /,
    ],
  ])('%s is refused', (name, text, option, line) => {
    write(name, text);
    const { status, out, err } = run('check', option, `./${name}`);
    expect({ status, out }).toEqual({ status: 1, out: '' });
    expect(err).toMatch(line);
    expect(err.trimEnd().split('\n')).toHaveLength(1);
  });
});

function write(name: string, text: string): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

function run(...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd: folder,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1', COLUMNS: '200' },
  });
  return { status, out: stdout, err: stderr };
}
