/**
 * Whether every condition matters: `npm run mutants:claims` for the properties, `npm run
 * mutants:conditions` for the machines. Not a verb of the command line. Takes out one thing at a time (a
 * conjunct, an alternative, a finding, a claim, a parameter that is sent) and prints what no check misses.
 *
 *   npm run mutants:claims -- nothing-is-left quiescence     only files with these in their names
 *
 * Exits 20 if something is not missed and not in the list of known ones, or is in that list and is missed.
 */
import { join } from 'node:path';
import { EXIT } from '../cli/exit-codes.ts';
import { print } from '../cli/terminal.ts';
import { root } from '../analysis/files/project-root.ts';
import { createThreads } from '../analysis/jobs/worker-threads.ts';
import { counted } from '../checker/text/tables.ts';
import type { Judged } from './conditions/judged.ts';
import { bundleOfClaims, bundleOfMachines } from './conditions/judges.ts';
import type { Site } from './conditions/sites.ts';
import { isOpen, knownSurvivors, openText } from './guard-mutant-list.ts';

type Verdict = { readonly name: string; readonly judged: Judged };

const isOfMachines = process.argv[2] === 'machines';
const files = process.argv.slice(3);
const list = `${isOfMachines ? 'machine' : 'claim'}-conditions.known.json`;
const known = knownSurvivors(join(root, 'test', 'model', list));
const { href, sites, remove } = await (isOfMachines ? bundleOfMachines() : bundleOfClaims());
// One thread: it remembers its results for each story and scenario.
const threads = createThreads(href, { name: 'judge', most: 1 });
try {
  process.exitCode = report(await verdictsOn(sites.filter(isAsked)));
} finally {
  await threads.destroy();
  remove();
}

function isAsked({ file }: Site): boolean {
  return files.length === 0 || files.some((each) => file.includes(each));
}

async function verdictsOn(asked: readonly Site[]): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  for (const { id, file, name } of asked) {
    // oxlint-disable-next-line no-await-in-loop -- there is one thread
    verdicts.push({ name, judged: (await threads.run({ id, file })) as Judged });
    if (verdicts.length % 50 === 0) {
      process.stderr.write(`${verdicts.length} of ${asked.length} done\n`);
    }
  }
  return verdicts;
}

function report(verdicts: readonly Verdict[]): number {
  const survivors = verdicts.filter(({ judged }) => judged.noticed === undefined);
  const isNews = survivors.filter(({ name }) => !known.has(name));
  const missed = verdicts.filter(
    ({ name, judged }) => judged.noticed !== undefined && known.has(name),
  );
  const isListed = missed.filter(({ name }) => !isOpen(known.get(name)));
  const names = new Set(sites.map(({ name }) => name));
  const gone = [...known.keys()].filter((name) => !names.has(name));
  print([
    `${counted(verdicts.length)} taken out one at a time, ${counted(survivors.length)} not missed`,
    ...survivors.map(({ name, judged }) => {
      const why = known.get(name) ?? 'NOT EXPLAINED';
      return `  ${name}: ${why}${judged.isTouched ? '' : ' (nothing ever depends on it)'}`;
    }),
    ...openText(survivors.map(({ name }) => known.get(name))),
    ...missed.map(({ name, judged }) => {
      const listed = isOpen(known.get(name)) ? 'open: remove it' : 'not missed';
      return `  ${name}: missed now: ${judged.noticed}, and listed in ${list} as ${listed}`;
    }),
    ...gone.map((name) => `  ${name}: listed in ${list}, and not there any more`),
  ]);
  return isNews.length + isListed.length + gone.length === 0 ? EXIT.holds : EXIT.differs;
}
