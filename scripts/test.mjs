// Everything that has to hold before a change goes in. Every stage runs, whatever the others said;
// the last line counts the stages and the tests together: `N passed, N failed`.
// Arguments are handed to Jest: `npm test -- test/lock.test.ts`.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const stages = {
  typecheck: 'typecheck',
  build: 'build', // the tests of the command line run dist/
  lint: 'lint',
  format: 'format:check',
  unused: 'unused',
};

let passed = 0;
let failed = 0;
const findings = [];

for (const [name, script] of Object.entries(stages)) {
  const start = performance.now();
  const run = spawnSync('npm', ['run', '--silent', script], { cwd: root, encoding: 'utf8' });
  const ok = run.status === 0;
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
  if (ok) {
    passed += 1;
  } else {
    fail(`stage ${name}${run.error ? `: ${run.error.message}` : ''}`);
    console.log(`${run.stdout ?? ''}${run.stderr ?? ''}`);
  }
}

const jest = runJest(process.argv.slice(2));
passed += jest.results?.numPassedTests ?? 0;
for (const suite of jest.results?.testResults ?? []) {
  const broken = suite.assertionResults.filter(({ status }) => status === 'failed');
  for (const { fullName } of broken) fail(`${relative(suite.name)}: ${fullName}`);
  if (suite.status === 'failed' && broken.length === 0) {
    fail(`${relative(suite.name)}: the file could not be run`);
  }
}
if (jest.results === undefined) fail('jest gave no results');
else if (jest.results.numTotalTests === 0) fail('jest found no tests');
else if (jest.status !== 0 && jest.results.success) fail(`jest ended with code ${jest.status}`);
if (jest.status !== 0 && failed === 0) fail(`jest ended with code ${jest.status}`);

for (const finding of findings) console.log(`FAILED ${finding}`);
process.exitCode = failed === 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed`);

function fail(finding) {
  failed += 1;
  findings.push(finding);
}

function runJest(args) {
  const folder = mkdtempSync(join(tmpdir(), 'sprite-check-test-'));
  const outputFile = join(folder, 'jest.json');
  try {
    const { status } = spawnSync(
      process.execPath,
      [
        '--disable-warning=ExperimentalWarning',
        '--experimental-vm-modules',
        join(root, 'node_modules', 'jest', 'bin', 'jest.js'),
        '--json',
        `--outputFile=${outputFile}`,
        ...args,
      ],
      // Jest reports on standard error: shown on standard output, to stay before the last line.
      { cwd: root, stdio: ['ignore', 'ignore', 1] },
    );
    return { status, results: readResults(outputFile) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readResults(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

function relative(file) {
  return file.startsWith(root) ? file.slice(root.length + 1) : file;
}
