/**
 * Takes one story delivery by delivery from its start and evaluates every claim in every state. Replay,
 * shrinking and confirmation use it; the random walk has its own, faster loop.
 */
import { isStuck } from '../engine/enabled.ts';
import { violationOf } from '../claims/unspecified-event.ts';
import { createMonitor, type Violation } from '../claims/monitor.ts';
import type { Claim } from '../specification/property.ts';
import type { System } from '../engine/system.ts';

export type Refusal =
  /** The cell does not offer this event in its present state. */
  | 'not offered'
  /** The cell offers it, and a guard refuses it. */
  | 'refused';

export type Stepper = {
  /** The state reached. Read only. */
  readonly row: Int32Array;
  /** Goes back to this start and returns the violations there. The start must exist. */
  readonly restart: (start?: string) => readonly Violation[];
  /**
   * Takes one step; returns its new violations, or the reason why it is not possible. A step that meets an
   * unspecified event is not taken, and its violation says so.
   */
  readonly take: (delivery: number) => readonly Violation[] | Refusal;
  /** The violations of claims about terminal states; none if the state is not terminal. */
  readonly end: () => readonly Violation[];
  /** Properties of which some claim, looking ahead, met its bound in a state of the story. */
  readonly undecided: () => readonly string[];
};

export function createStepper(system: System, claims: readonly Claim[]): Stepper {
  const monitor = createMonitor(system, claims, []);
  const begun = new Map<string | undefined, Begun>();
  const row = system.initial();
  return { row, restart, take, end, undecided: monitor.undecided };

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

/** A start, and the violations there. */
type Begun = { readonly first: Int32Array; readonly violations: readonly Violation[] };
