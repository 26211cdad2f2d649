import { describe, expect, test } from '@jest/globals';
import { loadedSprite } from '../../testing/sprite.ts';
import { smallScenarios } from './comparison.ts';
import { comparisonsWith } from './revision-plan.ts';

const { variants } = loadedSprite;
const small = smallScenarios(loadedSprite);

describe('a revision', () => {
  const revision = {
    name: 'a1b2c3d',
    model: new URL('../../sprite/specification.ts', import.meta.url).href,
    isSame: false,
    remove: () => undefined,
  };

  test('without a name compares a fault in its own scenario only, and says so', async () => {
    const asked = { variant: undefined, scenarios: undefined };
    const { comparisons, notes } = await comparisonsWith(loadedSprite, revision, asked);
    const placesOf = (id: string): readonly string[] =>
      comparisons.find(({ sides }) => sides[1].variant === id)?.rounds.flat() ?? [];
    expect(comparisons.map(({ sides }) => sides[1].variant)).toEqual(variants.map(({ id }) => id));
    expect(placesOf('R1')).toEqual([variants.find(({ id }) => id === 'R1')?.scenario]);
    expect(placesOf('sprite')).toEqual(small);
    expect(notes).toEqual([
      expect.stringMatching(
        /^each fault is compared only in the scenario .* and may differ in the others: name one kernel /,
      ),
    ]);
  });

  test.each([
    ['one kernel', 'R1', undefined],
    ['scenarios that are named', undefined, ['eviction']],
  ])('needs no note: %s', async (_, variant, scenarios) => {
    const asked = { variant, scenarios };
    const { comparisons, notes } = await comparisonsWith(loadedSprite, revision, asked);
    expect(comparisons[0]?.rounds.flat()).toEqual(scenarios ?? small);
    expect(notes).toEqual([]);
  });

  test('names a kernel that only one side has, with its side', async () => {
    const mine = { id: 'mine', value: variants[0]?.value };
    const spec = { ...loadedSprite, variants: [...variants, mine] };
    const all = { variant: undefined, scenarios: undefined };
    const { notes } = await comparisonsWith(spec, revision, all);
    expect(notes).toContain('not compared, kernels only in the working tree: mine');
    await expect(comparisonsWith(spec, revision, { ...all, variant: 'mine' })).rejects.toThrow(
      'sprite-check: expected a kernel that a1b2c3d has too, found "mine"',
    );
  });
});
