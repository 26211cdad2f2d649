/**
 * Whether every guard, action, observation and offer of the model matters, and every row of its tables:
 * `npm run mutants:guards`. Not a verb of the command line. Empties one after the other, takes out one
 * row, guard or action of a row after the other, and prints those that no test and no search notices.
 *
 *   npm run mutants:guards -- stream entry     only these machines
 *
 * Exits 20 if one survives that `mutants.known.json` does not list, or if one listed there does not survive.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { kernels } from '../model/kernels/all.ts';
import { EXIT } from '../cli/exit-codes.ts';
import { mutantText, type TriedMutant } from './guard-mutant.ts';
import { isOpen, knownSurvivors, mutantsOf, openText } from './guard-mutant-list.ts';
import { root } from '../analysis/files/project-root.ts';
import { print } from '../cli/terminal.ts';
import { counted } from '../checker/text/tables.ts';
import { createThreads } from '../analysis/jobs/worker-threads.ts';

const WORKERS = 2;
const parts = process.argv.slice(2);
const { mutants, notUsed } = mutantsOf(kernels, parts);
const { href } = pathToFileURL(join(root, 'dist', 'maintenance', 'guard-mutants.worker.js'));
const threads = createThreads(href, { name: 'tryOut', least: WORKERS, most: WORKERS });
let done = 0;
try {
  const tried = await Promise.all(
    mutants.map(async (mutant) => {
      const result = (await threads.run(mutant)) as TriedMutant;
      done++;
      if (done % 20 === 0) process.stderr.write(`${done} of ${mutants.length} done\n`);
      return result;
    }),
  );
  process.exitCode = report(tried);
} finally {
  await threads.destroy();
}

function report(tried: readonly TriedMutant[]): number {
  const survivors = tried
    .filter(({ noticed }) => noticed === undefined)
    .map(({ mutant }) => mutantText(mutant));
  const known = knownSurvivors(join(root, 'test', 'model', 'mutants.known.json'));
  const isNews = survivors.filter((survivor) => !known.has(survivor));
  const asked = new Set(mutants.map(mutantText));
  const isGone = [...known.keys()].filter((each) => asked.has(each) && !survivors.includes(each));
  const isListed = isGone.filter((each) => !isOpen(known.get(each)));
  print([
    `${counted(tried.length)} guards, actions, observations, offers and rows emptied or taken out one at a time, ${counted(survivors.length)} not noticed`,
    ...survivors.map((each) => `  ${each}: ${known.get(each) ?? 'NOT EXPLAINED'}`),
    ...openText(survivors.map((each) => known.get(each))),
    ...isGone.map((each) =>
      isOpen(known.get(each))
        ? `  ${each}: noticed now, and open in the list: remove it`
        : `  ${each}: noticed now, and listed as not noticed`,
    ),
    `${counted(notUsed.length)} that the repaired kernel does not use`,
    ...notUsed.map(({ mutant, usedBy }) => {
      const users = usedBy.length === 0 ? 'no machine: DEAD' : usedBy.join(', ');
      return `  ${mutantText(mutant)}: used by ${users}`;
    }),
  ]);
  return isNews.length + isListed.length === 0 ? EXIT.holds : EXIT.differs;
}
