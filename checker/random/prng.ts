/**
 * Random numbers that are the same on every machine: xorshift128, seeded from one integer.
 *   It uses only integer arithmetic and allocates nothing: a walk draws one or two numbers a step.
 */

export type Prng = {
  /** Starts again from this 32-bit integer. */
  readonly seed: (seed: number) => void;
  /** A signed 32-bit integer. */
  readonly next: () => number;
  /** An integer from 0 to `bound` - 1; `bound` is at least 1. */
  readonly below: (bound: number) => number;
};

export function createPrng(first: number): Prng {
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  seed(first);
  return { seed, next, below };

  function seed(from: number): void {
    a = mixed(from);
    b = mixed(a + 0x9e3779b9);
    c = mixed(b + 0x9e3779b9);
    // Never all zero, or the generator stays there.
    d = mixed(c + 0x9e3779b9) | 1;
  }

  function next(): number {
    const t = a ^ (a << 11);
    a = b;
    b = c;
    c = d;
    d = d ^ (d >>> 19) ^ t ^ (t >>> 8);
    return d;
  }

  function below(bound: number): number {
    return Math.floor(((next() >>> 1) / 0x80000000) * bound);
  }
}

/** A 32-bit integer that looks unrelated to its argument (the finalizer of MurmurHash3). */
export function mixed(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}
