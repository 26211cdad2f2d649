// What is remembered of XState's answers must be what XState answers: one random walk, taken by a
// system that remembers and by one that asks XState each time, world by world and in full.
// SPRITE_CHECK_LONG=1 walks 100,000 steps.

import { describe, expect, test } from '@jest/globals';
import { canonical } from '../../checker/text/canonical-json.ts';
import { createPrng } from '../../checker/random/prng.ts';
import { enabledIn } from '../../checker/engine/enabled.ts';
import { createSystem, type System } from '../../checker/engine/system.ts';
import { boot } from '../../model/boot.ts';
import { sprite } from '../../model/kernel.ts';
import { scenarios } from '../../model/scenarios/all.ts';
import type { Scenario } from '../../model/scenarios/scenario.ts';

const SEED = 1989;
const isLong = process.env['SPRITE_CHECK_LONG'] === '1';
const STEPS = Math.ceil((isLong ? 100_000 : 600) / scenarios.length);

describe(`${STEPS} steps of`, () => {
  test.each(scenarios)(
    '$name are the same with and without memory',
    (scenario) => {
      expect(firstDifference(scenario, STEPS)).toBeUndefined();
    },
    isLong ? 1_200_000 : 30_000,
  );
});

/** The walk begins again wherever nothing is enabled. */
function firstDifference(scenario: Scenario, steps: number): string | undefined {
  const remembering = createSystem(boot(sprite, scenario));
  const asking = createSystem(boot(sprite, scenario), { remember: false });
  const prng = createPrng(SEED);
  const rows = [remembering.initial(), asking.initial()] as const;
  for (let step = 1; step <= steps; step++) {
    const enabled = [enabledIn(remembering, rows[0]), enabledIn(asking, rows[1])] as const;
    const names = [named(remembering, enabled[0]), named(asking, enabled[1])] as const;
    if (names[0] !== names[1]) return `step ${step}: enabled ${names[0]}, or ${names[1]}`;
    if (enabled[0].length === 0) {
      rows[0].set(remembering.initial());
      rows[1].set(asking.initial());
      continue;
    }
    const drawn = prng.below(enabled[0].length);
    remembering.perform(rows[0], enabled[0][drawn] ?? 0);
    asking.perform(rows[1], enabled[1][drawn] ?? 0);
    const worlds = [worldText(remembering, rows[0]), worldText(asking, rows[1])] as const;
    if (worlds[0] !== worlds[1]) return `step ${step}: ${worlds[0]}, or ${worlds[1]}`;
  }
  return undefined;
}

function named(system: System, deliveries: readonly number[]): string {
  return deliveries
    .map((delivery) => `${system.cellOf(delivery)} ${canonical(system.eventOf(delivery))}`)
    .join('; ');
}

function worldText(system: System, row: Int32Array): string {
  return system.protocol.cells
    .map(({ name }, cell) => `${name} ${canonical(system.local(cell, row[cell] as number))}`)
    .join('\n');
}
