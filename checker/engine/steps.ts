/** Steps by name and deliveries by number: the same thing for people and for the engine. */
import { stepOf, type Step } from '../specification/protocol.ts';
import type { System } from './system.ts';

export function stepFor(system: System, delivery: number): Step {
  const cell = system.protocol.cells[system.cellOf(delivery)];
  return stepOf(cell?.name ?? '', system.eventOf(delivery));
}
