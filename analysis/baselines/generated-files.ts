/** What the makers of `traces/` have in common. */
import { printTrace, type Trace } from '../../checker/stories/trace-format.ts';

/** A search that meets it did not close. */
export const MAX_STATES = 2_000_000;

export type Part = {
  /** Text by path, relative to the root, with slashes. */
  readonly files: ReadonlyMap<string, string>;
  readonly remarks: readonly string[];
  /** A fault that is not caught, a walkthrough that cannot be had, a scenario that does not close. */
  readonly problems: readonly string[];
};

export function asFiles(
  folder: string,
  traces: ReadonlyMap<string, Trace>,
): ReadonlyMap<string, string> {
  return new Map(
    [...traces].map(([name, trace]) => [`${folder}/${name}.trace.json`, printTrace(trace)]),
  );
}
