/** The pinned counts of the scenarios: a change of the model that changes them is noticed. */
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { writeWhole } from '../../checker/text/files.ts';
import { readStored } from '../files/read-stored-json.ts';

const count = z.int().min(0);
export const countsSchema = z.strictObject({ states: count, transitions: count, depth: count });
export const baselineSchema = z.record(z.string(), countsSchema);

export type PinnedCounts = z.infer<typeof countsSchema>;
type Baseline = z.infer<typeof baselineSchema>;

const stored = {
  schema: baselineSchema,
  expected: 'counts of states, transitions and depth by "variant/scenario"',
  maxBytes: 1024 * 1024,
  maxDepth: 4,
};

export function pinned(file: string, key: string): PinnedCounts | undefined {
  const baseline = readBaseline(file);
  return Object.hasOwn(baseline, key) ? baseline[key] : undefined;
}

export function pin(file: string, key: string, counts: PinnedCounts): void {
  pinAll(file, new Map([...Object.entries(readBaseline(file)), [key, counts]]));
}

/** Every pinned count, by `variant/scenario`. */
export function allPinned(file: string): ReadonlyMap<string, PinnedCounts> {
  return new Map(Object.entries(readBaseline(file)));
}

/** Replaces the pinned counts. */
export function pinAll(file: string, counts: ReadonlyMap<string, PinnedCounts>): void {
  writeWhole(file, pinsText(counts));
}

/** The file as it is written: a line for each key, in the order of keys. */
export function pinsText(counts: ReadonlyMap<string, object>): string {
  const lines = [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, held]) => `  ${JSON.stringify(name)}: ${JSON.stringify(held)}`);
  return `{\n${lines.join(',\n')}\n}\n`;
}

/** If the file does not exist, nothing is pinned. */
function readBaseline(file: string): Baseline {
  return existsSync(file) ? readStored(file, stored) : {};
}
