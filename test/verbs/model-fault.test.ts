// A model that is being edited: an error in it is reported in one line, and never as a stack.

import {
  cpSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { spawnSync } from 'node:child_process';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';

jest.setTimeout(60_000);

const root = fileURLToPath(new URL('../..', import.meta.url));
const story = join(root, 'traces', 'faults', 'R12-no-cycle-of-waiting.trace.json');
const folder = mkdtempSync(join(tmpdir(), 'sprite-check-fault-'));
const commands = join(folder, 'dist', 'cli');

beforeAll(() => {
  for (const part of ['dist', 'package.json']) {
    cpSync(join(root, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const verbs: readonly (readonly string[])[] = [
  ['check', 'two-closers'],
  ['explain', story],
  ['diff', 'sprite', 'R6', '--scenario', 'two-closers'],
];

test.each(verbs)('an action that throws: %s', (...args) => {
  const edit = [/( countUse: \w+\()(.+ => counted\()/, '$1$2nowhere, '] as const;
  expect(lineOf(edit, args)).toBe(
    'sprite-check: expected a model that can be run, found: file f in state present of machine file, ' +
      'event opened, throws: nowhere is not defined; mend it in model/ or properties/, and run again',
  );
});

test.each(verbs)('an effect on a cell that is not there: %s', (...args) => {
  const edit = [
    /send\(cell\.file\(context\.file\), \{ type: "opened"/,
    'send("fil f", { type: "opened"',
  ] as const;
  expect(lineOf(edit, args)).toMatch(
    /^sprite-check: expected a model that can be run, found: service \w in state \w+ of machine service, event \w+, sends "fil f" the event opened: no cell has that name \(did you mean "file f"\?\); mend it /,
  );
});

test('a transition to a state that is not there', () => {
  const edit = [/unlinked: \{ actions: "dropName" \}/, 'unlinked: { target: "presnt" }'] as const;
  expect(lineOf(edit, ['list'])).toMatch(
    /^sprite-check: expected a model that can be loaded, found: .*'presnt'.*; mend it in model\/, and run again$/,
  );
});

/** What is said with this edit, which is taken back: bad input, one line. */
function lineOf([from, to]: readonly [RegExp, string], args: readonly string[]): string {
  const file = bundleWith(from);
  const before = readFileSync(file, 'utf8');
  const edited = before.replace(from, to);
  expect(edited).not.toBe(before);
  writeFileSync(file, edited);
  const main = join(folder, 'dist', 'cli', 'main.js');
  const { status, stderr } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
  writeFileSync(file, before);
  const lines = stderr.split('\n').filter((line) => line !== '' && !/^\w+: \d+ jobs?$/.test(line));
  expect({ status, lines: lines.length }).toEqual({ status: 1, lines: 1 });
  return lines[0] ?? '';
}

/** The file of the bundle that contains this text. */
function bundleWith(text: RegExp): string {
  const files = readdirSync(commands).filter((name) => name.startsWith('chunk-'));
  const [only, ...more] = files
    .map((name) => join(commands, name))
    .filter((path) => path.endsWith('.js') && text.test(readFileSync(path, 'utf8')));
  expect({ text, more }).toEqual({ text, more: [] });
  return only ?? '';
}
