/** `check`: every property that applies, exhaustively in small scenarios, at random in others. */
import { Option, type Command } from 'commander';
import type { ScenarioBase } from '../../checker/specification/specification.ts';
import { MAX_AHEAD } from '../../checker/claims/look-ahead.ts';
import { DEFAULT_MAX_STEPS } from '../../checker/random/walk.ts';
import { componentFaultsIn } from '../../analysis/check/component-faults.ts';
import type { CheckOptions, CheckResult } from '../../analysis/check/check-result.ts';
import { coverageNow } from '../../analysis/check/lost-transitions.ts';
import { refuseStoriesIn, writeStories } from '../../analysis/check/counterexample-files.ts';
import { EXIT, exitOfViolation } from '../exit-codes.ts';
import { checkFaults } from '../../analysis/check/known-faults.ts';
import type { ExhaustiveJob, RandomJob } from '../../analysis/jobs/jobs.ts';
import { propertyOf, scenarioNamed, variantNamed } from '../../analysis/specification/lookup.ts';
import { quietOption, seconds, seed, whole } from '../option-values.ts';
import { openPool } from '../pool.ts';
import { checkJson, closingLines, openingLines } from '../text/check.ts';
import { checkOutcomes } from '../../analysis/reports/check-outcomes.ts';
import type { ReportMeta } from '../../analysis/reports/outcome.ts';
import { storedTraces } from '../../analysis/reports/stored-violations.ts';
import { openBaseline, writeReports } from '../../analysis/reports/write-reports.ts';
import { addReportOptions, sayUnwritten } from '../report-options.ts';
import { fromHere } from '../../analysis/files/home.ts';
import { storedNames } from '../../analysis/baselines/stored-names.ts';
import { repairedOf, type Loaded } from '../../analysis/specification/loaded.ts';
import { addSpecOptions, choose, type SpecOptions } from '../specification-options.ts';
import { sizeOf } from '../../checker/specification/specification.ts';
import { takenList } from '../../analysis/baselines/transitions-taken.ts';
import { print, printJson, say } from '../terminal.ts';
import { counted } from '../../checker/text/tables.ts';
import { verdicts } from '../../analysis/check/verdicts.ts';
import { VERSION } from '../../analysis/version.ts';

/** Random runs of a scenario by its size, so that the main job ends within two minutes. */
const RUNS = { small: 2000, general: 2000, large: 150 } as const;

export function addCheck(program: Command, done: (code: number) => void): void {
  const verb = program
    .command('check')
    .description('check every property that applies, or those named')
    .argument('[scenario...]', 'scenarios by name, or files with one (default: all)')
    .option(
      '--runs <n>',
      `random runs of each scenario that is sampled (${RUNS.general}; ${RUNS.large} of a large one)`,
      whole(1, 2 ** 31),
    )
    .option('--seed <n>', 'seed of the random runs', seed, 1989)
    .option('--max-steps <n>', 'steps of a random run', whole(1, 10_000), DEFAULT_MAX_STEPS)
    .option('--max-states <n>', 'states of an exhaustive search', whole(1), 2_000_000)
    .option(
      '--max-ahead <n>',
      'states that a claim may look ahead of each state; with more it is UNKNOWN',
      whole(1),
      MAX_AHEAD,
    )
    .option('--timeout <seconds>', 'stop then, and print what is known', seconds)
    .option('--workers <n>', 'worker threads; they change no verdict', whole(1, 256), 2)
    .addOption(
      new Option('--exhaustive', 'visit every state, whatever the size of a scenario').conflicts([
        'random',
        'runs',
        'maxSteps',
      ]),
    )
    .option('--random', 'walk at random, whatever the size of a scenario')
    .option('--strict', 'exit 2 if something is unknown, vacuous or lost')
    .option('--coverage', 'list the machine transitions that were never taken')
    .addOption(quietOption())
    .option('--verbose', 'print every scenario and every property by itself')
    .option('--json', 'one JSON document on standard output')
    .option('--out <dir>', 'where counterexamples are written', 'out');
  addSpecOptions(addReportOptions(verb), {
    variant: 'the variant to check',
    scenario: 'scenarios to check',
    property: 'only these properties',
  }).action(async (names: string[], options: CheckOptions & SpecOptions) =>
    done(await check(names, options)),
  );
}

