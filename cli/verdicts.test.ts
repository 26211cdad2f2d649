import { describe, expect, test } from '@jest/globals';
import type { ExhaustiveResult, RandomResult } from './jobs.ts';
import { verdicts } from './verdicts.ts';

const finding = { subject: 'f', expected: '1', found: '2' };
const violation = { property: 'p', finding };

const explored: ExhaustiveResult = {
  kind: 'exhaustive',
  scenario: 'small',
  applied: ['p'],
  ending: 'closed',
  states: 10,
  transitions: 20,
  depth: 5,
  stuck: 1,
  found: [],
  unreached: [],
  machineRuns: 3,
  bytesPerState: 8,
  census: [],
  exploreMs: 1,
};

const sampled: RandomResult = {
  kind: 'random',
  scenario: 'large',
  applied: ['p'],
  runs: 100,
  steps: 1000,
  seed: 1,
  found: [],
  unreached: [],
  interrupted: false,
  walkMs: 1,
};

describe('the verdict claims no more than was done', () => {
  test.each([
    ['PROVEN', [explored]],
    ['PROVEN', [explored, sampled]],
    ['BOUNDED', [explored, { ...explored, ending: 'states' as const }]],
    ['SAMPLED', [sampled]],
    ['VIOLATED', [explored, { ...explored, found: [{ violation, steps: [] }] }]],
    ['VIOLATED', [{ ...sampled, found: [{ violation, steps: [], walked: 0, path: '' }] }]],
    ['VACUOUS', [{ ...explored, unreached: ['p'] }]],
    ['VACUOUS', [{ ...explored, applied: [] }]],
    ['PROVEN', [{ ...explored, unreached: ['p'] }, explored]],
    ['UNKNOWN', [explored, { ...explored, ending: 'interrupted' as const }]],
    ['UNKNOWN', [{ ...sampled, interrupted: true }]],
  ])('%s', (expected, results) => {
    expect(verdicts(['p'], results)[0]).toMatchObject({ property: 'p', verdict: expected });
  });

  test('that every event is specified is asked everywhere', () => {
    expect(verdicts([], [{ ...explored, applied: [] }])).toMatchObject([
      { property: 'every-event-is-specified', verdict: 'PROVEN', states: 10 },
    ]);
  });
});
