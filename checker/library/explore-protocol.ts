/** Visits every state that a protocol can reach. */
import { explore, type SearchBounds, type Ending, type Progress } from '../search/explore.ts';
import type { Claim, Witness } from '../specification/property.ts';
import type { Protocol } from '../specification/protocol.ts';
import { confirmed, type FoundStory } from './found-story.ts';
import { known } from './options.ts';
import { systemOf } from './systems.ts';

export type ExploreProtocolOptions = SearchBounds & {
  /** What must hold; for properties, `claimsOf(properties, scenario)`. */
  readonly claims?: readonly Claim[];
  /** What must be reached in some state; for properties, `witnessesOf(properties, scenario)`. */
  readonly witnesses?: readonly Witness[];
  /** Whether the first violation ends the search; default true. If false, the first of each property is found. */
  readonly stopAtFirst?: boolean;
  /** Called about every 4,096 states; the result false ends the search as `interrupted`. */
  readonly onProgress?: (progress: Progress) => boolean;
};

const fields = {
  claims: true,
  witnesses: true,
  stopAtFirst: true,
  onProgress: true,
  maxStates: true,
  maxDepth: true,
} as const;

export type ExploredProtocol = {
  /**
   * `closed`: all states were visited, so every claim without a violation holds. `violated`: a violation
   * ended the search. `states`, `depth`, `interrupted`: a bound ended it, and nothing is known beyond it.
   */
  readonly ending: Ending;
  /** Number of distinct states. */
  readonly states: number;
  /** Number of enabled steps, summed over the expanded states; two steps to one state count as two. */
  readonly transitions: number;
  /** Number of steps from an initial state to the state that is farthest from all of them. */
  readonly depth: number;
  /** A shortest counterexample to each violated property. */
  readonly found: readonly FoundStory[];
  /** Properties with a claim that looked ahead as far as `maxAhead` lets it: held as far as is known. */
  readonly undecided: readonly string[];
  /** Witnesses that no state reached: their properties may hold for want of trying. */
  readonly unreached: readonly Pick<Witness, 'property' | 'statement'>[];
  /** Number of terminal states, in which no step but faults is enabled. */
  readonly stuck: number;
};

/**
 * Visits every state that a protocol can reach, breadth first, until the space closes or a bound is
 * reached, and evaluates every claim in each. Memory grows with the states, by some ten bytes each.
 * Throws a `ModelFault` if a machine, an observation or a claim throws or is not supported.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict';
 * import { assign, setup } from 'xstate';
 * import { cell, exploreProtocol, type Claim } from 'sprite-check/checker';
 *
 * const counter = setup({ types: { context: {} as { count: number } } }).createMachine({
 *   context: { count: 0 },
 *   on: { add: { actions: assign({ count: ({ context }) => (context.count + 1) % 5 }) } },
 * });
 * const protocol = {
 *   name: 'two counters',
 *   cells: ['left', 'right'].map((name) => cell(counter, { name, offers: () => [{ type: 'add' }] })),
 *   faults: new Set<string>(),
 * };
 *
 * const all = exploreProtocol(protocol);
 * assert.deepEqual([all.ending, all.states, all.transitions, all.depth], ['closed', 25, 50, 8]);
 *
 * const below: Claim = {
 *   property: 'below-three',
 *   kind: 'always',
 *   test: (look) => {
 *     const { count } = look('left').context as { count: number };
 *     return count < 3 ? undefined : { subject: 'left', expected: 'below 3', found: `${count}` };
 *   },
 * };
 * const { ending, found } = exploreProtocol(protocol, { claims: [below] });
 * assert.equal(ending, 'violated');
 * assert.deepEqual(found[0]?.steps[0], { at: 'left', action: 'add', params: {} });
 * assert.equal(found[0]?.steps.length, 3);
 * ```
 */
export function exploreProtocol(
  protocol: Protocol,
  options: ExploreProtocolOptions = {},
): ExploredProtocol {
  const { claims = [], stopAtFirst = true, ...rest } = known('exploreProtocol', options, fields);
  const explored = explore(systemOf(protocol), {
    ...rest,
    claims,
    ...(stopAtFirst ? {} : { stopAt: false as const }),
  });
  const { ending, states, transitions, depth, stuck } = explored;
  return {
    ending,
    states,
    transitions,
    depth,
    found: explored.found.map((each) => confirmed(protocol, claims, each)),
    undecided: explored.undecided,
    unreached: explored.unreached.map(({ property, statement }) => ({ property, statement })),
    stuck,
  };
}
