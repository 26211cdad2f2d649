// The programs that read reports in CI read them here: a JUnit reader, a strict XML parser, SARIF's own schema.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import draft04 from 'ajv-draft-04';
import formats from 'ajv-formats';
import * as fc from 'fast-check';
import { parse, type TestCase, type TestSuites } from 'junit2json';
import type { Log, Result } from 'sarif';
import { SaxesParser } from 'saxes';
import { loadedSprite } from '../../testing/sprite.ts';
import { checked } from '../../test/support/checked.ts';
import {
  about,
  anyOutcome,
  caught,
  held,
  lost,
  meta,
  unknown,
  violated,
} from '../../test/support/outcomes.ts';
import { runProgram } from '../../test/support/program.ts';
import { BadInput } from '../errors.ts';
import { unique } from '../specification/lookup.ts';
import { HOMEPAGE, VERSION } from '../version.ts';
import { checkOutcomes } from './check-outcomes.ts';
import { junit } from './junit.ts';
import type { Outcome } from './outcome.ts';
import { parseSarifBaseline } from './sarif-baseline.ts';
import { sarif } from './sarif.ts';
import { openBaseline, writeReports } from './write-reports.ts';
import { legalLine } from './xml-text.ts';

const require = createRequire(import.meta.url);
const folder = mkdtempSync(join(tmpdir(), 'sprite-check-reports-'));
const all = [held, violated, unknown, caught, lost];
let compiled: ((document: unknown) => readonly string[]) | undefined;
const RUNS = { numRuns: 100, seed: 1989 };

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('version and homepage are those of the package', () => {
  const { version, homepage } = require('../../package.json') as Readonly<Record<string, string>>;
  expect({ version: VERSION, homepage: HOMEPAGE }).toEqual({ version, homepage });
});

describe('JUnit', () => {
  test('is read as it was written', async () => {
    const suites = await read(junit(all, meta));
    expect(suites).toMatchObject({ tests: 5, failures: 2, errors: 0, skipped: 1 });
    const cases = casesOf(suites);
    expect(cases.map(kindOf)).toEqual(['passed', 'failure', 'skipped', 'passed', 'failure']);
    const [, second] = cases;
    expect(second?.name).toBe(violated.id);
    expect(second?.failure?.[0]?.inner).toBe(
      `${violated.message}\n  1  p opens f\n  2  p closes f`,
    );
    expect(junit(all, meta)).toContain(`name="attachment" value="${violated.trace}"`);
  });

  test('has as many pairs of class and name as cases, as a reader that merges by these needs', async () => {
    const elsewhere = { ...held, id: 'sprite/two-clients/one-offset', scenario: 'two-clients' };
    expect(pairsOf(await read(junit([...all, elsewhere], meta)))).toHaveLength(6);
    const { results } = checked;
    expect(results.length).toBeGreaterThan(1);
    const reported = checkOutcomes(loadedSprite, checked, new Map());
    expect(pairsOf(await read(junit(reported, meta)))).toHaveLength(reported.length);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(anyOutcome, { selector: idOf }), async (outcomes) => {
        expect(pairsOf(await read(junit(outcomes, meta)))).toHaveLength(outcomes.length);
      }),
      RUNS,
    );
  });

  test('has an error for an unknown outcome under --strict', async () => {
    const suites = await read(junit(all, { ...meta, strict: true }));
    expect(suites).toMatchObject({ errors: 1, skipped: 0 });
  });

  test('names the run of its times, if it is an earlier one', () => {
    const times = 'of the full run that ended 2026-01-01T00:00:00.000Z';
    expect(junit(all, { ...meta, timesOf: '2026-01-01T00:00:00.000Z' })).toContain(
      `<property name="times" value="${times}"/>`,
    );
    expect(junit(all, meta)).not.toContain('name="times"');
  });

  test('is well-formed, and its counts are the sums, for any outcomes', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(anyOutcome), fc.boolean(), async (outcomes, strict) => {
        const text = junit(outcomes, { ...meta, strict });
        refuseMalformed(text);
        const { testsuite = [], ...total } = await read(text);
        expect(total.tests).toBe(outcomes.length);
        for (const suite of testsuite) {
          const kinds = (suite.testcase ?? []).map(kindOf);
          expect(suite.tests).toBe(kinds.length);
          expect(suite.failures).toBe(kinds.filter((kind) => kind === 'failure').length);
          expect(suite.errors).toBe(kinds.filter((kind) => kind === 'error').length);
          expect(suite.skipped).toBe(kinds.filter((kind) => kind === 'skipped').length);
        }
      }),
      RUNS,
    );
  });
});

