// The guide "Change the kernel", executed in a copy of the repository; and the stamp of `regress`,
// which belongs to a working tree. Commands that take long, or come from a verb that the program
// does not have yet, are left out; SPRITE_CHECK_LONG=1 runs the long ones.

import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createCopy, type Copy, type Ran } from '../support/followed-guide.ts';

const isLong = process.env['SPRITE_CHECK_LONG'] !== undefined;
const SLOW = 300_000;

let made: Copy;
let copy: string;
let run: Copy['run'];

beforeAll(() => {
  made = createCopy();
  ({ folder: copy, run } = made);
}, SLOW);

afterAll(() => made.remove());

test(
  'the guide can be followed',
  () => {
    const built = join(copy, 'dist');
    cpSync(built, `${built}.before`, { recursive: true });
    made.follow('docs/guides/change-the-kernel.md', {
      takesLong: (line) => !isLong && /^npx sprite-check (regress|diff)\b/.test(line),
      // The same sources were built before; building them again takes long.
      ran: (line) => {
        if (line.startsWith('git restore')) putBack(built);
      },
    });
  },
  SLOW,
);

const long = isLong ? test : test.skip;

/** What a stamp holds, and whose tree it is of, is tested in analysis/regress/. */
describe('the stamp', () => {
  // Nothing closes within a few states, so this is a full run that fails, and is short.
  const command = 'npx sprite-check regress --max-states 20';

  long(
    'shortens the judgment of an unchanged tree, and never improves it',
    () => {
      const stamp = join(copy, 'out', 'regress.stamp.json');
      const first = run(command);
      expect(first).toMatchObject({ code: 20 });
      expect(first.out).not.toContain('unchanged');
      const held = readFileSync(stamp, 'utf8');

      const second = run(command);
      expect(second).toMatchObject({ code: 20 });
      expect(second.out).toContain('unchanged since the full run that failed');
      expect(rowsOf(second.out)).toEqual(rowsOf(first.out));

      writeFileSync(stamp, held.replaceAll('"ending":"states"', '"ending":"closed"'));
      const forged = run(command);
      expect(forged).toMatchObject({ code: 20 });
      expect(forged.out).toContain('the stamp is not used, everything is measured');
      expect(forged.out).not.toContain('unchanged');
    },
    SLOW,
  );
});

describe('a stored file that is damaged', () => {
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

  test('is named relative to the folder of the command', () => {
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
        'change.patch',
        'traces/kept/',
      ]);
    },
    SLOW,
  );

  long(
    'refuses a violated property, and writes nothing',
    () => {
      expect(run('git apply change.patch')).toMatchObject({ code: 0 });
      const refused = run('npx sprite-check regress --accept --reason "no good one"');
      expect(refused).toMatchObject({ code: 20 });
      expect(refused.out).toContain('not accepted, and nothing written:');
      expect(readFileSync(join(copy, 'CHANGELOG.md'), 'utf8')).not.toContain('no good one');
    },
    SLOW,
  );
});

/** The rows of the table, without the lines about the run. */
function rowsOf(out: string): readonly string[] {
  return out.split('\n').filter((line) => /^(baseline|property|fault|trace) {2}/.test(line));
}

function putBack(built: string): void {
  if (!existsSync(`${built}.before`)) throw new Error('built before, and gone');
  rmSync(built, { recursive: true });
  renameSync(`${built}.before`, built);
}
