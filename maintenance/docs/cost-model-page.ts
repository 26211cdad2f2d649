/** `docs/reference/cost-model.md`: what is charged, at which prices, and what that explains. */
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
import { costOfCase, growthOf, tellCase, timeToMigrate, type Growth } from './cost-grid.ts';

export function costModelPage(): readonly string[] {
  const told = grid.map(tellCase);
  const explained = growthOf(told, explainedPrices);
  const full = growthOf(told, fullPrices);
  return [
    '# The cost of a migration',
    ...section('How times come about', howTimesComeAbout),
    ...section('Parameters', [
      'Measured on Sun-3/75 workstations, but for the size of the state, and independent of the formula',
      'that they are held against.',
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
      'with 0 to 3 of each, were run to their end and their steps added up. Least squares give what the',
      'sums grow by.',
      '',
      ...growthTable(explained, full),
      '',
      ...aboutResiduals,
    ]),
    ...section('The two examples of the paper', exampleTable()),
    ...section('What a file costs that is open for reading', [
      'Its cache is not recalled as it moves.',
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
      'The paper has one number for both. The grid opens its files for writing, since only then can',
      'they have dirty blocks. If the recall were counted with the blocks instead, a file of one block',
      'would make that block dearer than the paper says before anything is fitted.',
    ]),
    ...section('Events that cost', eventsThatCost()),
    ...section('Left out', leftOut),
  ];
}

const howTimesComeAbout = [
  'A step costs what the deliveries of its cascade cost: `model/timing/costs.ts` has a row for every',
  'event that any machine takes, and an event without one is an error. An RPC is charged half on the',
  'host that sends the request and half on the host that sends the reply. A step begins when its host',
  'has ended the step before, and when every cell that it touches has been left by the last step',
  'that touched it. Times are read off a run that has taken place; no step looks at them.',
  '',
  'The time to migrate runs from the request until the source has switched away; a process is frozen',
  'from its trap until it runs at the target.',
];

const aboutResiduals = [
  'The residuals are what is left of the coefficients; they are the only thing that was fitted, so',
  'that the last column agrees with the paper says nothing by itself. What counts is the column',
  'before: pages and blocks are data at the network rate, a descriptor is mostly its four RPCs',
  '(MIGRATE, RELEASE, and the two of the recall), and of the fixed part little is explained: three',
  'RPCs and the state itself. The rest of it is work on the two hosts that nobody measured apart. It',
  'is charged as the state is sent, while the process is frozen.',
  '',
  'The rate for pages and blocks is one of two measurements of 1988. By the other, an RPC and what',
  `each KB adds to it, a page would take ${number(inMessage('pageKb'))} ms and a block ${number(inMessage('blockKb'))} ms.`,
];

const leftOut = [
  '- Time-outs: a lost reply or a dead host costs the RPC and no waiting.',
  "- The disk, when the server's cache is full.",
  '- The RPC by which the server asks the last writer for its attributes, in a stat from elsewhere. A',
  '  stat of a file that the host itself caches costs no RPC at all: the model asks for no name.',
  '- What a program computes, and what a kernel does between two messages.',
  '- A page that was never written: the model loads it from the backing store like any other.',
  '- The prefix that a target may have to open, and an ENTIRE of more than one fragment.',
  '- A remote exec is charged as a migration without memory. The paper has 188 ms for one that waits',
  '  for the end, against 86 ms at home; the fixed residual, found for processes with memory, is more',
  '  than that leaves, so the model gives an upper bound.',
  '- A process that goes home is not announced by INIT, and costs one RPC less than the formula says.',
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
    const told = tellCase(example);
    const seconds = (prices: Prices): string =>
      (timeToMigrate(costOfCase(told, prices)) / 1000).toFixed(3);
    return [
      ...[example.dirtyPages, example.dirtyBlocks, example.openFiles].map(String),
      String(told.tellings.length),
      example.reportedSeconds.toFixed(1),
      seconds(fullPrices),
      seconds(explainedPrices),
    ];
  });
  return [
    'A file of the model has one block; here each of the four files stands for five.',
    '',
    ...tableOf(
      ['pages', 'blocks', 'files', 'steps', 'paper s', 'model s', 'without residuals s'],
      rows,
    ),
  ];
}

/** By how much one open file with nothing dirty lengthens a migration. */
function fileAlone(purpose: 'writing' | 'reading', prices: Prices): number {
  const mode = purpose === 'writing' ? 'write' : 'read';
  const none = { dirtyPages: 0, dirtyBlocks: 0, openFiles: 0 };
  const both: readonly Case[] = [none, { ...none, openFiles: 1, mode }];
  const [without, withOne] = both.map((wanted) =>
    timeToMigrate(costOfCase(tellCase(wanted), prices)),
  );
  return (withOne ?? 0) - (without ?? 0);
}

function eventsThatCost(): readonly string[] {
  const rows = Object.entries(costs).flatMap(([kind, types]) =>
    Object.entries(types).map(([type, row]) => ({ kind, type, isFree: row === nothing })),
  );
  const charged = rows.filter(({ isFree }) => !isFree);
  const kinds = [...new Set(charged.map(({ kind }) => kind))];
  return [
    `${charged.length} of ${rows.length}; the others are listed as free.`,
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
