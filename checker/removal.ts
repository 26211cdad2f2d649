/**
 * Twin runs: does taking something away change what somebody will be told?
 *
 *   From one world two are made: in one the thing is taken away, in the other it stays. Both run on
 *   by what the protocol does of itself, in one fixed order, until nothing is left to do. Then the
 *   results are compared. Not a proof over all ways to run on: the order is fixed so that the two
 *   differ in the removal only.
 */
import { canonical } from './canonical.ts';
import type { Finding, Removal } from './property.ts';
import type { System } from './system.ts';

/** Far more than any clean-up needs; a run that is longer never ends. */
const LONGEST = 2000;

/** What the removal changes, as a finding; nothing where the removal cannot happen here. */
export function whatRemovalChanges(
  system: System,
  row: Int32Array,
  removal: Removal,
): Finding | undefined {
  const gone = row.slice();
  if (!system.perform(gone, system.delivery(removal.removed.cell, removal.removed.event))) {
    return undefined;
  }
  const stays = row.slice();
  settle(system, gone, removal);
  settle(system, stays, removal);
  const expected = canonical(removal.results(system.look(stays)));
  const found = canonical(removal.results(system.look(gone)));
  return expected === found ? undefined : { subject: removal.subject, expected, found };
}

function settle(system: System, row: Int32Array, { isInternal }: Removal): void {
  for (let step = 0; step < LONGEST; step++) if (!stepOnce(system, row, isInternal)) return;
  throw new Error('a world does not come to rest by itself');
}

/** Takes the first internal step there is. */
function stepOnce(system: System, row: Int32Array, isInternal: Removal['isInternal']): boolean {
  for (let cell = 0; cell < system.width; cell++) {
    for (const delivery of system.offers(cell, row[cell] as number)) {
      if (isInternal(system.eventOf(delivery)) && system.perform(row, delivery)) return true;
    }
  }
  return false;
}
