import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, test } from '@jest/globals';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { readBounded, readPieces, temporaryIn, writeWhole } from './files.ts';

const folder = mkdtempSync(join(tmpdir(), 'store-'));

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder);
});

test('a write makes the folder, writes the whole file, and leaves nothing beside it', () => {
  const path = join(folder, 'deep', 'a.json');
  writeWhole(path, 'first');
  writeWhole(path, 'zweite Fassung, ü');
  expect(readFileSync(path, 'utf8')).toBe('zweite Fassung, ü');
  expect(readdirSync(join(folder, 'deep'))).toEqual(['a.json']);
});

test('a write that fails leaves nothing beside the file', () => {
  const path = join(folder, 'taken');
  mkdirSync(join(path, 'by a folder'), { recursive: true });
  expect(() => writeWhole(path, 'text')).toThrow();
  expect(readdirSync(folder)).toEqual(['taken']);
});

describe('beside a file that is written', () => {
  const dead = 2 ** 22 + 1;
  const own = basename(temporaryIn(folder, 'tmp'));
  const ofDead = own.replace(`-${process.pid}-`, `-${dead}-`);

  test.each([
    ['what a dead process left is removed', ofDead, 0, false],
    ['and what it kept', ofDead.replace('.tmp', '.old'), 0, false],
    ['what it left just now stays: it may only not be seen', ofDead, Date.now() / 1000, true],
    ['what a living process has stays', own, 0, true],
    ['what another machine has stays', ofDead.replace(/check-\w+/, 'check-00000000'), 0, true],
    ['what another program left stays', `.a.json.${randomUUID()}.tmp`, 0, true],
  ])('%s', (_, name, writtenAt, stays) => {
    writeFileSync(join(folder, name), 'half');
    utimesSync(join(folder, name), writtenAt, writtenAt);
    writeWhole(join(folder, 'a.json'), 'whole');
    expect(readdirSync(folder).toSorted()).toEqual([...(stays ? [name] : []), 'a.json'].toSorted());
    if (stays) rmSync(join(folder, name));
    rmSync(join(folder, 'a.json'));
  });

  test('a folder of such a name stays', () => {
    mkdirSync(join(folder, ofDead));
    utimesSync(join(folder, ofDead), 0, 0);
    writeWhole(join(folder, 'a.json'), 'whole');
    expect(readdirSync(folder)).toContain(ofDead);
  });
});

test('a pipe is not replaced', () => {
  const pipe = join(folder, 'pipe');
  execFileSync('/usr/bin/env', ['mkfifo', pipe]);
  expect(() => writeWhole(pipe, 'text')).toThrow('pipe: exists, and is not a file');
  expect(() => writeWhole(pipe, 'text')).toThrow(expect.objectContaining({ syscall: 'rename' }));
  expect(statSync(pipe).isFIFO()).toBe(true);
  expect(readdirSync(folder)).toEqual(['pipe']);
});

test('reading stops at the limit', () => {
  const path = join(folder, 'a.txt');
  writeFileSync(path, '12345');
  expect(readBounded(path, { maxBytes: 5 })).toEqual({ kind: 'text', text: '12345' });
  expect(readBounded(path, { maxBytes: 4 })).toEqual({
    kind: 'problem',
    problem: `sprite-check: ${path}: is larger than 4 bytes; nothing was read`,
  });
});

test.each([
  ['a file that does not exist', () => undefined, 'no such file; give the path of one that exists'],
  ['a folder', (path: string) => mkdirSync(path), 'is a folder; give the path of a file in it'],
  ['an empty file', (path: string) => writeFileSync(path, ''), 'is empty; nothing was read'],
  [
    'other bytes',
    (path: string) => writeFileSync(path, Uint8Array.of(0xff, 0xfe)),
    'is not UTF-8 text; nothing was read',
  ],
  [
    'a pipe without a writer',
    (path: string) => execFileSync('/usr/bin/env', ['mkfifo', path]),
    'is not a file; give the path of one',
  ],
  [
    'links in a circle',
    (path: string) => symlinkSync(path, path),
    'no such file; its links lead in a circle',
  ],
])('an unreadable file is reported in one line: %s', (_, make, problem) => {
  const path = join(folder, 'given');
  make(path);
  expect(readBounded(path, { maxBytes: 5 })).toEqual({
    kind: 'problem',
    problem: `sprite-check: ${path}: ${problem}`,
  });
});

test('a link in the place of a file is replaced, not followed', () => {
  const [elsewhere, path] = [join(folder, 'elsewhere'), join(folder, 'a.json')];
  writeFileSync(elsewhere, 'untouched');
  symlinkSync(elsewhere, path);
  writeWhole(path, 'text');
  expect([elsewhere, path].map((each) => readFileSync(each, 'utf8'))).toEqual([
    'untouched',
    'text',
  ]);
});

test('a file is read in pieces, at most one piece beyond the limit', () => {
  const path = join(folder, 'large');
  writeFileSync(path, Buffer.alloc(200_000, 'abc'));
  const pieces: Buffer[] = [];
  expect(readPieces(path, { maxBytes: 200_000 }, (piece) => pieces.push(Buffer.from(piece)))).toBe(
    undefined,
  );
  expect(Buffer.concat(pieces).equals(readFileSync(path))).toBe(true);
  let length = 0;
  const read = readPieces(path, { maxBytes: 70_000 }, (piece) => (length += piece.length));
  expect(read?.problem).toContain('is larger than 70000 bytes');
  expect(length).toBeLessThan(200_000);
});
