/** A terminal state, in which no step but faults is enabled, as the violation of a built-in property. */
import { clipped } from '../text/printable.ts';
import { enabledIn } from '../engine/enabled.ts';
import type { System } from '../engine/system.ts';
import { ModelFault } from '../specification/specification-error.ts';
import type { Claim } from '../specification/property.ts';
import type { Protocol } from '../specification/protocol.ts';
import { stateText } from './state-text.ts';
import type { Violation } from './verdict-book.ts';

/** The id of the property that a terminal state violates. */
export const NO_DEADLOCK = 'no-deadlock';

/** A reader needs no more cells than that. */
const MOST_CELLS_SHOWN = 12;
const LONGEST_STATE = 48;

/** Whether deadlocks are searched for, perhaps only in some states. */
export function looksForDeadlocks({ deadlock }: Protocol): boolean {
  return deadlock === undefined || !('ignored' in deadlock);
}

/** The protocol's own words about terminal states; undefined if it has none. */
export function deadlockText({ deadlock }: Protocol): string | undefined {
  if (deadlock === undefined) return undefined;
  return 'ignored' in deadlock
    ? `${NO_DEADLOCK} is not checked: ${deadlock.ignored}`
    : `${NO_DEADLOCK} allows some states: ${deadlock.because}`;
}

/**
 * Whether a terminal state is a deadlock; undefined if deadlocks are not searched for. The finding has no
 * text yet: see `deadlockIn`.
 */
export function deadlockClaim(protocol: Protocol): Claim | undefined {
  const { deadlock } = protocol;
  refuseUnreasoned(protocol);
  if (deadlock !== undefined && 'ignored' in deadlock) return undefined;
  const isOne = { subject: '', expected: '', found: 'a deadlock' };
  return {
    property: NO_DEADLOCK,
    kind: 'whenStuck',
    test: (look) => (deadlock?.allowedWhen(look) === true ? undefined : isOne),
  };
}

/** Checked at run time, because JavaScript has no types: a check that is off by mistake is not noticed. */
function refuseUnreasoned({ name, deadlock }: Protocol): void {
  if (deadlock === undefined) return;
  const said: Partial<Record<'ignored' | 'allowedWhen' | 'because', unknown>> = { ...deadlock };
  const reason = 'ignored' in said ? said.ignored : said.because;
  const isReasoned = typeof reason === 'string' && reason.trim() !== '';
  const isOne = 'ignored' in said !== (typeof said.allowedWhen === 'function');
  if (isReasoned && isOne) return;
  throw new ModelFault(
    `${name}: expected deadlock to be { ignored: why } or { allowedWhen, because: why }, ` +
      `found ${isOne ? 'no reason' : `{ ${Object.keys(said).join(', ')} }`.replace('{  }', '{}')}`,
  );
}

/** The same finding with its text: every cell and its state; cells with a refused offer come first. */
export function deadlockIn(system: System, row: Int32Array): Violation {
  const faults = enabledIn(system, row).length;
  const cells = system.protocol.cells.map(({ name }, cell) => {
    const id = row[cell] as number;
    const refused = [...system.offers(cell, id)]
      .filter((delivery) => !system.isFault(delivery) && !system.isEnabled(row, delivery))
      .map((delivery) => system.eventOf(delivery).type);
    const waits = `${clipped(name)} in ${stateText(system.local(cell, id), LONGEST_STATE)}`;
    return refused.length === 0
      ? { isRefused: false, text: waits }
      : { isRefused: true, text: `${waits} refuses ${[...new Set(refused)].join(', ')}` };
  });
  const waiting = [
    ...cells.filter(({ isRefused }) => isRefused),
    ...cells.filter(({ isRefused }) => !isRefused),
  ].map(({ text }) => text);
  const more =
    waiting.length > MOST_CELLS_SHOWN ? [`${waiting.length - MOST_CELLS_SHOWN} more cells`] : [];
  return {
    property: NO_DEADLOCK,
    finding: {
      subject: 'the whole',
      expected: 'a step that can be taken',
      found: `${faults === 0 ? 'none' : 'only faults'}: ${[...waiting.slice(0, MOST_CELLS_SHOWN), ...more].join('; ')}`,
    },
  };
}
