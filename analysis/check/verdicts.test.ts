import { describe, expect, test } from '@jest/globals';
import type { ExhaustiveResult, RandomJobResult } from '../jobs/jobs.ts';
import { lastLine, verdictLines } from '../../cli/text/verdicts.ts';
import { fewlyTested, verdicts } from './verdicts.ts';

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
  undecided: [],
  unreached: [],
  machineRuns: 3,
  bytesPerState: 8,
  coverage: { taken: [], never: [] },
  hints: { neverEnabled: [], growing: [] },
  asked: { answers: 9, twice: 9 },
  census: [],
  exploreMs: 1,
};

const sampled: RandomJobResult = {
  kind: 'random',
  scenario: 'large',
  applied: ['p'],
  runs: 100,
  steps: 1000,
  seed: 1,
  found: [],
  undecided: [],
  unreached: [],
  interrupted: false,
  asked: { answers: 9, twice: 9 },
  walkMs: 1,
};

test('a property that few scenarios test is named if it applies in many', () => {
  const untested = { ...explored, unreached: ['p'] };
  const few = [explored, explored, explored, untested];
  expect(fewlyTested(verdicts(['p'], few)).map(({ property }) => property)).toEqual(['p']);
  expect(fewlyTested(verdicts(['p'], [...few, sampled]))).toHaveLength(1);
  expect(fewlyTested(verdicts(['p'], [...few, explored]))).toEqual([]);
  expect(fewlyTested(verdicts(['p'], [explored, explored, explored]))).toEqual([]);
});

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
    ['SAMPLED', [{ ...explored, unreached: ['p'] }, sampled]],
    ['PROVEN', [explored, { ...sampled, unreached: ['p'] }]],
    ['UNKNOWN', [explored, { ...explored, ending: 'interrupted' as const }]],
    ['UNKNOWN', [{ ...sampled, interrupted: true }]],
    ['UNKNOWN', [explored, { ...explored, undecided: ['p'] }]],
    ['UNKNOWN', [{ ...sampled, undecided: ['p'] }]],
    ['PROVEN', [{ ...explored, undecided: ['another'] }]],
    ['VIOLATED', [{ ...explored, undecided: ['p'], found: [{ violation, steps: [] }] }]],
  ])('%s', (expected, results) => {
    expect(verdicts(['p'], results)[0]).toMatchObject({ property: 'p', verdict: expected });
  });

  test('every scenario checks that every event is specified', () => {
    expect(verdicts([], [{ ...explored, applied: [] }])).toMatchObject([
      { property: 'every-event-is-specified', verdict: 'PROVEN', states: 10 },
    ]);
  });
});

test('deadlocks are reported if a scenario searches for them, or on request', () => {
  const looking = { ...explored, applied: ['no-deadlock'] };
  const found = [{ violation: { ...violation, property: 'no-deadlock' }, steps: [] }];
  const verdictsOf = (results: Parameters<typeof verdicts>[1], ids: readonly string[] = []) =>
    verdicts(ids, results).map(({ property, verdict }) => `${verdict} ${property}`);
  const specified = 'PROVEN every-event-is-specified';
  expect(verdictsOf([explored])).toEqual([specified]);
  expect(verdictsOf([explored, looking])).toEqual(['PROVEN no-deadlock', specified]);
  expect(verdictsOf([{ ...looking, found }])).toEqual(['VIOLATED no-deadlock', specified]);
  // Turned off everywhere: on request the verdict says that there was no search.
  expect(verdictsOf([explored], ['no-deadlock'])).toEqual(['VACUOUS no-deadlock', specified]);
});

describe('what a line claims', () => {
  const unreached = ['p'];
  test.each([
    [
      [explored, explored, sampled],
      'PROVEN p in all 20 states of 2 scenarios (depth 5), tested in 2; SAMPLED in 100 random runs (1,000 steps) of 1 scenario',
    ],
    [
      [explored, { ...sampled, unreached }],
      'PROVEN p in all 10 states of 1 scenario (depth 5); not tested in 100 random runs (1,000 steps) of 1 scenario',
    ],
    [
      [{ ...explored, unreached }, sampled],
      'SAMPLED p in 100 random runs (1,000 steps) of 1 scenario; not tested in all 10 states of 1 scenario (depth 5)',
    ],
    [[explored], 'PROVEN p in all 10 states of 1 scenario (depth 5)'],
    [
      [explored, { ...explored, ending: 'states' as const }],
      'BOUNDED p in 20 states (depth 5; 1 of 2 scenarios visited completely), tested in 2',
    ],
    [[sampled], 'SAMPLED p in 100 random runs (1,000 steps) of 1 scenario'],
    [
      [{ ...explored, unreached }],
      'VACUOUS p not tested: witness never reached; searched all 10 states of 1 scenario (depth 5)',
    ],
  ])('%#', (results, expected) => {
    const lines = verdictLines(verdicts(['p'], results).slice(0, 1));
    expect(lines.join(' ').replaceAll(/ +/g, ' ')).toBe(expected);
  });

  test('the last line distinguishes proven from sampled, and does not count what was not tested', () => {
    const applied = ['p', 'q', 'r'];
    const both = verdicts(applied, [
      { ...explored, applied: ['p', 'r'] },
      { ...sampled, applied, unreached: ['r'] },
    ]);
    const checked = { verdicts: both, faults: [], ended: undefined };
    expect(lastLine(checked, 0)).toBe(
      '4 properties: 3 PROVEN where every state was visited (2 of them SAMPLED in other scenarios), 1 only SAMPLED',
    );
  });
});
