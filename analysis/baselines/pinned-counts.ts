/** The pinned counts of the scenarios: what a change of the model may not change unsaid. */
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { writeWhole } from '../../checker/text/files.ts';
import { readStored } from '../files/read-stored-json.ts';

const count = z.int().min(0);
export const countsSchema = z.strictObject({ states: count, transitions: count, depth: count });
export const baselineSchema = z.record(z.string(), countsSchema);

export type Counts = z.infer<typeof countsSchema>;
type Baseline = z.infer<typeof baselineSchema>;

const stored = {
  schema: baselineSchema,
  expected: 'counts of states, transitions and depth by "variant/scenario"',
  maxBytes: 1024 * 1024,
  maxDepth: 4,
};

export function pinned(file: string, key: string): Counts | undefined {
  const baseline = readBaseline(file);
  return Object.hasOwn(baseline, key) ? baseline[key] : undefined;
}

export function pin(file: string, key: string, counts: Counts): void {
  pinAll(file, new Map([...Object.entries(readBaseline(file)), [key, counts]]));
}

/** Every pinned count, by `variant/scenario`. */
export function allPinned(file: string): ReadonlyMap<string, Counts> {
  return new Map(Object.entries(readBaseline(file)));
}

/** Takes the place of whatever was pinned. */
export function pinAll(file: string, counts: ReadonlyMap<string, Counts>): void {
  writeWhole(file, pinsText(counts));
}

/** The file as it is written: a line for each key, in the order of keys. */
export function pinsText(counts: ReadonlyMap<string, object>): string {
  const lines = [...counts]
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, held]) => `  ${JSON.stringify(name)}: ${JSON.stringify(held)}`);
  return `{\n${lines.join(',\n')}\n}\n`;
}

/** Of a file that does not exist nothing is pinned. */
function readBaseline(file: string): Baseline {
  return existsSync(file) ? readStored(file, stored) : {};
}
