/** `explore`: counts every world of a scenario, and compares the counts with the pinned ones. */
import { NO_DEADLOCK } from '../../checker/claims/deadlock.ts';
import { MAX_AHEAD } from '../../checker/claims/look-ahead.ts';
import { whyNotWritten } from '../../checker/text/files.ts';
import type { Command } from 'commander';
import { match } from 'ts-pattern';
import { printable } from '../../checker/text/printable.ts';
import { pin, pinned, type PinnedCounts } from '../../analysis/baselines/pinned-counts.ts';
import { BadInput } from '../../analysis/errors.ts';
import { verdicts } from '../../analysis/check/verdicts.ts';
import { propertyOf } from '../../analysis/specification/lookup.ts';
import { findingLine, storyLines } from '../text/story.ts';
import { verdictLines } from '../text/verdicts.ts';
import { EXIT, exitOfViolation } from '../exit-codes.ts';
import { measuredOf } from '../../analysis/jobs/unfinished-job.ts';
import type { ExhaustiveJob, ExhaustiveResult } from '../../analysis/jobs/jobs.ts';
import { fromHere, refuseReadOnly } from '../../analysis/files/home.ts';
import { storedNames } from '../../analysis/baselines/stored-names.ts';
import { repairedOf, type Loaded } from '../../analysis/specification/loaded.ts';
import { addSpecOptions, choose, type SpecOptions } from '../specification-options.ts';
import { quietOption, seconds, whole } from '../option-values.ts';
import type { Pool } from '../../analysis/jobs/worker-pool.ts';
import { openPool } from '../pool.ts';
import { instanceIn } from '../../analysis/specification/instance.ts';
import { print, printJson, say, styled } from '../terminal.ts';
import { counted, table } from '../../checker/text/tables.ts';

const MOST_LISTED = 10;

type Ended = ReturnType<Pool['ended']>;

type Options = SpecOptions & {
  readonly maxStates: number;
  readonly maxAhead: number;
  readonly timeout?: number;
  readonly accept?: true;
  readonly baseline?: string;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly json?: true;
};

export function addExplore(program: Command, done: (code: number) => void): void {
  const verb = program
    .command('explore')
    .description('count every state of a scenario, and compare with the pinned counts')
    .argument('[scenario]', 'a scenario by name, or a file with one')
    .option('--max-states <n>', 'stop when so many states are stored', whole(1), 20_000_000)
    .option(
      '--max-ahead <n>',
      'states that a claim of --property may look ahead of each state',
      whole(1),
      MAX_AHEAD,
    )
    .option('--timeout <seconds>', 'stop then, and print what is known', seconds)
    .option('--accept', 'pin these counts')
    .option('--baseline <file>', 'pinned counts to compare with, in place of the stored ones')
    .addOption(quietOption())
    .option('--verbose', 'list all machine transitions that were never taken')
    .option('--json', 'one JSON document on standard output');
  addSpecOptions(verb, {
    variant: 'the variant to explore',
    scenario: 'the scenario, if it is no argument',
    property: 'check these properties as well',
  }).action(async (name: string | undefined, options: Options) =>
    done(await exploreOne(name, options)),
  );
}

async function exploreOne(name: string | undefined, options: Options): Promise<number> {
  const { spec, ...named } = await choose(options, { scenarios: name === undefined ? [] : [name] });
  // With an argument, the option only makes its scenarios known.
  const [scenario, ...others] = named.scenarios;
  if (scenario === undefined || (name === undefined && others.length > 0)) {
    const found = scenario === undefined ? 'none' : `${named.scenarios.length}`;
    throw new BadInput(
      `sprite-check: expected one scenario to explore, found ${found}; "sprite-check list scenarios${spec.options}" names them`,
    );
  }
  const properties = named.properties ?? [];
  const variant = named.variant ?? repairedOf(spec);
  const key = `${variant}/${scenario}`;
  const { maxStates, maxAhead, accept = false } = options;
  const baseline = options.baseline ?? fromHere(spec.home, storedNames(spec.home).counts);
  if (accept && options.baseline === undefined) refuseReadOnly(spec.home);
  // The pins are read first, so that an unreadable file is reported before a long search.
  const before = pinned(baseline, key);
  const pool = openPool({ spec, workers: 1, timeoutSeconds: options.timeout });
  try {
    const place = { variant, scenario, properties, maxAhead };
    const job: ExhaustiveJob = { kind: 'exhaustive', ...place, maxStates, until: [] };
    const [result] = await pool.run([job], 'exploring');
    if (result === undefined) throw new Error('no result');
    const against = accept ? undefined : before;
    const ended = pool.ended();
    const found = exitCode(spec, result, { before: against, ended });
    // The pins are written before anything is printed, because the document contains the exit code.
    const unpinned = accept && found === EXIT.holds ? pinCounts(baseline, key, result) : undefined;
    const code = unpinned === undefined ? found : EXIT.usage;
    if (options.json === true)
      printJson({ ...jsonOf(variant, result), pinned: before, exitCode: code });
    else if (result.states === 0)
      print([`${key}: ${howEnded(result, ended)}; nothing was explored`]);
    else
      print([
        ...exploredLines(spec, result, { ...options, variant, ended, properties }),
        ...(accept ? [] : [pinnedLine(key, result, { baseline, before })]),
      ]);
    if (result.exploreMs > 0) say(rateText(result));
    if (unpinned !== undefined) {
      say(`sprite-check: ${key} is not pinned: ${unpinned}`);
    } else if (accept && code === EXIT.holds) {
      say(`${key} is pinned in ${printable(baseline)}`);
    }
    return code;
  } finally {
    await pool.close();
  }
}