describe('SARIF', () => {
  test('has a result for each failure, and a notification for each unknown outcome', () => {
    const [run] = logOf(all).runs;
    expect(run?.results?.map(({ ruleId }) => ruleId)).toEqual([
      'use-counts-sum-clients',
      'stored-trace',
    ]);
    const places = run?.results?.map(uriOf);
    expect(places).toEqual(['properties/use-counts-sum-clients.property.ts', lost.trace]);
    const [notification] = run?.invocations?.[0]?.toolExecutionNotifications ?? [];
    expect(notification?.associatedRule?.id).toBe(unknown.property);
  });

  test('names rules by index', () => {
    const [run] = logOf(all).runs;
    for (const { ruleId, ruleIndex = -1 } of run?.results ?? []) {
      expect(run?.tool.driver.rules?.[ruleIndex]?.id).toBe(ruleId);
    }
  });

  // SARIF1001, SARIF2005 and SARIF2012 of Microsoft's validator.
  test('names its tool and its rules as validators require', () => {
    const [run] = logOf([...all, { ...violated, property: 'Mutex' }]).runs;
    const { informationUri, semanticVersion, rules = [] } = run?.tool.driver ?? {};
    expect({ informationUri, semanticVersion }).toEqual({
      informationUri: HOMEPAGE,
      semanticVersion: VERSION,
    });
    const named = Object.fromEntries(rules.map(({ id, name }) => [id, name]));
    expect(named).toMatchObject({ 'use-counts-sum-clients': 'UseCountsSumClients' });
    expect(named['Mutex']).toBeUndefined();
    expect(named['transparency']).toBeUndefined();
    for (const { id, name = 'Named' } of rules) {
      // For Microsoft's validator two names that differ only in case are the same.
      expect(name.toLowerCase()).not.toBe(id.toLowerCase());
      expect(name).toMatch(/^([A-Z][a-z]*)+$/);
    }
  });

  test('fits its schema for any outcomes, and names no place of this machine', () => {
    fc.assert(
      fc.property(fc.array(anyOutcome), (outcomes) => {
        const log = logOf(outcomes);
        expect(sarifProblems(log)).toEqual([]);
        const failed = outcomes.filter(({ status }) => status === 'failed');
        const results = log.runs[0]?.results ?? [];
        expect(results.filter(({ kind }) => kind === 'fail')).toHaveLength(failed.length);
        expect(results.every(({ locations = [] }) => locations.length === 1)).toBe(true);
      }),
      RUNS,
    );
    expect(sarifProblems({ ...logOf(all), version: '2.0.0' })).not.toEqual([]);
  });

  test('does not depend on time or duration', () => {
    const later = { ...meta, startedAt: '2030-01-01T00:00:00.000Z', seconds: 99 };
    const slower = all.map((outcome) => ({ ...outcome, seconds: 7 }));
    expect(sarif(slower, { ...about, meta: later })).toBe(sarif(all, about));
  });

  test('keeps its fingerprints when seed and message change', () => {
    const [other] = resultsOf([{ ...violated, message: 'other', story: [] }], { seed: 3 });
    const [result] = resultsOf([violated]);
    expect(other?.partialFingerprints).toEqual(result?.partialFingerprints);
  });
});

