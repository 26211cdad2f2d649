// What `npm test` does a little of, done for long: spoilt files for every reader.
//
//   npm run nightly                     100,000 files for each reader, from a seed of the day
//   npm run nightly -- --files 1000 --seed 7
//
// The seed is printed first: with it, the same files come again.

import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const today = String(Math.floor(Date.now() / 86_400_000) * 1_000_000);
const { files, seed } = options();
console.log(`${files} files for each reader, seed ${seed}`);
const built = spawnSync(process.execPath, [join(root, 'scripts', 'build.mjs'), '--if-stale'], {
  stdio: 'inherit',
});
process.exitCode = built.status === 0 ? hostileFiles() : 1;

function hostileFiles() {
  const jest = join(root, 'node_modules', 'jest', 'bin', 'jest.js');
  const flags = ['--disable-warning=ExperimentalWarning', '--experimental-vm-modules'];
  const { status } = spawnSync(process.execPath, [...flags, jest, 'test/hostile.test.ts'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, SPRITE_CHECK_FILES: files, SPRITE_CHECK_SEED: seed },
  });
  return status ?? 1;
}

function options() {
  const { values } = parseArgs({
    options: {
      files: { type: 'string', default: '100000' },
      seed: { type: 'string', default: today },
    },
  });
  for (const [name, value] of Object.entries(values)) {
    if (/^\d{1,12}$/.test(value)) continue;
    console.error(`nightly: --${name}: expected a whole number, found "${value}"`);
    process.exit(1);
  }
  return values;
}
