/** The matrix as people read it: numbered columns on a terminal, tables on a page. */
import type { FaultRow, Matrix } from '../../analysis/mutants/fault-matrix.ts';
import { counted, table, wrapped } from '../../checker/text/tables.ts';

const NOTHING = '.';
const WIDTH = 110;

export function matrixLines(matrix: Matrix): readonly string[] {
  const { properties, faults } = matrix;
  const numbers = properties.map((_, index) => String(index + 1));
  return [
    'properties',
    ...table(
      properties.map((property, index) => [
        numbers[index] ?? '',
        property,
        counted(killsOf(matrix, property), 'fault'),
      ]),
      [0],
    ).map((row) => `  ${row}`),
    '',
    'steps of the shortest story by which a property (column) catches a fault (row)',
    ...table(
      [
        ['', ...numbers],
        ...faults.map((row) => [row.fault, ...properties.map((each) => cellOf(row, each))]),
      ],
      properties.map((_, index) => index + 1),
    ).map((row) => `  ${row}`),
    '',
    'n* nobody had written down that it would; - it was expected to, and does not',
    '',
    ...summaryLines(matrix).flatMap((line) => wrapped(line, WIDTH)),
  ];
}

export function matrixMarkdown(matrix: Matrix): readonly string[] {
  const { faults } = matrix;
  return [
    '| Fault | Scenario | Caught by, with the steps of the shortest story | Expected, and not |',
    '| --- | --- | --- | --- |',
    ...faults.map(
      (row) =>
        `| ${row.fault} | ${row.scenario} | ${killsText(row)} | ${row.missedBy.join(', ')} |`,
    ),
    '',
    ...summaryLines(matrix).map((line) => `- ${line}`),
  ];
}

function summaryLines(matrix: Matrix): readonly string[] {
  const { faults, smallest, nothingAlone, caughtByOne, caughtByNone } = matrix;
  const caught = faults.length - caughtByNone.length;
  const open = faults.filter(({ closed }) => !closed).map(({ fault }) => fault);
  const useless = nothingAlone.filter((each) => each.faults === 0).map(({ property }) => property);
  const helped = nothingAlone
    .filter((each) => each.faults > 0)
    .map((each) => `${each.property} (${each.faults})`);
  return [
    `${caught} of ${counted(faults.length, 'fault')} caught`,
    `smallest set with the same kills, ${counted(smallest.length)}: ${listed(smallest)}`,
    `catch nothing alone, with the faults that others catch too: ${listed(helped)}`,
    `catch no shipped fault in these scenarios: ${listed(useless)}`,
    `caught by one property only: ${listed(caughtByOne.map(({ fault, property }) => `${fault} (${property})`))}`,
    ...(caughtByNone.length > 0 ? [`CAUGHT BY NOBODY: ${listed(caughtByNone)}`] : []),
    ...(open.length > 0 ? [`not every state was visited: ${listed(open)}`] : []),
  ];
}

function cellOf({ kills, missedBy }: FaultRow, property: string): string {
  const kill = kills.find((each) => each.property === property);
  if (kill !== undefined) return `${kill.steps}${kill.expected ? '' : '*'}`;
  return missedBy.includes(property) ? '-' : NOTHING;
}

function killsText({ kills }: FaultRow): string {
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
