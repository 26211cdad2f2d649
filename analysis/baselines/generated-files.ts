/** Types and limits that the generators of `traces/` share. */
import { printTrace, type Trace } from '../../checker/stories/trace-format.ts';

/** A search that reaches it did not visit every state. */
export const MAX_STATES = 2_000_000;

export type Part = {
  /** Text by path, relative to the root, with slashes. */
  readonly files: ReadonlyMap<string, string>;
  readonly remarks: readonly string[];
  /** A fault that is not caught, a walkthrough that is not possible, a scenario that is too large. */
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
