/**
 * Files, written as a whole or not at all. Only this file uses the operating system.
 *
 *   A file is written under another name in the same folder, forced to the disk, and renamed: a link in
 *   its place is replaced, never followed; a device, a pipe or a folder there is not changed. A reader
 *   stops at a size limit, whatever size the file claims, and reads only files: a pipe may never end. Files that
 *   a killed process has left there are removed by the next process that writes in the folder.
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

export type ReadFile = { readonly kind: 'text'; readonly text: string } | FileProblem;

/** One line: `sprite-check: file: what is wrong; what to do`. */
export type FileProblem = { readonly kind: 'problem'; readonly problem: string };

const PIECE_BYTES = 64 * 1024;

/** Writes the file, or leaves the old one; throws the error of the file system. */
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

/** The same without an exception: undefined, or the reason, in a few words, why the file is not written. */
export function tryToWrite(path: string, text: string): string | undefined {
  try {
    writeWhole(path, text);
    return undefined;
  } catch (error) {
    return whyNotWritten(error);
  }
}

/**
 * The reason, in a few words, why no file can be written in this folder; undefined if one can. To find
 * out, it writes a file in the folder, or in the nearest existing folder above it, and removes it.
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

/** The name contains its owner: the machine and the process. */
const MACHINE = createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
const TEMPORARY = /^\.sprite-check-([0-9a-f]{8})-(\d+)-[0-9a-f-]{36}\.(?:tmp|old)$/;
/** No process needs so long between writing a file and renaming it. */
const OLD_MS = 600_000;

/** A name for a file that will replace another, or for the replaced one. */
export function temporaryIn(folder: string, ending: 'tmp' | 'old'): string {
  return join(folder, `.sprite-check-${MACHINE}-${pid}-${randomUUID()}.${ending}`);
}

/**
 * Removes the files that dead processes of this machine have left in the folder. A file younger than ten
 * minutes, by the clock of its disk, remains: if processes do not see each other, it may be in use.
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
    // A folder that must not be listed, or a file that must not be removed: the file remains.
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

/** The system's errors for writing, in words. */
const refusals: { readonly [code: string]: string | undefined } = {
  EACCES: 'it must not be written',
  EPERM: 'it must not be written',
  EROFS: 'it must not be written',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk is full',
  EEXIST: 'something that is not a file is in its place',
  EISDIR: 'a folder is in its place',
  ENOTDIR: 'a part of its path is not a folder',
  ENAMETOOLONG: 'its path is longer than the system takes',
};

/** The reason why the file system refuses to write, in a few words. */
export function whyNotWritten(error: unknown): string {
  const code = codeOf(error);
  return refusals[code] ?? code;
}

/** Throws an error like those of the file system, so that it is reported in the same way. */
function refuseOthers(path: string): void {
  const there = lstatSync(path, { throwIfNoEntry: false });
  if (there === undefined || there.isFile() || there.isSymbolicLink()) return;
  const refusal = new Error(`${path}: exists, and is not a file`);
  throw Object.assign(refusal, { code: 'EEXIST', syscall: 'rename', path });
}

/** Makes the folder and those above it. Node's own function never ends in a folder like `/proc`. */
function makeFolder(folder: string): void {
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
  }
}

/** Reads a UTF-8 file of at most `maxBytes` that is not empty. */
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
 * Passes a file of at most `maxBytes` on, piece by piece; the memory does not grow with the file. A piece
 * is valid only until the next one. Undefined if the whole file was read.
 */
export function readPieces(
  path: string,
  { maxBytes }: { readonly maxBytes: number },
  take: (piece: Uint8Array) => void,
): FileProblem | undefined {
  try {
    const length = onFile(path, (file) => eachPiece(file, maxBytes, take));
    if (length === undefined) return problem(path, 'is not a file; put one in its place');
    if (length <= maxBytes) return undefined;
    return problem(path, `is larger than ${maxBytes} bytes; put a smaller one in its place`);
  } catch (error) {
    return problemOf(path, error);
  }
}

/** The number of bytes, or one piece more than the limit. */
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

/** The system's errors for reading, in words, and what to do. */
const problems: { readonly [code: string]: string | undefined } = {
  ENOENT: 'no such file; give the path of one that exists',
  ENOTDIR: 'no such file; a part of its path is not a folder',
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

/** The first bytes; undefined if it is neither a file nor a folder. */
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

/** Undefined if it is neither a file nor a folder: it does not wait for a pipe. */
function onFile<T>(path: string, use: (file: number) => T): T | undefined {
  const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    const status = fstatSync(file);
    return status.isFile() || status.isDirectory() ? use(file) : undefined;
  } finally {
    closeSync(file);
  }
}

function problemOf(path: string, error: unknown): FileProblem {
  const code = codeOf(error);
  return problem(path, problems[code] ?? `cannot be read (${code})`);
}

function problem(path: string, what: string): FileProblem {
  return { kind: 'problem', problem: printable(`sprite-check: ${path}: ${what}`) };
}

function codeOf(error: unknown): string {
  const hasCode = typeof error === 'object' && error !== null && 'code' in error;
  return hasCode ? String(error.code) : String(error);
}
