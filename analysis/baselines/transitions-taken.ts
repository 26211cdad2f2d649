/**
 * The transitions that some small scenario takes on the repaired variant. Pinned: where one is taken no
 * more, something cannot happen any more, and every property may hold for that reason.
 */
import { nameList } from '../files/stored-name-list.ts';

export const takenList = nameList({ expected: 'a list of transitions', longest: 200 });

/** Of the transitions that never happen those that did when they were pinned. */
export function lostOf(never: readonly string[], pinned: readonly string[]): readonly string[] {
  const before = new Set(pinned);
  return never.filter((name) => before.has(name));
}
