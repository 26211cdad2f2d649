/**
 * The small scenarios that test each property: they reach its witness. They are pinned, because a
 * property that fewer scenarios test than before still holds, and means less.
 */
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { isOwnProperty } from '../../checker/claims/own-properties.ts';
import type { ExhaustiveResult } from '../jobs/jobs.ts';
import { readStored } from '../files/read-stored-json.ts';

const name = z.string().min(1).max(200);
export const testedSchema = z.record(name, z.array(name).max(10_000));

const stored = {
  schema: testedSchema,
  expected: 'a list of scenarios for each property',
  maxBytes: 1024 * 1024,
  maxDepth: 4,
};

/** By property, the scenarios in order. Empty where there is no file yet. */
export function testedIn(file: string): ReadonlyMap<string, readonly string[]> {
  return new Map(existsSync(file) ? Object.entries(readStored(file, stored)) : []);
}

type Tested = Pick<ExhaustiveResult, 'scenario' | 'applied' | 'unreached'>;

/** The same for the searches of this run. */
export function testedBy(results: readonly Tested[]): ReadonlyMap<string, readonly string[]> {
  const ids = results.flatMap(({ applied }) => applied);
  const properties = new Set(ids.filter((id) => !isOwnProperty(id)));
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
