/** Stories told delivery by delivery: stored ones, and those that take the first way open to them. */
import { eventOf, type Story } from '../../checker/specification/protocol.ts';
import { enabledIn } from '../../checker/engine/enabled.ts';
import type { System } from '../../checker/engine/system.ts';
import type { Telling } from '../../model/timing/run-cost.ts';

/** The steps that take place, told; fewer than asked where one does not. */
export function tellSteps(system: System, { start, steps }: Story): readonly Telling[] {
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

/**
 * Until nothing is enabled, each time what is enabled first; a migration is asked for only where
 * nothing else is left to do.
 */
export function tellToTheEnd(system: System): readonly Telling[] {
  const row = system.initial();
  const tellings: Telling[] = [];
  for (;;) {
    const enabled = enabledIn(system, row);
    const first = enabled.find((each) => system.eventOf(each).type !== 'requested') ?? enabled[0];
    const telling = first === undefined ? undefined : take(system, row, first);
    if (telling === undefined) return tellings;
    tellings.push(telling);
  }
}

/** Performs it on the row; undefined where it cannot take place as a whole. */
function take(system: System, row: Int32Array, delivery: number): Telling | undefined {
  const cell = system.cellOf(delivery);
  if (!system.offers(cell, row[cell] as number).includes(delivery)) return undefined;
  const telling = system.tell(row, delivery);
  if (!system.perform(row, delivery)) return undefined;
  if (system.unspecified() === undefined) return telling;
  system.undo(row);
  return undefined;
}
