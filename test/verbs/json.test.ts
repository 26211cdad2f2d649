// What programs read is as the published schemas say: every document of --json, and every stored file.

import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import { checkJson } from '../../cli/text/check.ts';
import { documents } from '../../analysis/schemas/published.ts';
import { checked } from '../support/checked.ts';
import { createCommandServer, runProgram } from '../support/program.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const traces = join(root, 'traces');
const folder = mkdtempSync(join(tmpdir(), 'sprite-check-json-'));
const server = createCommandServer(folder);
const ajv = new Ajv2020({ allErrors: true, strict: true });
const SLOW = 60_000;

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const fault = firstIn('faults', /^A1-/);
const walkthrough = firstIn('walkthroughs', /./);
/** The fault's story, as one of the kernel that does not have the fault. */
const repaired = join(folder, 'repaired.trace.json');
writeFileSync(
  repaired,
  readFileSync(fault, 'utf8').replace('"variant": "A1"', '"variant": "sprite"'),
);

/** No file can be written there: a folder has its name. */
mkdirSync(join(folder, 'taken', basename(fault)), { recursive: true });

describe('every document of --json', () => {
  test.each([
    ['check', 'nothing violated', ['two-closers'], 0],
    ['check', 'violated', ['requested-twice', '--kernel', 'A37', '--random', '--runs', '99'], 12],
    ['check', 'of several faults', ['client-dies-in-recall', '--kernel', 'sprite-1992'], 12],
    ['explore', '', ['two-closers'], 0],
    ['replay', 'as stored', [fault], 0],
    ['replay', 'stale', [fault, '--kernel', 'sprite'], 20],
    ['replay', 'rebased', [fault, '--kernel', 'sprite', '--rebase', '1'], 20],
    ['replay', 'a state', [fault, '--at', '6', '--take', '1', '--out', 'taken.json'], 0],
    ['replay', 'stale before it', [fault, '--kernel', 'sprite', '--at', '13'], 20],
    ['explain', '', [fault], 0],
    ['explain', 'fails no more', [fault, '--kernel', 'sprite'], 20],
    ['diff', 'different', ['sprite', 'R12'], 20],
    ['diff', 'equivalent', ['sprite', 'N3', '--scenario', 'two-closers'], 0],
    ['regress', '', ['two-closers'], 0],
    ['mutants', '', ['R12', 'A37'], 0],
    ['shrink', '', [fault], 0],
    ['shrink', 'not written', [fault, '--out', 'taken'], 0],
    ['shrink', 'fails no more', [repaired], 20],
    ['shrink', 'out of time', [fault, '--timeout', '0.001'], 0],
    ['cost', '', [walkthrough], 0],
    ['cost', 'of a size', ['--pages', '2', '--files', '1'], 0],
    ['list', '', [], 0],
    ['list', 'faults', ['faults'], 0],
    ['list', 'faults by another word', ['bugs'], 0],
    ['list', 'one name', ['R1'], 0],
    ['list', 'two things of one name', ['double-migration'], 0],
    ['list', 'words', ['--search', 'double migration'], 0],
  ])(
    '%s %s',
    async (verb, _, args, expected) => {
      const { code, out } = await server.run([verb, ...args, '--json']);
      expect(problems(verb, JSON.parse(out))).toEqual([]);
      expect(code).toBe(expected);
    },
    SLOW,
  );

  test.each([
    ['regress', ['--force'], { rows: expect.any(Array), undecided: expect.any(Array) }],
    ['mutants', [], {}],
  ])(
    '%s, interrupted',
    async (verb, args, more) => {
      const { code, out } = await runProgram(folder, [verb, ...args, '--json'], {
        interruptAt: /\d+ jobs/,
      });
      expect(problems(verb, JSON.parse(out))).toEqual([]);
      expect({ code, said: JSON.parse(out) }).toMatchObject({
        code: 130,
        said: { verdict: 'interrupted', exitCode: 130, ...more },
      });
    },
    SLOW,
  );

  test('check, with faults and with a story that did not happen again', () => {
    expect(problems('check', JSON.parse(JSON.stringify(checkJson(checked, 3))))).toEqual([]);
  });

  // test/guides/docs.test.ts compares the page with the help texts of the program.
  test('has a schema, whatever the verb', () => {
    const page = readFileSync(join(root, 'docs', 'reference', 'command-line.md'), 'utf8');
    const printing = page
      .split(/^## /m)
      .filter((section) => /^[a-z]/.test(section) && section.includes('`--json`'))
      .map((section) => section.split(/\s/, 1)[0] ?? '');
    expect(printing.filter((verb) => !Object.hasOwn(documents, verb))).toEqual([]);
    expect(printing.length).toBeGreaterThan(5);
  });
});

describe('every stored file', () => {
  const stored = readdirSync(traces, { recursive: true, encoding: 'utf8' });

  test.each([
    ['trace', stored.filter((file) => file.endsWith('.trace.json'))],
    ['baseline', ['explore.baseline.json']],
    ['tested', ['properties.baseline.json']],
  ])('%s', (schema, files) => {
    expect(files).not.toEqual([]);
    const wrong = files.flatMap((file) =>
      problems(schema, JSON.parse(readFileSync(join(traces, file), 'utf8'))),
    );
    expect(wrong).toEqual([]);
  });
});

describe('a schema refuses', () => {
  test.each([
    ['check', { format: 'sprite-check-report', version: 1 }],
    ['trace', { ...(JSON.parse(readFileSync(fault, 'utf8')) as object), more: 1 }],
    ['baseline', { 'sprite/two-closers': { states: -1, transitions: 1, depth: 1 } }],
    ['list', { kernels: [{ id: 'x' }] }],
  ])('%s', (schema, document) => {
    expect(problems(schema, document)).not.toEqual([]);
  });
});

function problems(schema: string, document: unknown): readonly string[] {
  const validate = validatorOf(schema);
  if (validate(document)) return [];
  return (validate.errors ?? []).map(
    ({ instancePath, message = '', params }) =>
      `${instancePath}: ${message} ${JSON.stringify(params)}`,
  );
}

/** The file as it is published, not the schema it is made from. */
function validatorOf(name: string): ValidateFunction {
  const known = ajv.getSchema(`urn:sprite-check:schema:${name}`);
  if (known !== undefined) return known;
  const file = join(root, 'docs', 'reference', 'schemas', `${name}.schema.json`);
  return ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object);
}

function firstIn(kind: string, name: RegExp): string {
  const files = readdirSync(join(traces, kind)).filter((each) => name.test(each));
  return join(traces, kind, files.toSorted()[0] ?? '');
}
