/**
 * Files, whole or not at all. The only contact of the checker with the machine it runs on.
 *
 *   A file is written beside its place under another name, forced to the disk, and renamed. Reading
 *   stops at a size limit, whatever the file says its size is.
 */
import { randomUUID } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

export type ReadFile =
  | { readonly kind: 'text'; readonly text: string }
  /** One line: `file:1: expected ..., found ...`. */
  | { readonly kind: 'problem'; readonly problem: string };

/** Writes the file, or leaves what stood there; throws what the file system says. */
export function writeWhole(path: string, text: string): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true });
  const temporary = join(folder, `.${basename(path)}.${randomUUID()}.tmp`);
  try {
    writeAndSync(temporary, text);
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** Reads a UTF-8 file of at most `maxBytes`. */
export function readBounded(path: string, { maxBytes }: { readonly maxBytes: number }): ReadFile {
  try {
    const bytes = readUpTo(path, maxBytes + 1);
    if (bytes.length > maxBytes) return problem(path, `at most ${maxBytes} bytes`, 'more');
    return { kind: 'text', text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch (error) {
    const code = codeOf(error);
    return code === 'ERR_ENCODING_INVALID_ENCODED_DATA'
      ? problem(path, 'UTF-8 text', 'other bytes')
      : problem(path, 'a file that can be read', code);
  }
}

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

function readUpTo(path: string, limit: number): Uint8Array {
  const file = openSync(path, 'r');
  try {
    const bytes = new Uint8Array(limit);
    let length = 0;
    while (length < limit) {
      const read = readSync(file, bytes, length, limit - length, null);
      if (read === 0) break;
      length += read;
    }
    return bytes.subarray(0, length);
  } finally {
    closeSync(file);
  }
}

function problem(path: string, expected: string, found: string): ReadFile {
  return { kind: 'problem', problem: `${path}:1: expected ${expected}, found ${found}` };
}

function codeOf(error: unknown): string {
  const hasCode = typeof error === 'object' && error !== null && 'code' in error;
  return hasCode ? String(error.code) : String(error);
}
