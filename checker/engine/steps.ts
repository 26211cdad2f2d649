/** A step by name is for people, a delivery by number for the engine: they are the same thing. */
import { stepOf, type Step } from '../specification/protocol.ts';
import type { System } from './system.ts';

export function stepFor(system: System, delivery: number): Step {
  const cell = system.protocol.cells[system.cellOf(delivery)];
  return stepOf(cell?.name ?? '', system.eventOf(delivery));
}
