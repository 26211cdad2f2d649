/** Runs without a search: in each state a rule chooses one of the enabled steps. */
import type { System } from '../../checker/engine/system.ts';
import type { Cascade } from '../../checker/specification/timing.ts';
import { take } from './step-deliveries.ts';

/**
 * From the initial state until no step is enabled. The first enabled step is taken; a step that is `last`
 * only if no other is enabled.
 */
export function runToTheEnd(
  system: System,
  isLast: (delivery: number, row: Int32Array) => boolean,
): readonly Cascade[] {
  const row = system.initial();
  const deliveries: Cascade[] = [];
  for (;;) {
    const first = firstEnabled(system, row, isLast);
    const caused = first === undefined ? undefined : take(system, row, first);
    if (caused === undefined) return deliveries;
    deliveries.push(caused);
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
