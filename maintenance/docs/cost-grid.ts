/** The model's own migrations over a grid, timed, and what their times grow by. */
import { createSystem, type System } from '../../checker/engine/system.ts';
import { boot } from '../../model/boot.ts';
import { sprite } from '../../model/kernel.ts';
import type { Prices } from '../../model/timing/charge.ts';
import { scenarioOf, sizesOf, type Case } from '../../model/timing/grid.ts';
import { leastSquares } from '../../model/timing/least-squares.ts';
import { costOf, type RunCost, type Telling } from '../../model/timing/run-cost.ts';
import { take } from '../../analysis/stories/step-deliveries.ts';
import { enabledIn } from '../../checker/engine/enabled.ts';

/** A run of a case: the same at any price. */
export type ToldCase = { readonly case: Case; readonly tellings: readonly Telling[] };

/** What the time to migrate grows by. */
export type Growth = {
  readonly fixed: number;
  readonly page: number;
  readonly block: number;
  readonly file: number;
};

export function tellCase(wanted: Case): ToldCase {
  const system = createSystem(boot(sprite, scenarioOf(wanted)));
  return { case: wanted, tellings: tellToTheEnd(system) };
}

/**
 * Until nothing is enabled, each time what is enabled first; a migration is asked for only where
 * nothing else is left to do.
 */
function tellToTheEnd(system: System): readonly Telling[] {
  const row = system.initial();
  const tellings: Telling[] = [];
  for (;;) {
    const enabled = enabledIn(system, row);
    const first = enabled.find((each) => system.eventOf(each).type !== 'requested') ?? enabled[0];
    const telling = first === undefined ? undefined : take(system, row, first);
    if (telling === undefined) return tellings;
    tellings.push(telling);
  }
}

export function costOfCase(told: ToldCase, prices: Prices): RunCost {
  return costOf(told.tellings, { prices, ...sizesOf(told.case) });
}

/** From the request until the source has switched away. */
export function timeToMigrate({ migrations }: RunCost): number {
  const [migration] = migrations;
  if (migrations.length !== 1 || migration === undefined || migration.endMs === null) {
    throw new Error('expected one whole migration');
  }
  return migration.endMs - migration.startMs;
}

export function growthOf(told: readonly ToldCase[], prices: Prices): Growth {
  const points = told.map((each) => {
    const { dirtyPages, dirtyBlocks, openFiles } = each.case;
    const output = timeToMigrate(costOfCase(each, prices));
    return { inputs: [1, dirtyPages, dirtyBlocks, openFiles], output };
  });
  const [fixed = 0, page = 0, block = 0, file = 0] = leastSquares(points);
  return { fixed, page, block, file };
}
