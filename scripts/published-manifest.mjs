// The package.json that is published, in place of the one of a checkout while npm packs it: without
// scripts. A checkout builds itself when it is installed; a package is built, and runs nothing then.
//
//   node scripts/published-manifest.mjs put       before packing
//   node scripts/published-manifest.mjs restore   after it

import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const manifest = join(root, 'package.json');
const kept = join(root, '.package.json.kept');

if (process.argv[2] === 'put') put();
else if (process.argv[2] === 'restore') restore();
else {
  console.error('published-manifest: expected "put" or "restore"');
  process.exitCode = 1;
}

function put() {
  // A run that was killed left it: it is the manifest of the checkout, so begin with it.
  restore();
  const text = readFileSync(manifest, 'utf8');
  const { scripts: _, devDependencies: __, overrides: ___, ...published } = JSON.parse(text);
  writeFileSync(kept, text);
  writeFileSync(`${manifest}.next`, `${JSON.stringify(published, null, 2)}\n`);
  renameSync(`${manifest}.next`, manifest);
}

function restore() {
  if (existsSync(kept)) renameSync(kept, manifest);
}
