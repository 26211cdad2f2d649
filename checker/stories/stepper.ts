/**
 * One story, taken delivery by delivery from where it begins, every claim held against every
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
  /** Back to where stories begin that name this start; what is violated there. It must exist. */
  readonly restart: (start?: string) => readonly Violation[];
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
  const begun = new Map<string | undefined, Begun>();
  const row = system.initial();
  return { row, restart, take, end };

  function restart(start?: string): readonly Violation[] {
    const { first, violations } = begun.get(start) ?? begin(start);
    row.set(first);
    return violations;
  }

  function begin(start: string | undefined): Begun {
    const first = system.initial(start);
    const found = { first, violations: monitor.checkStart(first) };
    begun.set(start, found);
    return found;
  }

  function take(delivery: number): readonly Violation[] | Refusal {
    const cell = system.cellOf(delivery);
    if (!system.offers(cell, row[cell] as number).includes(delivery)) return 'not offered';
    if (monitor.watchesSteps) monitor.stepsFrom(row);
    if (!system.perform(row, delivery)) return 'refused';
    const hole = system.unspecified();
    if (hole !== undefined) {
      system.undo(row);
      return [violationOf(hole)];
    }
    const ofStep = monitor.watchesSteps ? monitor.checkStep(row, delivery) : [];
    const { cells, count, before } = system.changes;
    return [...ofStep, ...monitor.checkChanged(row, cells, count, before)];
  }

  function end(): readonly Violation[] {
    if (!monitor.watchesEnd || !isStuck(system, row)) return [];
    return [...monitor.checkStuck(row), ...monitor.checkDeadlock(row)];
  }
}

/** A start, and what is violated there. */
type Begun = { readonly first: Int32Array; readonly violations: readonly Violation[] };