describe('the baseline state', () => {
  const before = parseSarifBaseline(sarif(all, about), 'before.sarif');
  const states = (outcomes: readonly Outcome[]): readonly (string | undefined)[] =>
    (JSON.parse(sarif(outcomes, about, before)) as Log).runs[0]?.results?.map(
      ({ baselineState }) => baselineState,
    ) ?? [];

  test.each<[string, Outcome]>([
    ['unchanged', violated],
    ['updated', { ...violated, message: 'file f: expected 1, found 3' }],
    ['new', { ...violated, id: 'sprite/elsewhere/use-counts-sum-clients' }],
    ['absent', { ...violated, status: 'passed', verdict: 'PROVEN' }],
  ])('%s', (state, outcome) => {
    expect(states([outcome])).toEqual([state]);
  });

  test('a result is absent only if it was there before and was checked again', () => {
    expect(states([])).toEqual([]);
    expect(states([held])).toEqual([]);
    expect(states([{ ...violated, status: 'unknown' }])).toEqual([]);
  });

  test('a result that was absent then is not known now', () => {
    const gone = sarif([{ ...violated, status: 'passed' }], about, before);
    expect(parseSarifBaseline(gone, 'gone.sarif').size).toBe(0);
  });

  test('without an earlier report it is relative to the stored violations', () => {
    expect(resultsOf([lost])[0]?.baselineState).toBe('updated');
    expect(resultsOf([violated])[0]).not.toHaveProperty('baselineState');
    // A stored violation that should be there and is not: that failure is in this run.
    expect(resultsOf([{ ...lost, before: 'absent' }])[0]?.baselineState).toBe('updated');
  });
});

describe('an earlier report is read as hostile', () => {
  const good = sarif(all, about);

  test.each([
    [
      'cut off',
      good.slice(0, good.indexOf('"rules"')),
      /^x:\d+: expected .* found the end of the file$/,
    ],
    ['another format', '{"version":"2.1.0","runs":7}', /^x:1: expected a SARIF 2\.1\.0 report/],
    ['another tool', good.replace('"sprite-check"', '"other"'), /in "runs\.0\.tool\.driver\.name"/],
    ['a prototype', '{"__proto__":{}}', /found "__proto__"/],
    ['depth', '['.repeat(99), /at most 32 levels/],
    ['a terminal', '{"version":"\u009b31m","runs":[]}', /^[^\p{Cc}]*$/u],
  ])('%s', (_, text, expected) => {
    const reading = (): unknown => parseSarifBaseline(text, 'x');
    expect(reading).toThrow(BadInput);
    expect(reading).toThrow(expected);
  });

  test('mutated, it is read or refused in one line', () => {
    fc.assert(
      fc.property(
        fc.nat(good.length),
        fc.nat(50),
        fc.string({ unit: 'binary', maxLength: 5 }),
        (at, length, put) => {
          const text = good.slice(0, at) + put + good.slice(at + length);
          try {
            expect(parseSarifBaseline(text, 'x')).toBeInstanceOf(Map);
          } catch (error) {
            expect(error).toBeInstanceOf(BadInput);
            expect((error as Error).message).toMatch(/^x:\d+: expected [^\n]*$/);
          }
        },
      ),
      RUNS,
    );
  });
});

