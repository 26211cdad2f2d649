// Every search compared with one that stores nothing, on small protocols drawn from seeds: several
// starts, claims about states, starts and steps, deadlocks.

import { describe, expect, test } from '@jest/globals';
import { createMonitor } from '../claims/monitor.ts';
import { createSystem, type System } from '../engine/system.ts';
import { createWalker } from '../random/walk.ts';
import { claimOnStep, type Claim } from '../specification/property.ts';
import { createReplayer, deliveriesOf } from '../stories/lenient-replay.ts';
import { runSteps } from '../stories/strict-replay.ts';
import { shrink } from '../stories/shrink.ts';
import { whyUnconfirmed } from '../stories/confirm.ts';
import { certify } from './certify.ts';
import { explore, type Found } from './explore.ts';
import { fewestFaults } from './fewest-faults.ts';
import {
  drawing,
  judgeByForce,
  randomGraph,
  randomStateClaim,
  randomStepClaim,
  type Judged,
} from '../../test/support/random-graph.ts';

const SEEDS = Array.from({ length: 100 }, (_, seed) => seed);

type Case = { readonly system: System; readonly claims: readonly Claim[]; readonly judged: Judged };

/** "both" is a property with a claim about states and one about steps: a story ends in either. */
function caseOf(seed: number): Case {
  const draw = drawing(seed + 1000);
  const system = createSystem(randomGraph(seed, seed % 4));
  const claims: readonly Claim[] = [
    claimOnStep('steps', randomStepClaim(draw)),
    claimOnStep('more-steps', randomStepClaim(draw)),
    randomStateClaim('states', draw),
    randomStateClaim('both', draw),
    claimOnStep('both', randomStepClaim(draw)),
    { ...randomStateClaim('starts', draw), kind: 'atStart' },
  ];
  return { system, claims, judged: judgeByForce(system, claims) };
}

describe.each(SEEDS)('graph %i', (seed) => {
  const { system, claims, judged } = caseOf(seed);
  const all = explore(system, { claims, stopAt: false });
  const properties = [...judged.shortest.keys()];

  test('explore visits the whole space, and finds a shortest story of every possible violation', () => {
    const { states, transitions, stuck } = judged;
    expect(all).toMatchObject({ ending: 'closed', states, transitions, stuck });
    expect(
      new Map(all.found.map(({ violation, steps }) => [violation.property, steps.length])),
    ).toEqual(judged.shortest);
  });

  test('a search that ends at a violation has a shortest story of it', () => {
    for (const property of properties) {
      const { found } = explore(system, { claims, stopAt: (each) => each.property === property });
      const story = found.find(({ violation }) => violation.property === property);
      expect(story?.steps.length).toBe(judged.shortest.get(property));
    }
  });

  test('each story is confirmed by XState alone, and violates the property with its last step', () => {
    for (const story of all.found) {
      expect(whyUnconfirmed(system.protocol, claims, story)).toBeUndefined();
      const { property } = story.violation;
      const stopAt = (each: { readonly property: string }): boolean => each.property === property;
      expect(runSteps(system, claims, story, { stopAt }).seen?.step).toBe(story.steps.length);
    }
  });

  test('fewestFaults finds the fewest faults', () => {
    for (const property of properties) {
      const found = fewestFaults(system, claims, property);
      expect(found).toMatchObject({ kind: 'found', faults: judged.fewestFaults.get(property) });
    }
  });

  test('a story from a walk is shrunk, and certify finds the shortest length', () => {
    for (const property of properties) {
      const story = walkTo(system, claims, property);
      if (story === undefined) continue;
      const shrunk = shrink(system, claims, { ...story, property });
      expect(shrunk?.violation.property).toBe(property);
      const shortest = judged.shortest.get(property) ?? 0;
      expect(shrunk?.steps.length).toBeGreaterThanOrEqual(shortest);
      if (shrunk === undefined) continue;
      const certified = certify(system, claims, shrunk);
      expect(certified.certificate).toEqual({ kind: 'shortest' });
      expect(certified.steps).toHaveLength(shortest);
      const deliveries = deliveriesOf(system, certified.steps) ?? [];
      const replayer = createReplayer(system, claims, property);
      expect(replayer.attempt(deliveries, certified.start)?.deliveries).toEqual(deliveries);
    }
  });
});

test('the protocols drawn are of all kinds', () => {
  const judged = SEEDS.map((seed) => caseOf(seed).judged);
  const violating = (property: string): number =>
    judged.filter(({ shortest }) => shortest.has(property)).length;
  for (const property of ['steps', 'states', 'both', 'starts', 'no-deadlock']) {
    expect([property, violating(property) > 3]).toEqual([property, true]);
  }
  expect(judged.filter(({ states }) => states > 20).length).toBeGreaterThan(20);
});

function walkTo(
  system: System,
  claims: readonly Claim[],
  property: string,
): Omit<Found, 'violation'> | undefined {
  const stopAt = (violation: { readonly property: string }): boolean =>
    violation.property === property;
  const walker = createWalker(system, createMonitor(system, claims, []), { maxSteps: 40, stopAt });
  for (let seed = 0; seed < 60; seed++) {
    if (walker.walk(seed) !== 'violated') continue;
    const taken = [...walker.trace.subarray(0, walker.length())];
    const names = system.protocol.cells.map(({ name }) => name);
    const steps = taken.map((each) => {
      const { type, ...params } = system.eventOf(each);
      return { at: names[system.cellOf(each)] ?? '', action: type, params };
    });
    const start = walker.start();
    return { ...(start === undefined ? {} : { start }), steps };
  }
  return undefined;
}
