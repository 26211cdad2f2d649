// Messages of the command line about its own arguments, without starting it.

import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { seed as readSeed } from './option-values.ts';
import { addCompletion } from './completion.ts';
import { commandExamples } from './examples.ts';
import { createProgram, runProgram } from './program.ts';

const packageFile = fileURLToPath(new URL('../package.json', import.meta.url));
const said = { out: '', err: '' };

beforeEach(() => {
  Object.assign(said, { out: '', err: '' });
  for (const [stream, key] of [
    [process.stdout, 'out'],
    [process.stderr, 'err'],
  ] as const) {
    jest.spyOn(stream, 'write').mockImplementation((text) => {
      said[key] += String(text);
      return true;
    });
  }
});

afterEach(() => {
  jest.restoreAllMocks();
});

test.each([
  [['replay', '.'], 'sprite-check: .: is a folder; give the path of a file in it'],
  [['replay', '/dev/null'], 'sprite-check: /dev/null: is not a file'],
  [['replay', packageFile], 'expected a trace, which begins with "format"'],
  [
    ['list', 'kernel'],
    'expected one of kernels, scenarios, properties, faults, or a name from them, found "kernel" (did you mean "kernels"?)',
  ],
  [['replay'], 'missing required argument \'file\'; see "sprite-check replay --help"'],
  [['diff', 'a', 'b', 'c'], 'Expected 2 arguments but got 3; see "sprite-check diff --help"'],
  [['chekc'], "unknown command 'chekc' (Did you mean check?)"],
  [['frobnicate'], "unknown command 'frobnicate' (the nearest is"],
  ...['x', '', '-1', '1.5', '1e3', '4294967296', '0x100000000'].map(
    (seed) =>
      [['check', '--seed', seed], 'Expected a whole number from 0 to 4,294,967,295'] as const,
  ),
  [['check', '--max-states', '1e99'], 'Expected a whole number from 1 to 2,147,483,647'],
  [['check', '--workers', '0'], 'Expected a whole number from 1 to 256'],
  [['check', '--timeout', '0'], 'Expected seconds, more than 0'],
  [['check', '--timeout', '3000000'], 'at most 2,000,000'],
  [['check', '--random', '--exhaustive'], 'cannot be used with'],
  [['check', '--exhaustive', '--runs', '3'], 'cannot be used with'],
  [['explore', 'two-closers', '--baseline', '.'], 'sprite-check: .: is a folder'],
])('%j is refused in one line: exit 1, nothing on standard output', async (args, expected) => {
  const code = await runProgram(['node', 'sprite-check', ...args]);
  expect(said.err).toContain(expected);
  expect(said.err.trimEnd().split('\n')).toHaveLength(1);
  expect({ code, out: said.out }).toEqual({ code: 1, out: '' });
});

describe.each([80, 120])('in %d columns', (columns) => {
  const verbs = readdirSync(fileURLToPath(new URL('verbs', import.meta.url)));

  test.each(['', ...verbs.map((file) => file.replace('.ts', ''))])(
    '%s --help fits',
    async (verb) => {
      process.env['COLUMNS'] = String(columns);
      await runProgram(['node', 'sprite-check', ...[verb].filter(Boolean), '--help']);
      delete process.env['COLUMNS'];
      expect(said.out).toContain('Usage: sprite-check');
      const wide = said.out.split('\n').filter((line) => line.length > columns);
      expect(wide.filter((line) => !line.startsWith('  sprite-check '))).toEqual([]);
    },
  );
});

test.each(
  Object.values(commandExamples)
    .flat()
    .map(({ command }) => command),
)('the example "%s" can be parsed, and its verb has it', async (command) => {
  const program = createProgram(() => {});
  await addCompletion(program, []);
  for (const verb of program.commands) verb.action(() => {});
  const words = command.replaceAll('"', '').split(' ');
  await program.parseAsync(['node', 'sprite-check', ...words]);
  const [verb = ''] = words;
  expect(commandExamples[verb]?.some((each) => each.command === command)).toBe(true);
});

test('every verb has an example', () => {
  const named = createProgram(() => {}).commands.map((verb) => verb.name());
  expect(named.filter((verb) => (commandExamples[verb] ?? []).length === 0)).toEqual([]);
});

test('an error fits a terminal, and is one line if a program reads it', async () => {
  const wrong = ['node', 'sprite-check', 'check', '--seed', 'x'];
  await runProgram(wrong);
  process.env['COLUMNS'] = '60';
  Object.assign(process.stderr, { isTTY: true });
  await runProgram(wrong);
  Object.assign(process.stderr, { isTTY: false });
  delete process.env['COLUMNS'];
  const [whole = '', ...parts] = said.err.trimEnd().split('\n');
  expect(whole.length).toBeGreaterThan(60);
  expect(parts.filter((line) => line.length > 60)).toEqual([]);
  expect(parts.map((line) => line.trim()).join(' ')).toBe(whole);
});

test('a seed is taken as it is given, decimal or hexadecimal, up to the largest', () => {
  expect(['0', '1989', '4294967295', '0xffffffff'].map(readSeed)).toEqual([
    0, 1989, 4_294_967_295, 4_294_967_295,
  ]);
});
