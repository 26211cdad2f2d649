/** Runs that nobody searched for: in each state one of the enabled steps is taken by a rule. */
import type { System } from '../../checker/engine/system.ts';
import type { Telling } from '../../checker/specification/timing.ts';
import { take } from './step-deliveries.ts';

/**
 * From the initial state until nothing is enabled, each time what is enabled first. What is `last`
 * is taken only where nothing else is enabled.
 */
export function runToTheEnd(
  system: System,
  isLast: (delivery: number, row: Int32Array) => boolean,
): readonly Telling[] {
  const row = system.initial();
  const tellings: Telling[] = [];
  for (;;) {
    const first = firstEnabled(system, row, isLast);
    const telling = first === undefined ? undefined : take(system, row, first);
    if (telling === undefined) return tellings;
    tellings.push(telling);
  }
}

function firstEnabled(
  system: System,
  row: Int32Array,
  isLast: (delivery: number, row: Int32Array) => boolean,
): number | undefined {
  let last: number | undefined;
  for (let cell = 0; cell < system.width; cell++) {
    for (const delivery of system.offers(cell, row[cell] as number)) {
      if (!system.isEnabled(row, delivery)) continue;
      if (!isLast(delivery, row)) return delivery;
      last ??= delivery;
    }
  }
  return last;
}
