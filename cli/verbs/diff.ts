/** `diff`: what only one of two variants allows, or what a process observes otherwise in one of them. */
import { dirname } from 'node:path';
import { Option, type Command } from 'commander';
import { tryToWrite } from '../../checker/text/files.ts';
import {
  compareAll,
  roundsFor,
  shortestOf,
  smallScenarios,
  verdictOf,
  type ComparisonResult,
} from '../../analysis/compare/comparison.ts';
import {
  diffJson,
  reachLines,
  resultRows,
  comparedStoryLines,
  comparisonLines,
  diffVerdictLine,
} from '../text/diff.ts';
import { comparisonsWith, type RevisionPlan } from '../../analysis/compare/revision-plan.ts';
import { sideOf } from '../../analysis/compare/compared-models.ts';
import { differenceTrace } from '../../analysis/compare/difference-trace.ts';
import { EXIT } from '../exit-codes.ts';
import { BadInput } from '../../analysis/errors.ts';
import type { Loaded } from '../../analysis/specification/loaded.ts';
import { addSpecOptions, choose, type SpecOptions } from '../specification-options.ts';
import { quietOption, seconds, whole } from '../option-values.ts';
import type { Pool } from '../../analysis/jobs/worker-pool.ts';
import { openPool } from '../pool.ts';
import { shippedModules } from '../shipped.ts';
import { refuseStored, refuseUnwritable } from '../../analysis/files/output-places.ts';
import { openRevision } from '../../analysis/compare/revision-checkout.ts';
import { writtenText } from '../output-file.ts';
import { print, printJson } from '../terminal.ts';

type Options = SpecOptions & {
  readonly against?: string;
  readonly internal?: true;
  readonly maxStates: number;
  readonly timeout?: number;
  readonly workers: number;
  readonly strict?: true;
  readonly out?: string;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly json?: true;
};

export function addDiff(program: Command, done: (code: number) => void): void {
  const verb = program
    .command('diff')
    .description('find the shortest run that only one of two variants allows')
    .argument('[variant]', 'a variant by name, or a file with one')
    .argument('[other]', 'another')
    .option(
      '--against <rev>',
      'compare with a git revision; runs the code of model/ as it is there',
    )
    .option(
      '--internal',
      'compare every step, by cell, action and parameters, not only observations',
    )
    .option(
      '--max-states <n>',
      'bound on pairs, worlds and members of sets in one scenario',
      whole(1),
      5_000_000,
    )
    .option('--timeout <seconds>', 'stop then, and print what is known', seconds)
    .addOption(
      new Option('--workers <n>', 'worker threads; they change no verdict')
        .argParser(whole(1, 256))
        .default(2),
    )
    .option('--strict', 'exit 2 if something is unknown')
    .option('--out <file>', 'write the story as a trace')
    .addOption(quietOption())
    .option('--verbose', 'print a line for each kernel, even if there are many')
    .option('--json', 'one JSON document on standard output');
  addSpecOptions(verb, { scenario: 'only these scenarios' }).action(
    async (variant: string | undefined, other: string | undefined, options: Options) =>
      done(await diffVariants([variant, other], options)),
  );
}

async function diffVariants(
  given: readonly (string | undefined)[],
  options: Options,
): Promise<number> {
  const variants = given.flatMap((each) => each ?? []);
  const { spec, variants: named, scenarios } = await choose(options, { variants });
  const { noun } = spec;
  refuseStored(spec.home, options.out);
  if (options.out !== undefined) refuseUnwritable(dirname(options.out));
  const asked = scenarios.length === 0 ? undefined : scenarios;
  if (options.against === undefined) {
    const [first, second] = named;
    if (first === undefined || second === undefined) {
      throw new BadInput(
        `sprite-check: diff compares two ${noun}s; give two names, or one and --against REVISION`,
      );
    }
    const rounds = asked === undefined ? roundsFor(spec, [second, first]) : [asked];
    const sides = [{ variant: first }, { variant: second }] as const;
    const wanted = asked ?? smallScenarios(spec);
    const comparisons = [{ names: [first, second], sides, rounds, wanted } as const];
    return await compareAndPrint(spec, { comparisons, notes: [] }, options);
  }
  if (spec.options !== '') {
    throw new BadInput(
      'sprite-check: cannot compare files of your own with a revision: --against builds the model of this repository as it was; compare two files instead',
    );
  }
  if (named.length > 1) {
    throw new BadInput(
      `sprite-check: --against takes one ${noun}, found two; leave one of them out`,
    );
  }
  const revision = await openRevision(options.against, shippedModules);
  try {
    const plan = await comparisonsWith(spec, revision, { variant: named[0], scenarios: asked });
    return await compareAndPrint(spec, plan, options);
  } finally {
    revision.remove();
  }
}

