/** Outcomes of every kind, and any at all. */
import * as fc from 'fast-check';
import type { Outcome, ReportMeta } from '../../analysis/reports/outcome.ts';
import { rulesOf } from '../../analysis/reports/sarif-rules.ts';
import { loadedSprite } from '../../testing/sprite.ts';

export const meta: ReportMeta = {
  verb: 'check',
  version: '0.1.0',
  startedAt: '2026-01-02T03:04:05.678Z',
  seconds: 1.5,
  exitCode: 12,
  strict: false,
  asked: { seed: 1989, maxStates: 1000 },
};

/** What a SARIF report says beside the outcomes. */
export const about = { meta, rules: rulesOf(loadedSprite) };

const place = { what: 'property', variant: 'sprite', scenario: 'two-closers' } as const;

export const held: Outcome = {
  ...place,
  id: 'sprite/two-closers/one-offset',
  property: 'one-offset',
  verdict: 'PROVEN',
  status: 'passed',
  message: '109 states',
  seconds: 0.0004,
};

export const violated: Outcome = {
  ...place,
  id: 'sprite/two-closers/use-counts-sum-clients',
  property: 'use-counts-sum-clients',
  verdict: 'VIOLATED',
  status: 'failed',
  message: 'file f: expected 1, found 2',
  story: ['  1  p opens f', '  2  p closes f'],
  trace: 'out/a b.trace.json',
  seconds: 0.25,
};

export const unknown: Outcome = {
  ...place,
  id: 'sprite/two-closers/one-dirty-host',
  property: 'one-dirty-host',
  verdict: 'UNKNOWN',
  status: 'unknown',
  message: 'ended before its end',
};

export const caught: Outcome = {
  id: 'R1/double-migration',
  what: 'fault',
  variant: 'R1',
  scenario: 'double-migration',
  property: 'one-offset',
  verdict: 'CAUGHT',
  status: 'passed',
  message: 'by one-offset in 3 steps',
};

export const lost: Outcome = {
  id: 'traces/faults/R1-one-offset.trace.json',
  what: 'trace',
  variant: 'R1',
  scenario: 'double-migration',
  property: 'one-offset',
  verdict: 'stale',
  status: 'failed',
  before: 'updated',
  message: 'stale at step 3',
  trace: 'traces/faults/R1-one-offset.trace.json',
};

/** Any characters: control characters, halves of pairs, what XML forbids. */
const anyText = fc.string({ unit: 'binary', maxLength: 30 });
const oddText = fc.oneof(
  anyText,
  fc.constantFrom(']]>', '<!--', '&#0;', '\u0000', '\uD800', '\uFFFE', '\u202E', '\n', '"\'<>&'),
);

export const anyOutcome: fc.Arbitrary<Outcome> = fc
  .record({
    id: oddText,
    what: fc.constantFrom('property', 'trace', 'baseline', 'fault'),
    variant: oddText,
    scenario: oddText,
    property: fc.option(oddText, { nil: undefined }),
    verdict: oddText,
    status: fc.constantFrom('passed', 'failed', 'unknown', 'skipped'),
    before: fc.constantFrom(undefined, 'new', 'unchanged', 'updated', 'absent'),
    message: oddText,
    story: fc.option(fc.array(oddText, { maxLength: 3 }), { nil: undefined }),
    trace: fc.option(oddText, { nil: undefined }),
    seconds: fc.option(fc.double({ min: 0, max: 1e6, noNaN: true }), { nil: undefined }),
  })
  .map((outcome) => JSON.parse(JSON.stringify(outcome)) as Outcome);
