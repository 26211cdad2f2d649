/**
 * Compares every shipped kernel with `sprite` and writes `docs/reference/diffs.md`: `npm run diffs`.
 * With names, those kernels only; the other rows stay: `npm run diffs -- R1 P-two-copies`; with
 * `missing`, the kernels without a row. Not a verb of the command line. Exits 2 if some
 * comparison did not end.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { writeWhole } from '../checker/text/files.ts';
import { loadSpecification } from '../analysis/specification/load.ts';
import { plainSource } from '../cli/shipped.ts';
import {
  compareAll,
  roundsFor,
  shortestOf,
  smallScenarios,
  stepCount,
  verdictOf,
  type ComparisonResult,
  type Comparison,
} from '../analysis/compare/comparison.ts';
import { repairedOf } from '../analysis/specification/loaded.ts';
import { variantNamed } from '../analysis/specification/lookup.ts';
import { DIFFS, diffsPage, rowsFrom, rowsIn } from './docs/diffs-page.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { openPool } from '../cli/pool.ts';
import { root } from '../analysis/files/project-root.ts';
import { print } from '../cli/terminal.ts';
import { counted, table } from '../checker/text/tables.ts';

const MAX_STATES = 5_000_000;
const WORKERS = 2;
const spec = await loadSpecification(plainSource);
const repaired = repairedOf(spec);

const kernels = spec.variants.map(({ id }) => id).filter((id) => id !== repaired);
const page = join(root, DIFFS);
const before = rowsIn(readFileSync(page, 'utf8'));

const comparisons = namedIn(process.argv.slice(2)).map((id): Comparison => ({
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
    const now = rowsFrom(observed, internal);
    const rows = kernels.flatMap(
      (id) => [...now, ...before].find(({ kernel }) => kernel === id) ?? [],
    );
    const missing = kernels.filter((id) => !rows.some(({ kernel }) => kernel === id));
    writeWhole(page, diffsPage(rows, missing));
    print([DIFFS]);
  }
} finally {
  await pool.close();
}

function namedIn(names: readonly string[]): readonly string[] {
  if (names.length === 0) return kernels;
  if (names.join() === 'missing') {
    return kernels.filter((id) => !before.some(({ kernel }) => kernel === id));
  }
  return names.map((name) => variantNamed(spec, name).id);
}

function isUnknown(compared: ComparisonResult): boolean {
  return verdictOf(compared) === 'unknown';
}

/** With its time, which is not in the page: it differs from run to run. */
function rowOf(compared: ComparisonResult): readonly string[] {
  const { results, sides } = compared;
  const shortest = shortestOf(compared);
  const pairs = results.reduce((sum, { diff }) => sum + diff.pairs, 0);
  const seconds = results.reduce((sum, { diffMs }) => sum + diffMs, 0) / 1000;
  return [
    sides[1].variant,
    shortest?.scenario ?? verdictOf(compared),
    shortest === undefined ? '' : counted(stepCount(shortest), 'step'),
    `${counted(pairs)} pairs`,
    `${seconds.toFixed(1)} s`,
  ];
}
