/** Prints the fault matrix: lists on a terminal, tables on a page. */
import type { FaultRow, Matrix } from '../../analysis/mutants/fault-matrix.ts';
import { counted } from '../../checker/text/tables.ts';
import { indentedTable } from './indented-table.ts';

export function matrixLines(matrix: Matrix): readonly string[] {
  const { properties, faults } = matrix;
  return [
    'which property catches a fault, and the steps of its shortest counterexample',
    ...indentedTable(faults.map((row) => [row.fault, killsText(row)])),
    '',
    '* catches it, though not expected to; - expected to catch it, but does not',
    '',
    'faults that a property catches',
    ...indentedTable(
      properties.map((property) => [property, counted(killsOf(matrix, property))]),
      [1],
    ),
    '',
    ...summaryLines(matrix),
  ];
}

export function matrixMarkdown(matrix: Matrix): readonly string[] {
  const { faults } = matrix;
  return [
    '| Fault | Scenario | Caught by, with the steps of the shortest story | Expected, and not |',
    '| --- | --- | --- | --- |',
    ...faults.map(
      (row) =>
        `| ${row.fault} | ${row.scenario} | ${killsMarkdown(row)} | ${row.missedBy.join(', ')} |`,
    ),
    '',
    ...summaryLines(matrix).map((line) => `- ${line}`),
  ];
}

export function summaryLines(matrix: Matrix): readonly string[] {
  const { faults, smallest, nothingAlone, caughtByOne, caughtByNone, undecided } = matrix;
  const caught = faults.filter(({ kills }) => kills.length > 0).length;
  const open = faults.filter(({ closed }) => !closed).map(({ fault }) => fault);
  const useless = nothingAlone.filter((each) => each.faults === 0).map(({ property }) => property);
  const helped = nothingAlone
    .filter((each) => each.faults > 0)
    .map((each) => `${each.property} (${each.faults})`);
  return [
    `${caught} of ${counted(faults.length, 'fault')} caught`,
    `smallest set with the same kills, ${counted(smallest.length)}: ${listed(smallest)}`,
    `catch no fault alone, with the number that others catch too: ${listed(helped)}`,
    `catch no shipped fault in these scenarios: ${listed(useless)}`,
    `caught by one property only: ${listed(caughtByOne.map(({ fault, property }) => `${fault} (${property})`))}`,
    ...(caughtByNone.length > 0 ? [`CAUGHT BY NONE: ${listed(caughtByNone)}`] : []),
    ...(undecided.length > 0
      ? [`NOT CAUGHT WITHIN --max-states: ${listed(undecided)}; a larger bound may catch them`]
      : []),
    ...(open.length > 0 ? [`not every state was visited: ${listed(open)}`] : []),
  ];
}

function killsText({ kills, missedBy }: FaultRow): string {
  return [
    ...kills.map(({ property, steps, expected }) => `${property} ${steps}${expected ? '' : '*'}`),
    ...missedBy.map((property) => `${property} -`),
  ].join(', ');
}

function killsMarkdown({ kills }: FaultRow): string {
  return kills
    .map(({ property, steps, expected }) => `${property} ${steps}${expected ? '' : '\\*'}`)
    .join(', ');
}

function killsOf({ faults }: Matrix, property: string): number {
  return faults.filter(({ kills }) => kills.some((kill) => kill.property === property)).length;
}

function listed(names: readonly string[]): string {
  return names.length === 0 ? 'none' : names.join(', ');
}
