/**
 * Throws damaged files at a reader and looks at what it does: it takes a file or says in one line why
 * not. Never a stack, never a hang, never a changed file. Equal seeds give equal files.
 */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createPrng } from '../../checker/random/prng.ts';
import { BadInput } from '../../analysis/errors.ts';
import type { Reader } from './readers.ts';
import { pick, spoiled } from './spoil.ts';

/** Nothing but what a terminal shows as itself, and escapes. */
export const SHOWN = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]*$/u;
export const REFUSAL =
  /^(sprite-check: .+: .+|.+:\d+: (expected .+, found .+|its contents do not match its seal: .+))$/;
export const LONGEST_REFUSAL = 1000;
/** A reader that takes longer hangs. CPU time, because other programs may use the processor too. */
const LONGEST_CPU_MS = 5000;

export const DAMAGED = 'damaged.json';

export type Outcome = 'taken' | 'refused';

export type Figures = {
  readonly files: number;
  readonly refused: number;
  /** Milliseconds of the processor, and the seed of that file. */
  readonly slowest: { readonly ms: number; readonly seed: number };
};

type Attack = {
  /** Empty, and used by nothing else. */
  readonly folder: string;
  readonly first: number;
  readonly files: number;
  /** Before each file; false ends the attack. */
  readonly onFile?: (seed: number, so: Figures) => boolean;
};

/** Throws what was wrong, with the seed. */
export function attack(
  reader: Reader,
  { folder, first, files, onFile = () => true }: Attack,
): Figures {
  const samples = samplesOf(reader);
  const path = join(folder, DAMAGED);
  let figures: Figures = { files: 0, refused: 0, slowest: { ms: 0, seed: first } };
  for (let seed = first; seed < first + files; seed++) {
    if (!onFile(seed, figures)) break;
    try {
      const bytes = damagedFile(reader, samples, seed);
      writeFileSync(path, bytes);
      const { outcome, ms } = outcomeOf(reader, path);
      const changed = whyChanged(folder, bytes);
      if (changed !== undefined) throw new Error(changed);
      figures = {
        files: figures.files + 1,
        refused: figures.refused + (outcome === 'refused' ? 1 : 0),
        slowest: ms > figures.slowest.ms ? { ms, seed } : figures.slowest,
      };
    } catch (error) {
      throw new Error(`seed ${seed}: ${String(error)}`, { cause: error });
    }
  }
  rmSync(path, { force: true });
  return figures;
}

export function samplesOf({ samples }: Reader): readonly string[] {
  return samples.map((path) => readFileSync(path, 'utf8'));
}

export function damagedFile(reader: Reader, samples: readonly string[], seed: number): Uint8Array {
  if (reader.spoil !== undefined) return reader.spoil(seed);
  const prng = createPrng(seed);
  return spoiled(prng, pick(prng, samples));
}

/** Takes it, or refuses it in a proper line; throws on anything else. */
export function outcomeOf(
  { read }: Reader,
  path: string,
): { readonly outcome: Outcome; readonly ms: number } {
  const before = process.cpuUsage();
  const outcome = outcomeOfReading(() => read(path));
  const { user, system } = process.cpuUsage(before);
  const ms = (user + system) / 1000;
  if (ms > LONGEST_CPU_MS) throw new Error(`took ${ms} ms of the processor`);
  return { outcome, ms };
}

function outcomeOfReading(read: () => readonly string[]): Outcome {
  try {
    for (const line of read()) if (!SHOWN.test(line)) throw new Error(`printed ${line}`);
    return 'taken';
  } catch (error) {
    if (!(error instanceof BadInput)) throw error;
    const why = whyNoRefusal(error.message);
    if (why !== undefined) throw new Error(`${why}: ${error.message}`, { cause: error });
    return 'refused';
  }
}

/** Undefined where this is one line as a refusal should be. */
export function whyNoRefusal(line: string): string | undefined {
  if (!SHOWN.test(line)) return 'refused with what a terminal obeys';
  if (line.length > LONGEST_REFUSAL) return `refused with ${line.length} characters`;
  return REFUSAL.test(line) ? undefined : 'refused in other words';
}

/** Undefined where the folder holds the file as it was written, and nothing else. */
export function whyChanged(folder: string, bytes: Uint8Array): string | undefined {
  const left = readdirSync(folder);
  if (left.length !== 1 || left[0] !== DAMAGED) return `left ${left.join(', ')}`;
  const isSame = Buffer.compare(readFileSync(join(folder, DAMAGED)), bytes) === 0;
  return isSame ? undefined : 'the file was changed';
}
