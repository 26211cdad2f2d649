/** The times of a run of Sprite, for exports, and its cost, for `cost`; both follow from its events. */
import type { Cost, Span, Cascade, Timing } from '../checker/specification/timing.ts';
import { counted, sum, table } from '../checker/text/tables.ts';
import { msOf, type LoadedData, type Priced } from '../model/timing/charge.ts';
import { fullPrices, values } from '../model/timing/parameters.ts';
import { costOf, type Migration, type RunCost, type TimedStep } from '../model/timing/run-cost.ts';

export function timing(deliveries: readonly Cascade[]): Timing {
  const { steps, migrations, elapsedMs } = costOf(deliveries, { prices: fullPrices });
  return {
    steps: steps.map((timed) => {
      const { host, startMs, durationMs } = timed;
      return { column: host, startMs, durationMs, ...workOf(timed) };
    }),
    spans: migrations.map(spanOf),
    elapsedMs,
  };
}

/** `sentences` describe the steps, in order. */
export function cost(deliveries: readonly Cascade[], sentences: readonly string[]): Cost {
  const run = costOf(deliveries, { prices: fullPrices });
  return { elapsedMs: run.elapsedMs, document: documentOf(run), lines: linesOf(run, sentences) };
}

function linesOf(run: RunCost, sentences: readonly string[]): readonly string[] {
  if (run.steps.length === 0) return ['no step takes place'];
  return [
    ...stepLines(run, sentences),
    '',
    ...(run.migrations.length === 0 ? ['no migration'] : run.migrations.map(migrationText)),
    '',
    ...termLines(run),
    '',
    ...rpcLines(run),
  ];
}

function spanOf(migration: Migration): Span {
  const { process, from, to, startMs, endMs, frozenAtMs, frozenUntilMs } = migration;
  const moment = (what: string, at: number | null): Span['moments'] =>
    at === null ? [] : [{ what, ms: at }];
  return {
    name: `${process} migrates, ${from} to ${to}`,
    kind: 'migration',
    column: from,
    startMs,
    endMs,
    moments: [...moment('frozen', frozenAtMs), ...moment('runs again', frozenUntilMs)],
  };
}

export function documentOf(run: RunCost): Cost['document'] {
  return {
    steps: run.steps.map(({ host, startMs, durationMs, spent }) => ({
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
  };
}

function stepLines(run: RunCost, sentences: readonly string[]): readonly string[] {
  const rows = run.steps.map((timed, index) => {
    const { startMs, durationMs, host } = timed;
    const what = sentences[index] ?? '';
    return [String(index + 1), msText(startMs), msText(durationMs), host, what, spentText(timed)];
  });
  return table([['step', 'start ms', 'ms', 'host', 'what', 'spent on'], ...rows], [0, 1, 2]);
}

const LOADED: { readonly [loaded in LoadedData]: string } = {
  pageOut: 'page out',
  pageIn: 'page in',
  blockOut: 'block out',
  blockInMessage: 'block',
  stateInMessage: 'state',
};

/** The call or the data that costs most in a step; nothing for a step that costs nothing. */
function workOf({ spent }: TimedStep): { readonly work?: string } {
  const [most] = spent.toSorted((a, b) => msOf(b) - msOf(a));
  if (most === undefined || msOf(most) === 0) return {};
  const { term, request, reply = request, loaded } = most.charge;
  if (reply !== undefined) return { work: `RPC ${reply}` };
  return { work: loaded === undefined ? term : LOADED[loaded] };
}

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
    ...(residualMs === 0 ? [] : [`residual ${msText(residualMs)}`]),
  ].join(' + ');
}

function migrationText(migration: Migration): string {
  const { process, from, to, startMs, endMs, frozenAtMs, frozenUntilMs } = migration;
  const asked = `${process}, ${from} to ${to}: asked for at ${msText(startMs)} ms`;
  const over =
    endMs === null
      ? 'not over'
      : `over at ${msText(endMs)} ms, after ${msText(endMs - startMs)} ms`;
  const frozen =
    frozenAtMs === null
      ? 'never frozen'
      : frozenUntilMs === null
        ? `frozen at ${msText(frozenAtMs)} ms`
        : `frozen ${msText(frozenUntilMs - frozenAtMs)} ms (${msText(frozenAtMs)} to ${msText(frozenUntilMs)})`;
  return `${asked}, ${frozen}, ${over}`;
}

function termLines({ terms, hosts }: RunCost): readonly string[] {
  const heads = ['ms by term', 'count', 'explained', 'residual', 'total', 'each'];
  const rows = terms
    .filter(({ totalMs, units }) => totalMs > 0 || units > 0)
    .map(({ term, units, explainedMs, residualMs, totalMs, hosts: own }) => [
      term,
      counted(units),
      ...[explainedMs, residualMs, totalMs].map(msText),
      units === 0 ? '' : msText(totalMs / units),
      ...own.map((each) => msText(each.totalMs)),
    ]);
  const all = [
    'all',
    '',
    ...[
      sum(terms.map(({ explainedMs }) => explainedMs)),
      sum(terms.map(({ residualMs }) => residualMs)),
      sum(terms.map(({ totalMs }) => totalMs)),
    ].map(msText),
    '',
    ...hosts.map(({ totalMs }) => msText(totalMs)),
  ];
  const numbers = Array.from({ length: 5 + hosts.length }, (_, index) => index + 1);
  return table([[...heads, ...hosts.map(({ host }) => `on ${host}`)], ...rows, all], numbers);
}

export function rpcLines({ rpcs }: RunCost): readonly string[] {
  const rows = rpcs
    .filter(({ requests, replies }) => requests + replies > 0)
    .map(({ rpc, requests, replies, totalMs }) => [
      rpc,
      counted(requests),
      counted(replies),
      msText(totalMs),
    ]);
  return table([['RPC', 'requests', 'replies', 'ms'], ...rows], [1, 2, 3]);
}

/** "on A 985.9 ms, on B 16.8 ms, on S 22.4 ms". */
export function hostText({ hosts }: RunCost): string {
  return hosts.map(({ host, totalMs }) => `on ${host} ${msText(totalMs)} ms`).join(', ');
}

export function msText(value: number): string {
  return value.toFixed(1);
}
