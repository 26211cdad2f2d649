/** `docs/reference/cost-model.md`: the work that is charged, its prices, and how much they explain. */
import { costs, nothing } from '../../model/timing/costs.ts';
import { examples, grid, type Case } from '../../model/timing/grid.ts';
import {
  explainedPrices,
  fullPrices,
  parameters,
  reportedMs,
  residualMs,
  values,
} from '../../model/timing/parameters.ts';
import type { Prices } from '../../model/timing/charge.ts';
import { fileCases, transferRows, type FileMoved } from './transfer-table.ts';
import { costOfCase, growthOf, runCase, timeToMigrate, type Growth } from './cost-grid.ts';

export function costModelPage(): readonly string[] {
  const runs = grid.map(runCase);
  const explained = growthOf(runs, explainedPrices);
  const full = growthOf(runs, fullPrices);
  return [
    '# The cost of a migration',
    ...section('How times come about', howTimesComeAbout),
    ...section('Parameters', [
      'All but the size of the state were measured on Sun-3/75 workstations. They are independent of the',
      'formula with which they are compared.',
      '',
      ...tableOf(
        ['parameter', 'value', 'source'],
        Object.entries(parameters).map(([name, { value, source }]) => [
          `\`${name}\``,
          String(value),
          source,
        ]),
      ),
    ]),
    ...section('What the parameters explain', [
      `The paper gives the time to migrate as ${formula()} ms for s dirty pages, b`,
      `dirty blocks and f open files. ${grid.length} migrations of the model from home to another host,`,
      'with 0 to 3 of each, were run to their end and their steps added up. Least squares give the growth',
      'of the sums.',
      '',
      ...growthTable(explained, full),
      '',
      ...aboutResiduals,
    ]),
    ...section('The two examples of the paper', exampleTable()),
    ...section('The cost of a file that is open for reading', [
      'Its cache is not recalled when it moves.',
      '',
      ...tableOf(
        ['file open for', 'explained ms', 'with residuals, ms'],
        (['writing', 'reading'] as const).map((purpose) => [
          purpose,
          number(fileAlone(purpose, explainedPrices)),
          number(fileAlone(purpose, fullPrices)),
        ]),
      ),
      '',
      'The paper has one number for both. The grid opens its files for writing, because only these can have',
      'dirty blocks. If the recall were counted with the blocks instead, the block of a one-block file would',
      'already cost more than in the paper, before anything is fitted.',
    ]),
    ...section('Three ways to move an open file', transfers()),
    ...section('Events that cost', eventsThatCost()),
    ...section('Left out', leftOut),
  ];
}

const howTimesComeAbout = [
  'The cost of a step is the sum over the deliveries of its cascade: `model/timing/costs.ts` has a row for',
  'every event that any machine takes, and an event without a row is an error. Half of an RPC is charged on',
  'the host that sends the request, half on the host that sends the reply. A step begins when its host has',
  'ended the step before, and when the last steps that touched its cells have ended. Times are computed',
  'from a finished run; no step reads them.',
  '',
  'The time to migrate runs from the request until the source has switched away; a process is frozen',
  'from its trap until it runs at the target.',
];

const aboutResiduals = [
  'The residuals are the unexplained part of the coefficients. Only they were fitted, so the last column',
  'must agree with the paper and proves nothing. The column before it counts: pages and blocks are data at',
  'the network rate, and a descriptor is mostly its four RPCs (MIGRATE, RELEASE, and the two of the',
  'recall). Little of the fixed part is explained: three RPCs and the state itself. The rest is work on the',
  'two hosts that was never measured apart. It is charged when the state is sent, while the process is',
  'frozen.',
  '',
  'The rate for pages and blocks is one of two measurements of 1988. By the other (an RPC, and its growth',
  `with each KB) a page would take ${number(inMessage('pageKb'))} ms and a block ${number(inMessage('blockKb'))} ms.`,
];

const leftOut = [
  '- Time-outs: a lost reply or a dead host costs the RPC and no waiting.',
  "- The disk, when the server's cache is full.",
  '- The RPC by which the server asks the last writer for its attributes, in a stat from elsewhere. A',
  '  stat of a file that the host itself caches costs no RPC at all: the model asks for no name.',
  '- Computation of programs, and work of a kernel between two messages.',
  '- A page that was never written: the model loads it from the backing store like any other.',
  '- The prefix that a target may have to open, and an ENTIRE of more than one fragment.',
  '- A remote exec is charged as a migration without memory. The paper has 188 ms for one that waits',
  '  for the end, and 86 ms at home. The fixed residual, found for processes with memory, is larger than',
  '  the difference, so the model gives an upper bound.',
  '- A process that goes home is not announced by INIT, and costs one RPC less than in the formula.',
];

