// The long form of some tests of `npm test`: damaged files for every reader, then the engine
// judged by random protocols, then by what is shipped. Then programs of others that are too large to be
// installed with the tests read what the command line writes. Last, conditions of properties and machines
// are taken out one at a time.
//
//   npm run nightly                          100,000 files for each reader, from a seed of the day, and
//                                            20,000 random protocols
//   npm run nightly -- --files 1000 --protocols 1000 --seed 7
//   npm run nightly -- --minutes 30          ends then, with an equal share for each part and reader;
//                                            without the conditions, which take as long as they take
//   npm run nightly -- --part protocols      this alone: readers, protocols, shipped, strangers or
//                                            conditions
//   npm run nightly -- --reader trace        this reader alone
//   npm run nightly -- --of "R1, two-closers"   this alone of what is shipped
//
// The seed is printed: with it, the same come again; the file, or protocol, of seed n + 5 is the
// sixth of those from seed n. Exits 0 where all is as it should be, 20 where something is not, 1 on
// a wrong option, 3 where this itself is broken.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const today = String(Math.floor(Date.now() / 86_400_000) * 1_000_000);
const parts = ['readers', 'protocols', 'shipped', 'strangers', 'conditions'];
/** What is taken out of properties, of machines, and of their tables. */
const judges = [
  ['condition-mutants', 'claims'],
  ['condition-mutants', 'machines'],
  ['guard-mutants'],
];
const given = options();
process.exitCode = given === undefined ? 1 : await run(given);

async function run({ part, files, protocols, seed, minutes, reader, of }) {
  const builder = join(root, 'scripts', 'build.mjs');
  if (spawnSync(process.execPath, [builder, '--if-stale'], { stdio: 'inherit' }).status !== 0) {
    return 3;
  }
  const bounded = minutes === undefined ? parts : parts.filter((each) => each !== 'conditions');
  const asked = part === undefined ? bounded : [part];
  const end = Date.now() + Number(minutes ?? 0) * 60_000;
  let worst = 0;
  for (const [index, each] of asked.entries()) {
    const share = Math.max(0, end - Date.now()) / 60_000 / (asked.length - index);
    const code = await runPart(each, {
      seed: Number(seed),
      ...(minutes === undefined ? {} : { minutes: share }),
      ...(each === 'readers'
        ? { files: Number(files), reader }
        : { part: each, protocols: Number(protocols), of }),
    });
    if (code === 130) return code;
    worst = worstOf(worst, code);
  }
  return worst;
}

/** That this is broken says more than that something differs. */
function worstOf(one, other) {
  return [130, 3, 1, 20].find((code) => code === one || code === other) ?? 0;
}

function judge([program, ...args]) {
  console.log([program, ...args].join(' '));
  return runScript(join(root, 'dist', 'maintenance', `${program}.js`), args);
}

async function runPart(part, asked) {
  if (part === 'conditions') return judges.map(judge).reduce(worstOf, 0);
  const things = {
    readers: `${asked.files} files for each reader`,
    protocols: `${asked.protocols} random protocols`,
    shipped: 'what is shipped',
    strangers: 'what is written, read by programs of others',
  };
  console.log(`${things[part]}, seed ${asked.seed}`);
  if (part === 'strangers')
    return runScript(join(root, 'test', 'strangers', 'nightly.mjs'), [JSON.stringify(asked)]);
  const folder = mkdtempSync(join(tmpdir(), 'sprite-check-nightly-'));
  try {
    const script = join(folder, 'nightly.mjs');
    await bundle(part === 'readers' ? 'hostile' : 'oracles', script);
    return runScript(script, [JSON.stringify(asked)]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function runScript(script, args) {
  const { status, signal } = spawnSync(process.execPath, [script, ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  return status ?? (signal === 'SIGINT' ? 130 : 3);
}

/** One file of the tests' own code. It finds what is beside it where that is, not beside itself. */
async function bundle(area, outfile) {
  await build({
    entryPoints: [join(root, 'test', area, 'nightly.ts')],
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
  const built = inside.startsWith('test/') ? inside : `dist/${inside.replace(/\.ts$/, '.js')}`;
  const url = pathToFileURL(join(root, built)).href;
  return text.replaceAll('import.meta.url', JSON.stringify(url));
}

function options() {
  try {
    const { values } = parseArgs({
      options: {
        part: { type: 'string' },
        files: { type: 'string', default: '100000' },
        protocols: { type: 'string', default: '20000' },
        seed: { type: 'string', default: today },
        minutes: { type: 'string' },
        reader: { type: 'string' },
        of: { type: 'string' },
      },
    });
    for (const name of ['files', 'protocols', 'seed', 'minutes']) {
      if (values[name] === undefined || /^\d{1,12}$/.test(values[name])) continue;
      throw new Error(`--${name}: expected a whole number, found "${values[name]}"`);
    }
    if (values.part !== undefined && !parts.includes(values.part)) {
      throw new Error(`--part: expected one of ${parts.join(', ')}, found "${values.part}"`);
    }
    const implied = values.of === undefined ? undefined : 'shipped';
    return { ...values, part: values.part ?? (values.reader === undefined ? implied : 'readers') };
  } catch (error) {
    console.error(`nightly: ${error.message}`);
    return undefined;
  }
}
