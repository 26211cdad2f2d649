/** A row of the table that `regress` prints, also as an outcome for reports. */
import { join } from 'node:path';
import { inProject } from '../files/project-paths.ts';
import type { Outcome } from '../reports/outcome.ts';
import type { Home } from '../specification/loaded.ts';

export type Row = {
  /** The same in every run. */
  readonly id: string;
  readonly what: 'baseline' | 'transitions' | 'property' | 'fault' | 'trace';
  readonly variant: string;
  /** Empty if the row is about several. */
  readonly scenario: string;
  readonly property?: string;
  readonly verdict: string;
  readonly holds: boolean;
  readonly stored: 'new' | 'unchanged' | 'updated' | 'absent';
  /** Whether `--accept` may store the present result as the expected one. */
  readonly canBeAccepted: boolean;
  readonly before: string;
  readonly now: string;
  /** One line; may be empty. */
  readonly why: string;
  /** The next command; absent if the row holds. */
  readonly next?: string;
  /** The file of the story, from the root, with slashes. */
  readonly trace?: string;
  /** Milliseconds spent on its measurement; absent if none was needed. */
  readonly ms?: number;
};

/** Undecided, because its measurement was interrupted: it neither holds nor differs. */
const UNDECIDED = 'undecided';

export function isDecided({ verdict }: Row): boolean {
  return verdict !== UNDECIDED;
}

/** The row if its measurement was interrupted. */
export function undecided(row: Row): Row {
  const nothing = { holds: false, canBeAccepted: false, now: 'not known', why: '' } as const;
  return { ...row, ...nothing, verdict: UNDECIDED, stored: 'unchanged' };
}

export function outcomesOf(home: Home, rows: readonly Row[]): readonly Outcome[] {
  return rows.map((row) => ({ ...outcomeOf(row), ...placeOf(home, row) }));
}

/** No place outside of the project is named. */
function placeOf({ base }: Home, { trace }: Row): Pick<Outcome, 'trace'> {
  const path = trace === undefined ? undefined : inProject(join(base, trace), base);
  return path === undefined ? {} : { trace: path };
}

function outcomeOf(row: Row): Outcome {
  const { id, what, scenario, variant, property, verdict, holds, stored, ms } = row;
  return {
    id: `${what}/${id}`,
    what,
    // A property is judged over all scenarios, and its message says which one violates it. If its case
    // changed the suite when it fails, it would be another case.
    scenario: what === 'property' ? '' : scenario,
    variant,
    ...(property === undefined ? {} : { property }),
    verdict,
    status: holds ? 'passed' : 'failed',
    before: stored,
    message: messageOf(row),
    ...(ms === undefined ? {} : { seconds: ms / 1000 }),
  };
}

function messageOf({ before, now, why }: Pick<Row, 'before' | 'now' | 'why'>): string {
  const change = before === now ? now : `before: ${before}; now: ${now}`;
  return why === '' ? change : `${change}; ${why}`;
}
