/** What can happen in one state, for whoever asks now and then: `explore` finds out as it goes on. */
import type { System } from './system.ts';

/** Whether nothing is enabled in this state, faults apart. */
export function isStuck(system: System, row: Int32Array): boolean {
  for (let cell = 0; cell < system.width; cell++) {
    for (const delivery of system.offers(cell, row[cell] as number)) {
      if (!system.isFault(delivery) && system.isEnabled(row, delivery)) return false;
    }
  }
  return true;
}

/** The enabled deliveries of a state, in the order of cells. */
export function enabledIn(system: System, row: Int32Array): readonly number[] {
  const found: number[] = [];
  for (let cell = 0; cell < system.width; cell++) {
    for (const delivery of system.offers(cell, row[cell] as number)) {
      if (system.isEnabled(row, delivery)) found.push(delivery);
    }
  }
  return found;
}
