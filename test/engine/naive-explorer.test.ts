// The engine and a naive explorer (test/oracles/naive-explorer.ts) say the same of every protocol:
// random ones, and the shipped kernel in its small scenarios. `npm run nightly` tries many more.

import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { instanceOf } from '../oracles/described-protocol.ts';
import { judged } from '../oracles/judge.ts';
import { description } from '../oracles/random-protocols.ts';

const SEED = 1989;
const RUNS = 300;
const ENOUGH = 200;

describe('the engine and the naive explorer agree', () => {
  test(`on ${RUNS} random protocols`, () => {
    fc.assert(
      fc.property(description, fc.boolean(), fc.boolean(), (described, remember, stops) => {
        const { engine, naive } = judged(instanceOf(described), {
          remember,
          stops,
          enough: ENOUGH,
        });
        expect(engine).toEqual(naive);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  }, 120_000);
});
