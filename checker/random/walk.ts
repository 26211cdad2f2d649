/**
 * Random walks: one enabled delivery after another, from a start of the protocol.
 *
 *   A step draws among the offers of the cells and tries the drawn one. If a guard refuses it, it is set
 *   aside and the draw repeated; the result is the same as a draw among the enabled offers, without
 *   testing all of them. After a step only the changed cells are weighed again. The walk is recorded as
 *   a list of delivery numbers.
 */
import { violationOf } from '../claims/unspecified-event.ts';
import type { Monitor, Violation } from '../claims/monitor.ts';
import { createMarks } from '../storage/integer-set.ts';
import { createPrng } from './prng.ts';
import { isStuck } from '../engine/enabled.ts';
import { createSwarm, HELD_BACK, LEFT_OUT } from './swarm.ts';
import type { System } from '../engine/system.ts';

export const DEFAULT_MAX_STEPS = 300;

export type WalkOptions = {
  /** Steps of one walk. */
  readonly maxSteps?: number;
  /** Whether walks have different preferences. By default they do. */
  readonly swarm?: boolean;
  /** Which violation ends a walk. By default any. */
  readonly stopAt?: (violation: Violation) => boolean;
};

export type WalkEnding =
  | 'violated'
  /** The walk reached `maxSteps`. */
  | 'steps'
  /** No step is enabled except faults that this walk leaves out. */
  | 'stuck'
  /** Only steps that this walk leaves out are enabled. */
  | 'starved';

export type Walker = {
  /** Walks once; equal seeds (32-bit integers) give equal walks. */
  readonly walk: (seed: number) => WalkEnding;
  /** The start of the last walk. */
  readonly start: () => string | undefined;
  /** Steps of the last walk. */
  readonly length: () => number;
  /** The deliveries of the last walk; only the first `length()` count. */
  readonly trace: Int32Array;
  readonly violation: () => Violation | undefined;
};

// oxlint-disable-next-line max-lines-per-function -- one walk: its functions share the row and the weights
export function createWalker(system: System, monitor: Monitor, options: WalkOptions = {}): Walker {
  const { maxSteps = DEFAULT_MAX_STEPS, swarm: swarming = true, stopAt = () => true } = options;
  const prng = createPrng(0);
  const swarm = createSwarm(system);
  const trace = new Int32Array(maxSteps);
  const starts = system.starts.map((name) => {
    const first = system.initial(name);
    return { name, first, violation: monitor.checkStart(first).find(stopAt) };
  });
  let start = starts[0] as (typeof starts)[number];
  const row = start.first.slice();
  let length = 0;
  let { violation } = start;
  const { watchesSteps } = monitor;

  /** The sum of weights of each cell's offers in this state, without those set aside. */
  const weights = new Int32Array(system.width);
  let totalWeight = 0;
  const setAside = createMarks();
  /** A step was possible, but met an unspecified event, which does not end this walk. */
  let holeMet = false;

  return {
    walk,
    start: () => start.name,
    length: () => length,
    trace,
    violation: () => violation,
  };

  function walk(seed: number): WalkEnding {
    prng.seed(seed);
    swarm.begin(seed, !swarming);
    // Drawn only if there is a choice, so walks of protocols with one start have the same numbers as before.
    if (starts.length > 1) start = starts[prng.below(starts.length)] as (typeof starts)[number];
    row.set(start.first);
    length = 0;
    violation = start.violation;
    if (violation !== undefined) return 'violated';
    weights.fill(0);
    totalWeight = 0;
    for (let cell = 0; cell < system.width; cell++) weighAgain(cell);
    for (;;) {
      if (length >= maxSteps) return 'steps';
      if (!takeOne() && !takeHeldBack()) return nothingTaken();
      if (violation !== undefined) return 'violated';
      const { cells, count, before } = system.changes;
      for (let index = 0; index < count; index++) weighAgain(cells[index] as number);
      const found = monitor.checkChanged(row, cells, count, before);
      if (found.length > 0) {
        violation = found.find(stopAt);
        if (violation !== undefined) return 'violated';
      }
    }
  }

  function weighAgain(cell: number): void {
    const offered = system.offers(cell, row[cell] as number);
    let weight = 0;
    for (let index = 0; index < offered.length; index++) {
      weight += Math.max(0, swarm.weightOf(offered[index] as number));
    }
    totalWeight += weight - (weights[cell] as number);
    weights[cell] = weight;
  }

  /** Draws until a delivery happens; false if no delivery with a weight is possible. */
  function takeOne(): boolean {
    holeMet = false;
    for (;;) {
      const isOver = totalWeight === 0;
      if (!isOver && !attempt(drawn())) continue;
      putBack();
      return !isOver;
    }
  }

  function drawn(): number {
    let left = prng.below(totalWeight);
    let cell = 0;
    while (left >= (weights[cell] as number)) left -= weights[cell++] as number;
    const offered = system.offers(cell, row[cell] as number);
    for (let index = 0; ; index++) {
      const delivery = offered[index] as number;
      if (setAside.has(delivery)) continue;
      left -= Math.max(0, swarm.weightOf(delivery));
      if (left < 0) return delivery;
    }
  }

  /**
   * Takes this step. If it is not possible, or meets an unspecified event that does not end this walk,
   * sets it aside. In a terminal state, claims about terminal states are evaluated before a fault happens.
   */
  function attempt(delivery: number): boolean {
    if (system.isFault(delivery) && isStuck(system, row)) {
      violation = atEnd();
      if (violation !== undefined) return true;
    }
    if (watchesSteps) monitor.stepsFrom(row);
    if (system.perform(row, delivery)) {
      const hole = system.unspecified();
      if (hole === undefined) {
        trace[length++] = delivery;
        if (watchesSteps) violation = monitor.checkStep(row, delivery).find(stopAt);
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
    weigh(delivery, -1);
    setAside.add(delivery);
    return false;
  }

  function weigh(delivery: number, sign: 1 | -1): void {
    const weight = sign * swarm.weightOf(delivery);
    const cell = system.cellOf(delivery);
    weights[cell] = (weights[cell] as number) + weight;
    totalWeight += weight;
  }

  function putBack(): void {
    for (let index = 0; index < setAside.count(); index++) weigh(setAside.at(index), 1);
    setAside.clear();
  }

  /** Nothing else is possible, so the held-back steps may happen, each as likely as another. */
  function takeHeldBack(): boolean {
    const held = offeredWith(HELD_BACK);
    while (held.length > 0) {
      const [delivery = 0] = held.splice(prng.below(held.length), 1);
      if (attempt(delivery)) {
        setAside.clear();
        return true;
      }
    }
    setAside.clear();
    return false;
  }

  function offeredWith(weight: number): number[] {
    const found: number[] = [];
    for (let cell = 0; cell < system.width; cell++) {
      for (const delivery of system.offers(cell, row[cell] as number)) {
        if (swarm.weightOf(delivery) === weight) found.push(delivery);
      }
    }
    return found;
  }

  function nothingTaken(): WalkEnding {
    const isLeftOut = offeredWith(LEFT_OUT).some(
      (delivery) => !system.isFault(delivery) && system.isEnabled(row, delivery),
    );
    if (isLeftOut || holeMet) return 'starved';
    violation = atEnd();
    return violation === undefined ? 'stuck' : 'violated';
  }

  /** Evaluates claims about terminal states. */
  function atEnd(): Violation | undefined {
    return [...monitor.checkStuck(row), ...monitor.checkDeadlock(row)].find(stopAt);
  }
}
