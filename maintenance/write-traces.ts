/** Generates `traces/` again: `npm run traces`. Not a verb of the command line; `regress --accept` writes
 * the same, with a reason.
 *
 * Exits 20, and writes nothing, if a fault is not caught, a walkthrough is not possible, or a scenario
 * does not close; also because of an interrupt.
 */
import { EXIT } from '../cli/exit-codes.ts';
import { loadSpecification } from '../analysis/specification/load.ts';
import { plainSource } from '../cli/shipped.ts';
import { openPool } from '../cli/pool.ts';
import { root } from '../analysis/files/project-root.ts';
import { print } from '../cli/terminal.ts';
import { counted } from '../checker/text/tables.ts';
import { makeTraces } from '../analysis/baselines/stored-files.ts';
import { replaceAll } from '../analysis/files/replace-files.ts';

const spec = await loadSpecification(plainSource);
const pool = openPool({ spec, workers: 2 });
try {
  const { files, obsolete, remarks, problems } = await makeTraces(spec, pool);
  const isWhole = problems.length === 0;
  if (isWhole) replaceAll(root, { files, obsolete });
  print([
    ...remarks,
    ...(isWhole ? obsolete : []).map((file) => `removed ${file}`),
    isWhole ? `${counted(files.size, 'file')} in traces/` : 'traces/ is as before',
    ...problems.map((problem) => `PROBLEM  ${problem}`),
  ]);
  process.exitCode = isWhole ? EXIT.holds : EXIT.differs;
} finally {
  await pool.close();
}
