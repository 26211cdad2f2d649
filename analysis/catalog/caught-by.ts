/** Which of the properties that should catch a fault do: those of which a counterexample is stored. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Variant } from '../../checker/specification/specification.ts';
import { storedNames } from '../baselines/stored-names.ts';
import { fromHere } from '../files/home.ts';
import type { Loaded } from '../specification/loaded.ts';

export type Catching = {
  readonly caughtBy: readonly string[];
  /** The others that should: in no small scenario do they, or the fault was never searched for. */
  readonly expected: readonly string[];
  /** The counterexamples, by path. */
  readonly traces: readonly string[];
};

export function catchingOf(
  spec: Loaded,
  { id, caughtBy = [] }: Pick<Variant<unknown>, 'id' | 'caughtBy'>,
): Catching {
  const stored = (property: string): readonly string[] =>
    storedTrace(spec, 'faults', `${id}-${property}`);
  return {
    caughtBy: caughtBy.filter((property) => stored(property).length > 0),
    expected: caughtBy.filter((property) => stored(property).length === 0),
    traces: caughtBy.flatMap(stored),
  };
}

/** The file, if it exists. */
export function storedTrace(
  { home }: Loaded,
  what: 'faults' | 'walkthroughs',
  name: string,
): readonly string[] {
  const path = `${storedNames(home)[what]}/${name}.trace.json`;
  return existsSync(join(home.base, path)) ? [fromHere(home, path)] : [];
}

/** Whether the fault was searched for, and found by other properties only. */
export function isMissedBy(property: string, { caughtBy, expected }: Catching): boolean {
  return caughtBy.length > 0 && expected.includes(property);
}