/** Times are apart from the counts, which are the same on every machine. */
function rateText({ states, exploreMs, bytesPerState }: ExhaustiveResult): string {
  const rate = Math.round((states / exploreMs) * 1000);
  return `${counted(exploreMs / 1000)} s, ${counted(rate, 'state')}/s, ${counted(bytesPerState)} bytes a state`;
}

/** Undefined, or why the counts are not pinned. */
function pinCounts(baseline: string, key: string, result: ExhaustiveResult): string | undefined {
  const { ending, states, transitions, depth } = result;
  if (ending !== 'closed') {
    return 'the search stopped before it had visited every state; raise --max-states';
  }
  try {
    pin(baseline, key, { states, transitions, depth });
    return undefined;
  } catch (error) {
    return `${printable(baseline)} cannot be written: ${whyNotWritten(error)}`;
  }
}

function exitCode(
  spec: Loaded,
  result: ExhaustiveResult,
  { before, ended }: { readonly before: PinnedCounts | undefined; readonly ended: Ended },
): number {
  const codes = result.found.map(({ violation: { property } }) =>
    exitOfViolation(property, propertyOf(spec, property)),
  );
  if (codes.length > 0) return Math.min(...codes);
  if (ended === 'interrupted') return EXIT.interrupted;
  return before !== undefined && comparison(result, before) === 'differs'
    ? EXIT.differs
    : EXIT.holds;
}

/** A search that did not close differs only if it has found more states than are pinned. */
function comparison(
  { ending, states, transitions, depth }: ExhaustiveResult,
  before: PinnedCounts,
): 'same' | 'differs' | 'unknown' {
  if (ending !== 'closed') return states > before.states ? 'differs' : 'unknown';
  const isSame =
    states === before.states && transitions === before.transitions && depth === before.depth;
  return isSame ? 'same' : 'differs';
}

function howEnded({ ending }: ExhaustiveResult, ended: Ended): string {
  if (ending === 'closed') return 'closed';
  const why: { readonly [ending: string]: string } = {
    states: 'ended at --max-states',
    interrupted: ended === 'timeout' ? 'ended by --timeout' : 'interrupted',
  };
  return `not closed (${why[ending] ?? ending})`;
}

/** What was measured, for a terminal. */
export function exploredLines(
  spec: Loaded,
  result: ExhaustiveResult,
  {
    variant,
    ended,
    properties,
    quiet,
    verbose,
  }: {
    readonly variant: string;
    readonly ended: Ended;
    readonly properties: readonly string[];
    readonly quiet?: true;
    readonly verbose?: true;
  },
): readonly string[] {
  const { scenario, states, transitions, depth, stuck, machineRuns, asked } = result;
  const { taken, never } = result.coverage;
  const head = `${scenario}, ${spec.noun} ${variant}: ${howEnded(result, ended)}`;
  const visited = [
    ['states', counted(states)],
    ['transitions', counted(transitions)],
    ['depth', counted(depth)],
  ];
  if (result.isUnfinished === true) {
    const rows = table(
      visited.map((row) => ['', ...row]),
      [2],
    );
    return [head, ...rows, '  the search did not end in time: nothing else was measured'];
  }
  if (quiet === true) return [head, ...violationLines(spec, variant, result, false)];
  return [
    head,
    ...table(
      [
        ...visited,
        ['states where nothing is enabled', counted(stuck)],
        ['transitions that XState computed', counted(machineRuns)],
        ['transitions of the machines', counted(taken.length + never.length)],
        ['of those never taken', counted(never.length)],
        ['answers of machines and claims', counted(asked.answers)],
        ['of those computed twice', counted(asked.twice)],
      ].map((row) => ['', ...row]),
      [2],
    ),
    ...(result.deadlock === undefined ? [] : [printable(`  ${result.deadlock}`)]),
    '  the cells with the most local states',
    ...table(
      result.census.map(({ cell, locals }) => ['   ', cell, counted(locals)]),
      [2],
    ),
    ...hintLines(result, verbose === true),
    ...(properties.length === 0 ? [] : ['', ...verdictLines(verdicts(properties, [result]))]),
    ...violationLines(spec, variant, result, true),
  ];
}