async function check(
  names: readonly string[],
  given: Omit<CheckOptions, 'variant'> & SpecOptions,
): Promise<number> {
  const { spec, ...named } = await choose(given, { scenarios: names });
  const variant = variantNamed(spec, named.variant ?? repairedOf(spec));
  const options: CheckOptions = { ...given, variant: variant.id };
  const chosen =
    named.scenarios.length === 0
      ? spec.scenarios
      : named.scenarios.map((name) => scenarioNamed(spec, name));
  const ids = named.properties ?? spec.properties.map(({ id }) => id);
  const jobs = chosen.map((scenario) => jobFor(scenario, ids, options));
  const looksForFaults =
    variant === spec.variants[0] && named.scenarios.length === 0 && named.properties === undefined;

  const baseline = openBaseline(spec, options);
  // A transition is lost only if the first variant takes it in no small scenario: all must be searched.
  const { taken } = storedNames(spec.home);
  const pinned = looksForFaults ? takenList.readFrom(fromHere(spec.home, taken)) : [];
  refuseStoriesIn(spec, options.out, variant.id);

  if (options.json !== true && options.quiet !== true)
    print(openingLines(spec, variant, { options, jobs }));
  const startedAt = new Date().toISOString();
  const started = performance.now();
  const pool = openPool({ spec, workers: options.workers, timeoutSeconds: options.timeout });
  try {
    const results = await pool.run<ExhaustiveJob | RandomJob>(jobs, 'checking');
    const { stories, problems } =
      pool.ended() === undefined
        ? await writeStories(spec, pool, { results, asked: options })
        : { stories: [], problems: [] };
    for (const problem of problems) say(problem);
    const faults =
      looksForFaults && pool.ended() === undefined
        ? await checkFaults(spec, pool, options.maxStates)
        : [];
    const componentFaults = await componentFaultsIn(pool, variant, results);
    const ended = pool.ended();
    const checked: CheckResult = {
      variant: variant.id,
      options,
      results,
      verdicts: verdicts(ids, results),
      stories,
      faults,
      coverage: coverageNow(results, pinned),
      weaknesses: componentFaults,
      ended,
    };
    const code = exitCode(spec, checked);
    if (options.json === true) printJson(checkJson(checked, code));
    else print(closingLines(spec, checked, code));
    const spent = (performance.now() - started) / 1000;
    say(`${counted(spent)} s`);
    if (options.junit !== undefined || options.sarif !== undefined) {
      const outcomes = checkOutcomes(spec, checked, storedTraces(spec));
      const meta = metaOf(options, { startedAt, seconds: spent, exitCode: code });
      sayUnwritten(writeReports(spec, { options, baseline }, { outcomes, meta }));
    }
    return code;
  } finally {
    await pool.close();
  }
}

function jobFor(
  scenario: ScenarioBase,
  ids: readonly string[],
  options: CheckOptions,
): ExhaustiveJob | RandomJob {
  const { variant, maxStates, maxAhead, runs, seed: from, maxSteps } = options;
  const place = { variant, scenario: scenario.name, properties: ids, maxAhead };
  const isExhaustive =
    options.exhaustive === true || (options.random !== true && sizeOf(scenario) === 'small');
  return isExhaustive
    ? { kind: 'exhaustive', ...place, maxStates, until: [] }
    : { kind: 'random', ...place, runs: runs ?? RUNS[sizeOf(scenario)], seed: from, maxSteps };
}

function metaOf(
  { seed: from, maxSteps, maxStates, maxAhead, runs, strict }: CheckOptions,
  ran: Pick<ReportMeta, 'startedAt' | 'seconds' | 'exitCode'>,
): ReportMeta {
  const asked = { seed: from, maxStates, maxAhead, maxSteps, ...(runs !== undefined && { runs }) };
  return { verb: 'check', version: VERSION, strict: strict === true, asked, ...ran };
}

function exitCode(
  spec: Loaded,
  { verdicts: found, stories, faults, coverage, ended, options }: CheckResult,
): number {
  const violated = found
    .filter(({ verdict }) => verdict === 'VIOLATED')
    .map(({ property }) => exitOfViolation(property, propertyOf(spec, property)));
  const codes = [
    ...(stories.some(({ differs }) => differs !== undefined) ? [EXIT.internal] : []),
    ...violated,
    ...(faults.some(({ verdict }) => verdict === 'MISSED') ? [EXIT.differs] : []),
    ...(ended === 'interrupted' ? [EXIT.interrupted] : []),
  ];
  if (codes.length > 0) return Math.min(...codes);
  const isOpen =
    found.some(({ verdict }) => verdict === 'UNKNOWN' || verdict === 'VACUOUS') ||
    (coverage?.lost ?? []).length > 0;
  return isOpen && options.strict === true ? EXIT.unknown : EXIT.holds;
}
