/**
 * In which small scenarios each property is put to the test: its witness is reached there. Pinned,
 * because a property that is tested in fewer places than before still holds, and says less.
 */
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { readJson } from '../checker/read-json.ts';
import { readBounded } from '../checker/store.ts';
import { BadInput } from './exit.ts';
import type { ExhaustiveResult } from './jobs.ts';

const name = z.string().min(1).max(200);
export const testedSchema = z.record(name, z.array(name).max(10_000));

/** By property, the scenarios in order. Empty where there is no file yet. */
export function testedIn(file: string): ReadonlyMap<string, readonly string[]> {
  if (!existsSync(file)) return new Map();
  const read = readBounded(file, { maxBytes: 1024 * 1024 });
  if (read.kind === 'problem') throw new BadInput(read.problem);
  const document = readJson(read.text, { maxDepth: 4 });
  if (document.kind === 'problem') {
    const { line, expected, found } = document.problem;
    throw new BadInput(`${file}:${line}: expected ${expected}, found ${found}`);
  }
  const checked = testedSchema.safeParse(document.value);
  if (checked.success) return new Map(Object.entries(checked.data));
  const line = document.lineOf(checked.error.issues[0]?.path ?? []);
  throw new BadInput(`${file}:${line}: expected a list of scenarios, found something else`);
}

type Tested = Pick<ExhaustiveResult, 'scenario' | 'applied' | 'unreached'>;

/** The same of what was explored just now. */
export function testedBy(results: readonly Tested[]): ReadonlyMap<string, readonly string[]> {
  const properties = new Set(results.flatMap(({ applied }) => applied));
  return new Map(
    [...properties].toSorted().map((property) => [
      property,
      results
        .filter(
          ({ applied, unreached }) => applied.includes(property) && !unreached.includes(property),
        )
        .map(({ scenario }) => scenario)
        .toSorted(),
    ]),
  );
}
