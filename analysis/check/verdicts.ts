/**
 * The verdict of all searches together on each property.
 *
 *   PROVEN    held in every state of every scenario explored, and each space closed
 *   BOUNDED   held, but some space met its bound before it closed
 *   SAMPLED   held in random runs; no explored scenario tested it
 *   VIOLATED  some state or step breaks it
 *   VACUOUS   held, but its witness was never reached: it was not tested
 *   UNKNOWN   the search was ended from outside, or a claim that looks ahead met its bound
 *
 * PROVEN and BOUNDED are about the explored scenarios. Sampled scenarios are listed beside them, and never
 * count for them.
 */
import { isAsked, isOwnProperty, ownPropertyIds } from '../../checker/claims/own-properties.ts';
import { sum } from '../../checker/text/tables.ts';
import type { ExhaustiveResult, RandomJobResult } from '../jobs/jobs.ts';

export type Strength = 'PROVEN' | 'BOUNDED' | 'SAMPLED' | 'VIOLATED' | 'VACUOUS' | 'UNKNOWN';

export type Verdict = {
  readonly property: string;
  readonly verdict: Strength;
  /** Number of scenarios to which it applies, by the end of their search. */
  readonly closed: number;
  readonly open: number;
  readonly sampled: number;
  /** Number of states of all explored scenarios, and the largest depth. */
  readonly states: number;
  readonly depth: number;
  readonly runs: number;
  readonly steps: number;
  /** Scenarios that reached the property's witness, in which it could have failed. */
  readonly tested: number;
  /** Those of them that were sampled. */
  readonly testedAtRandom: number;
  /** The scenarios in which a claim of it looked ahead to its bound without an answer. */
  readonly undecidedIn: readonly string[];
  /** The scenarios in which it is violated. */
  readonly violatedIn: readonly string[];
};

/** A property is tested in few scenarios if it is tested in at most this many. */
const FEW = 3;

/** Properties that apply in many scenarios, and are tested in few. */
export function fewlyTested(all: readonly Verdict[]): readonly Verdict[] {
  return all.filter(({ verdict, property, tested, testedAtRandom, closed, open }) => {
    const explored = tested - testedAtRandom;
    const isProven = verdict === 'PROVEN' || verdict === 'BOUNDED';
    return isProven && !isOwnProperty(property) && explored <= FEW && closed + open > FEW;
  });
}

/** The results of a search that a verdict rests on. */
type Found = { readonly found: readonly { readonly violation: { readonly property: string } }[] };
type Explored =
  | 'kind'
  | 'scenario'
  | 'applied'
  | 'ending'
  | 'states'
  | 'depth'
  | 'undecided'
  | 'unreached';
type Search = (Pick<ExhaustiveResult, Explored> | Omit<RandomJobResult, 'found'>) & Found;

export function verdicts(ids: readonly string[], results: readonly Search[]): readonly Verdict[] {
  const others = ids.filter((id) => !isOwnProperty(id));
  return [...others, ...ownAsked(ids, results)].map((id) => verdictOn(id, results));
}

/** One of the checker's own properties that every scenario turns off is listed only on request. */
function ownAsked(ids: readonly string[], results: readonly Search[]): readonly string[] {
  return ownPropertyIds.filter(
    (id) => ids.includes(id) || results.some(({ applied }) => isAsked(id, applied)),
  );
}

function verdictOn(property: string, results: readonly Search[]): Verdict {
  const own = results.filter(({ applied }) => isAsked(property, applied));
  const explored = own.filter((result) => result.kind === 'exhaustive');
  const sampled = own.filter((result) => result.kind === 'random');
  const closed = explored.filter(({ ending }) => ending === 'closed').length;
  const violatedIn = own
    .filter(({ found }) => found.some(({ violation }) => violation.property === property))
    .map(({ scenario }) => scenario);
  const undecidedIn = own
    .filter(({ undecided }) => undecided.includes(property))
    .map(({ scenario }) => scenario);
  return {
    property,
    verdict: strength(),
    closed,
    open: explored.length - closed,
    sampled: sampled.length,
    states: sum(explored.map(({ states }) => states)),
    depth: Math.max(0, ...explored.map(({ depth }) => depth)),
    runs: sum(sampled.map(({ runs }) => runs)),
    steps: sum(sampled.map(({ steps }) => steps)),
    tested: own.filter(couldFail).length,
    testedAtRandom: sampled.filter(couldFail).length,
    undecidedIn,
    violatedIn,
  };

  function strength(): Strength {
    if (violatedIn.length > 0) return 'VIOLATED';
    if (own.some(wasStopped) || undecidedIn.length > 0) return 'UNKNOWN';
    if (!own.some(couldFail)) return 'VACUOUS';
    if (!explored.some(couldFail)) return 'SAMPLED';
    return closed < explored.length ? 'BOUNDED' : 'PROVEN';
  }

  function couldFail({ unreached }: Search): boolean {
    return isOwnProperty(property) || !unreached.includes(property);
  }
}

function wasStopped(result: Search): boolean {
  return result.kind === 'random' ? result.interrupted : result.ending === 'interrupted';
}
