/** An unspecified event, one that its cell does not take, as the violation of a built-in property. */
import { DEEPEST_CASCADE, type Unspecified } from '../engine/system.ts';
import type { Local } from '../specification/protocol.ts';
import type { Violation } from './monitor.ts';

/** The id of the property that an unspecified event violates. */
export const EVERY_EVENT_IS_SPECIFIED = 'every-event-is-specified';

export function violationOf(hole: Unspecified): Violation {
  const { cell, event, local, why } = hole;
  const said =
    why === 'refused'
      ? { expected: `a transition for ${event.type} in state ${stateName(local)}`, found: 'none' }
      : {
          expected: `effects that end, ${DEEPEST_CASCADE} deep at most`,
          found: `${event.type}, which is deeper`,
        };
  return { property: EVERY_EVENT_IS_SPECIFIED, finding: { subject: cell, ...said } };
}

function stateName(local: Local): string {
  return typeof local.value === 'string' ? local.value : JSON.stringify(local.value);
}
