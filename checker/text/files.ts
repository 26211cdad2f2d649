/**
 * Files, whole or not at all. The only contact of the checker with the machine it runs on.
 *
 *   A file is written beside its place under another name, forced to the disk, and renamed: a link
 *   in its place is replaced, never followed; a device, a pipe or a folder there is let alone. What a
 *   process that was killed has left beside it is removed by the next that writes there.
 *   Reading stops at a size limit, whatever the file says its size is, and takes files only: a pipe
 *   may never end.
 */
import { createHash, randomUUID } from 'node:crypto';
import {
  closeSync,
  constants,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';
import { kill, pid } from 'node:process';
import { printable } from './printable.ts';

export type ReadFile = { readonly kind: 'text'; readonly text: string } | Problem;

/** One line: `sprite-check: file: what is wrong; what to do`. */
export type Problem = { readonly kind: 'problem'; readonly problem: string };

const PIECE_BYTES = 64 * 1024;

/** Writes the file, or leaves what stood there; throws what the file system says. */
export function writeWhole(path: string, text: string): void {
  const folder = dirname(path);
  makeFolder(folder);
  refuseOthers(path);
  const temporary = temporaryIn(folder, 'tmp');
  try {
    writeAndSync(temporary, text);
    removeLeft(folder, temporary);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** The same for whoever goes on where it fails: undefined, or in a few words why it is not written. */
export function tryToWrite(path: string, text: string): string | undefined {
  try {
    writeWhole(path, text);
    return undefined;
  } catch (error) {
    return whyNotWritten(error);
  }
}

/**
 * Why no file can be written in this folder, in a few words; undefined where one can. Found out by
 * writing one, in the folder or in the nearest above it that is there, and removing it again.
 */
export function whyNotWritable(folder: string): string | undefined {
  const there = statSync(folder, { throwIfNoEntry: false });
  if (there === undefined && dirname(folder) !== folder) return whyNotWritable(dirname(folder));
  const probe = temporaryIn(folder, 'tmp');
  try {
    closeSync(openSync(probe, 'wx'));
    rmSync(probe);
    return undefined;
  } catch (error) {
    return whyNotWritten(error);
  }
}

/** The name says whose it is: which machine, which process. */
const MACHINE = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const TEMPORARY = /^\.sprite-check-([0-9a-f]{8})-(\d+)-[0-9a-f-]{36}\.(?:tmp|old)$/;
/** Nobody takes as long from writing a file to renaming it. */
const OLD_MS = 600_000;

/** A name for what soon takes another's place, or keeps what stood there. */
export function temporaryIn(folder: string, ending: 'tmp' | 'old'): string {
  return join(folder, `.sprite-check-${MACHINE}-${pid}-${randomUUID()}.${ending}`);
}

/**
 * Removes what dead processes of this machine have left in the folder. What is younger than ten
 * minutes, by the clock of its disk, stays: where processes do not see each other, it may be in use.
 */
export function removeLeft(folder: string, justWritten: string): void {
  try {
    const before = statSync(justWritten).mtimeMs - OLD_MS;
    for (const name of readdirSync(folder)) {
      const [, machine, owner] = TEMPORARY.exec(name) ?? [];
      if (machine !== MACHINE || isAlive(Number(owner))) continue;
      const status = lstatSync(join(folder, name), { throwIfNoEntry: false });
      if (status?.isFile() === true && status.mtimeMs < before) rmSync(join(folder, name));
    }
  } catch {
    // A folder that must not be listed, a file that must not be removed: what is left stays.
  }
}

function isAlive(process: number): boolean {
  try {
    kill(process, 0);
    return true;
  } catch (error) {
    return codeOf(error) !== 'ESRCH';
  }
}

/** What the system says of writing, in words. */
const refusals: { readonly [code: string]: string | undefined } = {
  EACCES: 'it must not be written',
  EPERM: 'it must not be written',
  EROFS: 'it must not be written',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EEXIST: 'something that is no file is in its place',
  EISDIR: 'a folder is in its place',
  ENOTDIR: 'a part of its path is no folder',
  ENAMETOOLONG: 'its path is longer than the system takes',
};

/** What the file system says when it refuses to write, in a few words. */
export function whyNotWritten(error: unknown): string {
  const code = codeOf(error);
  return refusals[code] ?? code;
}

/** Throws as the file system does, so that who reports its refusals reports this one. */
function refuseOthers(path: string): void {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there === undefined || there.isFile() || there.isSymbolicLink()) return;
  const refusal = new Error(`${path}: is there already, and is no file`);
  throw Object.assign(refusal, { code: 'EEXIST', syscall: 'rename', path });
}

/** With those around it. Node's own way never ends where a folder takes no others (`/proc`). */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Somebody else may have made it meanwhile.
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
  }
}

