/**
 * Where a report may be written: to a new file, or over an earlier report of sprite-check. And where a trace
 * may not be written: over a stored one.
 */
import { existsSync, lstatSync, realpathSync, statSync, type Stats } from 'node:fs';
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { printable } from '../../checker/text/printable.ts';
import { readHead, whyNotWritable } from '../../checker/text/files.ts';
import { BadInput } from '../errors.ts';
import type { Home } from '../specification/loaded.ts';
import type { ReportOptions } from '../reports/write-reports.ts';

/** Files that must not be overwritten. */
type StoredIn = Pick<Home, 'base' | 'folder'>;

const HEAD_BYTES = 1024;

/** The beginning of our reports; files of other tools are not overwritten. */
const starts = [
  /^<\?xml [^>]*\?>\s*<testsuites name="sprite-check /,
  /^\{\s*"\$schema":\s*"[^"]*\/sarif-2\.1\.0\.json",\s*"version":\s*"2\.1\.0",\s*"runs":\s*\[\s*\{\s*"tool":\s*\{\s*"driver":\s*\{\s*"name":\s*"sprite-check"/,
];

/** Throws BadInput if a report would overwrite another file. */
export function refusePlaces(home: StoredIn, { junit, sarif, sarifBaseline }: ReportOptions): void {
  const kept = join(home.base, home.folder);
  for (const file of [junit, sarif]) if (file !== undefined) refusePlace(file, kept);
  if (isSamePlace(junit, sarif)) throw refused(sarif, 'the place of the JUnit report');
  for (const file of [junit, sarif]) {
    if (isSamePlace(file, sarifBaseline)) throw refused(file, 'the earlier report to compare with');
  }
}

function refusePlace(file: string, kept: string): void {
  if (isInside(kept, realPlace(file))) {
    throw refused(file, `a place in ${basename(kept)}/, which holds what is stored`);
  }
  const there = entryAt(file);
  if (there === undefined) return;
  // A link would be replaced, not followed, which is wrong for /dev/stdout.
  if (there.isSymbolicLink()) throw refused(file, 'a link');
  const read = readHead(file, { maxBytes: HEAD_BYTES });
  if (read.kind === 'problem') throw refused(file, 'something that cannot be read as a file');
  if (read.text !== '' && !starts.some((start) => start.test(read.text))) {
    throw refused(file, 'a file that is no report of sprite-check');
  }
}

function entryAt(file: string): Stats | undefined {
  try {
    return lstatSync(file, { throwIfNoEntry: false });
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? String(error.code) : String(error);
    throw refused(file, `not writable (${why})`);
  }
}

/** Throws BadInput if a stored file would be replaced: only `--accept` does that. */
export function refuseStored({ base, folder }: StoredIn, file: string | undefined): void {
  if (file === undefined || !existsSync(file)) return;
  if (!isInside(join(base, folder), realPlace(file))) return;
  throw new BadInput(
    printable(
      `cannot write ${file}: ${folder}/ is changed only by "regress --accept"; give another file`,
    ),
  );
}

/** The same for files in a folder, which must be a folder. Called before a search, not after it. */
export function refuseStoredIn(home: StoredIn, folder: string, names: readonly string[]): void {
  refuseNoFolder(folder);
  refuseUnwritable(folder);
  for (const name of names) refuseStored(home, join(folder, name));
}

function refuseNoFolder(folder: string): void {
  const there = statSync(folder, { throwIfNoEntry: false });
  if (there === undefined || there.isDirectory()) return;
  throw new BadInput(
    printable(`cannot write traces to ${folder}: it is a file; give --out a folder`),
  );
}

/** Throws BadInput if no file can be written in a folder. Called before a search, not after it. */
export function refuseUnwritable(folder: string): void {
  const why = whyNotWritable(resolve(folder));
  if (why === undefined) return;
  throw new BadInput(
    printable(`sprite-check: cannot write traces to ${folder}: ${why}; give --out another folder`),
  );
}

/** Whether both paths are given, and are the same file. */
export function isSamePlace(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && realPlace(one) === realPlace(other);
}

/** With the links of its folders followed. */
function realPlace(file: string): string {
  const place = resolve(file);
  return join(realFolder(dirname(place)), basename(place));
}

function realFolder(folder: string): string {
  if (existsSync(folder)) return realpathSync(folder);
  return dirname(folder) === folder ? folder : join(realFolder(dirname(folder)), basename(folder));
}

function isInside(folder: string, place: string): boolean {
  const path = relative(realFolder(folder), place);
  return path !== '' && path !== '..' && !path.startsWith(`..${sep}`);
}

function refused(file: string | undefined, found: string): BadInput {
  return new BadInput(
    printable(`cannot write the report to ${file ?? ''}: it is ${found}; give another file`),
  );
}
