/**
 * The transitions that no small scenario takes on the repaired kernel. Pinned: where another one is
 * taken no more, something cannot happen any more, and every property may hold for that reason.
 */
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { readStored } from './stored.ts';

export const UNTAKEN = 'traces/transitions.baseline.json';

export const untakenSchema = z.array(z.string().min(1).max(200)).max(10_000);

const stored = {
  schema: untakenSchema,
  expected: 'a list of transitions',
  maxBytes: 1024 * 1024,
  maxDepth: 2,
};

/** In order. Undefined where there is no file: then nothing is known to have been taken. */
export function untakenIn(file: string): readonly string[] | undefined {
  return existsSync(file) ? readStored(file, stored) : undefined;
}

export function untakenText(names: readonly string[]): string {
  return `${JSON.stringify(names.toSorted(), null, 2)}\n`;
}
