/** `cost`: a stored story with times, and what the time went to. */
import type { Command } from 'commander';
import { EVERY_EVENT_IS_SPECIFIED } from '../../checker/claims/unspecified-event.ts';
import type { Cost } from '../../checker/specification/timing.ts';
import { runSteps } from '../../checker/stories/strict-replay.ts';
import type { Trace } from '../../checker/stories/trace-format.ts';
import { printable } from '../../checker/text/printable.ts';
import { counted } from '../../checker/text/tables.ts';
import { BadInput } from '../../analysis/errors.ts';
import { openTrace } from '../../analysis/files/open-trace.ts';
import { instanceOf, type Instance } from '../../analysis/specification/instance.ts';
import { staleText } from '../../analysis/stories/stale-step-text.ts';
import { tellSteps } from '../../analysis/stories/step-deliveries.ts';
import { EXIT } from '../exit-codes.ts';
import { addSpecOptions, choose, type SpecOptions } from '../specification-options.ts';
import { print, printJson, styled } from '../terminal.ts';

type Options = SpecOptions & { readonly json?: true };

export function addCost(program: Command, done: (code: number) => void): void {
  const verb = program
    .command('cost')
    .description('tell a stored story with times, and what they were spent on')
    .argument('<file>', 'a trace')
    .option('--json', 'one JSON document on standard output');
  addSpecOptions(verb).action(async (file: string, options: Options) =>
    done(await cost(file, options)),
  );
}

async function cost(file: string, options: Options): Promise<number> {
  const { spec } = await choose(options);
  const trace = openTrace(spec, file);
  const { variant, scenario, steps } = trace;
  if (steps.length === 0) {
    throw new BadInput(printable(`${file}:1: expected a story with steps to price, found none`));
  }
  const instance = instanceOf(spec, { variant, scenario: scenario.name, properties: [] });
  const { code, run, lines } = costed(trace, instance);
  if (options.json === true) {
    const { steps: priced, ...rest } = run.document as { readonly steps: readonly object[] };
    const told = priced.map((each, index) => ({ ...steps[index], ...each }));
    const about = { file, variant, scenario: scenario.name };
    printJson(rounded({ ...about, steps: told, ...rest, exitCode: code }));
  } else print(lines());
  return code;
}

export type Costed = {
  readonly code: number;
  readonly run: Cost;
  /** What is printed of it. */
  readonly lines: () => readonly string[];
};

/** What the steps cost that take place. */
export function costed(trace: Trace, instance: Instance): Costed {
  const { spec, system } = instance;
  if (spec.cost === undefined) {
    throw new BadInput(
      `sprite-check: cannot price a story of ${spec.name}: the specification gives no costs; add "cost" to it`,
    );
  }
  const tellings = tellSteps(system, trace);
  const sentences = tellings.map(([action], index) => {
    const step = trace.steps[index];
    return step === undefined || action === undefined
      ? ''
      : spec.words.sentence(step, action.before);
  });
  const run = spec.cost(tellings, sentences);
  const code = isWhole(tellings.length, trace) ? EXIT.holds : EXIT.differs;
  const stale = (): readonly string[] =>
    code === EXIT.holds ? [] : ['', staleLine(instance, trace)];
  return { code, run, lines: () => [...heading(instance, trace, run), ...run.lines, ...stale()] };
}

function heading(
  { spec }: Instance,
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

function staleLine(instance: Instance, trace: Trace): string {
  const { stale, performed } = runSteps(instance.system, [], trace);
  const text =
    stale === undefined
      ? `stale at step ${performed + 1} because a cell gets an event that its state does not take`
      : staleText(instance, trace, stale);
  return styled('red', text);
}

/** The last step of a story about an unspecified event does not take place. */
function isWhole(taken: number, trace: Trace): boolean {
  const isCutShort = trace.verdict === 'violated' && trace.property === EVERY_EVENT_IS_SPECIFIED;
  return taken >= trace.steps.length - (isCutShort ? 1 : 0);
}

/** Numbers to the microsecond: beyond that they are noise of the sums. */
function rounded(held: unknown): unknown {
  if (typeof held === 'number') return Math.round(held * 1000) / 1000;
  if (Array.isArray(held)) return held.map(rounded);
  if (held === null || typeof held !== 'object') return held;
  return Object.fromEntries(Object.entries(held).map(([key, value]) => [key, rounded(value)]));
}
