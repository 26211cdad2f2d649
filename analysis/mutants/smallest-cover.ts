/**
 * The smallest cover: given things that each hit some targets, the fewest that together hit every target
 * that any of them hits. It is exact: branch and bound, from the target that is hit least.
 */

/** By name, the targets that each hits. */
export type Hits = ReadonlyMap<string, ReadonlySet<string>>;

/** In order of names, and the first of equal size in that order; empty if no target is hit. */
export function smallestCover(hits: Hits): readonly string[] {
  const names = [...hits.keys()].toSorted();
  const targets = [...new Set([...hits.values()].flatMap((each) => [...each]))];
  const hitters = targets
    .map((target) => names.filter((name) => hits.get(name)?.has(target) === true))
    .toSorted((a, b) => a.length - b.length);
  // Iterative deepening: the first size at which a cover exists is the smallest.
  for (let size = 0; ; size++) {
    const cover = coverOf(hitters, [], size);
    if (cover !== undefined) return first(cover);
  }

  /** Among covers of that size the first by names: each name that some such cover begins with is in it. */
  function first(cover: readonly string[]): readonly string[] {
    const size = cover.length;
    const chosen: string[] = [];
    for (const name of names) {
      if (chosen.length === size) break;
      const rest = hitters.filter((each) => ![...chosen, name].some((one) => each.includes(one)));
      if (coverOf(rest, [], size - chosen.length - 1) !== undefined) chosen.push(name);
    }
    return chosen;
  }
}

/** A cover with at most `left` more names, or undefined if there is none. */
function coverOf(
  hitters: readonly (readonly string[])[],
  chosen: readonly string[],
  left: number,
): readonly string[] | undefined {
  const open = hitters.find((each) => !each.some((name) => chosen.includes(name)));
  if (open === undefined) return chosen;
  if (left === 0) return undefined;
  for (const name of open) {
    const cover = coverOf(hitters, [...chosen, name], left - 1);
    if (cover !== undefined) return cover;
  }
  return undefined;
}
