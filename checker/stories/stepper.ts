/**
 * One story, taken delivery by delivery from the initial state, every claim held against every
 * state. Under replay, shrinking and confirming; the walk has its own, faster loop.
 */
import { isStuck } from '../engine/enabled.ts';
import { violationOf } from '../claims/unspecified-event.ts';
import { createMonitor, type Violation } from '../claims/monitor.ts';
import type { Claim } from '../specification/property.ts';
import type { System } from '../engine/system.ts';

export type Refusal =
  /** The cell does not offer this event in its present state. */
  | 'not offered'
  /** It does, and a guard refuses. */
  | 'refused';

export type Stepper = {
  /** The state reached. Read only. */
  readonly row: Int32Array;
  /** Back to the initial state; what is violated there. */
  readonly restart: () => readonly Violation[];
  /**
   * Takes one step; what it newly violates, or why it cannot be taken. A step that meets an event
   * nobody specified is not taken, and its violation says so.
   */
  readonly take: (delivery: number) => readonly Violation[] | Refusal;
  /** What is violated because nothing but faults can happen; nothing where something can. */
  readonly end: () => readonly Violation[];
};

export function createStepper(system: System, claims: readonly Claim[]): Stepper {
  const monitor = createMonitor(system, claims, []);
  const start = system.initial();
  const atStart = monitor.checkAll(start, false);
  const row = start.slice();
  const watchesEnd = claims.some(({ kind }) => kind === 'whenStuck');
  return { row, restart, take, end };

  function restart(): readonly Violation[] {
    row.set(start);
    return atStart;
  }

  function take(delivery: number): readonly Violation[] | Refusal {
    const cell = system.cellOf(delivery);
    if (!system.offers(cell, row[cell] as number).includes(delivery)) return 'not offered';
    if (!system.perform(row, delivery)) return 'refused';
    const hole = system.unspecified();
    if (hole !== undefined) {
      system.undo(row);
      return [violationOf(hole)];
    }
    const { cells, count, before } = system.changes;
    return monitor.checkChanged(row, cells, count, before);
  }

  function end(): readonly Violation[] {
    return watchesEnd && isStuck(system, row) ? monitor.checkStuck(row) : [];
  }
}
