#!/bin/sh
# API Extractor 7.60.1 with TypeScript declarations that use type aliases of object types. The API model
# (`api.json`, what API Documenter reads) has no docstrings of the fields of such a type, and no members:
# a reference made of it says nothing about them. The rollup of declarations, made in the same run, keeps them.
#
# Fails if that changes.
set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts @microsoft/api-extractor@7.60.1
cat > index.d.ts <<'TS'
/** A lamp. */
export type Lamp = {
    /** In watts. */
    readonly power: number;
};
TS
cat > it.cjs <<'JS'
const { Extractor, ExtractorConfig } = require('@microsoft/api-extractor');
const { readFileSync } = require('node:fs');
const { join } = require('node:path');
const at = (name) => join(process.cwd(), name);
const none = { default: { logLevel: 'none' } };
Extractor.invoke(
  ExtractorConfig.prepare({
    packageJsonFullPath: at('package.json'),
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: process.cwd(),
      mainEntryPointFilePath: at('index.d.ts'),
      compiler: { overrideTsconfig: { compilerOptions: { types: [] }, files: [at('index.d.ts')] } },
      apiReport: { enabled: false },
      docModel: { enabled: true, apiJsonFilePath: at('it.api.json') },
      tsdocMetadata: { enabled: false },
      dtsRollup: { enabled: true, untrimmedFilePath: at('rollup.d.ts') },
      messages: { compilerMessageReporting: none, extractorMessageReporting: none, tsdocMessageReporting: none },
    },
  }),
  { localBuild: true, messageCallback: (message) => (message.handled = true) },
);
console.log('model', readFileSync('it.api.json', 'utf8').includes('In watts'));
console.log('rollup', readFileSync('rollup.d.ts', 'utf8').includes('In watts'));
JS
seen=$(node it.cjs | grep -E '^(model|rollup) ')
echo "$seen"
test "$seen" = "model false
rollup true"
