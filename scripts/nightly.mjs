// What `npm test` does a little of, done for long: spoilt files for every reader.
//
//   npm run nightly                          100,000 files for each reader, from a seed of the day
//   npm run nightly -- --files 1000 --seed 7
//   npm run nightly -- --minutes 30          ends then, with an equal share for each reader
//   npm run nightly -- --reader trace        this one alone
//
// The seed is printed: with it, the same files come again; the file of seed n + 5 is the sixth of
// those from seed n. Exits 0 where every reader does as it should, 20 where one does not, 1 on a
// wrong option, 3 where this itself is broken.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const today = String(Math.floor(Date.now() / 86_400_000) * 1_000_000);
const asked = options();
process.exitCode = asked === undefined ? 1 : await run(asked);

async function run({ files, seed, minutes, reader }) {
  console.log(`${files} files for each reader, seed ${seed}`);
  const builder = join(root, 'scripts', 'build.mjs');
  if (spawnSync(process.execPath, [builder, '--if-stale'], { stdio: 'inherit' }).status !== 0) {
    return 3;
  }
  const folder = mkdtempSync(join(tmpdir(), 'sprite-check-nightly-'));
  try {
    const script = join(folder, 'nightly.mjs');
    await bundle(script);
    const numbers = { files: Number(files), seed: Number(seed) };
    const bound = minutes === undefined ? {} : { minutes: Number(minutes) };
    const argument = JSON.stringify({ ...numbers, ...bound, reader });
    const { status, signal } = spawnSync(process.execPath, [script, argument], {
      cwd: root,
      stdio: 'inherit',
    });
    return status ?? (signal === 'SIGINT' ? 130 : 3);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One file of the tests' own code. It finds what is beside it where that is, not beside itself. */
async function bundle(outfile) {
  await build({
    entryPoints: [join(root, 'test', 'hostile', 'nightly.ts')],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'warning',
    plugins: [
      {
        name: 'places',
        setup: (own) => {
          own.onResolve({ filter: /^[^./]/ }, ({ path, kind }) =>
            kind === 'entry-point'
              ? undefined
              : { path: import.meta.resolve(path), external: true },
          );
          own.onLoad({ filter: /\.ts$/ }, ({ path }) => ({ contents: placed(path), loader: 'ts' }));
        },
      },
    ],
  });
}

function placed(path) {
  const inside = relative(root, path).split(sep).join('/');
  const text = readFileSync(path, 'utf8');
  const stands = inside.startsWith('test/') ? inside : `dist/${inside.replace(/\.ts$/, '.js')}`;
  const url = pathToFileURL(join(root, stands)).href;
  return text.replaceAll('import.meta.url', JSON.stringify(url));
}

function options() {
  try {
    const { values } = parseArgs({
      options: {
        files: { type: 'string', default: '100000' },
        seed: { type: 'string', default: today },
        minutes: { type: 'string' },
        reader: { type: 'string' },
      },
    });
    for (const name of ['files', 'seed', 'minutes']) {
      if (values[name] === undefined || /^\d{1,12}$/.test(values[name])) continue;
      throw new Error(`--${name}: expected a whole number, found "${values[name]}"`);
    }
    return values;
  } catch (error) {
    console.error(`nightly: ${error.message}`);
    return undefined;
  }
}
