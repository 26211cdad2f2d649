/**
 * Judges the transitions that the small scenarios take. If one is no longer taken, something can no longer
 * happen, and every property may hold for that reason.
 */
import { isOwnProperty } from '../../checker/claims/own-properties.ts';
import { unique, withoutName } from '../specification/lookup.ts';
import { counted, listUpTo } from '../../checker/text/tables.ts';
import { repairedOf } from '../specification/loaded.ts';
import type { Expected } from './expected.ts';
import type { Measured } from './measurements.ts';
import { undecided, type Row } from './row.ts';

/** Bound on the names in a row; `check` names all transitions that are no longer taken. */
const NAMED = 10;

/** One row; none for a part of the scenarios, because the others may take the rest. */
export function transitionRows(
  { spec, taken: pinned }: Expected,
  { scenarios }: Measured,
): readonly Row[] {
  if (pinned === undefined) return [];
  const repaired = repairedOf(spec);
  // Properties are checked in small scenarios only.
  const own = scenarios.filter(
    ({ variant, applied }) => variant === repaired && !applied.every(isOwnProperty),
  );
  const now = unique(own.flatMap(({ taken = [] }) => taken));
  const lost = withoutName(pinned, now);
  const won = withoutName(now, pinned).toSorted();
  const row: Row = {
    id: 'transitions',
    what: 'transitions',
    variant: repaired,
    scenario: '',
    verdict: 'taken as before',
    holds: true,
    stored: 'unchanged',
    canBeAccepted: true,
    before: pinned.length === 0 ? 'not pinned' : takenText(pinned.length),
    now: takenText(now.length),
    why: '',
  };
  const open = own.filter(({ ending }) => ending !== 'closed');
  if (open.some(({ ending }) => ending === 'interrupted')) return [undecided(row)];
  if (open.length > 0) {
    const verdict = open.some(({ ending }) => ending === 'broken') ? 'UNKNOWN' : 'not closed';
    const why = `not explored to the end: ${open.map(({ scenario }) => scenario).join(', ')}`;
    return [{ ...row, verdict, holds: false, canBeAccepted: false, why }];
  }
  if (lost.length + won.length === 0) return [row];
  const why = [...saidOf('taken no more', lost), ...saidOf('taken now', won)].join('; ');
  const stored = pinned.length === 0 ? 'new' : 'updated';
  return [{ ...row, verdict: lost.length > 0 ? 'LOST' : 'grew', holds: false, stored, why }];
}

function takenText(transitions: number): string {
  return `${counted(transitions, 'transition')} taken`;
}

function saidOf(what: string, names: readonly string[]): readonly string[] {
  return names.length === 0 ? [] : [`${what}: ${listUpTo(names, NAMED)}`];
}
