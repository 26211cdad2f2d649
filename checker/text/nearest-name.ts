/** The valid name nearest to a misspelled one. */

/** ` (did you mean "x"?)`, or an empty text if no name is near. */
export function didYouMean(given: string, valid: readonly string[]): string {
  const near = nearest(given, valid);
  return near === undefined ? '' : ` (did you mean "${near}"?)`;
}

/** As `didYouMean`, but also gives the nearest name if none is near: empty only if there are no names. */
export function nearestOf(given: string, valid: readonly string[]): string {
  const near = didYouMean(given, valid);
  if (near !== '') return near;
  const [first] = valid.toSorted((a, b) => farness(given, a) - farness(given, b));
  return first === undefined ? '' : ` (the nearest is "${first}")`;
}

/** A name that contains the other, or has the same beginning, is nearer than another of the same length. */
function farness(given: string, name: string): number {
  const [a, b] = [given.toLowerCase(), name.toLowerCase()];
  let common = 0;
  while (common < a.length && a[common] === b[common]) common++;
  return a !== '' && b.includes(a) ? -1 : distance(a, b) - common;
}

/** The nearest name, the first of equals; undefined if a third or more of it would have to change. */
export function nearest(given: string, valid: readonly string[]): string | undefined {
  let best: string | undefined;
  let bestDistance = Infinity;
  for (const name of valid) {
    const apart = distance(given.toLowerCase(), name.toLowerCase());
    if (apart < bestDistance && apart <= tolerance(given, name)) {
      best = name;
      bestDistance = apart;
    }
  }
  return best;
}

function tolerance(given: string, name: string): number {
  return Math.max(1, Math.floor(Math.max(given.length, name.length) / 3));
}

/** The number of insertions, deletions, substitutions and swaps of neighbors from one to the other. */
export function distance(from: string, to: string): number {
  if (Math.abs(from.length - to.length) > 64) return Infinity;
  let beforeLast: number[] = [];
  let last = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i++) {
    const current = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1;
      let least = Math.min(at(current, j - 1) + 1, at(last, j) + 1, at(last, j - 1) + same);
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (swapped) least = Math.min(least, at(beforeLast, j - 2) + 1);
      current.push(least);
    }
    [beforeLast, last] = [last, current];
  }
  return at(last, to.length);
}

function at(row: readonly number[], index: number): number {
  return row[index] ?? Infinity;
}
