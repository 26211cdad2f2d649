// Shells complete names, in real shells: bash always, zsh and fish where they are installed.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from '@jest/globals';

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

test(
  'bash completes every line',
  () => {
    // What readline does at a tab: the words, the number of the last, and the function.
    const script = [
      'source <(sprite-check complete bash)',
      'complete_line() {',
      '  COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMPREPLY=()',
      '  $(complete -p sprite-check | sed "s/.*-F \\([^ ]*\\).*/\\1/") 2> /dev/null',
      '  echo "${COMPREPLY[@]}"',
      '}',
      ...cases.map(([line]) => `complete_line sprite-check ${line}`),
    ].join('\n');
    const { stdout } = spawnSync('bash', ['--norc', '-c', script], {
      cwd: root,
      env,
      encoding: 'utf8',
    });
    const completed = stdout.trimEnd().split('\n');
    expect(cases.map(([line], index) => [line, completed[index]?.split(' ').toSorted()])).toEqual(
      cases.map(([line, expected]) => [line, expected.toSorted()]),
    );
  },
  SLOW,
);

/** `npm run nightly` and CI have no say in what is installed: what is not there is not tested. */
const isThere = (shell: string): boolean => spawnSync(shell, ['--version']).error === undefined;

(isThere('fish') ? test : test.skip)(
  'fish completes every line',
  () => {
    const script = [
      'sprite-check complete fish | source',
      ...cases.map(([line]) => `echo (complete -C "sprite-check ${line}" | string split -f 1 \\t)`),
    ].join('\n');
    const { stdout } = spawnSync('fish', ['--no-config', '-c', script], {
      cwd: root,
      env,
      encoding: 'utf8',
    });
    const completed = stdout.trimEnd().split('\n');
    for (const [index, [line, expected]] of cases.entries()) {
      expect([line, ...(completed[index] ?? '').split(' ')]).toEqual(
        expect.arrayContaining([line, ...expected]),
      );
    }
  },
  SLOW,
);

(isThere('zsh') ? test : test.skip)(
  'zsh loads its script and registers it',
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

test('a shell that is not known is refused in one line', () => {
  const main = join(root, 'dist', 'cli', 'main.js');
  const { status, stderr } = spawnSync(process.execPath, [main, 'complete', 'tcsh'], {
    encoding: 'utf8',
  });
  expect(status).toBe(1);
  expect(stderr.trimEnd().split('\n')).toHaveLength(1);
});
