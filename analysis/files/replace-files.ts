/**
 * Several files at once, all or none.
 *   First all files are written under temporary names and forced to the disk. Then they are renamed, one
 *   after the other, in the given order; if one cannot be renamed, those before it are put back. After a
 *   loss of power between two renames, the first files are new, the last are old, and each is whole.
 */
import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { removeLeft, temporaryIn } from '../../checker/text/files.ts';

export type Replacement = {
  /** Text by path, relative to the root, with slashes. */
  readonly files: ReadonlyMap<string, string>;
  /** Removed last. */
  readonly obsolete: readonly string[];
};

type Staged = { readonly place: string; readonly next: string | undefined; readonly old: string };

/** Throws the error of the file system; then no file has changed. */
export function replaceAll(root: string, { files, obsolete }: Replacement): void {
  const staged: Staged[] = [];
  const done: Staged[] = [];
  try {
    for (const [path, text] of files) staged.push(stage(join(root, path), text));
    for (const path of obsolete) staged.push(stage(join(root, path), undefined));
    for (const each of staged) {
      keepOld(each);
      done.push(each);
      if (each.next === undefined) rmSync(each.place);
      else renameSync(each.next, each.place);
    }
  } catch (error) {
    for (const each of done.toReversed()) putBack(each);
    throw error;
  } finally {
    for (const { next, old } of staged) {
      if (next !== undefined) rmSync(next, { force: true });
      rmSync(old, { force: true });
    }
  }
}

function stage(place: string, text: string | undefined): Staged {
  const folder = dirname(place);
  const old = temporaryIn(folder, 'old');
  if (text === undefined) return { place, next: undefined, old };
  mkdirSync(folder, { recursive: true });
  const next = temporaryIn(folder, 'tmp');
  const file = openSync(next, 'wx');
  try {
    writeFileSync(file, text);
    fsyncSync(file);
    removeLeft(folder, next);
  } catch (error) {
    rmSync(next, { force: true });
    throw error;
  } finally {
    closeSync(file);
  }
  return { place, next, old };
}

/** A second name for the present file. */
function keepOld({ place, old }: Staged): void {
  if (existsSync(place)) linkSync(place, old);
}

function putBack({ place, old }: Staged): void {
  if (existsSync(old)) renameSync(old, place);
  else rmSync(place, { force: true });
}
