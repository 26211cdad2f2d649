/** What a specification may say of waiting, so that `explain` can tell who waits in a circle. */
import type { Look } from './protocol.ts';

/** Who waits for whom. */
export type Waits = {
  /** Everything that may wait. */
  readonly activities: readonly string[];
  /** What an activity waits for; each must give way before it can go on. */
  readonly waitsFor: (look: Look, activity: string) => readonly string[];
  /** Who holds the lock in this cell; undefined where nobody does. */
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
