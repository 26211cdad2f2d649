/** Random walks over a protocol. */
import { checkRandom } from '../random/random-check.ts';
import type { Claim, Witness } from '../specification/property.ts';
import type { Protocol } from '../specification/protocol.ts';
import { confirmed, type FoundStory } from './found-story.ts';
import { known } from './options.ts';
import { systemOf } from './systems.ts';

export type WalkProtocolOptions = {
  readonly claims?: readonly Claim[];
  readonly witnesses?: readonly Witness[];
  /** Number of walks; default 1,000. */
  readonly runs?: number;
  /** A 32-bit integer: equal seeds give equal walks; default 1. */
  readonly seed?: number;
  /** Number of steps of one walk; default 300. */
  readonly maxSteps?: number;
  /** Goes directly to the story that was found at this `path` with the same seed. */
  readonly path?: string;
};

const fields = {
  claims: true,
  witnesses: true,
  runs: true,
  seed: true,
  maxSteps: true,
  path: true,
} as const;

export type WalkedProtocol = {
  /** Number of walks made: up to the first violation, or as many as requested. */
  readonly runs: number;
  /** Number of steps of all walks. */
  readonly steps: number;
  readonly seed: number;
  /** The first violation, with its story already shrunk; `path` leads to it again. */
  readonly found: (FoundStory & { readonly path: string }) | undefined;
  /** Properties with a claim that looked ahead as far as `maxAhead` lets it: held as far as is known. */
  readonly undecided: readonly string[];
  /** Witnesses that no walk reached. */
  readonly unreached: readonly Pick<Witness, 'property' | 'statement'>[];
  /** Number of walks that ended in a terminal state. */
  readonly stuck: number;
};

/**
 * Walks through a protocol at random, for spaces that are too large for a search. Walks differ in their
 * preferences and in the faults that they leave out. If no walk finds a violation, nothing is proven.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict';
 * import { assign, setup } from 'xstate';
 * import { cell, walkProtocol } from 'sprite-check/checker';
 *
 * const counter = setup({ types: { context: {} as { count: number } } }).createMachine({
 *   context: { count: 0 },
 *   on: { add: { actions: assign({ count: ({ context }) => context.count + 1 }) } },
 * });
 * const protocol = {
 *   name: 'a counter',
 *   cells: [cell(counter, { name: 'counter', offers: () => [{ type: 'add' }] })],
 *   faults: new Set<string>(),
 * };
 *
 * const walked = walkProtocol(protocol, {
 *   runs: 10,
 *   seed: 7,
 *   maxSteps: 50,
 *   claims: [
 *     {
 *       property: 'below-forty',
 *       kind: 'always',
 *       test: (look) => {
 *         const { count } = look('counter').context as { count: number };
 *         return count < 40 ? undefined : { subject: 'counter', expected: '< 40', found: '40' };
 *       },
 *     },
 *   ],
 * });
 * assert.equal(walked.found?.steps.length, 40);
 * ```
 */
export function walkProtocol(
  protocol: Protocol,
  options: WalkProtocolOptions = {},
): WalkedProtocol {
  const {
    claims = [],
    witnesses = [],
    runs = 1000,
    seed = 1,
    maxSteps,
    path,
  } = known('walkProtocol', options, fields);
  const walked = checkRandom(systemOf(protocol), claims, witnesses, {
    runs,
    seed,
    ...(maxSteps === undefined ? {} : { maxSteps }),
    ...(path === undefined ? {} : { path }),
  });
  const { found, steps, stuck, unreached } = walked;
  return {
    runs: walked.runs,
    steps,
    seed,
    found: found && { ...confirmed(protocol, claims, found), path: found.path },
    undecided: walked.undecided,
    unreached: unreached.map(({ property, statement }) => ({ property, statement })),
    stuck,
  };
}
