import { expect, test } from '@jest/globals';
import { createMonitor } from '../claims/monitor.ts';
import { stepsOf } from './lenient-replay.ts';
import { shrink, sizesFor, without } from './shrink.ts';
import { createSystem } from '../engine/system.ts';
import {
  leftHoldsFewerThan,
  somethingCanHappen,
  toy,
  type Toy,
} from '../../test/support/toy-protocol.ts';
import { createWalker } from '../random/walk.ts';

const size = { coins: 4, lossy: true };

function walked(claim: typeof somethingCanHappen, seed: number, among: Toy = size, atLeast = 12) {
  const system = createSystem(toy(among));
  const walker = createWalker(system, createMonitor(system, [claim], []), { swarm: false });
  let at = seed;
  while (walker.walk(at) !== 'violated' || walker.length() < atLeast) at++;
  const steps = stepsOf(system, [...walker.trace.subarray(0, walker.length())]);
  return { system, steps };
}

test.each([1, 2, 3])(
  'a walk of needless payments becomes the six steps that matter (%i)',
  (seed) => {
    const claim = leftHoldsFewerThan(3);
    const { system, steps } = walked(claim, seed * 1000);
    expect(steps.length).toBeGreaterThan(6);
    const shrunk = shrink(system, [claim], { steps, property: claim.property });
    expect(shrunk?.steps.map(({ at, action }) => `${at} ${action}`)).toEqual(
      Array.from({ length: 3 }, () => ['right pay', 'post deliver']).flat(),
    );
    expect(shrunk?.finished).toBe(true);
  },
);

test('a long story loses whole chunks first', () => {
  const claim = leftHoldsFewerThan(6);
  const { system, steps } = walked(claim, 1, { coins: 6 }, 80);
  const shrunk = shrink(system, [claim], { steps, property: claim.property });
  expect(shrunk?.steps).toHaveLength(12);
  expect(shrunk?.replays).toBeLessThan(200);
});

test('a story that ends stuck still ends stuck', () => {
  const { system, steps } = walked(somethingCanHappen, 1);
  const shrunk = shrink(system, [somethingCanHappen], {
    steps,
    property: 'something-can-happen',
  });
  expect(shrunk?.steps).toHaveLength(8);
});

test('another property is not mistaken for the violated one', () => {
  const claim = leftHoldsFewerThan(2);
  const { steps } = walked(claim, 1);
  const system = createSystem(toy({ ...size, hasty: true }));
  const shrunk = shrink(system, [claim], { steps, property: claim.property });
  expect(shrunk?.steps).toHaveLength(4);
  expect(shrunk?.violation.property).toBe('left-holds-fewer');
});

test('substitution finds stories that removal cannot', () => {
  const claim = somethingCanHappen;
  const system = createSystem(toy({ coins: 1, lossy: true }));
  // To the left and lost there: no step can be left out of it, but its second one can be changed.
  const steps = [
    { at: 'right', action: 'pay', params: { to: 'left' } },
    { at: 'post', action: 'deliver', params: {} },
    { at: 'left', action: 'pay', params: { to: 'right' } },
    { at: 'post', action: 'lose', params: {} },
  ];
  const shrunk = shrink(system, [claim], { steps, property: claim.property });
  expect(shrunk?.steps.map(({ action }) => action)).toEqual(['pay', 'lose']);
});

test('shrinking keeps its budget of replays, and reports that it met it', () => {
  const claim = leftHoldsFewerThan(3);
  const { system, steps } = walked(claim, 1);
  const shrunk = shrink(system, [claim], { steps, property: claim.property }, { maxReplays: 3 });
  expect(shrunk).toMatchObject({ replays: 3, finished: false });
});

test('a story that violates nothing is not shrunk', () => {
  const system = createSystem(toy(size));
  const story = { steps: [], property: 'left-holds-fewer' };
  expect(shrink(system, [leftHoldsFewerThan(3)], story)).toBeUndefined();
});

test('sizes go down to one', () => {
  expect([0, 1, 2, 7, 8].map(sizesFor)).toEqual([[], [1], [1], [4, 2, 1], [4, 2, 1]]);
  expect(without([1, 2, 3, 4], 1, 3)).toEqual([1, 4]);
});
