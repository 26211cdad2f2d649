import { expect, test } from '@jest/globals';
import { EVERY_EVENT_IS_SPECIFIED } from '../claims/unspecified-event.ts';
import { createMonitor } from '../claims/monitor.ts';
import type { Claim, Witness } from '../specification/property.ts';
import { stepsOf } from '../stories/lenient-replay.ts';
import { createSystem } from '../engine/system.ts';
import {
  coinsAreConserved,
  leftHoldsFewerThan,
  leftReached,
  somethingCanHappen,
  toy,
  type Toy,
} from '../../test/support/toy-protocol.ts';
import { createSwarm } from './swarm.ts';
import { createWalker, type WalkOptions } from './walk.ts';

function walker(
  size: Toy,
  claims: readonly Claim[],
  options: WalkOptions = {},
  witnesses: readonly Witness[] = [],
) {
  const system = createSystem(toy(size));
  const monitor = createMonitor(system, claims, witnesses);
  const made = createWalker(system, monitor, options);
  const steps = () => stepsOf(system, [...made.trace.subarray(0, made.length())]);
  return { ...made, monitor, steps, system };
}

test('equal seeds give equal walks, also after others and in another system', () => {
  const one = walker({ coins: 3, lossy: true }, []);
  const two = walker({ coins: 3, lossy: true }, []);
  const walked = (seed: number) => [one.walk(seed), one.steps()];
  const first = walked(5);
  for (let seed = 0; seed < 50; seed++) one.walk(seed);
  expect(walked(5)).toEqual(first);
  expect([two.walk(5), two.steps()]).toEqual(first);
  expect(
    new Set(Array.from({ length: 20 }, (_, seed) => JSON.stringify(walked(seed)))).size,
  ).toBeGreaterThan(5);
});

test('a walk ends at the first violation', () => {
  const { walk, violation, steps } = walker({ coins: 3 }, [leftHoldsFewerThan(1)]);
  expect(walk(1)).toBe('violated');
  expect(violation()?.finding).toEqual({ subject: 'left', expected: 'fewer than 1', found: '1' });
  expect(steps().map(({ at, action }) => `${at} ${action}`)).toEqual(['right pay', 'post deliver']);
});

test('a violation that was not requested does not end a walk', () => {
  const claims = [leftHoldsFewerThan(1), leftHoldsFewerThan(2)];
  const stopAt = ({ finding }: { finding: { expected: string } }) => finding.expected.endsWith('2');
  const { walk, violation } = walker({ coins: 3 }, claims, { stopAt });
  expect(walk(1)).toBe('violated');
  expect(violation()?.finding.found).toBe('2');
});

test('a violation of the initial state is a walk of no steps', () => {
  const { walk, length } = walker({ coins: 3 }, [leftHoldsFewerThan(0)]);
  expect([walk(1), length()]).toEqual(['violated', 0]);
});

test('maxSteps ends a walk that violates nothing', () => {
  const { walk, length } = walker({ coins: 3 }, [coinsAreConserved({ coins: 3 })], {
    maxSteps: 40,
  });
  expect([walk(1), length()]).toEqual(['steps', 40]);
});

test('a walk without enabled steps is stuck, and claims about stuck states are evaluated', () => {
  const lossy = { coins: 2, lossy: true };
  const plain = walker(lossy, [], { swarm: false });
  expect(plain.walk(1)).toBe('stuck');
  const { walk, violation, length } = walker(lossy, [somethingCanHappen], { swarm: false });
  expect(walk(1)).toBe('violated');
  expect(violation()?.property).toBe('something-can-happen');
  expect(length()).toBe(plain.length());
});

test('an event that its cell does not take is found, and its step is the last', () => {
  const { walk, violation, steps } = walker({ coins: 2, hasty: true }, []);
  const endings = Array.from({ length: 20 }, (_, seed) => walk(seed));
  expect(endings).toContain('violated');
  walk(endings.indexOf('violated'));
  expect(violation()?.property).toBe(EVERY_EVENT_IS_SPECIFIED);
  expect(steps().at(-1)?.action).toBe('pay');
});

test('swarm leaves a fault out of some walks, but never everything else', () => {
  const coins = 3;
  const { walk } = walker({ coins, lossy: true }, [coinsAreConserved({ coins })], {
    maxSteps: 200,
  });
  const endings = Array.from({ length: 200 }, (_, seed) => walk(seed));
  const held = endings.filter((ending) => ending === 'steps').length;
  expect(held).toBeGreaterThan(30);
  expect(held).toBeLessThan(170);
  expect(endings).not.toContain('stuck');
});

test('walks are longer if an event is marked seldom', () => {
  const lengths = (seldom: readonly string[]) => {
    const system = createSystem({ ...toy({ coins: 3, torn: true }), seldom: new Set(seldom) });
    const { walk, length } = createWalker(system, createMonitor(system, [], []));
    const walks = Array.from({ length: 100 }, (_, seed) => (walk(seed), length()));
    return walks.reduce((sum, each) => sum + each, 0);
  };
  expect(lengths(['drop'])).toBeGreaterThan(1.3 * lengths([]));
});

test('witnesses are reached on the way', () => {
  const { walk, monitor } = walker({ coins: 3 }, [], { maxSteps: 500 }, [
    leftReached(2),
    leftReached(4),
  ]);
  walk(3);
  expect(monitor.unreached().map(({ statement }) => statement)).toEqual(['the left purse holds 4']);
});

test('a state in which only faults can happen is stuck, whether or not the walk leaves them out', () => {
  const size = { coins: 1, lossy: true, idle: true };
  const { walk, length } = walker(size, [somethingCanHappen]);
  const walks = Array.from({ length: 50 }, (_, seed) => `${walk(seed)} ${length()}`);
  expect(new Set(walks)).toEqual(new Set(['violated 1']));
});

test('a state in which only an unspecified event can happen is not stuck', () => {
  const size = { coins: 2, hasty: true, idle: true };
  const stopAt = ({ property }: { property: string }) => property === 'something-can-happen';
  const { walk, length } = walker(size, [somethingCanHappen], { stopAt });
  expect([walk(1), length()]).toEqual(['starved', 1]);
});

test('more events than can be drawn from are refused', () => {
  const swarm = createSwarm(createSystem(toy({ coins: 2 })));
  swarm.begin(1, false);
  expect(() => swarm.weightOf(2 ** 23)).toThrow(
    '8388608 events are the most that walks can draw from: let cells offer fewer',
  );
});
