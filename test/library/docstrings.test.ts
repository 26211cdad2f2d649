// The examples in the docstrings of the library: each compiles with the types that the package has,
// and runs on what is built without throwing.

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { transformSync } from 'esbuild';

type Example = { readonly name: string; readonly code: string };

const root = fileURLToPath(new URL('../..', import.meta.url));
const modules = join(root, 'node_modules');
const folder = mkdtempSync(join(tmpdir(), 'sprite-check-docstrings-'));
const SLOW = 60_000;

const library = 'checker/library.ts';
const sources = [library, ...exportedFrom(library)];
const examples = sources.flatMap(examplesIn);

beforeAll(() => {
  mkdirSync(join(folder, 'node_modules'));
  symlinkSync(root, join(folder, 'node_modules', 'sprite-check'), 'dir');
  for (const name of ['xstate', '@types']) {
    symlinkSync(join(modules, name), join(folder, 'node_modules', name), 'dir');
  }
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  for (const { name, code } of examples) writeFileSync(join(folder, `${name}.ts`), code);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('every function that the library exports has an example', () => {
  const functions = sources.flatMap((path) =>
    [...readText(path).matchAll(/^export (?:async )?function (\w+)/gm)].map(([, name]) => name),
  );
  const exported = new Set(readText(library).match(/\w+/g));
  const without = functions.filter(
    (name = '') => exported.has(name) && !examples.some(({ code }) => uses(code, name)),
  );
  expect(without).toEqual([]);
});

test(
  'all of them compile',
  () => {
    const options = '--noEmit --strict --exactOptionalPropertyTypes --skipLibCheck';
    const args = [
      join(modules, 'typescript', 'bin', 'tsc'),
      ...`${options} --module nodenext --target es2023 --types node`.split(' '),
      ...examples.map(({ name }) => `${name}.ts`),
    ];
    const { status, stdout } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  },
  SLOW,
);

test.each(examples)('$name runs', ({ name, code }) => {
  const { code: script } = transformSync(code, { loader: 'ts', format: 'esm' });
  writeFileSync(join(folder, `${name}.mjs`), script);
  const { status, stderr } = spawnSync(process.execPath, [`${name}.mjs`], {
    cwd: folder,
    encoding: 'utf8',
  });
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
});

/** The blocks of `ts` that follow `@example`, named after file and line. */
function examplesIn(path: string): readonly Example[] {
  const text = readText(path);
  const found = text.matchAll(/^ \* @example\n \* ```ts\n((?: \*.*\n)*?) \* ```$/gm);
  return [...found].map(({ index, 1: block = '' }) => ({
    name: `${path.replaceAll(/\W+/g, '-')}-${text.slice(0, index).split('\n').length}`,
    code: block.replaceAll(/^ \* ?/gm, ''),
  }));
}

/** The files whose exports a file hands on. */
function exportedFrom(path: string): readonly string[] {
  return [...readText(path).matchAll(/ from '(\.[^']+)'/g)].map(([, name = '']) =>
    join(dirname(path), name),
  );
}

function uses(code: string, name: string): boolean {
  return new RegExp(`(?<![.\\w])${name}\\b`).test(code);
}

function readText(path: string): string {
  return readFileSync(join(root, path), 'utf8');
}
