/**
 * The transitions that some small scenario takes on the repaired variant. They are pinned: if one is no
 * longer taken, properties may hold only for that reason.
 */
import { nameList } from '../files/stored-name-list.ts';

export const takenList = nameList({ expected: 'a list of transitions', longest: 200 });

/** The transitions that are never taken now, although they were when the list was pinned. */
export function lostOf(never: readonly string[], pinned: readonly string[]): readonly string[] {
  const before = new Set(pinned);
  return never.filter((name) => before.has(name));
}
