/** An event that its cell does not take, as the violation of a property that no file states. */
import type { Unspecified } from '../engine/system.ts';
import type { Local } from '../specification/protocol.ts';
import type { Violation } from './monitor.ts';

/** The property under which an event that its cell does not take is reported. */
export const EVERY_EVENT_IS_SPECIFIED = 'every-event-is-specified';

export function violationOf(hole: Unspecified): Violation {
  const { cell, event, local, why } = hole;
  return {
    property: EVERY_EVENT_IS_SPECIFIED,
    finding: {
      subject: cell,
      expected: `a transition for ${event.type} in state ${stateName(local)}`,
      found: why === 'refused' ? 'none' : 'effects that never end',
    },
  };
}

function stateName(local: Local): string {
  return typeof local.value === 'string' ? local.value : JSON.stringify(local.value);
}
