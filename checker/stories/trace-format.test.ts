import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import {
  MAX_TRACE_BYTES,
  parseTrace,
  printTrace,
  type Trace,
  type ViolatedTrace,
} from './trace-format.ts';

const trace: ViolatedTrace = {
  format: 'sprite-check-trace',
  version: 2,
  title: 'A coin is lost',
  specification: { name: 'purses', version: '1' },
  variant: 'toy',
  scenario: { name: 'two-purses', bounds: { coins: 2, lossy: true } },
  property: 'coins-are-conserved',
  verdict: 'violated',
  certificate: { kind: 'shortest' },
  finding: { subject: 'coins', expected: '2', found: '1' },
  lastWorld: '0123456789abcdef',
  provenance: { found: 'random', seed: 1989, path: '3:0' },
  steps: [
    { at: 'right', action: 'pay', params: { to: 'left' } },
    { at: 'post', action: 'lose', params: {} },
  ],
};

const printed = `{
  "format": "sprite-check-trace",
  "version": 2,
  "title": "A coin is lost",
  "specification": { "name": "purses", "version": "1" },
  "variant": "toy",
  "scenario": { "name": "two-purses", "bounds": { "coins": 2, "lossy": true } },
  "property": "coins-are-conserved",
  "verdict": "violated",
  "certificate": { "kind": "shortest" },
  "finding": { "subject": "coins", "expected": "2", "found": "1" },
  "lastWorld": "0123456789abcdef",
  "provenance": { "found": "random", "seed": 1989, "path": "3:0" },
  "steps": [
    { "at": "right", "action": "pay", "params": { "to": "left" } },
    { "at": "post", "action": "lose", "params": {} }
  ]
}
`;

test('a trace is printed with one step a line', () => {
  expect(printTrace(trace)).toBe(printed);
  expect(JSON.parse(printed)).toEqual(trace);
});

test('printer and parser are inverse', () => {
  const key = fc
    .string({ minLength: 1, maxLength: 8 })
    .filter((each) => !['__proto__', 'constructor', 'prototype'].includes(each));
  const params = fc.dictionary(
    key,
    fc.oneof(fc.integer(), fc.string(), fc.boolean(), fc.constant(null)),
    { noNullPrototype: true },
  );
  const name = fc.string({ minLength: 1, maxLength: 12 });
  const steps = fc.array(fc.record({ at: name, action: name, params }, { noNullPrototype: true }));
  fc.assert(
    fc.property(steps, fc.string(), (some, story) => {
      const whole: Trace = { ...trace, story, steps: some };
      expect(parseTrace(printTrace(whole), 'x')).toEqual({ kind: 'trace', trace: whole });
    }),
    { seed: 1989, numRuns: 200 },
  );
});

test('a walkthrough holds, and has no property', () => {
  const { property, certificate, finding, ...rest } = trace;
  const walkthrough: Trace = { ...rest, verdict: 'held' };
  expect(parseTrace(printTrace(walkthrough), 'x')).toEqual({ kind: 'trace', trace: walkthrough });
  expect([property, certificate.kind, finding.subject]).toEqual([
    'coins-are-conserved',
    'shortest',
    'coins',
  ]);
});

test.each([
  [
    '"version": 2',
    '"version": 1',
    '3: expected a trace of version 2, found version 1; its steps cannot be read as those of this version: find the counterexample again ("check" writes it)',
  ],
  [
    '"version": 2',
    '"version": 3',
    '3: expected a trace of version 2, found version 3; a later sprite-check wrote it: replay it with that one',
  ],
  [
    '"format": "sprite-check-trace"',
    '"format": "sprite-check-trac\\u0007"',
    '2: expected a trace, which begins with "format": "sprite-check-trace", found the format "sprite-check-trac\\u0007"',
  ],
  [
    '"format": "sprite-check-trace",',
    '',
    '1: expected a trace, which begins with "format": "sprite-check-trace", found something else',
  ],
  ['"variant": "toy",\n', '', '1: expected a string in "variant", found nothing'],
  [
    '"specification": { "name": "purses", "version": "1" },',
    '',
    '1: expected an object in "specification", found nothing',
  ],
  [
    '"version": "1" }',
    '"version": 1 }',
    '5: expected a string in "specification.version", found 1',
  ],
  [
    '"variant"',
    '"varaint"',
    '6: expected only known fields, found "varaint" (did you mean "variant"?)',
  ],
  [
    '"violated"',
    '"violatd"',
    '9: expected "violated" or "held" in "verdict", found "violatd" (did you mean "violated"?)',
  ],
  [
    '"shortest"',
    '"short"',
    '10: expected "shortest" or "lowerBound" or "none" in "certificate.kind", found "short"',
  ],
  [
    '"0123456789abcdef"',
    '"0123"',
    '12: expected text like /^[0-9a-f]{16}$/ in "lastWorld", found "0123"',
  ],
  ['"seed": 1989', '"seed": 1.5', '13: expected a whole number in "provenance.seed", found 1.5'],
  ['"action": "lose"', '"action": 3', '16: expected a string in "steps.1.action", found 3'],
  [
    '"params": {}',
    '"params": { "__proto__": { "lossy": 1 } }',
    '16: expected a key that is only a name, found "__proto__"',
  ],
  [
    '"params": {}',
    '"params": {}, "params": {}',
    '16: expected every key once, found "params" twice',
  ],
  ['"lose", ', '"lose" ', '16: expected "," or "}", found "\\"params\\": {} }"'],
  ['  ]\n}', '  ]\n', '19: expected "," or "}", found the end of the file'],
  [
    '"title": "A coin is lost"',
    '"title": "A coin\nis lost"',
    '4: expected a string that ends, found "\\"A coin"',
  ],
  [
    '"coins": 2',
    `"coins": ${'['.repeat(40)}${']'.repeat(40)}`,
    '7: expected at most 32 levels, found one more',
  ],
  [
    '"params": {}',
    '"params": { "type": "pay" }',
    '16: expected parameters of other names than "type" in "steps.1.params", found an object',
  ],
  ['"coins": 2', '"coins": 1e999', '7: expected a number, found 1e999'],
])('one line says what is wrong (%#)', (from, to, problem) => {
  const damaged = printed.replace(from, to);
  expect(damaged).not.toBe(printed);
  const parsed = parseTrace(damaged, 'a.json');
  expect(parsed.kind === 'problems' && parsed.problems).toContain(`a.json:${problem}`);
});

test('a file beyond the size limit is not read', () => {
  const parsed = parseTrace(' '.repeat(MAX_TRACE_BYTES + 1), 'a.json');
  expect(parsed).toEqual({
    kind: 'problems',
    problems: ['a.json:1: expected at most 1048576 bytes, found 1048577'],
  });
});

test('the parser returns the problems of any text as lines', () => {
  fc.assert(
    fc.property(fc.string(), fc.nat({ max: printed.length }), (junk, at) => {
      const parsed = parseTrace(printed.slice(0, at) + junk + printed.slice(at), 'f');
      if (parsed.kind === 'trace') return;
      expect(parsed.problems.length).toBeGreaterThan(0);
      for (const line of parsed.problems) expect(line).toMatch(/^f:\d+: expected .*, found .*$/);
    }),
    { seed: 1989, numRuns: 500 },
  );
});
