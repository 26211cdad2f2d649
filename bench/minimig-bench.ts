/** MiniMig in our engine, and in SPIN in the same run where it is installed. */
import { createSystem } from '../checker/engine/system.ts';
import { explore } from '../checker/search/explore.ts';
import { alone } from './alone.ts';
import { invariants } from '../examples/minimig/invariants.ts';
import { minimig, type Size } from '../examples/minimig/minimig.ts';
import { runSpin, type SpinMode } from './spin.ts';
import { median } from './statistics.ts';

export type MiniMigRow = {
  readonly size: string;
  readonly states: number;
  readonly transitions: number;
  readonly depth: number;
  readonly statesPerSecond: number;
  readonly bytesPerState: number;
  readonly machineRuns: number;
};

export type Duel = {
  readonly size: string;
  readonly rounds: number;
  readonly oursPerSecond: number;
  readonly spinPerSecond: { readonly [mode in SpinMode]: number };
  /** Ours over the faster of SPIN's two searches, medians. */
  readonly ratio: number;
};

const sizes: readonly Size[] = [
  { hosts: 2, files: 1, processes: 2, slots: 1, streams: 2 },
  { hosts: 2, files: 1, processes: 2, slots: 2, streams: 2 },
  { hosts: 2, files: 2, processes: 2, slots: 1, streams: 2 },
  { hosts: 2, files: 1, processes: 2, slots: 2, streams: 3 },
  { hosts: 2, files: 1, processes: 3, slots: 1, streams: 2 },
  { hosts: 3, files: 1, processes: 2, slots: 2, streams: 2 },
  { hosts: 2, files: 1, processes: 3, slots: 1, streams: 3 },
  { hosts: 2, files: 2, processes: 2, slots: 2, streams: 3 },
];

/** The size at which the engines are compared. */
const dueling: Size = { hosts: 2, files: 1, processes: 3, slots: 1, streams: 3 };

export function benchMiniMig(isQuick: boolean): readonly MiniMigRow[] {
  return (isQuick ? sizes.slice(0, 3) : sizes).map((size) => alone(searchMiniMig, size));
}

/** Ours and SPIN in turn, so that a slow minute slows both. `undefined` without SPIN. */
export async function duel(rounds: number): Promise<Duel | undefined> {
  const ours: number[] = [];
  const spin = { 'breadth-first': [] as number[], 'depth-first': [] as number[] };
  for (let round = 0; round < rounds; round++) {
    ours.push(alone(searchMiniMig, dueling).statesPerSecond);
    for (const mode of ['breadth-first', 'depth-first'] as const) {
      const result = await runSpin(dueling, mode);
      if (result === undefined) return undefined;
      spin[mode].push(result.states / result.seconds);
    }
  }
  const spinPerSecond = {
    'breadth-first': median(spin['breadth-first']),
    'depth-first': median(spin['depth-first']),
  };
  return {
    size: nameOf(dueling),
    rounds,
    oursPerSecond: median(ours),
    spinPerSecond,
    ratio: median(ours) / Math.max(...Object.values(spinPerSecond)),
  };
}

/** Every state of one size, with the four invariants. */
export function searchMiniMig(size: Size): MiniMigRow {
  const system = createSystem(minimig(size));
  const started = performance.now();
  const claims = invariants(size);
  const { states, transitions, depth, bytes, ending } = explore(system, { claims });
  const seconds = (performance.now() - started) / 1000;
  if (ending !== 'closed') throw new Error(`MiniMig ${nameOf(size)} ended ${ending}`);
  return {
    size: nameOf(size),
    states,
    transitions,
    depth,
    statesPerSecond: states / seconds,
    bytesPerState: (bytes.rows + bytes.table) / states,
    machineRuns: system.statistics().machineRuns,
  };
}

function nameOf({ hosts, files, processes, slots, streams }: Size): string {
  return `${hosts} ${files} ${processes} ${slots} ${streams}`;
}