async function compareAndPrint(
  spec: Loaded,
  { comparisons, notes }: RevisionPlan,
  options: Options,
): Promise<number> {
  const { workers, timeout, internal = false, maxStates } = options;
  const pool = openPool({ spec, workers, timeoutSeconds: timeout });
  try {
    const compared = await compareAll(pool, comparisons, { internal, maxStates });
    const code = exitCode(pool, compared, options);
    const different = compared.find((each) => shortestOf(each) !== undefined);
    const written = different === undefined ? [] : write(spec, different, options);
    if (options.json === true) {
      printJson({
        internal,
        comparisons: compared.map((each) => diffJson(spec, each)),
        notes,
        written,
        exitCode: code,
      });
    } else {
      // Notes are read below a long table, not above it.
      print(
        compared.length > 1
          ? [...comparisonLines(spec, compared, { isAll: options.verbose === true }), ...notes]
          : [...notes, ...compared.flatMap((each) => lines(spec, each, options))],
      );
      if (different !== undefined) {
        const said =
          options.quiet === true ? [] : ['', ...(await story(spec, different, internal))];
        print([...said, ...written]);
      }
    }
    return code;
  } finally {
    await pool.close();
  }
}

function lines(spec: Loaded, compared: ComparisonResult, { quiet }: Options): readonly string[] {
  const below = [...reachLines(spec, compared), ...resultRows(compared)];
  return [diffVerdictLine(compared), ...(quiet === true ? [] : below)];
}

async function story(
  spec: Loaded,
  compared: ComparisonResult,
  internal: boolean,
): Promise<readonly string[]> {
  const shortest = shortestOf(compared);
  if (shortest?.diff.kind !== 'different') return [];
  const place = { scenario: shortest.scenario, internal };
  const [first, second] = compared.sides;
  const sides = [await sideOf(spec, first, place), await sideOf(spec, second, place)] as const;
  return comparedStoryLines(spec, shortest.diff.difference, { names: compared.names, sides });
}

/** Writes the trace, and says where it is or why it is not written. */
function write(spec: Loaded, compared: ComparisonResult, { out }: Options): readonly string[] {
  const shortest = shortestOf(compared);
  if (out === undefined || shortest?.diff.kind !== 'different') return [];
  const { difference } = shortest.diff;
  const [allows, denies] = [difference.allowedBy, 1 - difference.allowedBy];
  const { variant, revision } = compared.sides[allows];
  if (revision !== undefined) return [`not written: the story is one of ${compared.names[allows]}`];
  const place = { variant, other: compared.names[denies] ?? '', scenario: shortest.scenario };
  const trace = differenceTrace(spec, difference, place);
  if ('problem' in trace) return [`not written: ${trace.problem}`];
  return [writtenText(out, tryToWrite(out, trace.text))];
}

function exitCode(pool: Pool, compared: readonly ComparisonResult[], { strict }: Options): number {
  if (compared.some((each) => shortestOf(each) !== undefined)) return EXIT.differs;
  if (pool.ended() === 'interrupted') return EXIT.interrupted;
  const isUnknown = compared.some((each) => verdictOf(each) === 'unknown');
  return isUnknown && strict === true ? EXIT.unknown : EXIT.holds;
}
