/**
 * `regress`: compares everything that is stored with the present variants: traces, pinned counts, faults
 * that must be caught, properties that must hold. One table, one verdict.
 */
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import type { Command } from 'commander';
import { EXIT } from '../exit-codes.ts';
import { BadInput } from '../../analysis/errors.ts';
import { refuseStoriesIn } from '../../analysis/check/counterexample-files.ts';
import { addSpecOptions, choose, type SpecOptions } from '../specification-options.ts';
import { repairedOf, type Loaded } from '../../analysis/specification/loaded.ts';
import { refuseReadOnly } from '../../analysis/files/home.ts';
import { quietOption, whole } from '../option-values.ts';
import type { Pool } from '../../analysis/jobs/worker-pool.ts';
import { openPool } from '../pool.ts';
import { accept, reasonFrom } from '../../analysis/regress/accept.ts';
import { readExpected, type Expected } from '../../analysis/regress/expected.ts';
import { sampleAgain } from '../../analysis/regress/unchanged-tree.ts';
import { judgeStored } from '../../analysis/regress/judge.ts';
import { measure, type Scope } from '../../analysis/regress/measure.ts';
import type { Measured } from '../../analysis/regress/measurements.ts';
import { regressJson, reportLines, type Regressed } from '../text/regress.ts';
import { readStamp, writeStamp } from '../../analysis/regress/stamp.ts';
import { treeHash } from '../../analysis/regress/tree-hash.ts';
import { outcomesOf } from '../../analysis/regress/row.ts';
import {
  openBaseline,
  type ReportOptions,
  writeReports,
} from '../../analysis/reports/write-reports.ts';
import { addReportOptions, sayUnwritten } from '../report-options.ts';
import { isInstalled, root } from '../../analysis/files/project-root.ts';
import { print, printJson, say } from '../terminal.ts';
import { counted } from '../../checker/text/tables.ts';
import { VERSION } from '../../analysis/version.ts';

type Options = {
  readonly maxStates: number;
  readonly workers: number;
  readonly force?: true;
  readonly accept?: true;
  readonly reason?: string;
  readonly all?: true;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly json?: true;
  readonly out: string;
} & ReportOptions &
  SpecOptions;

type Found = Omit<Regressed, 'isInterrupted'>;

const STAMP = relative(process.cwd(), join(root, 'out', 'regress.stamp.json'));

export function addRegress(program: Command, done: (code: number) => void): void {
  const verb = program
    .command('regress')
    .description('compare everything that is stored with the present variants')
    .argument('[scenario...]', 'only what concerns these; everything without')
    .option('--force', 'measure everything, even on an unchanged tree')
    .option('--accept', 'store the present results as the expected ones; needs --reason')
    .option('--reason <text>', 'why they changed; it is written to the changelog')
    .option('--max-states <n>', 'states of one search; one that meets it fails', whole(1), 500_000)
    .option('--workers <n>', 'worker threads; they change no verdict', whole(1, 256), 2)
    .option('--all', 'also print what holds, row by row')
    .addOption(quietOption())
    .option('--verbose', 'print every row that fails, also if several have one cause')
    .option('--json', 'one JSON document on standard output')
    .option('--out <dir>', 'where stories of violated properties are written', 'out');
  addSpecOptions(addReportOptions(verb)).action(async (names: string[], options: Options) =>
    done(await regress(names, options)),
  );
}

async function regress(names: readonly string[], options: Options): Promise<number> {
  const { spec, scenarios: chosen } = await choose(options, { scenarios: names });
  const reason = checkedReason(chosen, options);
  if (reason !== undefined) refuseReadOnly(spec.home);
  const baseline = openBaseline(spec, options);
  refuseStoriesIn(spec, options.out, repairedOf(spec));
  const startedAt = new Date().toISOString();
  const scope: Scope = { chosen, maxStates: options.maxStates, out: options.out };
  const started = performance.now();
  const pool = openPool({ spec, workers: options.workers });
  try {
    const found = await regressedIn(spec, pool, {
      scope,
      force: options.force === true || reason !== undefined,
    });
    const holds = found.rows.every((row) => row.holds);
    const accepted =
      reason === undefined || holds || pool.ended() !== undefined
        ? undefined
        : await accept(pool, found, reason);
    const isWritten = accepted?.kind === 'written';
    const isInterrupted = pool.ended() !== undefined && !isWritten;
    const regressed = { ...found, isInterrupted };
    const code = isInterrupted ? EXIT.interrupted : holds || isWritten ? EXIT.holds : EXIT.differs;
    if (options.json === true) printJson(regressJson(regressed, accepted, code));
    else
      print(
        reportLines(regressed, {
          chosen,
          accepted,
          isToAccept: reason !== undefined,
          shown: options.all ? 'all' : options.verbose ? 'failed' : 'folded',
          isQuiet: options.quiet === true,
        }),
      );
    const seconds = (performance.now() - started) / 1000;
    say(`${counted(seconds)} s`);
    // A report with missing rows would look better than the tree is.
    if (isInterrupted) return code;
    const unwritten = writeReports(
      spec,
      { options, baseline },
      {
        outcomes: outcomesOf(spec.home, regressed.rows),
        meta: {
          verb: 'regress',
          version: VERSION,
          startedAt,
          seconds,
          ...(regressed.since === undefined ? {} : { timesOf: regressed.since.finished }),
          exitCode: code,
          strict: true,
          asked: { maxStates: options.maxStates },
        },
      },
    );
    sayUnwritten(unwritten);
    return code;
  } finally {
    await pool.close();
  }
}

