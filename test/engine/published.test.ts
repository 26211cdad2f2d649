// Specifications that others wrote, with the counts that TLC finds: the manifests of tlaplus/Examples
// state them (commit of 2026-05-14). A TLC depth counts states, ours steps.
//
// Where a specification has several initial states, our first step chooses one of them: one state
// and one step more. SPRITE_CHECK_LONG=1 explores the large one, too.

import { describe, expect, test } from '@jest/globals';
import { createSystem } from '../../checker/engine/system.ts';
import { explore } from '../../checker/search/explore.ts';
import type { Claim } from '../../checker/specification/property.ts';
import type { Protocol } from '../../checker/specification/protocol.ts';
import { judged } from '../oracles/judge.ts';
import { noClientShares, schedulingAllocator, simpleAllocator } from '../published/allocators.ts';
import { alternatingBit, theBitDistinguishes } from '../published/alternating-bit.ts';
import { election, theSmallestWins } from '../published/election.ts';
import { lamportMutex, oneIsInside } from '../published/lamport-mutex.ts';
import { oneIsChosen, paxos } from '../published/paxos.ts';
import { detectsTermination, termination } from '../published/termination.ts';

type Published = {
  readonly protocol: Protocol;
  readonly claim: Claim;
  /** As published. */
  readonly distinctStates: number;
  readonly stateDepth: number;
  /** Where the shortest way to some state is shorter: of several workers of TLC none knows the others'. */
  readonly shortest?: number;
  readonly choosesFirst?: boolean;
};

const allocators = { clients: 3, resources: 2 };
const ballots = { acceptors: 3, ballots: 2, values: ['x', 'y'] };
const clocks = { processes: 3, lastClock: 6 };

const small: readonly Published[] = [
  {
    protocol: simpleAllocator(allocators),
    claim: noClientShares(allocators),
    distinctStates: 400,
    stateDepth: 6,
  },
  {
    protocol: schedulingAllocator(allocators),
    claim: noClientShares(allocators),
    distinctStates: 1690,
    stateDepth: 7,
  },
  {
    protocol: paxos(ballots),
    claim: oneIsChosen(ballots),
    distinctStates: 3921,
    stateDepth: 17,
  },
  {
    protocol: termination(3),
    claim: detectsTermination(3),
    distinctStates: 302,
    stateDepth: 10,
    // Breadth first over the specification's own formulas, written out apart from all this, too.
    shortest: 9,
    choosesFirst: true,
  },
  {
    protocol: election(3),
    claim: theSmallestWins(3),
    distinctStates: 137,
    stateDepth: 10,
    choosesFirst: true,
  },
  {
    protocol: alternatingBit({ data: ['x', 'y'], room: 2 }),
    claim: theBitDistinguishes,
    distinctStates: 240,
    stateDepth: 10,
    choosesFirst: true,
  },
];

const large: Published = {
  protocol: lamportMutex(clocks),
  claim: oneIsInside(clocks),
  distinctStates: 724_274,
  stateDepth: 61,
};

const isLong = process.env['SPRITE_CHECK_LONG'] === '1';

describe.each(isLong ? [...small, large] : small)('$protocol.name', (published) => {
  const { protocol, claim, distinctStates, stateDepth, choosesFirst = false } = published;
  const { shortest = stateDepth } = published;

  test(
    'has the published numbers of states and the published depth',
    () => {
      const { ending, states, depth, found } = explore(createSystem(protocol), { claims: [claim] });
      const first = choosesFirst ? 1 : 0;
      expect({ ending, states, depth, found }).toEqual({
        ending: 'closed',
        states: distinctStates + first,
        depth: shortest - 1 + first,
        found: [],
      });
    },
    isLong ? 600_000 : 60_000,
  );

  test('has the counts of the naive explorer, at least at its beginning', () => {
    const { engine, naive } = judged({ protocol, claims: [claim], witnesses: [] }, { enough: 300 });
    expect(engine).toEqual(naive);
  }, 60_000);
});
