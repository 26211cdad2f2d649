/** `cost`: a stored story with times, and what the time went to. */
import type { Command } from 'commander';
import { EVERY_EVENT_IS_SPECIFIED } from '../../checker/claims/unspecified-event.ts';
import { printable } from '../../checker/text/printable.ts';
import { runSteps } from '../../checker/stories/strict-replay.ts';
import type { System } from '../../checker/engine/system.ts';
import type { Trace } from '../../checker/stories/trace-format.ts';
import { msOf, type Loaded, type Priced } from '../../model/timing/charge.ts';
import { fullPrices, values } from '../../model/timing/parameters.ts';
import {
  costOf,
  type Migration,
  type RunCost,
  type TimedStep,
} from '../../model/timing/run-cost.ts';
import { EXIT } from '../exit-codes.ts';
import { BadInput } from '../../analysis/errors.ts';
import { staleText } from '../../analysis/stories/stale-step-text.ts';
import { subjectOf } from '../../analysis/specification/instance.ts';
import { tellSteps } from '../../analysis/stories/step-deliveries.ts';
import { print, printJson, styled } from '../terminal.ts';
import { counted, table } from '../../analysis/text-tables.ts';
import { openTrace } from '../../analysis/files/open-trace.ts';
import { sentence } from '../../model/wording/sentences.ts';

type Options = { readonly json?: true };

export function addCost(program: Command, done: (code: number) => void): void {
  program
    .command('cost')
    .description('tell a stored story with times, and what they were spent on')
    .argument('<file>', 'a trace')
    .option('--json', 'one JSON document on standard output')
    .action((file: string, options: Options) => done(cost(file, options)));
}

function cost(file: string, options: Options): number {
  const trace = openTrace(file);
  const { kernel, scenario, steps } = trace;
  if (steps.length === 0) {
    throw new BadInput(printable(`${file}:1: expected a story with steps to price, found none`));
  }
  const { system } = subjectOf({ kernel, scenario: scenario.name, properties: [] });
  const { code, run, lines } = costed(trace, system);
  if (options.json === true) printJson(rounded(jsonOf(file, trace, { run, exitCode: code })));
  else print(lines());
  return code;
}

export type Costed = {
  readonly code: number;
  readonly run: RunCost;
  /** What is printed of it. */
  readonly lines: () => readonly string[];
};

/** What the steps cost that take place. */
export function costed(trace: Trace, system: System): Costed {
  const run = costOf(tellSteps(system, trace), { prices: fullPrices });
  const code = isWhole(run, trace) ? EXIT.holds : EXIT.differs;
  const stale = (): readonly string[] =>
    code === EXIT.holds ? [] : ['', staleLine(system, trace)];
  return { code, run, lines: () => [...told(trace, run), ...stale()] };
}

function staleLine(system: System, trace: Trace): string {
  const { stale, performed } = runSteps(system, [], trace);
  const text =
    stale === undefined
      ? `stale at step ${performed + 1} because a cell gets an event that its state does not take`
      : staleText(system, trace, stale);
  return styled('red', text);
}

/** The last step of a story about an unspecified event does not take place. */
function isWhole({ steps }: RunCost, trace: Trace): boolean {
  const isCutShort = trace.verdict === 'violated' && trace.property === EVERY_EVENT_IS_SPECIFIED;
  return steps.length >= trace.steps.length - (isCutShort ? 1 : 0);
}

function told(trace: Trace, run: RunCost): readonly string[] {
  const { title, kernel, scenario, steps } = trace;
  const { elapsedMs } = run;
  return [
    ...(title === undefined ? [] : [printable(title)]),
    `kernel ${kernel}, scenario ${scenario.name}, ${counted(steps.length, 'step')}, ${ms(elapsedMs)} ms`,
    '',
    ...(run.steps.length === 0 ? ['no step takes place'] : pricedLines(trace, run)),
  ];
}

function pricedLines(trace: Trace, run: RunCost): readonly string[] {
  return [
    ...stepLines(trace, run),
    '',
    ...(run.migrations.length === 0 ? ['no migration'] : run.migrations.map(migrationText)),
    '',
    ...termLines(run),
    '',
    ...rpcLines(run),
  ];
}

function stepLines({ steps }: Trace, run: RunCost): readonly string[] {
  const rows = run.steps.map((timed, index) => {
    const { startMs, durationMs, host, telling } = timed;
    const [action] = telling;
    const step = steps[index];
    const what = step === undefined || action === undefined ? '' : sentence(step, action.before);
    return [String(index + 1), ms(startMs), ms(durationMs), host, what, spentText(timed)];
  });
  return table([['step', 'start ms', 'ms', 'host', 'what', 'spent on'], ...rows], [0, 1, 2]);
}

