import { expect, test } from '@jest/globals';
import { checkRandom, type RandomOptions } from './random-check.ts';
import { runSteps } from '../stories/strict-replay.ts';
import { createSystem } from '../engine/system.ts';
import {
  coinsAreConserved,
  leftHoldsFewerThan,
  leftReached,
  toy,
} from '../../test/support/toy-protocol.ts';

const claims = [leftHoldsFewerThan(3), coinsAreConserved({ coins: 4 })];
const fewer = { stopAt: ({ property }: { property: string }) => property === 'left-holds-fewer' };

function checked(options: Partial<RandomOptions>, lossy = true) {
  const system = createSystem(toy({ coins: 4, lossy }));
  const witnesses = [leftReached(1), leftReached(5)];
  return checkRandom(system, claims, witnesses, { runs: 100, seed: 1989, ...options });
}

test('finds the requested violation, and shrinks it', () => {
  const { found } = checked(fewer);
  expect(found?.violation.property).toBe('left-holds-fewer');
  expect(found?.steps).toHaveLength(6);
  expect(found?.walked).toBeGreaterThanOrEqual(6);
  const system = createSystem(toy({ coins: 4, lossy: true }));
  expect(runSteps(system, claims, found ?? { steps: [] }, fewer).seen?.step).toBe(6);
});

test('equal seeds give equal results, other seeds other walks', () => {
  expect(JSON.stringify(checked(fewer))).toBe(JSON.stringify(checked(fewer)));
  const walks = Array.from({ length: 10 }, (_, seed) => checked({ ...fewer, seed }).found?.walked);
  expect(new Set(walks).size).toBeGreaterThan(2);
});

test('seed and path lead to the shrunk story again', () => {
  // A seed whose first violating walk is not shortest already.
  const seeds = Array.from({ length: 20 }, (_, index) => index);
  const seed =
    seeds.find((each) => (checked({ ...fewer, seed: each }).found?.walked ?? 0) > 6) ?? 0;
  const { found } = checked({ ...fewer, seed });
  const again = checked({ ...fewer, seed, path: found?.path ?? '' });
  expect(found?.path).toContain(':');
  expect(again.found).toMatchObject({ steps: found?.steps, violation: found?.violation });
  expect(again.runs).toBe(1);
});

test('a correct protocol holds, and its runs, steps and witnesses are counted', () => {
  const system = createSystem(toy({ coins: 2 }));
  const result = checkRandom(
    system,
    [coinsAreConserved({ coins: 2 })],
    [leftReached(1), leftReached(5)],
    {
      runs: 50,
      seed: 1,
      maxSteps: 20,
    },
  );
  expect(result).toMatchObject({ runs: 50, steps: 1000, seed: 1, found: undefined, stuck: 0 });
  expect(result.reached.map(({ statement }) => statement)).toEqual(['the left purse holds 1']);
  expect(result.unreached.map(({ statement }) => statement)).toEqual(['the left purse holds 5']);
});

test('can be interrupted', () => {
  const system = createSystem(toy({ coins: 2 }));
  const result = checkRandom(system, [], [], {
    runs: 5000,
    seed: 1,
    maxSteps: 5,
    onProgress: ({ runs }) => runs < 512,
  });
  expect(result).toMatchObject({ runs: 512, interrupted: true });
});

test('reports times if there is a clock', () => {
  let now = 0;
  const { walkMs, shrinkMs, outsideMs } = checked({ ...fewer, clock: () => now++ });
  expect(walkMs).toBeGreaterThan(0);
  expect(shrinkMs).toBeGreaterThan(0);
  expect(outsideMs).toBeGreaterThan(0);
  expect(checked(fewer)).not.toHaveProperty('walkMs');
});
