import { afterEach, expect, test } from '@jest/globals';
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBounded, writeWhole } from './store.ts';

const folder = mkdtempSync(join(tmpdir(), 'store-'));

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
});

test('a file is written whole, its folder made, nothing left beside it', () => {
  const path = join(folder, 'deep', 'a.json');
  writeWhole(path, 'first');
  writeWhole(path, 'zweite Fassung, ü');
  expect(readFileSync(path, 'utf8')).toBe('zweite Fassung, ü');
  expect(readdirSync(join(folder, 'deep'))).toEqual(['a.json']);
});

test('where the file cannot take its place, nothing is left beside it', () => {
  const path = join(folder, 'taken');
  mkdirSync(join(path, 'by a folder'), { recursive: true });
  expect(() => writeWhole(path, 'text')).toThrow();
  expect(readdirSync(folder)).toEqual(['taken']);
});

test('reading stops at the limit', () => {
  const path = join(folder, 'a.txt');
  writeFileSync(path, '12345');
  expect(readBounded(path, { maxBytes: 5 })).toEqual({ kind: 'text', text: '12345' });
  expect(readBounded(path, { maxBytes: 4 })).toEqual({
    kind: 'problem',
    problem: `${path}:1: expected at most 4 bytes, found more`,
  });
});

test('what cannot be read is a problem of one line', () => {
  const path = join(folder, 'none.txt');
  expect(readBounded(path, { maxBytes: 5 })).toEqual({
    kind: 'problem',
    problem: `${path}:1: expected a file that can be read, found ENOENT`,
  });
  writeFileSync(path, Uint8Array.of(0xff, 0xfe));
  chmodSync(path, 0o600);
  expect(readBounded(path, { maxBytes: 5 })).toEqual({
    kind: 'problem',
    problem: `${path}:1: expected UTF-8 text, found other bytes`,
  });
});
