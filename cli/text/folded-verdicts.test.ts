import { expect, test } from '@jest/globals';
import type { Strength, Verdict } from '../../analysis/check/verdicts.ts';
import { attentionLines, holdingLines } from './folded-verdicts.ts';

const folded = { isAll: false };

function verdict(property: string, strength: Strength, more: Partial<Verdict> = {}): Verdict {
  return {
    property,
    verdict: strength,
    closed: 60,
    open: 0,
    sampled: 0,
    states: 1000,
    depth: 9,
    runs: 0,
    steps: 0,
    tested: 40,
    testedAtRandom: 0,
    violatedIn: [],
    undecidedIn: [],
    ...more,
  };
}

test('thirty untested properties are one line', () => {
  const verdicts = Array.from({ length: 30 }, (_, index) => verdict(`p${index}`, 'VACUOUS'));
  expect(attentionLines({ verdicts, stories: [] }, folded)).toEqual([
    'VACUOUS  30 properties not tested: witness never reached: p0, p1, p2, p3, p4 and 25 more',
  ]);
  expect(attentionLines({ verdicts, stories: [] }, { isAll: true })[0]).toContain('p29');
});

test('a property that was not checked differs from one without a claim', () => {
  const verdicts = [
    verdict('a', 'UNKNOWN', { states: 0 }),
    verdict('b', 'UNKNOWN'),
    verdict('f', 'UNKNOWN', { undecidedIn: ['s'] }),
    verdict('c', 'VACUOUS', { closed: 0 }),
    verdict('d', 'VIOLATED', { violatedIn: ['s', 't'] }),
    verdict('e', 'PROVEN'),
  ];
  expect(attentionLines({ verdicts, stories: [] }, folded)).toEqual([
    'UNKNOWN  1 property not checked before the search ended: a',
    'UNKNOWN  1 property not violated before the search ended: b',
    'UNKNOWN  1 property not decided within --max-ahead in s: f',
    'VACUOUS  1 property without a claim in these scenarios: c',
    'VIOLATED  1 property violated in s, t: d',
  ]);
});

test('properties that hold are one line; those that hold in fewer scenarios have another', () => {
  const verdicts = [
    verdict('a', 'PROVEN', { tested: 4, testedAtRandom: 3, sampled: 7, runs: 20, steps: 300 }),
    verdict('b', 'PROVEN'),
    verdict('c', 'PROVEN', { closed: 5, states: 70 }),
    verdict('d', 'BOUNDED', { closed: 1, open: 1 }),
  ];
  expect(holdingLines(verdicts, folded)).toEqual([
    'PROVEN  3 properties, in all 1,000 states of 60 scenarios (depth 9)',
    '  in all 70 states of 5 scenarios (depth 9): c',
    '  tested in few small scenarios: a (1)',
    '  1 of them SAMPLED in 20 random runs (300 steps) of 7 scenarios as well; not sampled: b, c',
    'BOUNDED  d, in 1,000 states (depth 9; 1 of 2 scenarios visited completely)',
  ]);
});
