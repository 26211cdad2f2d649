/** The enabled steps of one state, for occasional use: `explore` computes them during the search. */
import type { System } from './system.ts';

/** Whether this state is terminal: no step but faults is enabled. */
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
