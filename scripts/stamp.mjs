// Whether dist/ is what the sources say: the hash that `build.mjs` leaves in it is theirs, and every
// file that was built is there.
//
//   node scripts/stamp.mjs --check   exits 0 if it is, 1 if not
//
// The hash is sha256, in hex, over each *.ts file of the folders below that is not a test, in
// the order of their paths (by code unit, with `/`): path, a zero byte, contents, a zero byte.

import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folders = [
  'model',
  'properties',
  'sprite',
  'checker',
  'analysis',
  'cli',
  'testing',
  'maintenance',
];

export const STAMP = 'source-hash.json';

// The command line imports this; its own arguments say nothing here.
if (basename(process.argv[1] ?? '') === 'stamp.mjs' && process.argv.includes('--check')) {
  process.exitCode = isFresh() ? 0 : 1;
}

/** The stamp of the present sources. */
export function sourcesNow() {
  const files = sourceFiles();
  return { algorithm: 'sha256', hash: sourceHash(files), files: files.length };
}

/** The stamp of a build that made these files, from the sources as they were. */
export function stampText(sources, built) {
  return `${JSON.stringify({ ...sources, built })}\n`;
}

export function isFresh() {
  return whyStale() === undefined;
}

/** Undefined where dist/ is what the sources say, else what is wrong with it. */
export function whyStale() {
  const stamp = readStamp();
  if (stamp === undefined) return 'nothing is built yet';
  const { built, ...sources } = stamp;
  if (JSON.stringify(sources) !== JSON.stringify(sourcesNow())) return 'the sources have changed';
  const here = new Set(readdirSync(join(root, 'dist'), { recursive: true }));
  const missing = built.find((path) => !here.has(path));
  return missing === undefined ? undefined : `dist/ lacks ${missing}`;
}

function readStamp() {
  try {
    const stamp = JSON.parse(readFileSync(join(root, 'dist', STAMP), 'utf8'));
    return Array.isArray(stamp.built) ? stamp : undefined;
  } catch {
    return undefined;
  }
}

function sourceFiles() {
  return (
    folders
      .filter((folder) => existsSync(join(root, folder)))
      .flatMap((folder) =>
        readdirSync(join(root, folder), { recursive: true }).map((name) =>
          [folder, ...name.split(sep)].join('/'),
        ),
      )
      .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
      // The compiler passes over links that lead nowhere, folders and pipes as well.
      .filter((path) => statSync(join(root, path), { throwIfNoEntry: false })?.isFile())
      .toSorted((a, b) => (a < b ? -1 : 1))
  );
}

function sourceHash(paths) {
  const digest = createHash('sha256');
  for (const path of paths) {
    digest
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0');
  }
  return digest.digest('hex');
}