/** The protocol is made again only if there is a violation to print. */
function violationLines(
  spec: Loaded,
  variant: string,
  { scenario, found }: ExhaustiveResult,
  isPrinted: boolean,
): readonly string[] {
  if (found.length === 0) return [];
  const properties = found.map(({ violation }) => violation.property);
  const instance = instanceIn(spec, { variant, scenario, properties });
  return found.flatMap((story) => [
    '',
    `${styled('red', 'VIOLATED')} ${story.violation.property}: ${howViolated(spec, story)}`,
    ...(isPrinted ? storyLines(instance, story, { finding: story.violation.finding }) : []),
    findingLine(story.violation.finding),
  ]);
}

/** What may be intended but should be known: what never happens, and what makes the search slow. */
function hintLines(
  { hints, coverage, ending }: ExhaustiveResult,
  isAll: boolean,
): readonly string[] {
  const { neverEnabled, growing } = hints;
  const soFar = ending === 'closed' ? '' : ' so far';
  return [
    ...growing.map(
      ({ machine, cells, locals, runs }) =>
        `  machine ${machine} holds much in one cell (${cells.join(', ')}): ${counted(locals)} local ` +
        `states, for which XState was asked ${counted(runs)} times; several cells would be faster`,
    ),
    ...listed(
      `  offered, and enabled in no state${soFar}`,
      neverEnabled.map(({ cell, event }) => `${cell}: ${event}`),
      isAll,
    ),
    ...listed(`  transitions never taken${soFar}`, coverage.never, isAll),
  ].map(printable);
}

/** The first few; the document of `--json` has all. */
function listed(title: string, all: readonly string[], isAll: boolean): readonly string[] {
  if (all.length === 0) return [];
  const most = isAll ? all.length : MOST_LISTED;
  const more = all.length - most;
  return [
    title,
    ...all.slice(0, most).map((each) => `    ${each}`),
    ...(more > 0 ? [`    and ${counted(more)} more: --verbose lists them`] : []),
  ];
}

/** The checker's own properties are always checked, and no specification states them. */
function howViolated(
  spec: Loaded,
  { violation, steps }: ExhaustiveResult['found'][number],
): string {
  const stated = propertyOf(spec, violation.property);
  if (stated !== undefined) return `after ${counted(steps.length, 'step')}; ${stated.statement}`;
  return violation.property === NO_DEADLOCK
    ? `after ${counted(steps.length, 'step')} nothing can happen any more, faults apart`
    : `after ${counted(steps.length - 1, 'step')} a cell gets an event that its state does not take`;
}

function pinnedLine(
  key: string,
  result: ExhaustiveResult,
  { baseline, before }: { readonly baseline: string; readonly before: PinnedCounts | undefined },
): string {
  if (before === undefined) {
    const next = result.ending === 'closed' ? '--accept pins these' : 'what is not closed is not';
    return `no counts are pinned for ${key} in ${printable(baseline)}; ${next}`;
  }
  const { states, transitions, depth } = before;
  const all = [counted(states, 'state'), counted(transitions, 'transition'), `depth ${depth}`];
  return match(comparison(result, before))
    .with('same', () => 'as pinned')
    .with('differs', () => `DIFFERS from what is pinned: ${all.join(', ')}`)
    .with('unknown', () => `not compared with what is pinned (${all.join(', ')}): not closed`)
    .exhaustive();
}

function jsonOf(variant: string, result: ExhaustiveResult): object {
  const { exploreMs, ...known } = measuredOf(result);
  if (exploreMs === undefined) return { variant, ...known };
  return {
    variant,
    ...known,
    exploreMs: Math.round(exploreMs),
    statesPerSecond: Math.round((result.states / exploreMs) * 1000),
  };
}
