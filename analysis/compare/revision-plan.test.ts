import { expect, test } from '@jest/globals';
import { kernels } from '../../model/kernels/all.ts';
import { smallScenarios } from './comparison.ts';
import { comparisonsWith } from './revision-plan.ts';

/** Any module with variants and scenarios will do. */
const revision = {
  name: 'a1b2c3d',
  model: new URL('../../testing/library.ts', import.meta.url).href,
  isSame: false,
  remove: () => undefined,
};

test('without a name, a fault is compared in its own scenario only, and that is said', async () => {
  const { comparisons, notes } = await comparisonsWith(revision, undefined, undefined);
  const placesOf = (id: string): readonly string[] =>
    comparisons.find(({ sides }) => sides[1].variant === id)?.rounds.flat() ?? [];
  expect(placesOf('R1')).toEqual([variants.find(({ id }) => id === 'R1')?.scenario]);
  expect(placesOf('sprite')).toEqual(smallScenarios);
  expect(notes).toEqual([
    expect.stringMatching(
      /^each fault is compared only in the scenario .* and may differ in the others: /,
    ),
  ]);
});

test.each([
  ['one variant', 'R1', undefined],
  ['scenarios that are named', undefined, ['eviction']],
])('of %s nothing has to be said', async (_, variant, asked) => {
  const { comparisons, notes } = await comparisonsWith(revision, variant, asked);
  expect(comparisons[0]?.rounds.flat()).toEqual(asked ?? smallScenarios);
  expect(notes).toEqual([]);
});
