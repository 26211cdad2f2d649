/** One line of the table that `regress` prints, and the same as an outcome for reports. */
import { join } from 'node:path';
import { inProject } from '../files/project-paths.ts';
import type { Outcome } from '../reports/outcome.ts';
import type { Home } from '../specification/loaded.ts';

export type Row = {
  /** The same in every run. */
  readonly id: string;
  readonly what: 'baseline' | 'transitions' | 'property' | 'fault' | 'trace';
  readonly variant: string;
  /** Empty where it concerns several. */
  readonly scenario: string;
  readonly property?: string;
  readonly verdict: string;
  readonly holds: boolean;
  readonly stored: 'new' | 'unchanged' | 'updated' | 'absent';
  /** Whether `--accept` may take what there is now for what should be. */
  readonly canBeAccepted: boolean;
  readonly before: string;
  readonly now: string;
  /** One line; empty where nothing has to be said. */
  readonly why: string;
  /** What to do about it; absent of a row that holds. */
  readonly next?: string;
  /** The file of the story, from the root, with slashes. */
  readonly trace?: string;
  /** Milliseconds spent on it, when it was measured; none where nothing had to be. */
  readonly ms?: number;
};

/** Of a row of which nobody waited for the measurement: it holds nothing, and differs in nothing. */
const UNDECIDED = 'undecided';

export function isDecided({ verdict }: Row): boolean {
  return verdict !== UNDECIDED;
}

/** The row as it is told where its measurement was interrupted. */
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
    // A property is judged over all scenarios; which one violates it, its message says. A case that
    // went to another suite when it fails would be another case.
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
