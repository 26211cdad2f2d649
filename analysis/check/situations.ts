/** The situations of a specification's tables that a search reaches. */
import type { Covering } from '../../checker/specification/covering.ts';
import { claimOnStep, type Claim } from '../../checker/specification/property.ts';

/** For each covering, its situations in the order of its table. */
export type SituationsReached = { readonly [covering: string]: readonly string[] };

/** Claims that hold everywhere, and note the situations in which they are evaluated. */
export function watchSituations<S>(
  coverings: readonly Covering<S>[],
  scenario: S,
): { readonly claims: readonly Claim[]; readonly reached: () => SituationsReached } {
  const watched = coverings.map((covering) => {
    const met = new Set<string>();
    // A claim answers the same question in the same way: to note it once is enough.
    const note = (situations: readonly string[]): undefined => {
      for (const each of situations) met.add(each);
    };
    const claims = [
      ...(covering.inState?.(scenario) ?? []).map((situationsIn): Claim => ({
        property: covering.id,
        kind: 'always',
        test: (look) => note(situationsIn(look)),
      })),
      ...(covering.onStep?.(scenario) ?? []).map((situationsOf) =>
        claimOnStep(covering.id, (before, step, after) => note(situationsOf(before, step, after))),
      ),
    ];
    return { covering, met, claims };
  });
  return {
    claims: watched.flatMap(({ claims }) => claims),
    reached: () =>
      Object.fromEntries(
        watched.map(({ covering: { id, situations }, met }) => {
          const known = new Set(situations);
          const unknown = [...met].filter((each) => !known.has(each));
          return [id, [...situations.filter((each) => met.has(each)), ...unknown]];
        }),
      ),
  };
}
