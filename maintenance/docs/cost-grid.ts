/** The times of the model's own migrations over a grid, and their growth. */
import { createSystem } from '../../checker/engine/system.ts';
import { boot } from '../../model/boot.ts';
import { sprite } from '../../model/kernel.ts';
import type { Prices } from '../../model/timing/charge.ts';
import { askedLast, scenarioOfCase, sizesOf, type Case } from '../../model/timing/grid.ts';
import { leastSquares } from '../../model/timing/least-squares.ts';
import { costOf, type RunCost, type StepDeliveries } from '../../model/timing/run-cost.ts';
import { runToTheEnd } from '../../analysis/stories/run-to-the-end.ts';

/** A run of a case: the same at any price. */
export type CaseRun = { readonly case: Case; readonly steps: readonly StepDeliveries[] };

/** The growth of the time to migrate. */
export type Growth = {
  readonly fixed: number;
  readonly page: number;
  readonly block: number;
  readonly file: number;
};

export function runCase(wanted: Case): CaseRun {
  const system = createSystem(boot(sprite, scenarioOfCase(wanted)));
  const steps = runToTheEnd(system, (each) => askedLast.has(system.eventOf(each).type));
  return { case: wanted, steps };
}

export function costOfCase(run: CaseRun, prices: Prices): RunCost {
  return costOf(run.steps, { prices, ...sizesOf(run.case) });
}

/** From the request until the source has switched away. */
export function timeToMigrate({ migrations }: RunCost): number {
  const [migration] = migrations;
  if (migrations.length !== 1 || migration === undefined || migration.endMs === null) {
    throw new Error('expected one whole migration');
  }
  return migration.endMs - migration.startMs;
}

export function growthOf(runs: readonly CaseRun[], prices: Prices): Growth {
  const points = runs.map((each) => {
    const { dirtyPages, dirtyBlocks, openFiles } = each.case;
    const output = timeToMigrate(costOfCase(each, prices));
    return { inputs: [1, dirtyPages, dirtyBlocks, openFiles], output };
  });
  const [fixed = 0, page = 0, block = 0, file = 0] = leastSquares(points);
  return { fixed, page, block, file };
}
