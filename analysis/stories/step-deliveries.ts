/** Stories told delivery by delivery. */
import { eventOf, type Story } from '../../checker/specification/protocol.ts';
import type { System } from '../../checker/engine/system.ts';
import type { Telling } from '../../checker/specification/timing.ts';

/** The steps that take place, told; fewer than asked where one does not. */
export function stepDeliveries(system: System, { start, steps }: Story): readonly Telling[] {
  if (!system.starts.includes(start)) return [];
  const names = new Set(system.protocol.cells.map(({ name }) => name));
  const row = system.initial(start);
  const tellings: Telling[] = [];
  for (const step of steps) {
    if (!names.has(step.at)) break;
    const telling = take(system, row, system.delivery(step.at, eventOf(step)));
    if (telling === undefined) break;
    tellings.push(telling);
  }
  return tellings;
}

/** Performs it on the row; undefined where it cannot take place as a whole. */
export function take(system: System, row: Int32Array, delivery: number): Telling | undefined {
  const cell = system.cellOf(delivery);
  if (!system.offers(cell, row[cell] as number).includes(delivery)) return undefined;
  const telling = system.deliveriesOf(row, delivery);
  if (!system.perform(row, delivery)) return undefined;
  if (system.unspecified() === undefined) return telling;
  system.undo(row);
  return undefined;
}