/** Reads a UTF-8 file of at most `maxBytes`, which has something in it. */
export function readBounded(path: string, { maxBytes }: { readonly maxBytes: number }): ReadFile {
  try {
    const bytes = readUpTo(path, maxBytes + 1);
    if (bytes === undefined) return problem(path, 'is not a file; give the path of one');
    if (bytes.length === 0) return problem(path, 'is empty; nothing was read');
    if (bytes.length > maxBytes) {
      return problem(path, `is larger than ${maxBytes} bytes; nothing was read`);
    }
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    return problemOf(path, error);
  }
}

/** The first bytes of a file as text; a character cut in two at their end is replaced. */
export function readHead(path: string, { maxBytes }: { readonly maxBytes: number }): ReadFile {
  try {
    const bytes = readUpTo(path, maxBytes);
    if (bytes === undefined) return problem(path, 'is not a file; give the path of one');
    return { kind: 'text', text: new TextDecoder().decode(bytes) };
  } catch (error) {
    return problemOf(path, error);
  }
}

/**
 * Hands over a file of at most `maxBytes` piece by piece, in memory that does not grow with it. A
 * piece is only valid until the next. Undefined where all of it was read.
 */
export function readPieces(
  path: string,
  { maxBytes }: { readonly maxBytes: number },
  take: (piece: Uint8Array) => void,
): Problem | undefined {
  try {
    const length = onFile(path, (file) => eachPiece(file, maxBytes, take));
    if (length === undefined) return problem(path, 'is not a file; put one in its place');
    if (length <= maxBytes) return undefined;
    return problem(path, `is larger than ${maxBytes} bytes; put a smaller one in its place`);
  } catch (error) {
    return problemOf(path, error);
  }
}

/** How many bytes there are, or one piece more than the limit. */
function eachPiece(file: number, maxBytes: number, take: (piece: Uint8Array) => void): number {
  const piece = new Uint8Array(PIECE_BYTES);
  let length = 0;
  while (length <= maxBytes) {
    const read = readSync(file, piece, 0, piece.length, null);
    if (read === 0) break;
    length += read;
    take(piece.subarray(0, read));
  }
  return length;
}

/** What the system says, in words, and what to do. */
const problems: { readonly [code: string]: string | undefined } = {
  ENOENT: 'no such file; give the path of one that exists',
  ENOTDIR: 'no such file; a part of its path is no folder',
  ELOOP: 'no such file; its links lead in a circle',
  EISDIR: 'is a folder; give the path of a file in it',
  EACCES: 'must not be read; change its permissions',
  EPERM: 'must not be read; change its permissions',
  ENAMETOOLONG: 'no such file; the path is longer than the system takes',
  ERR_ENCODING_INVALID_ENCODED_DATA: 'is not UTF-8 text; nothing was read',
  ERR_INVALID_ARG_VALUE: 'no such file; a path has no zero bytes',
};

function writeAndSync(path: string, text: string): void {
  const file = openSync(path, 'wx');
  try {
    const bytes = new TextEncoder().encode(text);
    for (let written = 0; written < bytes.length;) {
      written += writeSync(file, bytes, written);
    }
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** The first bytes; undefined of what is neither a file nor a folder. */
function readUpTo(path: string, limit: number): Uint8Array | undefined {
  return onFile(path, (file) => {
    const bytes = new Uint8Array(limit);
    let length = 0;
    while (length < limit) {
      const read = readSync(file, bytes, length, limit - length, null);
      if (read === 0) break;
      length += read;
    }
    return bytes.subarray(0, length);
  });
}

/** Undefined of what is neither a file nor a folder: a pipe is not waited for. */
function onFile<T>(path: string, use: (file: number) => T): T | undefined {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const status = fstatSync(file);
    return status.isFile() || status.isDirectory() ? use(file) : undefined;
  } finally {
    closeSync(file);
  }
}

function problemOf(path: string, error: unknown): Problem {
  const code = codeOf(error);
  return problem(path, problems[code] ?? `cannot be read (${code})`);
}

function problem(path: string, what: string): Problem {
  return { kind: 'problem', problem: printable(`sprite-check: ${path}: ${what}`) };
}

function codeOf(error: unknown): string {
  const hasCode = typeof error === 'object' && error !== null && 'code' in error;
  return hasCode ? String(error.code) : String(error);
}
