/** A state in which nothing is enabled, faults apart, as the violation of a property that no file states. */
import { clipped } from '../text/printable.ts';
import { enabledIn } from '../engine/enabled.ts';
import type { System } from '../engine/system.ts';
import { ModelFault } from '../specification/specification-error.ts';
import type { Claim } from '../specification/property.ts';
import type { Protocol } from '../specification/protocol.ts';
import { stateText } from './state-text.ts';
import type { Violation } from './verdict-book.ts';

/** The property under which a state is reported in which nothing can happen any more. */
export const NO_DEADLOCK = 'no-deadlock';

/** Nobody reads more cells than that. */
const MOST_CELLS_TOLD = 12;
const LONGEST_STATE = 48;

/** Whether deadlocks are looked for, wherever the protocol may stop. */
export function looksForDeadlocks({ deadlock }: Protocol): boolean {
  return deadlock === undefined || !('ignored' in deadlock);
}

/** What the protocol says of states in which nothing is enabled, for people; undefined where nothing. */
export function deadlockText({ deadlock }: Protocol): string | undefined {
  if (deadlock === undefined) return undefined;
  return 'ignored' in deadlock
    ? `${NO_DEADLOCK} is turned off: ${deadlock.ignored}`
    : `${NO_DEADLOCK} allows some states: ${deadlock.because}`;
}

/**
 * Whether a state in which nothing is enabled is a deadlock; undefined where nobody looks for them.
 * What it finds says nothing yet: see `deadlockIn`.
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

/** Types do not reach everybody: what is turned off by mistake would be missed by nobody. */
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

/** The same, told: every cell and its state, those first that offer something that is refused. */
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
  const told = [
    ...cells.filter(({ isRefused }) => isRefused),
    ...cells.filter(({ isRefused }) => !isRefused),
  ].map(({ text }) => text);
  const more = told.length > MOST_CELLS_TOLD ? [`${told.length - MOST_CELLS_TOLD} more cells`] : [];
  return {
    property: NO_DEADLOCK,
    finding: {
      subject: 'the whole',
      expected: 'a step that can be taken',
      found: `${faults === 0 ? 'none' : 'only faults'}: ${[...told.slice(0, MOST_CELLS_TOLD), ...more].join('; ')}`,
    },
  };
}
