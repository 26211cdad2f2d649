/**
 * The owner of each +1 of a count: each is followed from the step that made it, through all its owners, to
 * the step at which its owner is gone.
 *
 *   The uses of one owner are alike: it gives up the latest first.
 */
import type { Owner } from '../../checker/specification/accounts.ts';
import type { Balance } from './count-balances.ts';

/** A +1 that is still counted although its owner is gone. */
export type Lost = {
  /** The step that made it; 0 if it existed in the initial world. */
  readonly made: number;
  readonly who: string;
};

type Use = Lost & { readonly key: string };

/** The +1s that lose their owner in this step, and are neither taken over nor subtracted. */
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

/** The uses that keep their owner, those that lose it, and those that get one. */
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
