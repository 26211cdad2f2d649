// No step looks at another host but those that are listed with a reason: every observation of the repaired
// kernel is recorded in walks through every scenario. An entry that no walk needs is gone, too.

import { expect, test } from '@jest/globals';
import { enabledIn } from '../../checker/engine/enabled.ts';
import { createSystem } from '../../checker/engine/system.ts';
import { createPrng } from '../../checker/random/prng.ts';
import { boot, type SpriteProtocol } from '../../model/boot.ts';
import type { PlacedCell } from '../../model/cells/put.ts';
import { sprite } from '../../model/kernel.ts';
import { elsewhere } from '../../model/observations/elsewhere.ts';
import { scenarios } from '../../model/scenarios/all.ts';
import type { Look } from '../../model/vocabulary/cell.ts';
import { holderOf } from '../../model/vocabulary/holder.ts';
import { kindOf } from '../../model/vocabulary/ids.ts';

const SEEDS = [1, 2, 3, 4];
const STEPS = 80;
const SLOW = 120_000;

type Seen = Map<string, Set<string>>;

test(
  'an observation looks at another host only as the list says',
  () => {
    const seen: Seen = new Map();
    for (const scenario of scenarios) walkThrough(recording(boot(sprite, scenario), seen));
    const listed = Object.entries(elsewhere).map(
      ([observer, kinds]) => [observer, Object.keys(kinds).toSorted()] as const,
    );
    expect(
      Object.fromEntries([...seen].map(([name, kinds]) => [name, [...kinds].toSorted()])),
    ).toEqual(Object.fromEntries(listed));
  },
  SLOW,
);

/** The same cells, whose observations also note what they look at on another host. */
function recording(protocol: SpriteProtocol, seen: Seen): SpriteProtocol {
  return { ...protocol, cells: protocol.cells.map((cell) => noting(cell, seen)) };
}

function noting(cell: PlacedCell, seen: Seen): PlacedCell {
  const observes = Object.entries(cell.observes).map(([type, observe]) => {
    const noted: typeof observe = (look, event) => {
      const own = holderOf(cell.name, look(cell.name));
      const noticing: Look = (name) => {
        const there = look(name);
        const other = holderOf(name, there);
        if (own !== undefined && other !== undefined && own !== other) {
          const key = `${kindOf(cell.name)} ${type}`;
          seen.set(key, (seen.get(key) ?? new Set()).add(kindOf(name)));
        }
        return there;
      };
      return observe(noticing, event);
    };
    return [type, noted];
  });
  return { ...cell, observes: Object.fromEntries(observes) as PlacedCell['observes'] };
}

function walkThrough(protocol: SpriteProtocol): void {
  const system = createSystem(protocol, { remember: false });
  for (const seed of SEEDS) {
    const { below } = createPrng(seed);
    const row = system.initial();
    for (let taken = 0; taken < STEPS; taken++) {
      const enabled = enabledIn(system, row);
      const delivery = enabled[below(enabled.length)];
      if (delivery === undefined) break;
      system.perform(row, delivery);
    }
  }
}
