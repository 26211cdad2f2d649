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
  /** Walks; 1,000 without it. */
  readonly runs?: number;
  /** A 32-bit integer: equal seeds give equal walks; 1 without it. */
  readonly seed?: number;
  /** Steps of one walk; 300 without it. */
  readonly maxSteps?: number;
  /** Goes straight to the story that was found under this `path` with the same seed. */
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
  /** Walks made; the last one found something, or there are as many as were asked for. */
  readonly runs: number;
  /** Steps of all walks. */
  readonly steps: number;
  readonly seed: number;
  /** The first violation, its story shortened as it was found; `path` leads to it again. */
  readonly found: (FoundStory & { readonly path: string }) | undefined;
  /** Properties with a claim that looked ahead as far as `maxAhead` lets it: held as far as is known. */
  readonly undecided: readonly string[];
  /** Witnesses that no walk reached. */
  readonly unreached: readonly Pick<Witness, 'property' | 'statement'>[];
  /** Walks that ended because nothing was enabled. */
  readonly stuck: number;
};

/**
 * Walks through a protocol at random, for spaces that do not close. Walks differ in what they prefer
 * and which faults they leave out. What is not found is not proven.
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
