// The guide "Change the kernel", executed in a copy of the repository; and the stamp of `regress`,
// which belongs to a working tree. Commands that take long, or come from a verb that the program
// does not have yet, are left out; SPRITE_CHECK_LONG=1 runs the long ones.

import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));
const copy = mkdtempSync(join(tmpdir(), 'sprite-check-guide-'));
const isLong = process.env['SPRITE_CHECK_LONG'] !== undefined;
const SLOW = 300_000;

type Ran = { readonly code: number | null; readonly out: string };

beforeAll(() => {
  const left = new Set(['node_modules', '.git', 'out', 'coverage']);
  cpSync(root, copy, {
    recursive: true,
    filter: (path) => !left.has(relative(root, path).split(/[\\/]/, 1)[0] ?? ''),
  });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  for (const command of [
    'git init -q',
    'git add -A',
    'git -c user.name=test -c user.email=test@localhost commit -q -m start',
  ]) {
    expect(run(command)).toMatchObject({ code: 0 });
  }
}, SLOW);

afterAll(() => rmSync(copy, { recursive: true, force: true }));

describe('the guide', () => {
  const blocks = blocksIn(readFileSync(join(root, 'docs/guides/change-the-kernel.md'), 'utf8'));

  test(
    'can be followed',
    () => {
      const verbs = run('npx sprite-check --help').out;
      const built = join(copy, 'dist');
      cpSync(built, `${built}.before`, { recursive: true });
      let printed = '';
      for (const { language, text } of blocks) {
        if (language === 'diff') {
          writeFileSync(join(copy, 'r6.patch'), text);
          expect(run('git apply r6.patch')).toMatchObject({ code: 0 });
        } else if (language === 'text') {
          if (printed !== '') expect(missingIn(printed, text)).toEqual([]);
        } else {
          printed = '';
          for (const line of text.trimEnd().split('\n')) {
            if (!isRun(line, verbs)) continue;
            const { code, out } = run(line);
            printed += out;
            const expected = Number(/# exit (\d+)$/.exec(line)?.[1] ?? 0);
            expect({ line, code, out }).toEqual({ line, code: expected, out });
            // The same sources were built before; building them again takes long.
            if (line.startsWith('git restore')) putBack(built);
          }
        }
      }
    },
    SLOW,
  );

  function isRun(line: string, verbs: string): boolean {
    if (line.endsWith('# not run here')) return false;
    const [, verb = ''] = /^npx sprite-check (\w+)/.exec(line) ?? [];
    if (verb === '') return true;
    const isKnown = new RegExp(`^ {2}${verb} `, 'm').test(verbs);
    expect({ line, isKnown }).toEqual({ line, isKnown: true });
    const takesLong = line === 'npx sprite-check regress' || verb === 'diff';
    return isKnown && (isLong || !takesLong);
  }
});

describe('the stamp', () => {
  // Nothing closes within a few states, so this is a full run that fails, and is short.
  const command = 'npx sprite-check regress --max-states 20';
  const stamp = join(copy, 'out', 'regress.stamp.json');

  test(
    'lets an unchanged tree be judged in short, and never better than before',
    () => {
      const away = isLong ? [] : storiesOfFaults().slice(3);
      for (const story of away) renameSync(story, `${story}.away`);
      const first = run(command);
      expect(first).toMatchObject({ code: 20 });
      expect(first.out).not.toContain('unchanged');
      const held = readFileSync(stamp, 'utf8');

      const second = run(command);
      expect(second).toMatchObject({ code: 20 });
      expect(second.out).toContain('unchanged since the full run that failed');
      expect(rowsOf(second.out)).toEqual(rowsOf(first.out));
      for (const story of away) renameSync(`${story}.away`, story);

      if (!isLong) return;
      writeFileSync(stamp, held.replaceAll('"ending":"states"', '"ending":"closed"'));
      const forged = run(command);
      expect(forged).toMatchObject({ code: 20 });
      expect(forged.out).toContain('the stamp is not used, everything is measured');
      expect(forged.out).not.toContain('unchanged');
    },
    SLOW,
  );
});

describe('a stored file that is spoilt', () => {
  test.each([
    'traces/explore.baseline.json',
    'traces/bounded.baseline.json',
    'traces/properties.baseline.json',
    'traces/stories.baseline.json',
  ])('is named: %s', (file) => {
    expect(saidOf(file, 'npx sprite-check regress')).toMatchObject({
      code: 1,
      out: expect.stringMatching(`^${file}:1: expected `),
    });
  });

  test('is named as from where the command runs', () => {
    const file = 'traces/explore.baseline.json';
    const below = `cd docs && "${process.execPath}" ../dist/cli/main.js regress`;
    expect(saidOf(file, below)).toMatchObject({
      code: 1,
      out: expect.stringMatching(`^../${file}:1: expected `),
    });
  });

  function saidOf(file: string, command: string): Ran {
    const place = join(copy, file);
    const held = readFileSync(place, 'utf8');
    writeFileSync(place, '7\n');
    const ran = run(command);
    writeFileSync(place, held);
    return ran;
  }
});

describe('--accept', () => {
  test.each([
    ['--accept', 'expected a reason of one line'],
    [
      'two-closers --accept --reason why',
      '--accept takes no scenarios: it accepts all changes or none',
    ],
    ['--reason why', '--reason needs --accept'],
  ])('%s is refused before anything runs', (options, why) => {
    const { code, out } = run(`npx sprite-check regress ${options}`);
    expect({ code, lines: out.trimEnd().split('\n').length }).toEqual({ code: 1, lines: 1 });
    expect(out).toContain(why);
  });

  const long = isLong ? test : test.skip;

  long(
    'writes what there is, and the reason, and then everything holds',
    () => {
      const baseline = join(copy, 'traces', 'explore.baseline.json');
      const before = readFileSync(baseline, 'utf8');
      writeFileSync(baseline, before.replace('"states":', '"states":1'));
      mkdirSync(join(copy, 'traces', 'kept'));
      const [stored = ''] = readdirSync(join(copy, 'traces', 'faults'));
      const kept = readFileSync(join(copy, 'traces', 'faults', stored), 'utf8').split('\n');
      const shorter = kept.toSpliced(kept.indexOf('  "steps": [') + 1, 1).join('\n');
      writeFileSync(join(copy, 'traces', 'kept', stored), shorter);
      expect(run('npx sprite-check regress')).toMatchObject({ code: 20 });
      const accepted = run('npx sprite-check regress --accept --reason "Counts were edited."');
      expect(accepted).toMatchObject({ code: 0 });
      expect(readFileSync(baseline, 'utf8')).toBe(before);
      const changelog = readFileSync(join(copy, 'CHANGELOG.md'), 'utf8');
      expect(changelog).toContain('- Counts were edited.\n  - Pinned counts moved: ');
      expect(run('npx sprite-check regress')).toMatchObject({ code: 0 });
      const changed = run('git status --short').out.trim().split('\n');
      expect(changed.map((line) => line.trim().split(' ').at(-1))).toEqual([
        'CHANGELOG.md',
        'traces/stories.baseline.json',
        'r6.patch',
        'traces/kept/',
      ]);
    },
    SLOW,
  );

  long(
    'refuses a violated property, and writes nothing',
    () => {
      expect(run('git apply r6.patch')).toMatchObject({ code: 0 });
      const refused = run('npx sprite-check regress --accept --reason "no good one"');
      expect(refused).toMatchObject({ code: 20 });
      expect(refused.out).toContain('not accepted, and nothing written:');
      expect(readFileSync(join(copy, 'CHANGELOG.md'), 'utf8')).not.toContain('no good one');
    },
    SLOW,
  );
});

function storiesOfFaults(): readonly string[] {
  const folder = join(copy, 'traces', 'faults');
  return readdirSync(folder).map((name) => join(folder, name));
}

type Block = { readonly language: string; readonly text: string };

function blocksIn(page: string): readonly Block[] {
  return [...page.matchAll(/^```(sh|diff|text)\n([^]*?)^```/gm)].map(
    ([, language = '', text = '']) => ({ language, text }),
  );
}

/** Lines that are not printed in this order; `…` stands for anything. */
function missingIn(printed: string, shown: string): readonly string[] {
  const lines = printed.split('\n').map((line) => line.trimEnd());
  let from = 0;
  return shown
    .trimEnd()
    .split('\n')
    .filter((line) => {
      const parts = line
        .split('…')
        .map((part) => part.trim().replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
      const pattern = new RegExp(`^\\s*${parts.join('.*')}$`);
      const at = lines.findIndex((each, index) => index >= from && pattern.test(each));
      if (at >= 0) from = at + 1;
      return at < 0;
    });
}

/** The rows of the table, without the lines about the run. */
function rowsOf(out: string): readonly string[] {
  return out.split('\n').filter((line) => /^(baseline|property|fault|trace) {2}/.test(line));
}

function putBack(built: string): void {
  if (!existsSync(`${built}.before`)) throw new Error('built before, and gone');
  rmSync(built, { recursive: true });
  renameSync(`${built}.before`, built);
}

/** What is printed on both outputs, in the copy. */
function run(line: string): Ran {
  const command = line.replace('npx sprite-check', `"${process.execPath}" dist/cli/main.js`);
  const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, NO_COLOR: '1' },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: status, out: stderr + stdout };
}
