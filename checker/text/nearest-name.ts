/** The valid name nearest to one that was mistyped. */

/** ` (did you mean "x"?)`, or nothing where no name is near. */
export function didYouMean(given: string, valid: readonly string[]): string {
  const near = nearest(given, valid);
  return near === undefined ? '' : ` (did you mean "${near}"?)`;
}

/** As `didYouMean`, and where no name is near, the least far: never nothing where there are names. */
export function nearestOf(given: string, valid: readonly string[]): string {
  const near = didYouMean(given, valid);
  if (near !== '') return near;
  const [first] = valid.toSorted((a, b) => farness(given, a) - farness(given, b));
  return first === undefined ? '' : ` (the nearest is "${first}")`;
}

/** A name that has the other in it, or begins as it does, is nearer than one as long. */
function farness(given: string, name: string): number {
  const [a, b] = [given.toLowerCase(), name.toLowerCase()];
  let common = 0;
  while (common < a.length && a[common] === b[common]) common++;
  return a !== '' && b.includes(a) ? -1 : distance(a, b) - common;
}

/** The nearest name, the first of equals; undefined where a third or more of it would have to change. */
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

/** Insertions, deletions, substitutions and swaps of neighbours that lead from one to the other. */
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
