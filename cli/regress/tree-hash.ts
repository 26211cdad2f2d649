/**
 * A hash of everything that decides what `regress` finds: the sources, what was built from them, what
 * is stored, the packages, and the Node that runs it all.
 */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, sep } from 'node:path';

const folders = ['model', 'properties', 'checker', 'cli', 'traces', 'dist'];
const files = [
  'package.json',
  'package-lock.json',
  // What is installed, as opposed to what should be.
  join('node_modules', '.package-lock.json'),
];

/**
 * SHA-256 in hex, over path, zero, contents, zero of each file below `root`, in the order of paths by
 * code unit. `asked` is whatever else must be the same: options, versions.
 */
export function treeHash(root: string, asked: readonly string[]): string {
  const digest = createHash('sha256');
  for (const each of asked) digest.update(`${each}\0`);
  const paths = [...folders.flatMap((folder) => pathsIn(root, folder)), ...files]
    .filter((path) => existsSync(join(root, path)))
    .map((path) => path.split(sep).join('/'))
    .toSorted((a, b) => (a < b ? -1 : 1));
  for (const path of paths) {
    digest
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return digest.digest('hex');
}

/** Tests and pages decide nothing; source maps neither. */
function pathsIn(root: string, folder: string): readonly string[] {
  const place = join(root, folder);
  if (!existsSync(place)) return [];
  return readdirSync(place, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.(ts|js|json)$/.test(name) && !/\.(test|d)\.(ts|js)$/.test(name))
    .map((name) => join(folder, name))
    .filter((path) => statSync(join(root, path)).isFile());
}
