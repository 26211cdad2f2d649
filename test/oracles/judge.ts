/** What the engine says of a protocol beside what the naive explorer says: the two must be equal. */
import { isDeepStrictEqual } from 'node:util';
import { createSystem } from '../../checker/engine/system.ts';
import { explore, type Exploration } from '../../checker/search/explore.ts';
import type { Claim, Witness } from '../../checker/specification/property.ts';
import { saidBy } from '../../checker/specification/specification-error.ts';
import type { Protocol } from '../../checker/specification/protocol.ts';
import { ANY_FINDING, naivelyExplored, type NaiveOptions } from './naive-explorer.ts';

export type Instance = {
  readonly protocol: Protocol;
  readonly claims: readonly Claim[];
  readonly witnesses: readonly Witness[];
};

export type Said = Omit<Exploration, 'bytes' | 'unreached' | 'undecided' | 'claimsAsked'> & {
  readonly unreached: readonly string[];
  /** Where something threw instead: what it said. */
  readonly thrown?: string;
};

const nothing: Said = {
  ending: 'interrupted',
  states: 0,
  transitions: 0,
  depth: 0,
  stuck: 0,
  found: [],
  unreached: [],
};

export type Judged = { readonly engine: Said; readonly naive: Said };

export type JudgeOptions = Pick<NaiveOptions, 'stops' | 'enough'> & {
  readonly remember?: boolean;
};

/**
 * Claims that look ahead are left out: the naive explorer does not. What throws while the naive
 * explorer asks it must throw while the engine does.
 */
export function judged({ protocol, claims, witnesses }: Instance, options: JudgeOptions): Judged {
  const { remember = true, stops = false, enough } = options;
  const asked = claims.filter(({ kind }) => kind !== 'byRemoval' && kind !== 'comesToRest');
  const upTo = enough === undefined ? {} : { enough };
  let maxDepth = Infinity;
  const naive = saidUnlessThrown(() => {
    const all = naivelyExplored(protocol, { claims: asked, witnesses, stops, ...upTo });
    ({ maxDepth } = all);
    return all;
  });
  const engine = saidUnlessThrown(() =>
    explore(createSystem(protocol, { remember }), {
      claims: asked,
      witnesses,
      maxDepth,
      ...(stops ? {} : { stopAt: false }),
    }),
  );
  // The engine says where, too, and looks at a cell only when something is taken from it.
  const doBothThrow = naive.thrown !== undefined && engine.thrown !== undefined;
  return { engine: doBothThrow ? naive : engine, naive };
}

function saidUnlessThrown(
  explored: () => Omit<Exploration, 'bytes' | 'undecided' | 'claimsAsked'>,
): Said {
  try {
    const { ending, states, transitions, depth, stuck, unreached, ...rest } = explored();
    const found = rest.found.map((each) =>
      each.violation.property === 'no-deadlock'
        ? { ...each, violation: { property: 'no-deadlock', finding: ANY_FINDING } }
        : each,
    );
    const properties = unreached.map(({ property }) => property);
    return { ending, states, transitions, depth, stuck, found, unreached: properties };
  } catch (error) {
    return { ...nothing, thrown: saidBy(error) };
  }
}

/** Where the two differ, a line each. */
export function differences({ engine, naive }: Judged): readonly string[] {
  return (Object.keys({ ...naive, ...engine }) as (keyof Said)[])
    .filter((each) => !isDeepStrictEqual(engine[each], naive[each]))
    .map((each) => {
      const [found, expected] = [engine[each], naive[each]].map((said) => JSON.stringify(said));
      return `${each}: expected ${expected}, found ${found}`;
    });
}
