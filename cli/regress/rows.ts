/** One line of the table that `regress` prints, and the same as an outcome for reports. */
import type { Outcome } from '../reports/outcome.ts';

export type Row = {
  /** The same in every run. */
  readonly id: string;
  readonly what: 'baseline' | 'property' | 'fault' | 'trace';
  readonly kernel: string;
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
  /** The story, relative to the root or to where the command ran. */
  readonly trace?: string;
  /** Milliseconds spent on it, when it was measured; none where nothing had to be. */
  readonly ms?: number;
};

export function outcomesOf(rows: readonly Row[]): readonly Outcome[] {
  return rows.map(({ id, what, scenario, kernel, property, verdict, holds, stored, ...row }) => ({
    id: `${what}/${id}`,
    what,
    scenario,
    kernel,
    ...(property === undefined ? {} : { property }),
    verdict,
    status: holds ? 'passed' : 'failed',
    before: stored,
    message: messageOf(row),
    ...(row.trace === undefined ? {} : { trace: row.trace }),
    ...(row.ms === undefined ? {} : { seconds: row.ms / 1000 }),
  }));
}

function messageOf({ before, now, why }: Pick<Row, 'before' | 'now' | 'why'>): string {
  const change = before === now ? now : `before: ${before}; now: ${now}`;
  return why === '' ? change : `${change}; ${why}`;
}
