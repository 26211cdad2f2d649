/**
 * Compares every shipped kernel with `sprite` and writes `docs/reference/diffs.md`: `npm run diffs`.
 * Not a verb of the command line. Exits 2 where some comparison did not end.
 */
import { join } from 'node:path';
import { writeWhole } from '../checker/text/files.ts';
import { loadSpecification } from '../analysis/specification/load.ts';
import { plainSource } from '../cli/shipped.ts';
import {
  compareAll,
  roundsFor,
  shortestOf,
  smallScenarios,
  stepsOf,
  verdictOf,
  type Compared,
  type Comparison,
} from '../analysis/compare/comparison.ts';
import { repairedOf } from '../analysis/specification/loaded.ts';
import { DIFFS, diffsPage } from './docs/diffs-page.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { openPool } from '../cli/pool.ts';
import { root } from '../analysis/files/project-root.ts';
import { print } from '../cli/terminal.ts';
import { counted, table } from '../checker/text/tables.ts';

const MAX_STATES = 5_000_000;
const WORKERS = 2;
const spec = await loadSpecification(plainSource);
const repaired = repairedOf(spec);

const comparisons = spec.variants
  .filter(({ id }) => id !== repaired)
  .map(({ id }): Comparison => ({
    names: [repaired, id],
    sides: [{ variant: repaired }, { variant: id }],
    rounds: roundsFor(spec, [id]),
    wanted: smallScenarios(spec),
  }));
const pool = openPool({ spec, workers: WORKERS });
try {
  const observed = await compareAll(pool, comparisons, { internal: false, maxStates: MAX_STATES });
  const same = observed.filter((each) => shortestOf(each) === undefined);
  const internal = await compareAll(pool, same, { internal: true, maxStates: MAX_STATES });
  process.exitCode = [...observed, ...internal].some(isUnknown) ? EXIT.unknown : EXIT.holds;
  print(table([...observed, ...internal].map(rowOf), [2, 3, 4]));
  if (pool.ended() === undefined) {
    writeWhole(join(root, DIFFS), diffsPage(observed, internal));
    print([DIFFS]);
  }
} finally {
  await pool.close();
}

function isUnknown(compared: Compared): boolean {
  return verdictOf(compared) === 'unknown';
}

/** With the time it took, which the page does not name: it is another one each time. */
function rowOf(compared: Compared): readonly string[] {
  const { results, sides } = compared;
  const shortest = shortestOf(compared);
  const pairs = results.reduce((sum, { diff }) => sum + diff.pairs, 0);
  const seconds = results.reduce((sum, { diffMs }) => sum + diffMs, 0) / 1000;
  return [
    sides[1].variant,
    shortest?.scenario ?? verdictOf(compared),
    shortest === undefined ? '' : counted(stepsOf(shortest), 'step'),
    `${counted(pairs)} pairs`,
    `${seconds.toFixed(1)} s`,
  ];
}
