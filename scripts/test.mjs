// Everything that has to hold before a change goes in. Every stage runs, whatever the others said;
// the last line counts the stages and the tests together: `N passed, N failed`.
// Stages that Jest does not need run beside it, one after another; each prints a line when it ends.
// Arguments are handed to Jest: `npm test -- test/package/lock.test.ts`.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** The tests of the command line run dist/. */
const before = { build: 'build' };
const beside = {
  typecheck: 'typecheck',
  lint: 'lint',
  unused: 'unused',
  format: 'format:check',
};

/** Tests that compare with traces/ and with generated pages. */
const stored = [
  'test/guides/docs',
  'test/model/properties',
  'test/model/scenarios',
  'test/stories/',
];
const afterAnEdit = `
Some of these compare the model with what is stored. "npx sprite-check regress" says what has moved.
If it was meant to: "npm run traces", then "npm run docs", and read the difference before you commit.
docs/guides/add-to-the-model.md has the files to edit for each kind of addition.
`;

let passed = 0;
let failed = 0;
const findings = [];

await runStages(before);
const [jest] = await Promise.all([runJest(process.argv.slice(2)), runStages(beside)]);
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
if (findings.some((finding) => stored.some((test) => finding.startsWith(test)))) {
  console.log(afterAnEdit);
}
process.exitCode = failed === 0 ? 0 : 1;
console.log(`${passed} passed, ${failed} failed`);

function fail(finding) {
  failed += 1;
  findings.push(finding);
}

async function runStages(stages) {
  for (const [name, script] of Object.entries(stages)) {
    const start = performance.now();
    // oxlint-disable-next-line no-await-in-loop -- the other core is Jest's
    const { status, said } = await end(spawn('npm', ['run', '--silent', script], { cwd: root }));
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    console.log(`${status === 0 ? 'ok    ' : 'FAILED'} ${name} (${seconds} s)`);
    if (status === 0) passed += 1;
    else fail(`stage ${name}`);
    if (status !== 0) console.log(said);
  }
}

/** The exit code, undefined where it could not be started, and all that was printed. */
function end(child) {
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text) => (said += text));
  }
  return new Promise((resolve) => {
    child.on('error', ({ message }) => resolve({ status: undefined, said: message }));
    child.on('close', (status) => resolve({ status, said }));
  });
}

async function runJest(args) {
  const folder = mkdtempSync(join(tmpdir(), 'sprite-check-test-'));
  const outputFile = join(folder, 'jest.json');
  try {
    const child = spawn(
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
    const { status } = await end(child);
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
