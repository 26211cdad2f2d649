/**
 * MiniMig under SPIN, the checker that ours is measured against.
 *
 *   One core, exact storage, without partial-order reduction: the same worlds that we search.
 *   SPIN counts more. The step that initializes is one state, one level and one transition. And SPIN
 *   counts states stored and matched as transitions, so the first state, to which no transition leads, is
 *   one more. A process that ends would take a step of its own; the one of MiniMig does not end. What
 *   is counted more is subtracted here, so SPIN's counts are ours.
 *   SPIN prints eight digits, so counts are exact below a hundred million.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Size } from '../examples/minimig/minimig.ts';

export type SpinMode = 'breadth-first' | 'depth-first';

export type SpinRun = {
  readonly mode: SpinMode;
  readonly states: number;
  readonly transitions: number;
  /** Breadth-first: the farthest state. Depth-first: the longest path that the search took. */
  readonly depth: number;
  /** The search alone: without writing and compiling it. */
  readonly seconds: number;
  /** Stored states only: without the hash table and the stack, which `totalBytes` has. */
  readonly bytesPerState: number;
  readonly totalBytes: number;
};

type Tools = { readonly generator: string; readonly version: string };

const MEGABYTE = 1024 * 1024;
const TABLE = '-w24';
const FLAGS = ['-O3', '-DSAFETY', '-DNOCLAIM', '-DNOREDUCE', '-DMEMLIM=8000'];

const run = promisify(execFile);

/** `undefined` where SPIN or gcc is not installed, or the specification is not at hand. */
export async function runSpin(size: Size, mode: SpinMode): Promise<SpinRun | undefined> {
  const tools = await spinTools();
  if (tools === undefined) return undefined;
  const folder = await mkdtemp(join(tmpdir(), 'minimig-spin-'));
  try {
    await buildPan(tools, size, mode, folder);
    return readPan(await runPan(mode, folder), mode);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** For example `Spin Version 6.5.2 -- 6 December 2019`. */
export async function spinVersion(): Promise<string | undefined> {
  return (await spinTools())?.version;
}

/** What pan printed, as counts of the protocol. */
export function readPan(output: string, mode: SpinMode): SpinRun {
  if (!/errors: 0\b/.test(output) || /Search not completed/.test(output)) {
    throw new Error(`SPIN did not finish its search:\n${output}`);
  }
  const stored = numberIn(output, /([\d.e+]+) states, stored/);
  return {
    mode,
    states: stored - 1,
    transitions: numberIn(output, /([\d.e+]+) transitions \(/) - 2,
    depth: numberIn(output, /depth reached (\d+)/) - 1,
    seconds: numberIn(output, /elapsed time ([\d.e+-]+) seconds/),
    bytesPerState: (numberIn(output, /([\d.]+)\s+actual memory usage/) * MEGABYTE) / stored,
    totalBytes: numberIn(output, /([\d.]+)\s+total actual memory/) * MEGABYTE,
  };
}

async function spinTools(): Promise<Tools | undefined> {
  const generator = generatorPath();
  const [spin, gcc] = await Promise.all([firstLine('spin', '-V'), firstLine('gcc', '--version')]);
  return generator === undefined || spin === undefined || gcc === undefined
    ? undefined
    : { generator, version: spin };
}

async function firstLine(command: string, flag: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(command, [flag]);
    return stdout.split('\n')[0] ?? '';
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/** Beside this file in the sources; two folders up when this file runs from `dist/`. */
function generatorPath(): string | undefined {
  return ['./minimig/gen-promela.mjs', '../../bench/minimig/gen-promela.mjs']
    .map((path) => fileURLToPath(new URL(path, import.meta.url)))
    .find((path) => existsSync(path));
}

async function buildPan(
  { generator }: Tools,
  size: Size,
  mode: SpinMode,
  folder: string,
): Promise<void> {
  const { hosts, files, processes, slots, streams } = size;
  const constants = [`H=${hosts}`, `F=${files}`, `P=${processes}`, `K=${slots}`, `NS=${streams}`];
  const { stdout } = await run(process.execPath, [generator, ...constants], quiet(folder));
  await writeFile(join(folder, 'minimig.pml'), searchable(stdout, mode));
  await run('spin', ['-a', 'minimig.pml'], quiet(folder));
  const flags = mode === 'breadth-first' ? [...FLAGS, '-DBFS'] : FLAGS;
  await run('gcc', [...flags, '-o', 'pan', 'pan.c'], quiet(folder));
}

/** Breadth-first search keeps no hidden variables between states; these are zero there anyway. */
function searchable(promela: string, mode: SpinMode): string {
  return mode === 'breadth-first' ? promela.replace('hidden byte', 'byte') : promela;
}

async function runPan(mode: SpinMode, folder: string): Promise<string> {
  const limits = mode === 'breadth-first' ? [TABLE] : ['-m5000000', TABLE];
  const { stdout } = await run(join(folder, 'pan'), limits, quiet(folder));
  return stdout;
}

function quiet(cwd: string): { readonly cwd: string; readonly maxBuffer: number } {
  return { cwd, maxBuffer: 64 * MEGABYTE };
}

function numberIn(output: string, pattern: RegExp): number {
  const found = pattern.exec(output)?.[1];
  if (found === undefined) throw new Error(`SPIN printed no ${pattern.source}:\n${output}`);
  return Number(found);
}
