// On the repaired kernel every small scenario closes, violates nothing, and has the counts that are
// pinned: no change of the model goes unsaid. What properties want to be reached is reached in one of
// them. After a change that was meant: `npm run traces`.

import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { covered } from '../../checker/engine/transition-coverage.ts';
import {
  reachOf,
  situationsBy,
  situationsIn,
} from '../../analysis/baselines/scenarios-per-situation.ts';
import { pinned } from '../../analysis/baselines/pinned-counts.ts';
import { takenList } from '../../analysis/baselines/transitions-taken.ts';
import { properties } from '../../properties/all.ts';
import spriteSpecification from '../../sprite/specification.ts';
import { createExplorer, smallScenarios, sprite } from '../support/explored.ts';

/** A proof in fewer scenarios is worth less than it looks. */
const LEAST_TESTED = 4;
/** A cell that multiplies others ends the interning of worlds. */
const MOST_LOCAL_STATES = 2000;

const baseline = fileURLToPath(new URL('../../traces/explore.baseline.json', import.meta.url));
const takenFile = fileURLToPath(new URL('../../traces/transitions.baseline.json', import.meta.url));
const situationsFile = fileURLToPath(
  new URL('../../traces/situations.baseline.json', import.meta.url),
);
const coverings = spriteSpecification.coverings ?? [];
const explorer = createExplorer();

afterAll(() => explorer.close());

describe('on the repaired kernel', () => {
  const searched = smallScenarios.map(({ name }) => ({
    name,
    result: explorer.explored({ variant: sprite, scenario: name, reportSituations: true }),
  }));

  test.each(searched)(
    '$name has the pinned states, transitions and depth',
    async ({ name, result }) => {
      const { ending, states, transitions, depth } = await result;
      expect(ending).toBe('closed');
      expect({ states, transitions, depth }).toEqual(pinned(baseline, `${sprite}/${name}`));
    },
    60_000,
  );

  test.each(searched)('nothing is violated in $name', async ({ result }) => {
    expect((await result).found).toEqual([]);
  });

  test.each(searched)('no cell of $name has too many local states', async ({ result }) => {
    const { census } = await result;
    expect(census.filter(({ locals }) => locals >= MOST_LOCAL_STATES)).toEqual([]);
  });

  // A guard that never holds any more breaks no property: what it guarded does not happen.
  test('the transitions that they take are the ones pinned', async () => {
    const results = await Promise.all(searched.map(({ result }) => result));
    const { taken } = covered(results.map(({ coverage }) => coverage));
    expect(taken).toEqual(takenList.readFrom(takenFile));
  });

  test('the situations that they reach are the ones pinned', async () => {
    const results = await Promise.all(searched.map(({ result }) => result));
    expect(situationsBy(coverings, results)).toEqual(situationsIn(situationsFile));
  });

  test.each(properties)('$id, in at least four: $witness.statement', async ({ id }) => {
    const results = await Promise.all(searched.map(({ result }) => result));
    const reaching = results.filter(
      ({ applied, unreached }) => applied.includes(id) && !unreached.includes(id),
    );
    expect(reaching.length).toBeGreaterThanOrEqual(LEAST_TESTED);
  });
});

describe.each(coverings)('of all $what', (covering) => {
  const reached = situationsIn(situationsFile)[covering.id] ?? {};

  test('each is reached, or is listed as impossible', () => {
    const all = smallScenarios.map(({ name }) => name);
    expect(reachOf(covering, situationsIn(situationsFile), all).missed).toEqual([]);
  });

  test('none is reached that is listed as impossible, or in no table', () => {
    const wrong = Object.keys(reached).filter(
      (each) => !covering.situations.includes(each) || covering.impossible(each) !== undefined,
    );
    expect(wrong).toEqual([]);
  });
});

test('nothing is pinned that does not exist', () => {
  const keys = Object.keys(JSON.parse(readFileSync(baseline, 'utf8')) as object);
  const expected = smallScenarios.map(({ name }) => `${sprite}/${name}`);
  expect(keys.toSorted()).toEqual(expected.toSorted());
});
