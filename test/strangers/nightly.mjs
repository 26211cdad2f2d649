// Programs of others, that are too large to be installed with the tests, read what the command line
// writes: Microsoft's validator of SARIF, the reader of ITF in Quint, the reader of JUnit in Allure.
//
// Exits 0 where each reads all that it is given, 20 where one does not, 3 where they are not to be had.

import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const packages = [
  '@microsoft/sarif-multitool@5.7.0',
  '@informalsystems/quint@0.33.1',
  '@allurereport/reader@3.18.0',
];
const folder = mkdtempSync(join(tmpdir(), 'sprite-check-strangers-'));
const require = createRequire(join(folder, 'package.json'));

try {
  process.exitCode = install() ? await readAll() : 3;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function install() {
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  const options = ['--silent', '--no-audit', '--no-fund', '--ignore-scripts'];
  const { status, stderr } = run('npm', ['install', ...options, ...packages]);
  if (status !== 0)
    console.error(`strangers: ${packages.join(', ')} cannot be installed: ${stderr}`);
  return status === 0;
}

async function readAll() {
  const place = ['two-closers', 'read-during-transfer', '--kernel', 'R6', '--out', 'out'];
  spriteCheck('check', ...place, '--junit', 'junit.xml', '--sarif', 'now.sarif');
  const found = { sarif: validatorSays(), itf: quintReads(), junit: await allureReads() };
  for (const [format, problems] of Object.entries(found)) {
    console.log(
      `${format}: ${problems.length === 0 ? 'read as it is meant' : problems.join('; ')}`,
    );
  }
  return Object.values(found).every(({ length }) => length === 0) ? 0 : 20;
}

/** Its warnings and errors: notes are a matter of taste. */
function validatorSays() {
  const tool = join(folder, 'node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool');
  if (!existsSync(tool)) return ['the validator is looked for on Linux only'];
  chmodSync(tool, 0o755);
  const env = { ...process.env, DOTNET_SYSTEM_GLOBALIZATION_INVARIANT: '1' };
  const said = run(tool, ['validate', 'now.sarif', '--output', 'said.sarif'], env);
  if (said.status !== 0) return [`the validator ended with ${said.status}: ${said.stderr}`];
  const { runs } = JSON.parse(
    readFileSync(join(folder, 'said.sarif'), 'utf8').replace(/^\uFEFF/, ''),
  );
  return runs.flatMap(({ results }) =>
    results.map(({ ruleId, message }) => `${ruleId} ${message.arguments?.join(' ')}`),
  );
}

/** Quint reads every state, with the step that led to it. */
function quintReads() {
  const { ofItfNormalized } = require('@informalsystems/quint/dist/src/itf.js');
  const traces = join(root, 'traces', 'walkthroughs');
  return readdirSync(traces).flatMap((name) => {
    spriteCheck('export', join(traces, name), '--to', 'itf', '--out', 'now.itf.json');
    const itf = JSON.parse(readFileSync(join(folder, 'now.itf.json'), 'utf8'));
    const read = ofItfNormalized(itf);
    const { steps } = JSON.parse(readFileSync(join(traces, name), 'utf8'));
    const text = JSON.stringify(read, (_, value) =>
      typeof value === 'bigint' ? String(value) : value,
    );
    const missing = steps.filter(({ at, action }) => !text.includes(`"${at}: ${action}"`));
    if (read.length === steps.length + 1 && missing.length === 0) return [];
    return [
      `${name}: ${read.length} states of ${steps.length + 1}, ${missing.length} steps missing`,
    ];
  });
}

/** Allure knows a test by its class and name: as many as the report says. */
async function allureReads() {
  const at = pathToFileURL(require.resolve('@allurereport/reader')).href;
  const { junitXml } = await import(at);
  const text = readFileSync(join(folder, 'junit.xml'), 'utf8');
  const names = [];
  const visitor = {
    visitTestResult: async ({ fullName }) => void names.push(fullName),
    visitAttachmentFile: async () => undefined,
  };
  const file = {
    getOriginalFileName: () => 'junit.xml',
    asUtf8String: async () => text,
    asBuffer: async () => Buffer.from(text),
  };
  if (!(await junitXml.read(visitor, file))) return ['Allure does not read it'];
  const cases = text.split('<testcase ').length - 1;
  const distinct = new Set(names).size;
  return distinct === cases ? [] : [`${cases} cases, ${distinct} tests`];
}

function spriteCheck(...args) {
  run(process.execPath, [join(root, 'dist', 'cli', 'main.js'), ...args]);
}

function run(command, args, env = process.env) {
  return spawnSync(command, args, { cwd: folder, env, encoding: 'utf8' });
}
