// The engine and a naive explorer (test/oracles/naive-explorer.ts) say the same of every protocol:
// random ones, and what is shipped. `npm run nightly` tries many more.
//
// fast-check prints the seed and the path of a protocol on which they differ, and the smallest it
// finds: with `{ seed, path }` in place of `{ seed, numRuns }` below, that one alone runs.

import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { invariants } from '../../examples/minimig/invariants.ts';
import { minimig } from '../../examples/minimig/minimig.ts';
import { instanceOf } from '../oracles/described-protocol.ts';
import { judged, type Said } from '../oracles/judge.ts';
import { naivelyExplored } from '../oracles/naive-explorer.ts';
import { description } from '../oracles/random-protocols.ts';
import { emptied, faulty, repaired } from '../oracles/shipped-instances.ts';
import {
  coinsAreConserved,
  leftReached,
  somethingCanHappen,
  toy,
} from '../support/toy-protocol.ts';

const SEED = 1989;
const RUNS = 120;
/** States of a random protocol, and of what is shipped, after which one more level is looked at. */
const ENOUGH = 100;
const ENOUGH_OF_SHIPPED = 40;
const SLOW = 240_000;

describe('the naive explorer itself', () => {
  const size = { coins: 2 };
  const options = {
    claims: [coinsAreConserved(size)],
    witnesses: [leftReached(2), leftReached(3)],
  };

  test('finds the states of two coins and a post that were counted by hand', () => {
    // Free: 0, 1 or 2 coins on the left. Carrying: the other coin left or right, to left or right.
    expect(naivelyExplored(toy(size), options)).toMatchObject({
      ending: 'closed',
      states: 3 + 4,
      transitions: 1 + 2 + 1 + 4,
      depth: 5,
      stuck: 0,
      found: [],
      unreached: [{ statement: 'the left purse holds 3' }],
    });
  });

  test('finds the loss of a coin in two steps, and a deadlock in four', () => {
    const { found, ending } = naivelyExplored(toy({ ...size, lossy: true }), {
      claims: [...options.claims, somethingCanHappen],
    });
    expect(ending).toBe('closed');
    expect(found.map(({ violation, steps }) => [violation.property, steps.length])).toEqual([
      ['coins-are-conserved', 2],
      ['something-can-happen', 4],
    ]);
    expect(found[0]?.steps.map(({ at, action }) => `${at} ${action}`)).toEqual([
      'right pay',
      'post lose',
    ]);
    expect(found[0]?.violation.finding).toMatchObject({ expected: '2', found: '1' });
  });

  test('stops at the first violation, and at the level after it has seen enough', () => {
    const lossy = toy({ ...size, lossy: true });
    expect(naivelyExplored(lossy, { ...options, stops: true })).toMatchObject({
      ending: 'violated',
      depth: 2,
    });
    expect(naivelyExplored(lossy, { enough: 2 })).toMatchObject({ ending: 'depth', maxDepth: 2 });
  });

  test('finds a second coin that the post does not take', () => {
    const { found } = naivelyExplored(toy({ ...size, hasty: true }));
    expect(found).toMatchObject([
      {
        violation: {
          property: 'every-event-is-specified',
          finding: {
            subject: 'post',
            expected: 'a transition for carry in state carrying',
            found: 'none',
          },
        },
        steps: [{ action: 'pay' }, { action: 'pay' }],
      },
    ]);
  });
});

describe('the engine has the same result', () => {
  const met: Said[] = [];

  test(
    `of ${RUNS} random protocols`,
    () => {
      const property = fc.property(
        description,
        fc.record({ remember: fc.boolean(), stops: fc.nat(5).map((drawn) => drawn === 0) }),
        (described, options) => {
          const { engine, naive } = judged(instanceOf(described), { ...options, enough: ENOUGH });
          met.push(naive);
          expect(engine).toEqual(naive);
          expect(naive.thrown).toBeUndefined();
        },
      );
      fc.assert(property, { seed: SEED, numRuns: RUNS, unbiased: true });
    },
    SLOW,
  );

  test('and these protocols differ enough to test it', () => {
    const share = (is: (said: Said) => boolean): number => met.filter(is).length / met.length;
    const findings = met.flatMap(({ found }) => found);
    const tooDeep = findings.filter(({ violation }) =>
      violation.finding.found.endsWith('which is deeper'),
    );
    const late = findings.filter(({ steps }) => steps.length > 3);
    expect(share(({ ending }) => ending === 'closed')).toBeGreaterThan(0.5);
    expect(share(({ states }) => states > 10)).toBeGreaterThan(0.25);
    expect(share(({ stuck }) => stuck > 0)).toBeGreaterThan(0.05);
    expect(share(({ unreached }) => unreached.length > 0)).toBeGreaterThan(0.3);
    expect(tooDeep.length).toBeGreaterThan(2);
    expect(late.length).toBeGreaterThan(15);
  });

  // The nightly script tries them all.
  test.each(repaired.filter((_, index) => index % 8 === 0))(
    'of the beginning of $name',
    ({ instance }) => {
      const { engine, naive } = judged(instance(), { enough: ENOUGH_OF_SHIPPED });
      expect(engine).toEqual(naive);
    },
    SLOW,
  );

  test.each(['requested-twice', 'exit-away-from-home', 'two-closers', 'one-of-two-closes'])(
    'of every state of %s',
    (scenario) => {
      const whole = repaired.filter(({ name }) => name === `sprite, ${scenario}`);
      expect(whole).toHaveLength(1);
      for (const { instance } of whole) {
        const { engine, naive } = judged(instance(), { remember: false });
        expect(engine).toEqual(naive);
        expect(naive.ending).toBe('closed');
      }
    },
    SLOW,
  );

  test.each(faulty.filter((_, index) => index % 24 === 0))(
    'of a known fault: $name',
    ({ instance }) => {
      const { engine, naive } = judged(instance(), { enough: ENOUGH_OF_SHIPPED });
      expect(engine).toEqual(naive);
    },
    SLOW,
  );

  test.each(emptied(SEED).filter((_, index) => index % 100 === 0))(
    'of $name',
    ({ instance }) => {
      const { engine, naive } = judged(instance(), { enough: ENOUGH_OF_SHIPPED });
      expect(engine).toEqual(naive);
    },
    SLOW,
  );

  test(
    'of the smallest MiniMig',
    () => {
      const size = { hosts: 2, files: 1, processes: 1, slots: 1, streams: 1 };
      const instance = { protocol: minimig(size), claims: invariants(size), witnesses: [] };
      const { engine, naive } = judged(instance, {});
      expect(engine).toEqual(naive);
      expect(naive.ending).toBe('closed');
    },
    SLOW,
  );
});
