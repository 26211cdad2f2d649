// Shells complete names, in real shells: bash always, zsh and fish where they are installed.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sprite-check-completion-'));
const bin = join(folder, 'bin');
mkdirSync(bin);
symlinkSync(join(root, 'dist', 'cli', 'main.js'), join(bin, 'sprite-check'));
symlinkSync(process.execPath, join(bin, 'node'));
const env = { ...process.env, PATH: `${bin}:${process.env['PATH'] ?? ''}`, HOME: folder };
const SLOW = 60_000;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The last word is the one that is completed. */
const cases: readonly (readonly [line: string, expected: readonly string[]])[] = [
  ['repl', ['replay']],
  ['check doub', ['double-migration']],
  ['check double-migration two-cl', ['two-closers', 'two-clients']],
  ['check --kernel sprite-19', ['sprite-1986', 'sprite-1989', 'sprite-1992']],
  ['check --property unlinked', ['unlinked-lives-until-unused']],
  ['diff sprite acc', ['accent']],
  ['list scen', ['scenarios']],
  ['explain traces/faults/A39', ['traces/faults/A39-no-cycle-of-waiting.trace.json']],
  ['check --max-st', ['--max-states', '--max-steps']],
  [
    `check --spec ${join(root, 'examples', 'lease', 'lease.mjs')} --variant from-the`,
    ['from-the-answer'],
  ],
];

describe('bash', () => {
  test.each(cases)(
    'sprite-check %s',
    (line, expected) => {
      // What readline does at a tab: the words, the number of the last, and the function.
      const script = [
        'source <(sprite-check complete bash)',
        'COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))',
        '$(complete -p sprite-check | sed "s/.*-F \\\\([^ ]*\\\\).*/\\\\1/") 2> /dev/null',
        'printf "%s\\n" "${COMPREPLY[@]}"',
      ].join('\n');
      const words = ['sprite-check', ...line.split(' ')];
      const { stdout } = spawnSync('bash', ['--norc', '-c', script, 'bash', ...words], {
        cwd: root,
        env,
        encoding: 'utf8',
      });
      expect(stdout.trim().split('\n').toSorted()).toEqual(expected.toSorted());
    },
    SLOW,
  );
});

/** `npm run nightly` and CI have no say in what is installed: what is not there is not tested. */
const isThere = (shell: string): boolean => spawnSync(shell, ['--version']).error === undefined;

(isThere('fish') ? describe : describe.skip)('fish', () => {
  test.each(cases)(
    'sprite-check %s',
    (line, expected) => {
      const script = `sprite-check complete fish | source; complete -C "sprite-check ${line}"`;
      const { stdout } = spawnSync('fish', ['--no-config', '-c', script], {
        cwd: root,
        env,
        encoding: 'utf8',
      });
      const names = stdout
        .trim()
        .split('\n')
        .map((each) => each.split('\t', 1)[0] ?? '');
      expect(names).toEqual(expect.arrayContaining([...expected]));
    },
    SLOW,
  );
});

(isThere('zsh') ? describe : describe.skip)('zsh', () => {
  test(
    'its script is one that zsh loads and registers',
    () => {
      const script = [
        'autoload -Uz compinit && compinit -u -d $HOME/.zcompdump',
        'source <(sprite-check complete zsh)',
        'print -r -- $_comps[sprite-check] ${+functions[_sprite-check]}',
      ].join('\n');
      const { stdout } = spawnSync('zsh', ['-f', '-c', script], {
        cwd: root,
        env,
        encoding: 'utf8',
      });
      expect(stdout.trim()).toBe('_sprite-check 1');
    },
    SLOW,
  );
});

test('a shell that is not known is refused in one line', () => {
  const main = join(root, 'dist', 'cli', 'main.js');
  const { status, stderr } = spawnSync(process.execPath, [main, 'complete', 'tcsh'], {
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});
