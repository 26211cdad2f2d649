// Stamps dist/ with a hash of the sources it was built from, so that the command line can tell
// whether the build is older than an edit of the model.
//
//   node scripts/stamp.mjs           writes dist/source-hash.json
//   node scripts/stamp.mjs --check   exits 0 if the stamp matches the sources, 1 if not
//
// The hash is sha256, in hex, over each *.ts file of the folders below that is not a test, in
// the order of their paths (by code unit, with `/`): path, a zero byte, contents, a zero byte.

import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folders = ['model', 'properties', 'checker', 'cli', 'testing'];
const stampFile = join(root, 'dist', 'source-hash.json');

const files = sourceFiles();
const hash = sourceHash(files);

if (process.argv.includes('--check')) {
  process.exitCode = stampedHash() === hash ? 0 : 1;
} else {
  mkdirSync(dirname(stampFile), { recursive: true });
  writeFileSync(
    stampFile,
    `${JSON.stringify({ algorithm: 'sha256', hash, files: files.length })}\n`,
  );
  const command = join(root, 'dist', 'cli', 'main.js');
  if (existsSync(command)) chmodSync(command, 0o755);
}

function sourceFiles() {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) =>
      readdirSync(join(root, folder), { recursive: true }).map((name) =>
        [folder, ...name.split(sep)].join('/'),
      ),
    )
    .filter((path) => path.endsWith('.ts') && !path.endsWith('.test.ts'))
    .toSorted((a, b) => (a < b ? -1 : 1));
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

function stampedHash() {
  try {
    return JSON.parse(readFileSync(stampFile, 'utf8')).hash;
  } catch {
    return undefined;
  }
}
