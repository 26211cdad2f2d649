import { describe, expect, test } from '@jest/globals';
import { EVERY_EVENT_IS_SPECIFIED } from '../claims/unspecified-event.ts';
import { fewestFaults } from './fewest-faults.ts';
import { createMonitor } from '../claims/monitor.ts';
import type { Claim } from '../specification/property.ts';
import { runSteps } from '../stories/strict-replay.ts';
import { enabledIn } from '../engine/enabled.ts';
import { createSystem, type System } from '../engine/system.ts';
import {
  fewerAreMissing,
  leftHoldsFewerThan,
  somethingCanHappen,
  toy,
  type Toy,
} from '../../test/support/toy-protocol.ts';

const protocols: readonly { readonly size: Toy; readonly claim: Claim }[] = [
  { size: { coins: 3, lossy: true }, claim: leftHoldsFewerThan(2) },
  { size: { coins: 3, lossy: true, torn: true }, claim: fewerAreMissing(1, { coins: 3 }) },
  { size: { coins: 4, lossy: true, torn: true }, claim: fewerAreMissing(3, { coins: 4 }) },
  { size: { coins: 2, lossy: true }, claim: somethingCanHappen },
  // The fewest faults are not those of the shortest story: a drop is one step, a stop two.
  { size: { coins: 1, idle: true, torn: true }, claim: somethingCanHappen },
  // A world is stuck where only faults can happen.
  { size: { coins: 2, idle: true, torn: true }, claim: somethingCanHappen },
  { size: { coins: 3, lossy: true }, claim: leftHoldsFewerThan(4) },
];

describe('faults and steps are those of brute force', () => {
  test.each(protocols.map((each, index) => ({ index, ...each })))(
    'in protocol $index',
    ({ size, claim }) => {
      const system = createSystem(toy(size));
      const found = fewestFaults(system, [claim], claim.property);
      const forced = byForce(system, claim);
      if (forced === undefined) expect(found.kind).toBe('never');
      else {
        if (found.kind !== 'found') throw new Error(`found ${found.kind}`);
        expect({ faults: found.faults, steps: found.steps.length }).toEqual(forced);
        const run = runSteps(createSystem(toy(size)), [claim], found);
        expect(run.seen).toEqual({ violation: found.violation, step: found.steps.length });
        const faults = found.steps.filter(({ action }) => system.protocol.faults.has(action));
        expect(faults).toHaveLength(found.faults);
      }
    },
  );
});

test('a search that meets its bound says with how many faults the property is proven to hold', () => {
  const size = { coins: 4, lossy: true, torn: true };
  const system = createSystem(toy(size));
  const claim = fewerAreMissing(3, size);
  const bounds = Array.from({ length: 40 }, (_, maxStates) =>
    fewestFaults(system, [claim], claim.property, { maxStates }),
  );
  const below = bounds.flatMap((each) => (each.kind === 'bounded' ? [each.below] : []));
  expect(below).toEqual(below.toSorted((a, b) => a - b));
  expect(below[0]).toBe(0);
  expect(Math.max(...below)).toBeGreaterThan(0);
  expect(Math.max(...below)).toBeLessThanOrEqual(3);
});

test('a step that meets an unspecified event counts as well', () => {
  const system = createSystem(toy({ coins: 2, hasty: true, lossy: true }));
  const found = fewestFaults(system, [], EVERY_EVENT_IS_SPECIFIED);
  expect(found).toMatchObject({ kind: 'found', faults: 0 });
  expect(found.kind === 'found' ? found.steps.map(({ action }) => action) : []).toEqual([
    'pay',
    'pay',
  ]);
});

/** Breadth first through pairs of world and faults so far. */
function byForce(
  system: System,
  claim: Claim,
): { readonly faults: number; readonly steps: number } | undefined {
  const monitor = createMonitor(system, [claim], []);
  const most = 6;
  const best: { faults: number; steps: number }[] = [];
  let level = [{ row: system.initial(), faults: 0 }];
  const seen = new Set<string>();
  for (let steps = 0; level.length > 0; steps++) {
    level = level.filter(({ row, faults }) => {
      const name = `${row.join()} ${faults}`;
      const isNew = faults <= most && !seen.has(name);
      seen.add(name);
      return isNew;
    });
    for (const { row, faults } of level) {
      const isStuck = enabledIn(system, row).every(system.isFault);
      if (monitor.checkAll(row, isStuck).length > 0) best.push({ faults, steps });
    }
    level = level.flatMap(({ row, faults }) =>
      enabledIn(system, row).map((delivery) => {
        const next = row.slice();
        system.perform(next, delivery);
        const isFault = system.protocol.faults.has(system.eventOf(delivery).type);
        return { row: next, faults: faults + (isFault ? 1 : 0) };
      }),
    );
  }
  return best.toSorted((a, b) => a.faults - b.faults || a.steps - b.steps)[0];
}
