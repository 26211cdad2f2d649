// A sample of what `npm run mutants:guards` does in full: a guard, action, observation or offer of the
// model that is emptied, or a row, guard or action that is taken out of a table, is noticed, unless `mutants.known.json` says why it need not be.

import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { mutantText, type TriedMutant } from '../../maintenance/guard-mutant.ts';
import { knownSurvivors, mutantsOf } from '../../maintenance/guard-mutant-list.ts';
import { kernels } from '../../model/kernels/all.ts';
import { createThreads } from '../support/explored.ts';

const EVERY = 200;

const known = knownSurvivors(fileURLToPath(new URL('mutants.known.json', import.meta.url)));
const { mutants } = mutantsOf(kernels);
const threads = createThreads('../../dist/maintenance/guard-mutants.worker.js', 'tryOut');

afterAll(() => threads.destroy());

test('every part that is listed as unnoticed exists', () => {
  const names = new Set(mutants.map(mutantText));
  expect([...known.keys()].filter((name) => !names.has(name))).toEqual([]);
});

describe('without', () => {
  const sample = mutants
    .filter((mutant) => !known.has(mutantText(mutant)))
    .filter((_, index) => index % EVERY === EVERY / 2)
    .map((mutant) => ({ name: mutantText(mutant), tried: threads.run(mutant) }));

  test.each(sample)(
    '$name something differs',
    async ({ tried }) => {
      const { noticed } = (await tried) as TriedMutant;
      expect(noticed).toBeDefined();
    },
    120_000,
  );
});
