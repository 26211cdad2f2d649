// Compiles into dist/, so that no command ever runs half a build:
//
//   node scripts/build.mjs              builds
//   node scripts/build.mjs --if-stale   builds unless dist/ is what the sources say already
//
// The compiler writes into a folder of its own, and what runs the command line is bundled there: to
// open three hundred files takes longer than most commands do. Then the stamp in dist/ goes, each
// file takes its place whole, and the new stamp comes last. It is the hash of the sources as they
// were before the compiler read them: an edit meanwhile makes the build stale, never wrong. Of
// several builds at once one works, and the others wait for it.

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { lock } from './lock.mjs';
import { isFresh, sourcesNow, STAMP, stampText } from './stamp.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, 'dist');
/** Beside dist/ and as deep: the source maps name the sources from there. */
const prefix = '.dist-';

const release = await lock(join(root, '.build.lock'), () =>
  process.stderr.write('another build is running: waiting for it\n'),
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));
process.on('exit', () => release());
if (!(process.argv.includes('--if-stale') && isFresh())) process.exitCode = build();

function build() {
  // A build that was killed left these. We have the lock, so no other build uses them.
  for (const left of readdirSync(root).filter((name) => name.startsWith(prefix))) {
    rmSync(join(root, left), { recursive: true, force: true });
  }
  const made = mkdtempSync(join(root, prefix));
  try {
    const sources = sourcesNow();
    const tsc = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
    const args = [tsc, '-p', join(root, 'tsconfig.build.json'), '--outDir', made];
    const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
    if (status !== 0) return status ?? 1;
    bundle(made);
    writeFileSync(join(made, STAMP), stampText(sources, filesIn(made)));
    install(made);
    return 0;
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
}

/** All commands, and the threads, in place; shared code is in files of its own, beside them,
 * whose names change. `main.js` is not among them: it may build, and then loads what is new.
 */
function bundle(made) {
  buildSync({
    absWorkingDir: made,
    entryPoints: filesIn(made).filter((path) =>
      /^cli\b.(program|sprite)\.js$|\.worker\.js$/.test(path),
    ),
    outdir: made,
    outbase: made,
    allowOverwrite: true,
    chunkNames: 'cli/chunk-[hash]',
    bundle: true,
    splitting: true,
    packages: 'external',
    platform: 'node',
    target: 'node20',
    format: 'esm',
    sourcemap: true,
    logLevel: 'warning',
  });
}

function install(made) {
  const command = join(made, 'cli', 'main.js');
  if (existsSync(command)) chmodSync(command, 0o755);
  const files = filesIn(made).filter((path) => path !== STAMP);
  mkdirSync(dist, { recursive: true });
  rmSync(join(dist, STAMP), { force: true });
  for (const path of files) {
    mkdirSync(dirname(join(dist, path)), { recursive: true });
    renameSync(join(made, path), join(dist, path));
  }
  const known = new Set(files);
  for (const path of filesIn(dist)) if (!known.has(path)) rmSync(join(dist, path));
  renameSync(join(made, STAMP), join(dist, STAMP));
}

function filesIn(folder) {
  return readdirSync(folder, { recursive: true }).filter(
    (path) => !statSync(join(folder, path)).isDirectory(),
  );
}
