/**
 * Makes `traces/` anew: `npm run traces`. Not a verb of the command line; `regress --accept` writes
 * the same, with a reason.
 *
 * Exits 20 where a fault is not caught, a walkthrough cannot be had, or a scenario does not close.
 */
import { EXIT } from './exit.ts';
import { createPool } from './pool.ts';
import { root } from './root.ts';
import { counted, print } from './text.ts';
import { makeTraces } from './traces/make-traces.ts';
import { replaceAll } from './traces/replace-all.ts';

const pool = createPool({ workers: 2 });
try {
  const { files, obsolete, remarks, problems } = await makeTraces(pool);
  replaceAll(root, { files, obsolete });
  print([
    ...remarks,
    ...obsolete.map((file) => `removed ${file}`),
    `${counted(files.size, 'file')} in traces/`,
    ...problems.map((problem) => `PROBLEM  ${problem}`),
  ]);
  process.exitCode = problems.length === 0 ? EXIT.holds : EXIT.differs;
} finally {
  await pool.close();
}
