/**
 * The cost of one migration from home to another host, by what the process has: dirty pages, dirty blocks
 * and open files. The events of a run give the price; the paper's formula is printed beside it and does
 * not influence it.
 *
 * Paper     §4.2
 */
import type { Cost, Sized, Sizes, Cascade } from '../checker/specification/timing.ts';
import { counted, sum, table } from '../checker/text/tables.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import type { Term } from '../model/timing/charge.ts';
import { askedLast, examples, scenarioOfCase, sizesOf, type Case } from '../model/timing/grid.ts';
import { explainedPrices, fullPrices, reportedMs } from '../model/timing/parameters.ts';
import { costOf, type RunCost } from '../model/timing/run-cost.ts';
import { documentOf, hostText, msText, rpcLines } from './timing.ts';

export const sized: Sized<Scenario> = {
  sizes: ['pages', 'blocks', 'files'],
  problem: ({ blocks = 0, files = 0 }) =>
    blocks > 0 && files === 0 ? 'dirty blocks belong to open files: give --files' : undefined,
  scenario: (sizes) => scenarioOfCase(caseOf(sizes)),
  last: askedLast,
  cost,
};

function caseOf({ pages = 0, blocks = 0, files = 0 }: Sizes): Case {
  return { dirtyPages: pages, dirtyBlocks: blocks, openFiles: files };
}

/** The cost from the request until the source has switched away. */
function cost(deliveries: readonly Cascade[], sizes: Sizes): Cost {
  const wanted = caseOf(sizes);
  const migration = migrationIn(deliveries);
  const run = costOf(migration, { prices: fullPrices, ...sizesOf(wanted) });
  const explained = costOf(migration, { prices: explainedPrices, ...sizesOf(wanted) });
  const rows = rowsOf(run, wanted);
  const formulaMs = sum(rows.map(({ paperMs }) => paperMs));
  const exampleMs = reportedOf(wanted);
  const { steps, ...priced } = documentOf(run);
  const document = {
    steps: (steps as readonly object[]).map((step, index) => ({
      at: migration[index]?.[0]?.cell,
      action: migration[index]?.[0]?.event.type,
      ...step,
    })),
    ...priced,
    explainedMs: explained.elapsedMs,
    formulaMs,
    ...(exampleMs === undefined ? {} : { exampleMs }),
  };
  return {
    elapsedMs: run.elapsedMs,
    document,
    lines: [
      ...rowLines(rows, run.elapsedMs, formulaMs),
      '',
      `model ${seconds(run.elapsedMs)}, paper's formula ${seconds(formulaMs)}${exampleText(exampleMs)}`,
      `model without what was fitted to the formula: ${seconds(explained.elapsedMs)}`,
      ...(isOver(run) ? [] : ['the migration does not come to its end on this kernel']),
      '',
      ...rpcLines(run),
      '',
      hostText(run),
    ],
  };
}

function migrationIn(deliveries: readonly Cascade[]): readonly Cascade[] {
  const from = deliveries.findIndex(([action]) => action?.event.type === 'requested');
  const to = deliveries.findIndex(([action]) => action?.event.type === 'switched');
  return from < 0 ? [] : deliveries.slice(from, to < 0 ? undefined : to + 1);
}

function isOver({ migrations }: RunCost): boolean {
  return migrations.some(({ endMs }) => endMs !== null);
}

type Row = {
  readonly what: string;
  readonly count: number;
  readonly modelMs: number;
  readonly paperMs: number;
};

/** A line for each term of the formula. */
function rowsOf({ terms }: RunCost, wanted: Case): readonly Row[] {
  const { dirtyPages, dirtyBlocks, openFiles } = wanted;
  const { fixed, page, block, file } = reportedMs;
  const of = (...names: readonly Term[]): number =>
    sum(terms.filter(({ term }) => names.includes(term)).map(({ totalMs }) => totalMs));
  return [
    { what: 'with nothing', count: 1, modelMs: of('migration'), paperMs: fixed },
    { what: 'dirty pages', count: dirtyPages, modelMs: of('page'), paperMs: page * dirtyPages },
    {
      what: 'dirty blocks',
      count: dirtyBlocks,
      modelMs: of('block'),
      paperMs: block * dirtyBlocks,
    },
    {
      what: 'open files',
      count: openFiles,
      modelMs: of('descriptor', 'consistency'),
      paperMs: file * openFiles,
    },
  ];
}

function rowLines(rows: readonly Row[], modelMs: number, paperMs: number): readonly string[] {
  const each = rows
    .filter(({ count, modelMs: own }) => count > 0 || own > 0)
    .map(({ what, count, modelMs: own, paperMs: said }) => [
      what,
      counted(count),
      msText(own),
      count === 0 ? '' : msText(own / count),
      msText(said),
    ]);
  const heads = ['', 'count', 'model ms', 'each', 'paper ms'];
  return table(
    [heads, ...each, ['together', '', msText(modelMs), '', msText(paperMs)]],
    [1, 2, 3, 4],
  );
}

/** The paper's figure for a process of this size, if it is one of its examples. */
function reportedOf(wanted: Case): number | undefined {
  const example = examples.find(
    ({ dirtyPages, dirtyBlocks, openFiles }) =>
      dirtyPages === wanted.dirtyPages &&
      dirtyBlocks === wanted.dirtyBlocks &&
      openFiles === wanted.openFiles,
  );
  return example === undefined ? undefined : example.reportedSeconds * 1000;
}

function exampleText(exampleMs: number | undefined): string {
  if (exampleMs === undefined) return '';
  return `, paper's own example ${(exampleMs / 1000).toFixed(1)} s`;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(3)} s`;
}
