/** The figures as Markdown for docs/performance.md, below the titles of its sections. */
import type { FaultFigures, Shrinking } from './faults-bench.ts';
import type { Duel, MiniMigRow } from './minimig-bench.ts';
import type { SpriteFigures } from './sprite-bench.ts';
import { mean } from './statistics.ts';

export type BenchRun = { readonly machine: string; readonly node: string; readonly date: string };

type MiniMig = { readonly minimig: readonly MiniMigRow[]; readonly spin: Duel | undefined };

type Found = {
  /** The kernel without a fault, sought in like the others. */
  readonly control: FaultFigures | undefined;
  readonly findings: readonly FaultFigures[];
};

type Shrunk = {
  readonly shrinking: readonly Shrinking[];
  /** Faults that no walk met in their own scenario, so that there was nothing to shrink. */
  readonly unmet: readonly string[];
};

export function runText({ machine, node, date }: BenchRun): string {
  return `Taken on ${date}: ${machine}, Node ${node}, one worker.`;
}

export function miniMigText({ minimig, spin }: MiniMig): string {
  return [
    'Hosts, files, processes, descriptors, streams; the four invariants on; exact storage. Bytes are',
    'table and rows at the end of the run.',
    '',
    ...table(
      ['size', 'states', 'transitions', 'depth', 'states a second', 'bytes a state', 'XState runs'],
      minimig.map((row) => [
        row.size,
        count(row.states),
        count(row.transitions),
        count(row.depth),
        count(row.statesPerSecond),
        row.bytesPerState.toFixed(1),
        count(row.machineRuns),
      ]),
    ),
    '',
    spin === undefined
      ? 'SPIN is not installed here: these are our figures alone.'
      : `Against SPIN at ${spin.size}, in turn, medians of ${spin.rounds}: ours ${count(spin.oursPerSecond)}` +
        ` states a second, SPIN ${count(spin.spinPerSecond['breadth-first'])} breadth first and` +
        ` ${count(spin.spinPerSecond['depth-first'])} depth first: ${spin.ratio.toFixed(2)} times the faster.`,
  ].join('\n');
}

export function spriteText(sprite: SpriteFigures): string {
  const { scenario, claims, states, transitions } = sprite;
  return [
    `Scenario \`${scenario}\`, ${claims} claims on, warm-up included.`,
    '',
    ...table(
      ['figure', 'value'],
      [
        ['distinct states', count(states)],
        ['transitions', count(transitions)],
        ['distinct states a second', count(sprite.statesPerSecond)],
        ['bytes a state', sprite.bytesPerState.toFixed(1)],
        ['XState runs', count(sprite.machineRuns)],
        ['XState runs a transition', percent(sprite.machineShare)],
        ['random steps', count(sprite.randomSteps)],
        ['random steps a second', count(sprite.randomStepsPerSecond)],
        ["fast-check's own share", percent(sprite.fastCheckShare)],
        ['steps compared with and without memory, worlds in full', count(sprite.comparedSteps)],
      ],
    ),
    '',
    `Largest cells: ${sprite.census.map(({ cell, locals }) => `${cell} ${locals}`).join(', ')}.`,
  ].join('\n');
}

export function findingOnOneLine({ control, findings }: Found): string {
  const sure = findings.filter(({ found, seeds }) => found / seeds >= 0.75).length;
  return [
    'In the general scenarios, which were written for no fault: how many seeds find the fault within',
    '2,000 runs, in the first of them in which all do, or else in the one that finds it best.',
    '',
    ...table(
      ['fault', 'seeds that found it', 'scenario', 'median runs'],
      findings.map(({ fault, found, seeds, scenario, runs }) => [
        fault,
        `${found} of ${seeds}`,
        found === 0 ? '-' : scenario,
        found === 0 ? '-' : count(runs),
      ]),
    ),
    '',
    `${sure} of ${findings.length} faults are found by at least three seeds in four.` +
      ` In \`${control?.fault}\`, where there is none, ${control?.found} of ${control?.seeds} seeds find one.`,
  ].join('\n');
}

export function shrinkingText({ shrinking, unmet }: Shrunk): string {
  const proven = shrinking.filter(({ isProven }) => isProven);
  const ratio = mean(proven.map(({ shrunk, shortest }) => shrunk / shortest));
  return [
    "Each fault found at random in its own scenario, shrunk, then compared with the search's shortest.",
    '',
    ...table(
      ['fault', 'walked', 'shrunk', 'shortest', 'certificate'],
      shrinking.map(({ fault, walked, shrunk, shortest, isProven }) => [
        fault,
        count(walked),
        count(shrunk),
        count(shortest),
        isProven ? 'shortest, proven' : 'bound met',
      ]),
    ),
    '',
    `Mean length over proven shortest ${ratio.toFixed(3)}; ${proven.length} of ${shrinking.length} certificates closed.`,
    ...(unmet.length === 0
      ? []
      : [`No walk met ${unmet.join(', ')} in its own scenario, so there was nothing to shrink.`]),
  ].join('\n');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  return [
    `| ${head.join(' | ')} |`,
    `| ${head.map(() => '---').join(' | ')} |`,
    ...rows.map((row) => `| ${row.join(' | ')} |`),
  ];
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function percent(share: number): string {
  return `${(100 * share).toFixed(2)} %`;
}
