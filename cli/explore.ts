/** `explore`: every world of a scenario, counted, and held against the pinned counts. */
import type { Command } from 'commander';
import { BASELINE, pin, pinned, type Counts } from './baseline.ts';
import { BadInput, EXIT } from './exit.ts';
import type { ExhaustiveJob, ExhaustiveResult } from './jobs.ts';
import { kernelNamed, scenarioNamed } from './names.ts';
import { seconds, whole } from './options.ts';
import { createPool } from './pool.ts';
import { findingText, tellStory } from './story.ts';
import { subjectOf } from './subject.ts';
import { counted, print, printJson, table } from './text.ts';

type Options = {
  readonly kernel: string;
  readonly maxStates: number;
  readonly timeout?: number;
  readonly accept?: true;
  readonly baseline: string;
  readonly json?: true;
};

export function addExplore(program: Command, done: (code: number) => void): void {
  program
    .command('explore')
    .description('count every state of a scenario, and compare with the pinned counts')
    .argument('<scenario>', 'a scenario by name')
    .option('--kernel <id>', 'the kernel to explore', 'sprite')
    .option('--max-states <n>', 'end when as many states are stored', whole(1), 20_000_000)
    .option('--timeout <seconds>', 'end then, with what is known', seconds)
    .option('--accept', 'pin these counts')
    .option('--baseline <file>', 'the pinned counts', BASELINE)
    .option('--json', 'one JSON document on standard output')
    .action(async (name: string, options: Options) => done(await exploreOne(name, options)));
}

async function exploreOne(name: string, options: Options): Promise<number> {
  const scenario = scenarioNamed(name).name;
  const kernel = kernelNamed(options.kernel).id;
  const key = `${kernel}/${scenario}`;
  const { baseline, maxStates, accept = false } = options;
  // Read first: what cannot be read must not be found out after a long search.
  const before = pinned(baseline, key);
  const pool = createPool({ workers: 1, timeoutSeconds: options.timeout });
  try {
    const place = { kernel, scenario, properties: [] };
    const job: ExhaustiveJob = { kind: 'exhaustive', ...place, maxStates, until: [] };
    const [result] = await pool.run([job], 'exploring');
    if (result === undefined) throw new Error('no result');
    const against = accept ? undefined : before;
    const code = exitCode(result, against, pool.ended() === 'interrupted');
    if (options.json === true)
      printJson({ ...jsonOf(kernel, result), pinned: before, exitCode: code });
    else print(lines(kernel, result, against));
    process.stderr.write(`${rateText(result)}\n`);
    if (accept && code === EXIT.holds) acceptCounts(baseline, key, result);
    return code;
  } finally {
    await pool.close();
  }
}

/** Times stand apart from the counts, which are the same on every machine. */
function rateText({ states, exploreMs, bytesPerState }: ExhaustiveResult): string {
  const rate = Math.round((states / exploreMs) * 1000);
  return `${counted(exploreMs / 1000)} s, ${counted(rate, 'state')}/s, ${counted(bytesPerState)} bytes a state`;
}

function acceptCounts(baseline: string, key: string, result: ExhaustiveResult): void {
  const { ending, states, transitions, depth } = result;
  if (ending !== 'closed') {
    const found = `found one that did not close: ${key} is not pinned`;
    throw new BadInput(`sprite-check: expected a space that closes, ${found}`);
  }
  pin(baseline, key, { states, transitions, depth });
  process.stderr.write(`${key} is pinned in ${baseline}\n`);
}

function exitCode(
  result: ExhaustiveResult,
  against: Counts | undefined,
  isInterrupted: boolean,
): number {
  if (result.found.length > 0) return EXIT.safety;
  if (isInterrupted) return EXIT.interrupted;
  return against === undefined || isAsPinned(result, against) ? EXIT.holds : EXIT.differs;
}

function isAsPinned(result: ExhaustiveResult, before: Counts): boolean {
  return (
    result.ending === 'closed' &&
    result.states === before.states &&
    result.transitions === before.transitions &&
    result.depth === before.depth
  );
}

function lines(
  kernel: string,
  result: ExhaustiveResult,
  before: Counts | undefined,
): readonly string[] {
  const { scenario, states, transitions, depth, ending, stuck, machineRuns } = result;
  return [
    `${scenario}, kernel ${kernel}: ${ending === 'closed' ? 'closed' : `not closed (${ending})`}`,
    ...table(
      [
        ['states', counted(states)],
        ['transitions', counted(transitions)],
        ['depth', counted(depth)],
        ['states where nothing is enabled', counted(stuck)],
        ['XState runs', counted(machineRuns)],
      ].map((row) => ['', ...row]),
      [2],
    ),
    '  local states, most first',
    ...table(
      result.census.map(({ cell, locals }) => ['   ', cell, counted(locals)]),
      [2],
    ),
    ...result.found.flatMap(({ violation, steps }) => [
      '',
      `an event that nobody specified, after ${counted(steps.length - 1, 'step')}`,
      ...tellStory(subjectOf({ kernel, scenario, properties: [] }).system, steps),
      `  ${findingText(violation.finding)}`,
    ]),
    ...(before === undefined ? [] : [againstPinned(result, before)]),
  ];
}

function againstPinned(result: ExhaustiveResult, before: Counts): string {
  if (isAsPinned(result, before)) return 'as pinned';
  const { states, transitions, depth } = before;
  return (
    `DIFFERS from what is pinned: ${counted(states, 'state')}, ` +
    `${counted(transitions, 'transition')}, depth ${depth}`
  );
}

function jsonOf(kernel: string, { exploreMs, ...result }: ExhaustiveResult): object {
  return {
    kernel,
    ...result,
    exploreMs: Math.round(exploreMs),
    statesPerSecond: Math.round((result.states / exploreMs) * 1000),
  };
}
