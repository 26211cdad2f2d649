/**
 * The transitions that some small scenario takes on the repaired kernel. Pinned: where one is taken no
 * more, something cannot happen any more, and every property may hold for that reason.
 */
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { readStored } from './stored.ts';

export const TAKEN = 'traces/transitions.baseline.json';

export const takenSchema = z.array(z.string().min(1).max(200)).max(10_000);

const stored = {
  schema: takenSchema,
  expected: 'a list of transitions',
  maxBytes: 1024 * 1024,
  maxDepth: 2,
};

/** In order. Empty where there is no file yet. */
export function takenIn(file: string): readonly string[] {
  return existsSync(file) ? readStored(file, stored) : [];
}

export function takenText(names: readonly string[]): string {
  return `${JSON.stringify(names.toSorted(), null, 2)}\n`;
}
