/**
 * Who owns which +1 of a count: each is followed from the step that made it, as it is handed from
 * one owner to another, to the step at which its owner is gone.
 *
 *   The uses of one owner are alike: of those that it has, it gives up the latest.
 */
import type { Owner } from '../../checker/specification/accounts.ts';
import type { Balance } from './count-balances.ts';

/** A +1 whose owner is gone and which is counted still. */
export type Lost = {
  /** The step that made it; 0 where it was there from the beginning. */
  readonly made: number;
  readonly who: string;
};

type Use = Lost & { readonly key: string };

/** The +1s that lose their owner at this step, while nobody takes them over or counts them out. */
export function lostAt(balance: Balance, step: number): readonly Lost[] {
  let uses = usesOf(balance.owners[0] ?? []).map((use): Use => ({ ...use, made: 0 }));
  let lost: readonly Use[] = [];
  for (let at = 1; at <= step; at++) {
    const change = (balance.counts[at] ?? 0) - (balance.counts[at - 1] ?? 0);
    const after = usesOf(balance.owners[at] ?? []);
    const { kept, freed, fresh } = moved(uses, after);
    const made = fresh.slice(0, Math.max(0, change)).map((use): Use => ({ ...use, made: at }));
    const handed = fresh.slice(made.length).map((use, index): Use => {
      return { ...use, made: freed[index]?.made ?? at };
    });
    lost = freed.slice(handed.length + Math.max(0, -change));
    uses = [...kept, ...made, ...handed];
  }
  return lost.map(({ made, who }) => ({ made, who }));
}

type Named = Omit<Use, 'made'>;

/** Each use by itself. */
function usesOf(owners: readonly Owner[]): readonly Named[] {
  return owners.flatMap(({ who, cell, uses }) =>
    Array.from({ length: Math.max(0, uses) }, () => ({ who, key: `${cell}: ${who}` })),
  );
}

/** Which uses stay with their owner, which lose theirs, and which find one. */
function moved(
  before: readonly Use[],
  after: readonly Named[],
): { readonly kept: readonly Use[]; readonly freed: readonly Use[]; readonly fresh: Named[] } {
  const fresh = [...after];
  const [kept, freed]: [Use[], Use[]] = [[], []];
  for (const use of before) {
    const at = fresh.findIndex(({ key }) => key === use.key);
    if (at < 0) freed.push(use);
    else {
      kept.push(use);
      fresh.splice(at, 1);
    }
  }
  return { kept, freed, fresh };
}
