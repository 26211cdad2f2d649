/**
 * A hash of everything that decides what `regress` finds.
 *
 *   model/ properties/ sprite/ checker/ analysis/ cli/ traces/ dist/
 *       *.ts, *.js and *.json: the sources, what was built from them, what is stored. No tests.
 *   package.json package-lock.json node_modules/.package-lock.json
 *       which packages there should be, and which are installed.
 *   the packages of "dependencies", and what these need in turn
 *       every *.js, *.cjs, *.mjs, *.json and *.node in them, as it is installed.
 *   whatever the caller asks
 *       the version of Node, the platform, the bound.
 *
 * Not hashed: the bytes of Node itself, and packages of "devDependencies"; what the compiler makes
 * stands in dist/.
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
  // What is installed, as opposed to what should be.
  join('node_modules', '.package-lock.json'),
];
/** Nothing that belongs there is near it. */
const MAX_BYTES = 64 * 1024 * 1024;

/**
 * SHA-256 in hex, over path, zero, contents, zero of each file, in the order of paths by code unit.
 * Of a link its text is hashed as well. `asked` is whatever else must be the same. Throws `BadInput`
 * where a file cannot be read.
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
  // A package may stand in another one.
  const paths = new Set([...ours, ...theirs, ...others].map((path) => path.split(sep).join('/')));
  return [...paths].toSorted((a, b) => (a < b ? -1 : 1));
}

/** Tests and pages decide nothing; source maps neither. */
function isOurs(name: string): boolean {
  return /\.(ts|js|json)$/.test(name) && !/\.(test|d)\.(ts|js)$/.test(name);
}

/** By Node, when it runs a package. */
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

/** Of what a path leads to. */
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
