/** Which cells wait for which, so that `explain` can find a circle of waiting. */
import type { Look } from './protocol.ts';

/** Which activity waits for which. */
export type Waits = {
  /** Everything that may wait. */
  readonly activities: readonly string[];
  /** The activities for which an activity waits: all of them must end before it can continue. */
  readonly waitsFor: (look: Look, activity: string) => readonly string[];
  /** The holder of the lock in this cell; undefined if it is free. */
  readonly holderOf: (look: Look, cell: string) => string | undefined;
};

/** The circle that goes through this activity, if there is one: it begins and ends there. */
export function cycleThrough(
  start: string,
  waitsFor: (activity: string) => readonly string[],
): readonly string[] | undefined {
  const path: string[] = [];
  const seen = new Set<string>();
  return visit(start);

  function visit(activity: string): readonly string[] | undefined {
    if (activity === start && path.length > 0) return [...path, start];
    if (seen.has(activity)) return undefined;
    seen.add(activity);
    path.push(activity);
    for (const next of waitsFor(activity)) {
      const cycle = visit(next);
      if (cycle !== undefined) return cycle;
    }
    path.pop();
    return undefined;
  }
}
