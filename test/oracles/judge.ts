/** What the engine says of a protocol beside what the naive explorer says: the two must be equal. */
import { isDeepStrictEqual } from 'node:util';
import { createSystem } from '../../checker/engine/system.ts';
import { explore, type Exploration } from '../../checker/search/explore.ts';
import type { Claim, Witness } from '../../checker/specification/property.ts';
import type { Protocol } from '../../checker/specification/protocol.ts';
import { ANY_FINDING, naivelyExplored, type NaiveOptions } from './naive-explorer.ts';

export type Instance = {
  readonly protocol: Protocol;
  readonly claims: readonly Claim[];
  readonly witnesses: readonly Witness[];
};

export type Said = Omit<Exploration, 'bytes' | 'unreached' | 'claimsAsked'> & {
  readonly unreached: readonly string[];
};

export type Judged = { readonly engine: Said; readonly naive: Said };

export type JudgeOptions = Pick<NaiveOptions, 'stops' | 'enough'> & {
  readonly remember?: boolean;
};

/** Claims that look ahead are left out: the naive explorer does not. */
export function judged({ protocol, claims, witnesses }: Instance, options: JudgeOptions): Judged {
  const { remember = true, stops = false, enough } = options;
  const asked = claims.filter(({ kind }) => kind !== 'byRemoval' && kind !== 'comesToRest');
  const { maxDepth, ...naive } = naivelyExplored(protocol, {
    claims: asked,
    witnesses,
    stops,
    ...(enough === undefined ? {} : { enough }),
  });
  const engine = explore(createSystem(protocol, { remember }), {
    claims: asked,
    witnesses,
    maxDepth,
    ...(stops ? {} : { stopAt: false }),
  });
  return { engine: saidBy(engine), naive: saidBy(naive) };
}

function saidBy(exploration: Omit<Exploration, 'bytes' | 'claimsAsked'>): Said {
  const { ending, states, transitions, depth, stuck, unreached } = exploration;
  const found = exploration.found.map((each) =>
    each.violation.property === 'no-deadlock'
      ? { ...each, violation: { property: 'no-deadlock', finding: ANY_FINDING } }
      : each,
  );
  const properties = unreached.map(({ property }) => property);
  return { ending, states, transitions, depth, stuck, found, unreached: properties };
}

/** Where the two differ, a line each. */
export function differences({ engine, naive }: Judged): readonly string[] {
  return (Object.keys(naive) as (keyof Said)[])
    .filter((each) => !isDeepStrictEqual(engine[each], naive[each]))
    .map((each) => {
      const [found, expected] = [engine[each], naive[each]].map((said) => JSON.stringify(said));
      return `${each}: expected ${expected}, found ${found}`;
    });
}
