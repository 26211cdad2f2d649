import { expect, test } from '@jest/globals';
import type { Diff } from '../../checker/compare/diff.ts';
import { notCompared, verdictOf, type ComparisonResult } from './comparison.ts';
import { diffJson, resultRows, comparisonLines, diffVerdictLine } from '../../cli/text/diff.ts';
import { diffSchema } from '../schemas/comparisons.ts';
import { loadedSprite } from '../../testing/sprite.ts';

const closed: Diff = { kind: 'equivalent', pairs: 4, worlds: [2, 2], depth: 3 };
const bounded: Diff = { ...closed, kind: 'unknown', why: 'states' };

test('variants are equivalent only if they were compared in every wanted scenario, to its end', () => {
  expect(verdictOf(comparedIn({ eviction: closed, 'remote-exec': closed }))).toBe('equivalent');
  expect(verdictOf(comparedIn({ eviction: closed, 'remote-exec': bounded }))).toBe('unknown');
  expect(verdictOf(comparedIn({ eviction: closed }))).toBe('unknown');
  expect(verdictOf(comparedIn({}))).toBe('unknown');
});

test('scenarios that were not compared are named, in text and document', () => {
  const partly = comparedIn({ eviction: closed });
  expect(notCompared(partly)).toEqual(['remote-exec']);
  expect(diffVerdictLine(partly)).toBe(
    'unknown: no difference between then and now in 1 scenario as far as searched; not compared in 1 scenario',
  );
  expect(resultRows(partly).at(-1)).toBe('  not compared in: remote-exec');
  const document = {
    internal: false,
    comparisons: [diffJson(loadedSprite, partly)],
    notes: [],
    written: [],
  };
  expect(diffSchema.parse({ ...document, exitCode: 0 }).comparisons[0]).toMatchObject({
    verdict: 'unknown',
    notCompared: ['remote-exec'],
  });
});

test('the document of an equivalence says what its scenarios do not reach', () => {
  const whole = comparedIn({ eviction: closed, 'remote-exec': closed });
  const document = { internal: false, comparisons: [diffJson(loadedSprite, whole)], notes: [] };
  const [comparison] = diffSchema.parse({ ...document, written: [], exitCode: 0 }).comparisons;
  const [sharing] = comparison?.reached ?? [];
  expect(sharing?.reached).toBeGreaterThan(0);
  expect(sharing?.missed).toContain('open / read / older / nothing');
  expect(sharing?.missed).toHaveLength((sharing?.possible ?? 0) - (sharing?.reached ?? 0));
});

test('a summary names the scenarios in which kernels are equivalent, and counts the others', () => {
  const whole = comparedIn({ eviction: closed, 'remote-exec': closed });
  expect(comparisonLines(loadedSprite, [whole, comparedIn({ eviction: closed })])).toEqual([
    '2 kernels: 1 equivalent, 1 unknown',
    '  sprite  equivalent  2 scenarios',
    '  sprite  unknown     eviction; not compared in 1 more',
    'equivalent in: eviction remote-exec',
    expect.stringMatching(
      /^  \d+ of \d+ cases of sharing a file are reached there \(docs.*\); \d+ are not, like "open /,
    ),
    expect.stringMatching(/^  \d+ of \d+ meetings of two activities are reached there /),
    expect.stringMatching(/^  \d+ of \d+ counts of two that are undone are reached there /),
  ]);
});

function comparedIn(results: { readonly [scenario: string]: Diff }): ComparisonResult {
  return {
    names: ['then', 'now'],
    sides: [{ variant: 'sprite' }, { variant: 'sprite' }],
    rounds: [],
    wanted: ['eviction', 'remote-exec'],
    results: Object.entries(results).map(([scenario, diff]) => {
      return { kind: 'diff', scenario, diff, diffMs: 1 };
    }),
  };
}
