/**
 * The three ways in which Sprite has moved an open file, side by side: each kernel runs the same
 * program, and its own events are priced with measured numbers. The residuals are left out:
 * they are fitted to the paper's formula.
 */
import { createSystem, type System } from '../../checker/engine/system.ts';
import { boot } from '../../model/boot.ts';
import { kernels } from '../../model/kernels/all.ts';
import type { ShippedKernel } from '../../model/kernels/shipped.ts';
import type { Scenario } from '../../model/scenarios/scenario.ts';
import type { Call } from '../../model/vocabulary/calls.ts';
import { explainedPrices } from '../../model/timing/parameters.ts';
import { costOf, type RunCost, type StepDeliveries } from '../../model/timing/run-cost.ts';
import { runToTheEnd } from '../../analysis/stories/run-to-the-end.ts';

/** The cost of an open file: of its move, and of the next call after that. */
export type FileMoved = {
  readonly moveMs: number;
  readonly calls: number;
  readonly serverMs: number;
  readonly nextMs: number;
};

export type TransferRow = {
  readonly kernel: string;
  readonly way: string;
  /** In the order of `fileCases`. */
  readonly files: readonly FileMoved[];
  readonly breaks: readonly string[];
};

const ways = [
  ['sprite-1986', 'closed at the source, then opened at the target (1986)'],
  ['sprite-1989', 'opened at the target, then closed at the source (1989)'],
  ['sprite', 'moved in one step of the file server (the last)'],
] as const;

/** What the process did with its file before it leaves, and what it does next. */
const files: readonly (readonly [string, readonly Call[], Call])[] = [
  ['reading', [open('read')], { call: 'read', descriptor: 0 }],
  ['writing', [open('write')], { call: 'write', descriptor: 0 }],
  [
    'writing, one dirty block',
    [open('write'), { call: 'write', descriptor: 0 }],
    { call: 'write', descriptor: 0 },
  ],
];

export const fileCases = files.map(([what]) => what);

export function transferRows(): readonly TransferRow[] {
  return ways.map(([id, way]) => {
    const shipped = kernels.find((each) => each.id === id);
    if (shipped === undefined) throw new Error(`no kernel is called ${id}`);
    return {
      kernel: id,
      way,
      files: files.map(([, before, next]) => fileMoved(shipped, before, next)),
      breaks: shipped.caughtBy,
    };
  });
}

function open(mode: 'read' | 'write'): Call {
  return { call: 'open', file: 'f', mode, descriptor: 0 };
}

/** The difference to a process without files. */
function fileMoved({ kernel }: ShippedKernel, before: readonly Call[], next: Call): FileMoved {
  const [without, withOne] = [runOf(kernel, [], []), runOf(kernel, before, [next])];
  return {
    moveMs: withOne.move.elapsedMs - without.move.elapsedMs,
    calls: callsIn(withOne.move) - callsIn(without.move),
    serverMs: onServer(withOne.move) - onServer(without.move),
    nextMs: withOne.after.elapsedMs,
  };
}

type Priced = { readonly move: RunCost; readonly after: RunCost };

/** Some calls at home, the migration, some calls at the target. */
function runOf(
  kernel: ShippedKernel['kernel'],
  before: readonly Call[],
  after: readonly Call[],
): Priced {
  const scenario: Scenario = {
    name: 'one-file-moves',
    title: 'p opens f and goes to B',
    hosts: ['A', 'B'],
    files: ['f'],
    descriptors: 1,
    processes: [
      {
        name: 'p',
        home: 'A',
        program: { script: [...before, ...after] },
        migrations: { to: ['B'], times: 1 },
      },
    ],
  };
  const system = createSystem(boot(kernel, scenario));
  const steps = runToTheEnd(system, (delivery, row) => {
    const isRequest = system.eventOf(delivery).type === 'requested';
    const isCall = system.cellOf(delivery) === system.indexOf('thread p');
    const isDue = callsMade(system, row) === before.length;
    return isRequest ? !isDue : isCall && isDue && !hasMoved(system, row);
  });
  const from = steps.findIndex(([action]) => action?.event.type === 'requested');
  const to = steps.findIndex(([action]) => action?.event.type === 'switched') + 1;
  const priced = (part: readonly StepDeliveries[]): RunCost =>
    costOf(part, { prices: explainedPrices });
  return { move: priced(steps.slice(from, to)), after: priced(steps.slice(to)) };
}

/** Calls of a program that is in user mode; undefined while a call is in progress. */
function callsMade(system: System, row: Int32Array): number | undefined {
  const { value, context } = heldIn(system, row, 'thread p');
  const { remaining } = context as { readonly remaining: { readonly next: number } };
  return value === 'user' ? remaining.next : undefined;
}

function hasMoved(system: System, row: Int32Array): boolean {
  const { value, context } = heldIn(system, row, 'source p');
  return value === 'idle' && (context as { readonly left: number }).left === 0;
}

function heldIn(system: System, row: Int32Array, name: string): ReturnType<System['local']> {
  const cell = system.indexOf(name);
  return system.local(cell, row[cell] as number);
}

function callsIn({ rpcs }: RunCost): number {
  return rpcs.reduce((total, { requests }) => total + requests, 0);
}

function onServer({ hosts }: RunCost): number {
  return hosts.find(({ host }) => host === 'S')?.totalMs ?? 0;
}