/** Undefined if nothing is to be accepted. */
function checkedReason(
  chosen: readonly string[],
  { accept: asked, reason }: Options,
): string | undefined {
  if (asked === true && chosen.length > 0) {
    throw new BadInput('sprite-check: --accept takes no scenarios: it accepts all changes or none');
  }
  if (asked === true) return reasonFrom(reason);
  if (reason === undefined) return undefined;
  throw new BadInput('sprite-check: --reason needs --accept');
}

/** Some rows are undecided if the run was interrupted. */
async function regressedIn(
  spec: Loaded,
  pool: Pool,
  { scope, force }: { readonly scope: Scope; readonly force: boolean },
): Promise<Found> {
  const tree = hashed(scope);
  const expected = readExpected(spec, scope.chosen);
  // The user's files may import anything, so they are measured each time. And nothing is written in
  // an installed package.
  const isWhole = scope.chosen.length === 0 && spec.options === '' && !isInstalled;
  const known = isWhole && !force ? await fromStamp(pool, tree, { expected, scope }) : undefined;
  if (known !== undefined) {
    const { measured, ...since } = known;
    return { rows: judgeStored(expected, measured, []), expected, tree, since };
  }
  const measured = await measure(pool, expected, scope);
  if (isWhole && pool.ended() === undefined && isStill(tree, scope)) {
    keepStamp({ tree, finished: new Date().toISOString(), measured });
  }
  return { rows: judgeStored(expected, measured, scope.chosen), expected, tree, since: undefined };
}

/** A missing stamp loses no verdict: the next run only takes longer. */
function keepStamp(stamp: Parameters<typeof writeStamp>[1]): void {
  try {
    writeStamp(STAMP, stamp);
  } catch {
    say(`${STAMP} cannot be written: the next run measures everything again`);
  }
}

type Known = { readonly measured: Measured; readonly finished: string; readonly repeated: number };

async function fromStamp(
  pool: Pool,
  tree: string,
  asked: { readonly expected: Expected; readonly scope: Scope },
): Promise<Known | undefined> {
  const read = readStamp(STAMP);
  if (read.kind === 'unusable') return discarded(read.why);
  if (read.kind === 'none' || read.stamp.tree !== tree) return undefined;
  // A run writes its counterexamples, also those of failures that the stamp knows.
  if (!hasStories(read.stamp.measured, asked.scope)) return undefined;
  const sampled = await sampleAgain(pool, read.stamp, asked);
  if (pool.ended() !== undefined) return undefined;
  if (sampled.kind === 'different') {
    return discarded(`${STAMP}: measured again, ${sampled.which} differs`);
  }
  const { measured, finished } = read.stamp;
  return { measured, finished, repeated: sampled.repeated };
}

function hasStories({ scenarios }: Measured, { out }: Scope): boolean {
  return scenarios
    .flatMap(({ found }) => found)
    .every(
      ({ file }) =>
        file === undefined ||
        (dirname(join(root, file)) === resolve(out) && existsSync(join(root, file))),
    );
}

function discarded(why: string): undefined {
  say(`${why}; the stamp is not used, everything is measured`);
}

/** The tree may be edited while it is measured, even so that it has no hash. */
function isStill(tree: string, scope: Scope): boolean {
  try {
    return hashed(scope) === tree;
  } catch (error) {
    if (error instanceof BadInput) return false;
    throw error;
  }
}

function hashed({ maxStates }: Scope): string {
  return treeHash(root, [
    `node ${process.version}`,
    `${process.platform} ${process.arch}`,
    `${maxStates} states`,
  ]);
}
