/**
 * A hash of everything that decides the results of `regress`.
 *
 *   model/ properties/ sprite/ checker/ analysis/ cli/ traces/ dist/
 *       *.ts, *.js and *.json: the sources, the build, the stored files. No tests.
 *   package.json package-lock.json node_modules/.package-lock.json
 *       the packages that should be installed, and those that are.
 *   the packages of "dependencies", and what these need in turn
 *       every *.js, *.cjs, *.mjs, *.json and *.node in them, as it is installed.
 *   whatever the caller asks
 *       the version of Node, the platform, the bound.
 *
 * Not hashed: the bytes of Node itself, and packages of "devDependencies"; the compiler's output is in
 * dist/.
 */
import { createHash, type Hash } from 'node:crypto';
import { lstatSync, readdirSync, readlinkSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';
import { printable } from '../../checker/text/printable.ts';
import { readPieces } from '../../checker/text/files.ts';
import { BadInput } from '../errors.ts';
import { runtimePackages } from './runtime-packages.ts';

const folders = ['model', 'properties', 'sprite', 'checker', 'analysis', 'cli', 'traces', 'dist'];
const single = [
  'package.json',
  'package-lock.json',
  // The packages that are installed, as opposed to those that should be.
  join('node_modules', '.package-lock.json'),
];
/** No file that belongs there is nearly as large. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * SHA-256 in hex, over path, zero, contents, zero of each file, in the order of paths by code unit.
 * The text of a link is hashed as well. `asked` is all else that must be the same. Throws `BadInput`
 * if a file cannot be read.
 */
export function treeHash(root: string, asked: readonly string[]): string {
  const digest = createHash('sha256');
  for (const each of asked) digest.update(`${each}\0`);
  for (const path of hashedPaths(root)) addFile(digest, root, path);
  return digest.digest('hex');
}

function hashedPaths(root: string): readonly string[] {
  const ours = folders.flatMap((folder) => pathsIn(root, folder, isOurs));
  const theirs = runtimePackages(root).flatMap((folder) => pathsIn(root, folder, isLoaded));
  const others = single.filter((path) => kindOf(join(root, path)) !== 'nothing');
  // A package may be in the folder of another one.
  const paths = new Set([...ours, ...theirs, ...others].map((path) => path.split(sep).join('/')));
  return [...paths].toSorted((a, b) => (a < b ? -1 : 1));
}

/** Tests, pages and source maps decide nothing. */
function isOurs(name: string): boolean {
  return /\.(ts|js|json)$/.test(name) && !/\.(test|d)\.(ts|js)$/.test(name);
}

/** Files that Node reads when it runs a package. */
function isLoaded(name: string): boolean {
  return /\.(js|cjs|mjs|json|node)$/.test(name);
}

function pathsIn(
  root: string,
  folder: string,
  isWanted: (name: string) => boolean,
): readonly string[] {
  return entriesIn(root, folder).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return pathsIn(root, path, isWanted);
    if (entry.isSymbolicLink() && kindOf(join(root, path)) === 'folder') {
      throw refused(path, 'is a link to a folder; put the folder in its place, or remove it');
    }
    return isWanted(entry.name) ? [path] : [];
  });
}

function entriesIn(root: string, folder: string) {
  const place = join(root, folder);
  if (kindOf(place) !== 'folder') return [];
  try {
    return readdirSync(place, { withFileTypes: true });
  } catch {
    throw refused(folder, 'must not be read; change its permissions');
  }
}

/** A link that leads nowhere has only its text. */
function addFile(digest: Hash, root: string, path: string): void {
  const place = join(root, path);
  digest.update(`${path}\0`);
  if (lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink() === true) {
    digest.update(`-> ${readlinkSync(place)}\0`);
    if (kindOf(place) === 'nothing') return;
  }
  const read = readPieces(place, { maxBytes: MAX_BYTES }, (piece) => digest.update(piece));
  if (read !== undefined) throw new BadInput(read.problem.replace(place, path));
  digest.update('\0');
}

/** The kind of what a path leads to. */
function kindOf(place: string): 'folder' | 'other' | 'nothing' {
  try {
    return statSync(place).isDirectory() ? 'folder' : 'other';
  } catch {
    return 'nothing';
  }
}

function refused(path: string, what: string): BadInput {
  return new BadInput(printable(`sprite-check: ${path}: ${what}`));
}
