/** The deliveries of a story, step by step. */
import { eventOf, type Story } from '../../checker/specification/protocol.ts';
import type { System } from '../../checker/engine/system.ts';
import type { Cascade } from '../../checker/specification/timing.ts';

/** The deliveries of each step, up to the first step that does not take place. */
export function stepDeliveries(system: System, { start, steps }: Story): readonly Cascade[] {
  if (!system.starts.includes(start)) return [];
  const names = new Set(system.protocol.cells.map(({ name }) => name));
  const row = system.initial(start);
  const deliveries: Cascade[] = [];
  for (const step of steps) {
    if (!names.has(step.at)) break;
    const caused = take(system, row, system.delivery(step.at, eventOf(step)));
    if (caused === undefined) break;
    deliveries.push(caused);
  }
  return deliveries;
}

/** Performs the delivery on the row, with all that it causes; undefined if it cannot take place as a whole. */
export function take(system: System, row: Int32Array, delivery: number): Cascade | undefined {
  const cell = system.cellOf(delivery);
  if (!system.offers(cell, row[cell] as number).includes(delivery)) return undefined;
  const caused = system.deliveriesOf(row, delivery);
  if (!system.perform(row, delivery)) return undefined;
  if (system.unspecified() === undefined) return caused;
  system.undo(row);
  return undefined;
}
