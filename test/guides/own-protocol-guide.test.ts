// The guide that builds a protocol from nothing, as its reader does it: the files are written from the
// page, the commands are run in an empty folder with the packed package, and print what it shows.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { installPacked } from '../support/packed.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const modules = join(root, 'node_modules');
const folder = mkdtempSync(join(tmpdir(), 'sprite-check-guide-'));
const guide = readText('docs/guides/check-your-own-protocol.md');
const scripts = blocks('js');
const SLOW = 60_000;

/** What is shown directly behind a command is what it prints. */
const commands = [...guide.matchAll(/^```sh\n(.*)\n```\n(?:\n```text\n([^]*?)^```)?/gm)]
  .map(([, command = '', shown = '']) => ({ command, shown }))
  .filter(({ command }) => !command.startsWith('npm '));

beforeAll(() => {
  installPacked(folder, ['@types/node']);
  writeFileSync(join(folder, 'lease.mjs'), scripts.slice(0, -1).join('\n'));
  writeFileSync(join(folder, 'lease.test.mjs'), scripts.at(-1) ?? '');
}, SLOW);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the code of the guide is the example', () => {
  const textOf = (path: string): string => readText(path).replaceAll(/\n+/g, '\n');
  const written = (name: string): string =>
    readFileSync(join(folder, name), 'utf8').replaceAll(/\n+/g, '\n');
  expect(written('lease.mjs')).toBe(textOf('examples/lease/lease.mjs'));
  expect(written('lease.test.mjs')).toBe(textOf('examples/lease/lease.test.mjs'));
});

test.each(commands)(
  '$command',
  ({ command, shown }) => {
    const printed = run(command).split('\n');
    let from = 0;
    for (const line of shown.split('\n').filter((each) => each !== '' && each !== '…')) {
      const at = printed.indexOf(line, from);
      expect({ line, isPrinted: at >= 0, printed }).toMatchObject({ line, isPrinted: true });
      from = at + 1;
    }
    expect(printed.length).toBeGreaterThan(1);
  },
  SLOW,
);

test('there are as many commands as the page has', () => {
  expect(commands.map(({ command }) => command.split(' ').slice(0, 3).join(' '))).toEqual([
    'npx sprite-check check',
    'npx sprite-check check',
    'npx sprite-check explain',
    'npx sprite-check replay',
    'node --test lease.test.mjs',
  ]);
});

test(
  'its types compile',
  () => {
    const [typed = ''] = blocks('ts');
    writeFileSync(join(folder, 'typed.ts'), typed);
    const options = '--noEmit --strict --skipLibCheck --module nodenext --target es2023';
    const tsc = join(modules, 'typescript', 'bin', 'tsc');
    const { status, stdout } = spawnSync(
      process.execPath,
      [tsc, ...options.split(' '), 'typed.ts'],
      { cwd: folder, encoding: 'utf8' },
    );
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  },
  SLOW,
);

function blocks(language: string): readonly string[] {
  const found = guide.matchAll(new RegExp(`^\`\`\`${language}\\n([^]*?)^\`\`\``, 'gm'));
  return [...found].map(([, text = '']) => text);
}

/** `npx` would look at the registry for what is there already. */
function run(command: string): string {
  const main = join(folder, 'node_modules', 'sprite-check', 'dist', 'cli', 'main.js');
  const args = command.replace(/^npx sprite-check/, main).replace(/^node /, '');
  const env = {
    ...process.env,
    NO_COLOR: '1',
    COLUMNS: '80',
    FORCE_COLOR: '0',
    NODE_TEST_CONTEXT: undefined,
  };
  return spawnSync(process.execPath, args.split(' '), { cwd: folder, env, encoding: 'utf8' })
    .stdout;
}

function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}