const LOADED: { readonly [loaded in Loaded]: string } = {
  pageOut: 'page out',
  pageIn: 'page in',
  blockOut: 'block out',
  blockInMessage: 'block',
  stateInMessage: 'state',
};

function spentText({ spent }: TimedStep): string {
  return spent.map(pricedText).join(', ');
}

function pricedText({ charge, residualMs }: Priced): string {
  const { request, reply, loaded, units = 0 } = charge;
  const rpc = request ?? reply;
  const way = request === undefined ? ' reply' : reply === undefined ? ' request' : '';
  const many = units > 1 ? `${units} × ` : '';
  return [
    ...(rpc === undefined ? [] : [`${rpc}${way}`]),
    ...(loaded === undefined ? [] : [`${many}${LOADED[loaded]}`]),
    ...(residualMs === 0 ? [] : [`residual ${ms(residualMs)}`]),
  ].join(' + ');
}

function migrationText(migration: Migration): string {
  const { process, from, to, startMs, endMs, frozenAtMs, frozenUntilMs } = migration;
  const asked = `${process}, ${from} to ${to}: asked for at ${ms(startMs)} ms`;
  const over =
    endMs === null ? 'not over' : `over at ${ms(endMs)} ms, after ${ms(endMs - startMs)} ms`;
  const frozen =
    frozenAtMs === null
      ? 'never frozen'
      : frozenUntilMs === null
        ? `frozen at ${ms(frozenAtMs)} ms`
        : `frozen ${ms(frozenUntilMs - frozenAtMs)} ms (${ms(frozenAtMs)} to ${ms(frozenUntilMs)})`;
  return `${asked}, ${frozen}, ${over}`;
}

function termLines({ terms, hosts }: RunCost): readonly string[] {
  const heads = ['term', 'count', 'explained ms', 'residual ms', 'total ms', 'ms each'];
  const rows = terms
    .filter(({ totalMs, units }) => totalMs > 0 || units > 0)
    .map(({ term, units, explainedMs, residualMs, totalMs, hosts: own }) => [
      term,
      counted(units),
      ...[explainedMs, residualMs, totalMs].map(ms),
      units === 0 ? '' : ms(totalMs / units),
      ...own.map((each) => ms(each.totalMs)),
    ]);
  const all = [
    'all',
    '',
    ...[
      sum(terms.map(({ explainedMs }) => explainedMs)),
      sum(terms.map(({ residualMs }) => residualMs)),
      sum(terms.map(({ totalMs }) => totalMs)),
    ].map(ms),
    '',
    ...hosts.map(({ totalMs }) => ms(totalMs)),
  ];
  const numbers = Array.from({ length: 5 + hosts.length }, (_, index) => index + 1);
  return table([[...heads, ...hosts.map(({ host }) => `on ${host}`)], ...rows, all], numbers);
}

function rpcLines({ rpcs }: RunCost): readonly string[] {
  const rows = rpcs
    .filter(({ requests, replies }) => requests + replies > 0)
    .map(({ rpc, requests, replies, totalMs }) => [
      rpc,
      counted(requests),
      counted(replies),
      ms(totalMs),
    ]);
  return table([['RPC', 'requests', 'replies', 'ms'], ...rows], [1, 2, 3]);
}

function jsonOf(
  file: string,
  { kernel, scenario, steps }: Trace,
  { run, exitCode }: { readonly run: RunCost; readonly exitCode: number },
): object {
  return {
    file,
    kernel,
    scenario: scenario.name,
    steps: run.steps.map(({ host, startMs, durationMs, spent }, index) => ({
      ...steps[index],
      host,
      startMs,
      durationMs,
      spent: spent.map((each) => ({
        ...each.charge,
        rpcMs: each.rpcMs,
        dataMs: each.dataMs,
        residualMs: each.residualMs,
        totalMs: msOf(each),
      })),
    })),
    elapsedMs: run.elapsedMs,
    migrations: run.migrations,
    terms: run.terms,
    rpcs: run.rpcs,
    hosts: run.hosts,
    parameters: values,
    residualMs: fullPrices.residualMs,
    exitCode,
  };
}

/** Numbers to the microsecond: beyond that they are noise of the sums. */
function rounded(held: unknown): unknown {
  if (typeof held === 'number') return Math.round(held * 1000) / 1000;
  if (Array.isArray(held)) return held.map(rounded);
  if (held === null || typeof held !== 'object') return held;
  return Object.fromEntries(Object.entries(held).map(([key, value]) => [key, rounded(value)]));
}

function ms(value: number): string {
  return value.toFixed(1);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
