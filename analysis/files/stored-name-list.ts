/** A stored list of names, in order, so that a missing one is noticed. */
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { readStored } from './read-stored-json.ts';

const MOST_NAMES = 10_000;

export type NameList = {
  readonly schema: z.ZodType<string[]>;
  /** In order. Empty if there is no file yet. */
  readonly readFrom: (file: string) => readonly string[];
  readonly textOf: (names: readonly string[]) => string;
};

/** `expected`: the expected form, for messages; `longest`: bound on the characters of a name. */
export function nameList({
  expected,
  longest,
}: {
  readonly expected: string;
  readonly longest: number;
}): NameList {
  const schema = z.array(z.string().min(1).max(longest)).max(MOST_NAMES);
  const stored = { schema, expected, maxBytes: 1024 * 1024, maxDepth: 2 };
  return {
    schema,
    readFrom: (file) => (existsSync(file) ? readStored(file, stored) : []),
    textOf: (names) => `${JSON.stringify(names.toSorted(), null, 2)}\n`,
  };
}