function section(title: string, lines: readonly string[]): readonly string[] {
  return [`## ${title}`, '', ...lines, ''];
}

function formula(): string {
  const { fixed, page, block, file } = reportedMs;
  return `${fixed} + ${page} s + ${block} b + ${file} f`;
}

function growthTable(explained: Growth, full: Growth): readonly string[] {
  const rows = (
    [
      ['with nothing', 'fixed', 'migration'],
      ['each dirty page (s)', 'page', 'page'],
      ['each dirty block (b)', 'block', 'block'],
      ['each open file (f)', 'file', 'descriptor'],
    ] as const
  ).map(([what, of, term]) => [
    what,
    String(reportedMs[of]),
    number(explained[of]),
    `${((100 * explained[of]) / reportedMs[of]).toFixed(1)} %`,
    `\`${term}\` ${number(residualMs[term] ?? 0)}`,
    number(full[of]),
  ]);
  return tableOf(
    ['', 'paper ms', 'explained ms', 'share', 'residual ms', 'fitted with residuals, ms'],
    rows,
  );
}

/** What a page or a block would cost as data in a message. */
function inMessage(size: 'pageKb' | 'blockKb'): number {
  return values.rpcMs + values[size] * values.messageMsPerKb;
}

function exampleTable(): readonly string[] {
  const rows = examples.map((example) => {
    const run = runCase(example);
    const seconds = (prices: Prices): string =>
      (timeToMigrate(costOfCase(run, prices)) / 1000).toFixed(3);
    return [
      ...[example.dirtyPages, example.dirtyBlocks, example.openFiles].map(String),
      String(run.steps.length),
      example.reportedSeconds.toFixed(1),
      seconds(fullPrices),
      seconds(explainedPrices),
    ];
  });
  return [
    'A file of the model has one block; here each of the four files represents five.',
    '',
    ...tableOf(
      ['pages', 'blocks', 'files', 'steps', 'paper s', 'model s', 'without residuals s'],
      rows,
    ),
  ];
}

/** How much longer a migration takes with one open file and nothing dirty. */
function fileAlone(purpose: 'writing' | 'reading', prices: Prices): number {
  const mode = purpose === 'writing' ? 'write' : 'read';
  const none = { dirtyPages: 0, dirtyBlocks: 0, openFiles: 0 };
  const both: readonly Case[] = [none, { ...none, openFiles: 1, mode }];
  const [without, withOne] = both.map((wanted) =>
    timeToMigrate(costOfCase(runCase(wanted), prices)),
  );
  return (withOne ?? 0) - (without ?? 0);
}

function transfers(): readonly string[] {
  const rows = transferRows();
  const links = (ids: readonly string[]): string =>
    ids.length === 0 ? 'nothing' : ids.map((id) => `[${id}](properties.md#${id})`).join(', ');
  const moved = ({ moveMs, calls, serverMs }: FileMoved): string =>
    `${number(moveMs)} / ${calls} / ${number(serverMs)}`;
  return [
    'Each kernel runs the same program, and its own events are priced with what was measured. The residuals,',
    'which are fitted to the formula of the paper, are left out. What the move of one open file adds, as',
    'milliseconds / calls / milliseconds of the server, and the milliseconds of the next read or write at',
    'the target:',
    '',
    ...tableOf(
      ['way', 'kernel', ...fileCases.flatMap((what) => [`open for ${what}`, 'then']), 'breaks'],
      rows.map(({ way, kernel, files, breaks }) => [
        way,
        `[${kernel}](kernels.md#${kernel})`,
        ...files.flatMap((each) => [moved(each), number(each.nextMs)]),
        links(breaks),
      ]),
    ),
    '',
    'The move itself costs the same in all three. The kernels differ in what the server does within its',
    'MIGRATE call, not in the calls: the model has no CLOSE and OPEN of their own for 1986, so its row',
    'is a lower bound. The difference of 1989 shows afterwards: the file was open on two hosts for a',
    'moment, is no longer cached, and each write goes to the server.',
  ];
}

function eventsThatCost(): readonly string[] {
  const rows = Object.entries(costs).flatMap(([kind, types]) =>
    Object.entries(types).map(([type, row]) => ({ kind, type, isFree: row === nothing })),
  );
  const charged = rows.filter(({ isFree }) => !isFree);
  const kinds = [...new Set(charged.map(({ kind }) => kind))];
  return [
    `${charged.length} of ${rows.length}; the others are free.`,
    '',
    ...tableOf(
      ['cell', 'events'],
      kinds.map((kind) => [
        kind,
        charged
          .filter((each) => each.kind === kind)
          .map(({ type }) => `\`${type}\``)
          .join(', '),
      ]),
    ),
  ];
}

function tableOf(
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): readonly string[] {
  return [heads, heads.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`);
}

function number(value: number): string {
  return value.toFixed(2);
}
