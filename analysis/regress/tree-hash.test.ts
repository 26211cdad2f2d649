import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  rmSync,
  symlinkSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals';
import { treeHash } from './tree-hash.ts';

const folder = mkdtempSync(join(tmpdir(), 'sprite-check-tree-'));
const root = join(folder, 'tree');

const hashed = [
  'model/a.ts',
  'properties/b.ts',
  'checker/c.ts',
  'cli/d.ts',
  'traces/deep/e.json',
  'dist/model/a.js',
  'package-lock.json',
  'node_modules/.package-lock.json',
  'node_modules/used/index.js',
  'node_modules/used/deep/index.cjs',
  'node_modules/@in/turn/index.mjs',
  'node_modules/@in/turn/node_modules/inner/inner.node',
];
const packages = {
  'package.json': { dependencies: { used: '1', missing: '1' }, devDependencies: { other: '1' } },
  'node_modules/used/package.json': { dependencies: { '@in/turn': '1', '../out': '1' } },
  'node_modules/@in/turn/package.json': { optionalDependencies: { inner: '1', used: '1' } },
};
const passedOver = [
  'model/a.test.ts',
  'model/README.md',
  'docs/x.ts',
  'node_modules/other/index.js',
  'node_modules/used/index.d.ts',
];

beforeEach(() => {
  rmSync(root, { recursive: true, force: true });
  for (const path of [...hashed, ...passedOver]) put(path, 'old');
  for (const [path, held] of Object.entries(packages)) put(path, JSON.stringify(held));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function put(path: string, text: string): void {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
}

function hash(): string {
  return treeHash(root, ['node 20']);
}

test('it changes with each file that matters, also of the packages that run', () => {
  const before = hash();
  for (const path of hashed) {
    put(path, 'new');
    expect({ path, same: hash() === before }).toEqual({ path, same: false });
    put(path, 'old');
  }
  expect(hash()).toBe(before);
});

test('it changes if a file or a package is removed', () => {
  const before = hash();
  unlinkSync(join(root, 'traces/deep/e.json'));
  expect(hash()).not.toBe(before);
  put('traces/deep/e.json', 'old');
  put('node_modules/missing/index.js', 'found');
  expect(hash()).not.toBe(before);
});

test('it changes with the options, and with nothing else', () => {
  const before = hash();
  for (const path of passedOver) put(path, 'new');
  expect(hash()).toBe(before);
  expect(treeHash(root, ['node 24'])).not.toBe(before);
});

describe('a link', () => {
  const link = () => join(root, 'model/link.ts');

  test('that leads nowhere has its text', () => {
    const hashes = ['nowhere', 'elsewhere', 'link.ts'].map((to) => {
      symlinkSync(to, link());
      const now = hash();
      unlinkSync(link());
      return now;
    });
    expect(new Set([...hashes, hash()]).size).toBe(4);
  });

  test('that leads to a file has its contents as well', () => {
    put('docs/linked', 'old');
    symlinkSync('../docs/linked', link());
    const before = hash();
    put('docs/linked', 'new');
    expect(hash()).not.toBe(before);
  });

  test('that leads to a folder is refused', () => {
    symlinkSync('..', link());
    expect(hash).toThrow('sprite-check: model/link.ts: is a link to a folder');
  });
});

describe('one line reports', () => {
  test('a file larger than the limit', () => {
    put('traces/huge.json', '');
    truncateSync(join(root, 'traces/huge.json'), 8 * 1024 ** 3);
    const started = process.memoryUsage().arrayBuffers;
    expect(hash).toThrow(
      /^sprite-check: traces\/huge\.json: is larger than 67108864 bytes; [^\n]*$/,
    );
    expect(process.memoryUsage().arrayBuffers - started).toBeLessThan(16 * 1024 ** 2);
  });

  test('a pipe without a writer', () => {
    execFileSync('/usr/bin/env', ['mkfifo', join(root, 'dist/pipe.js')]);
    expect(hash).toThrow(/^sprite-check: dist\/pipe\.js: is not a file; [^\n]*$/);
  });

  test('a folder with the name of a file', () => {
    rmSync(join(root, 'package-lock.json'));
    mkdirSync(join(root, 'package-lock.json'));
    expect(hash).toThrow(/^sprite-check: package-lock\.json: is a folder; [^\n]*$/);
  });
});