describe('check', () => {
  test('reports every property in each scenario, and every fault', () => {
    const reported = checkOutcomes(loadedSprite, checked, new Map());
    expect(reported.map(({ id, status }) => [id, status])).toEqual([
      ['R1/two-closers/use-counts-sum-clients', 'failed'],
      ['R1/two-clients/use-counts-sum-clients', 'passed'],
      ['R1/two-closers/one-offset', 'unknown'],
      ['R1/one-dirty-host', 'unknown'],
      ['R1/two-closers/every-event-is-specified', 'passed'],
      ['R1/two-clients/every-event-is-specified', 'passed'],
      ['R1/two-closers', 'passed'],
      ['R2/two-closers', 'failed'],
      ['R3/two-closers', 'unknown'],
    ]);
    expect(reported[0]?.message).toContain('NOT CONFIRMED');
    // Two properties and the checker's own share one search; a fault has its own search.
    expect(reported[0]?.seconds).toBeCloseTo(1.2345 / 3);
    expect(reported.slice(-3).map(({ seconds }) => seconds)).toEqual([0.25, 0.25, 0]);
  });

  test('writes both reports, beside the document on standard output', async () => {
    const place = ['requested-twice', '--kernel', 'A37', '--property', 'home-knows-location'];
    const args = ['check', ...place, '--json', '--junit', 'a/b.xml', '--sarif', 'c.sarif'];
    const { code, out } = await runProgram(folder, args);
    expect([code, (JSON.parse(out) as { exitCode: number }).exitCode]).toEqual([12, 12]);
    const suites = await read(readFileSync(join(folder, 'a/b.xml'), 'utf8'));
    expect(suites).toMatchObject({ tests: 2, failures: 1 });
    const text = readFileSync(join(folder, 'c.sarif'), 'utf8');
    expect(sarifProblems(JSON.parse(text))).toEqual([]);
    expect(text).not.toContain(folder);
    expect((JSON.parse(text) as Log).runs[0]?.results?.[0]?.baselineState).toBe('unchanged');
  }, 60_000);

  test('refuses an earlier report before it searches, in one line', async () => {
    writeFileSync(join(folder, 'bad'), '{');
    const before = readdirSync(folder);
    const args = ['check', '--sarif', 'x.sarif', '--sarif-baseline', 'bad'];
    const { code, out, err } = await runProgram(folder, args);
    expect(err).toMatch(/^bad:1: expected [^\n]*\n$/);
    expect([code, out, readdirSync(folder)]).toEqual([1, '', before]);
  }, 60_000);

  test('refuses an earlier report without a new one', () => {
    expect(() => openBaseline(loadedSprite, { sarifBaseline: 'bad' })).toThrow(/give both/);
  });

  test('says where it cannot write', () => {
    const file = join(folder, 'plain');
    writeFileSync(file, '');
    const report = { outcomes: all, meta };
    const asked = { options: { junit: join(file, 'x.xml') }, baseline: undefined };
    expect(() => writeReports(loadedSprite, asked, report)).toThrow(BadInput);
  });
});

async function read(text: string): Promise<TestSuites> {
  const suites = await parse(text);
  if (suites === null || suites === undefined) throw new Error('no suites');
  return suites;
}

function casesOf({ testsuite = [] }: TestSuites): readonly TestCase[] {
  return testsuite.flatMap(({ testcase = [] }) => testcase);
}

/** The keys by which most readers identify a case, each once. */
function pairsOf(suites: TestSuites): readonly string[] {
  return unique(casesOf(suites).map(({ classname, name }) => JSON.stringify([classname, name])));
}

/** The id, as a report prints it. */
function idOf({ id }: Outcome): string {
  return legalLine(id);
}

function kindOf({ failure, error, skipped }: TestCase): string {
  if (failure !== undefined) return 'failure';
  if (error !== undefined) return 'error';
  return skipped === undefined ? 'passed' : 'skipped';
}

function refuseMalformed(text: string): void {
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.write(text).close();
}

function logOf(outcomes: readonly Outcome[]): Log {
  return JSON.parse(sarif(outcomes, about)) as Log;
}

function resultsOf(outcomes: readonly Outcome[], asked = meta.asked): readonly Result[] {
  return (
    (JSON.parse(sarif(outcomes, { ...about, meta: { ...meta, asked } })) as Log).runs[0]?.results ??
    []
  );
}

function uriOf({ locations }: Result): string | undefined {
  return locations?.[0]?.physicalLocation?.artifactLocation?.uri;
}

/** The errors of a document by the official schema, which is compiled once: it is large. */
function sarifProblems(document: unknown): readonly string[] {
  compiled ??= compileSarif();
  return compiled(document);
}

function compileSarif(): (document: unknown) => readonly string[] {
  const ajv = new draft04.default({ strict: false, unicodeRegExp: false });
  formats.default(ajv);
  const schema = require('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json') as object;
  const validate = ajv.compile(schema);
  return (document) =>
    validate(document)
      ? []
      : (validate.errors ?? []).map(
          ({ instancePath, message = '' }) => `${instancePath}: ${message}`,
        );
}
