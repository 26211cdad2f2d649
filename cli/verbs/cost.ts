/** `cost`: a stored trace with times, and what they were spent on; or a migration of a given size. */
import type { Command } from 'commander';
import { EVERY_EVENT_IS_SPECIFIED } from '../../checker/claims/unspecified-event.ts';
import type { Cost } from '../../checker/specification/timing.ts';
import { runSteps } from '../../checker/stories/strict-replay.ts';
import type { Trace } from '../../checker/stories/trace-format.ts';
import { printable } from '../../checker/text/printable.ts';
import { counted } from '../../checker/text/tables.ts';
import { BadInput } from '../../analysis/errors.ts';
import { openTrace } from '../../analysis/files/open-trace.ts';
import { instanceIn, type CheckedInstance } from '../../analysis/specification/instance.ts';
import { repairedOf, type Loaded } from '../../analysis/specification/loaded.ts';
import { costOfSizes } from '../../analysis/stories/cost-of-sizes.ts';
import { staleText } from '../../analysis/stories/stale-step-text.ts';
import { stepDeliveries } from '../../analysis/stories/step-deliveries.ts';
import { EXIT } from '../exit-codes.ts';
import { whole } from '../option-values.ts';
import { addSpecOptions, choose, type SpecOptions } from '../specification-options.ts';
import { print, printJson, styled } from '../terminal.ts';

type Options = SpecOptions & { readonly json?: true } & { readonly [size in Size]?: number };

/** The sizes as a specification names them; each is an option. */
const sizeNames = ['pages', 'blocks', 'files'] as const;
type Size = (typeof sizeNames)[number];

/** A process of 4 MB; more takes minutes. */
const MOST = 512;

export function addCost(program: Command, done: (code: number) => void): void {
  const verb = program
    .command('cost')
    .description('print a trace with the time of each step, or price a migration by its size')
    .argument('[file]', 'a trace; without, a migration of the sizes given')
    .option('--pages <n>', 'dirty pages of the process', whole(0, MOST))
    .option('--blocks <n>', 'dirty blocks of its files, all together', whole(0, 10_000))
    .option('--files <n>', 'its open files', whole(0, 20))
    .option('--json', 'one JSON document on standard output');
  addSpecOptions(verb, { variant: 'price it on another variant' }).action(
    async (file: string | undefined, options: Options) => done(await cost(file, options)),
  );
}

async function cost(file: string | undefined, options: Options): Promise<number> {
  const given = sizeNames.filter((size) => options[size] !== undefined);
  if (file !== undefined && given.length > 0) {
    throw new BadInput(
      printable(
        `sprite-check: cannot price ${file} by --${given[0]}: a trace has its own sizes; leave one of them out`,
      ),
    );
  }
  const { spec, variant } = await choose(options);
  if (file !== undefined) return costOfTrace(file, options, { spec, elsewhere: variant });
  if (given.length === 0) {
    throw new BadInput(
      'sprite-check: expected a trace, or --pages, --blocks or --files, found none; see "sprite-check cost --help"',
    );
  }
  const sizes = Object.fromEntries(given.map((size) => [size, options[size] ?? 0]));
  const { lines, document } = costOfSizes(spec, variant ?? repairedOf(spec), sizes);
  if (options.json === true) printJson(rounded(document));
  else print(lines);
  return EXIT.holds;
}

function costOfTrace(
  file: string,
  { json }: Options,
  { spec, elsewhere }: { readonly spec: Loaded; readonly elsewhere: string | undefined },
): number {
  const found = openTrace(spec, file, { elsewhere });
  const trace = { ...found, variant: elsewhere ?? found.variant };
  const { variant, scenario, steps } = trace;
  if (steps.length === 0) {
    throw new BadInput(printable(`${file}:1: expected a trace with steps to price, found none`));
  }
  const instance = instanceIn(spec, { variant, scenario: scenario.name, properties: [] });
  const { code, run, lines } = costed(trace, instance);
  if (json === true) {
    const { steps: priced, ...rest } = run.document as { readonly steps: readonly object[] };
    const pricedSteps = priced.map((each, index) => ({ ...steps[index], ...each }));
    const about = { file, variant, scenario: scenario.name };
    printJson(rounded({ ...about, steps: pricedSteps, ...rest, exitCode: code }));
  } else print(lines());
  return code;
}

export type Costed = {
  readonly code: number;
  readonly run: Cost;
  /** The printed lines. */
  readonly lines: () => readonly string[];
};

/** The cost of the steps that take place. */
export function costed(trace: Trace, instance: CheckedInstance): Costed {
  const { spec, system } = instance;
  if (spec.cost === undefined) {
    throw new BadInput(
      `sprite-check: cannot price a story of ${spec.name}: the specification gives no costs; add "cost" to it`,
    );
  }
  const deliveries = stepDeliveries(system, trace);
  const sentences = deliveries.map(([action], index) => {
    const step = trace.steps[index];
    return step === undefined || action === undefined
      ? ''
      : spec.words.sentence(step, action.before);
  });
  const run = spec.cost(deliveries, sentences);
  const code = isWhole(deliveries.length, trace) ? EXIT.holds : EXIT.differs;
  const stale = (): readonly string[] =>
    code === EXIT.holds ? [] : ['', staleLine(instance, trace)];
  return { code, run, lines: () => [...heading(instance, trace, run), ...run.lines, ...stale()] };
}

function heading(
  { spec }: CheckedInstance,
  { title, variant, scenario, steps }: Trace,
  { elapsedMs }: Cost,
): readonly string[] {
  const where = `${spec.noun} ${variant}, scenario ${scenario.name}`;
  return [
    ...(title === undefined ? [] : [printable(title)]),
    `${where}, ${counted(steps.length, 'step')}, ${elapsedMs.toFixed(1)} ms`,
    '',
  ];
}

function staleLine(instance: CheckedInstance, trace: Trace): string {
  const { stale, performed } = runSteps(instance.system, [], trace);
  const text =
    stale === undefined
      ? `stale at step ${performed + 1} because a cell gets an event that its state does not take`
      : staleText(instance, trace, stale);
  return styled('red', text);
}

/** The last step of a trace that ends in an unspecified event does not take place. */
function isWhole(taken: number, trace: Trace): boolean {
  const isCutShort = trace.verdict === 'violated' && trace.property === EVERY_EVENT_IS_SPECIFIED;
  return taken >= trace.steps.length - (isCutShort ? 1 : 0);
}

/** Numbers to the microsecond: smaller digits are rounding noise. */
function rounded(held: unknown): unknown {
  if (typeof held === 'number') return Math.round(held * 1000) / 1000;
  if (Array.isArray(held)) return held.map(rounded);
  if (held === null || typeof held !== 'object') return held;
  return Object.fromEntries(Object.entries(held).map(([key, value]) => [key, rounded(value)]));
}
