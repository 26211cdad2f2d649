/**
 * Random walks: from the initial state, one of the enabled deliveries after another.
 *
 *   A step draws among what the cells offer and tries it; what a guard refuses is set aside and
 *   the draw repeated, which is the same as drawing among the enabled, without asking about all
 *   of them. The loop allocates nothing; the walk's trace is a row of delivery numbers.
 */
import { violationOf } from './explore.ts';
import type { Monitor, Violation } from './monitor.ts';
import { isStuck } from './stepper.ts';
import { createPrng } from './prng.ts';
import { createSwarm, HELD_BACK, LEFT_OUT } from './swarm.ts';
import type { System } from './system.ts';

export const DEFAULT_MAX_STEPS = 300;

export type WalkOptions = {
  /** Steps of one walk. */
  readonly maxSteps?: number;
  /** Whether walks differ in what they leave out and prefer. By default they do. */
  readonly swarm?: boolean;
  /** Which violation ends a walk. By default any. */
  readonly stopAt?: (violation: Violation) => boolean;
};

export type WalkEnding =
  | 'violated'
  /** `maxSteps` met. */
  | 'steps'
  /** Nothing is enabled, faults that this walk leaves out apart. */
  | 'stuck'
  /** Only what this walk leaves out is enabled. */
  | 'starved';

export type Walker = {
  /** Walks once; equal seeds (32-bit integers) give equal walks. */
  readonly walk: (seed: number) => WalkEnding;
  /** Steps of the last walk. */
  readonly length: () => number;
  /** The deliveries of the last walk; only the first `length()` count. */
  readonly trace: Int32Array;
  readonly violation: () => Violation | undefined;
};

export function createWalker(system: System, monitor: Monitor, options: WalkOptions = {}): Walker {
  const { maxSteps = DEFAULT_MAX_STEPS, swarm: swarming = true, stopAt = () => true } = options;
  const prng = createPrng(0);
  const swarm = createSwarm(system);
  const trace = new Int32Array(maxSteps);
  const start = system.initial();
  const row = start.slice();
  let length = 0;
  let violation = monitor.checkAll(row, false).find(stopAt);
  const violatedAtOnce = violation;

  // What the cells offer in this state, with weights; what is set aside weighs nothing.
  let candidates = new Int32Array(256);
  let weights = new Int32Array(256);
  let heldBack = new Int32Array(256);
  let candidateCount = 0;
  let heldBackCount = 0;
  let totalWeight = 0;
  let leftOut = false;
  /** A step was possible, but met an event that nobody specified, which does not end this walk. */
  let holeMet = false;

  return { walk, length: () => length, trace, violation: () => violation };

  function walk(seed: number): WalkEnding {
    prng.seed(seed);
    swarm.begin(seed, !swarming);
    row.set(start);
    length = 0;
    violation = violatedAtOnce;
    if (violation !== undefined) return 'violated';
    while (length < maxSteps) {
      gather();
      if (!takeOne() && !(thaw() && takeOne())) return nothingTaken();
      if (violation !== undefined) return 'violated';
      const { cells, count, before } = system.changes;
      const found = monitor.checkChanged(row, cells, count, before);
      if (found.length > 0) {
        violation = found.find(stopAt);
        if (violation !== undefined) return 'violated';
      }
    }
    return 'steps';
  }

  function gather(): void {
    candidateCount = 0;
    heldBackCount = 0;
    totalWeight = 0;
    leftOut = false;
    holeMet = false;
    for (let cell = 0; cell < system.width; cell++) {
      const offered = system.offers(cell, row[cell] as number);
      for (let index = 0; index < offered.length; index++) consider(offered[index] as number);
    }
  }

  function consider(delivery: number): void {
    const weight = swarm.weightOf(delivery);
    if (weight > 0) {
      if (candidateCount === candidates.length) enlarge();
      candidates[candidateCount] = delivery;
      weights[candidateCount++] = weight;
      totalWeight += weight;
    } else if (weight === HELD_BACK) {
      if (heldBackCount === heldBack.length) enlarge();
      heldBack[heldBackCount++] = delivery;
    } else if (weight === LEFT_OUT && !system.isFault(delivery)) {
      leftOut ||= system.isEnabled(row, delivery);
    }
  }

  /**
   * Draws until a delivery happens; false where none of the candidates can. Where only faults can
   * happen, what waits for one is violated before it comes.
   */
  function takeOne(): boolean {
    while (totalWeight > 0) {
      let drawn = prng.below(totalWeight);
      let index = 0;
      while (drawn >= (weights[index] as number)) drawn -= weights[index++] as number;
      const delivery = candidates[index] as number;
      if (system.isFault(delivery) && isStuck(system, row)) {
        violation = monitor.checkStuck(row).find(stopAt);
        if (violation !== undefined) return true;
      }
      if (system.perform(row, delivery)) {
        const hole = system.unspecified();
        if (hole === undefined) {
          trace[length++] = delivery;
          return true;
        }
        const found = violationOf(hole);
        system.undo(row);
        if (stopAt(found)) {
          violation = found;
          trace[length++] = delivery;
          return true;
        }
        holeMet = true;
      }
      totalWeight -= weights[index] as number;
      weights[index] = 0;
    }
    return false;
  }

  /** Nothing else can happen: what was held back may. False where nothing was. */
  function thaw(): boolean {
    candidateCount = heldBackCount;
    totalWeight = heldBackCount;
    for (let index = 0; index < heldBackCount; index++) {
      candidates[index] = heldBack[index] as number;
      weights[index] = 1;
    }
    return heldBackCount > 0;
  }

  function nothingTaken(): WalkEnding {
    if (leftOut || holeMet) return 'starved';
    violation = monitor.checkStuck(row).find(stopAt);
    return violation === undefined ? 'stuck' : 'violated';
  }

  function enlarge(): void {
    [candidates, weights, heldBack] = [twice(candidates), twice(weights), twice(heldBack)];
  }
}

function twice(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(2 * array.length);
  larger.set(array);
  return larger;
}
