/** What `regress` prints: the table, the evidence, the verdict, and what to do next. */
import { counted } from '../../checker/text/tables.ts';
import type { Accepted } from '../../analysis/regress/accept.ts';
import type { Expected } from '../../analysis/regress/expected.ts';
import { isDecided, type Row } from '../../analysis/regress/row.ts';
import { interruptedLine, tableLines, regressVerdictLine, type Shown } from './regress-table.ts';

/**
 * The results, which were measured now or by an earlier full run on this unchanged tree. Some rows of an
 * interrupted run are undecided.
 */
export type Regressed = {
  readonly rows: readonly Row[];
  readonly expected: Expected;
  readonly tree: string;
  readonly since: { readonly finished: string; readonly repeated: number } | undefined;
  readonly isInterrupted: boolean;
};

export type RegressManner = {
  readonly chosen: readonly string[];
  readonly isToAccept: boolean;
  readonly accepted: Accepted | undefined;
  readonly shown: Shown;
  /** Only rows that fail, and the verdict. */
  readonly isQuiet?: boolean;
};

export function reportLines(regressed: Regressed, manner: RegressManner): readonly string[] {
  const { chosen, accepted, shown, isQuiet = false } = manner;
  const { rows, tree, since, isInterrupted } = regressed;
  const holds = rows.every((row) => row.holds);
  if (isInterrupted) {
    return [...tableLines(rows, shown), ...only(chosen), endOf(rows, manner)];
  }
  return [
    ...tableLines(rows, shown, { counts: !isQuiet }),
    ...(isQuiet ? [] : only(chosen)),
    ...(since === undefined || isQuiet
      ? []
      : [
          `unchanged since the full run that ${holds ? 'held' : 'failed'}: ${since.finished}, hash ${tree.slice(0, 16)}`,
          `${counted(since.repeated, 'measurement')} repeated, and the same; --force repeats all`,
        ]),
    // Accepted differences are no failures.
    ...(accepted?.kind === 'written' ? [] : [regressVerdictLine(rows)]),
    ...(holds && manner.isToAccept ? ['nothing to accept, and nothing written'] : []),
    ...(accepted === undefined ? hints(regressed) : acceptedLines(regressed, accepted)),
  ];
}

function only(chosen: readonly string[]): readonly string[] {
  return chosen.length === 0 ? [] : [`only what concerns ${chosen.join(', ')}`];
}

/** The last line of an interrupted run, which may have decided everything without writing it. */
function endOf(rows: readonly Row[], { isToAccept }: RegressManner): string {
  const nothing = isToAccept ? '; nothing is accepted, and nothing written' : '';
  return `${interruptedLine(rows)}${nothing}`;
}

/** The next command for all rows; the one for each row is below the row. */
function hints({ rows, expected: { spec } }: Regressed): readonly string[] {
  const failed = rows.filter(({ holds }) => !holds);
  if (failed.length === 0) return [];
  const refused = failed.filter(({ canBeAccepted }) => !canBeAccepted);
  return refused.length === 0
    ? [`  accept  sprite-check regress --accept --reason "why it moved"${spec.options}`]
    : [
        `  ${counted(refused.length)} of these cannot be accepted: ${verdictsOf(refused)}; repair them first`,
      ];
}

function verdictsOf(rows: readonly Row[]): string {
  return [...new Set(rows.map(({ verdict }) => verdict))].join(', ');
}

function acceptedLines(
  { rows, expected: { spec } }: Regressed,
  accepted: Accepted,
): readonly string[] {
  if (accepted.kind === 'refused') {
    return ['not accepted, and nothing written:', ...accepted.problems.map((each) => `  ${each}`)];
  }
  return [
    ...accepted.removed.map((file) => `removed ${file}`),
    `accepted: ${counted(rows.filter(({ holds }) => !holds).length)} of ${counted(rows.length)} not as before; ` +
      `${counted(accepted.files, 'file')} changed, with the reason in ${spec.home.changelog}`,
  ];
}

/** The one document of `--json`. */
export function regressJson(
  regressed: Regressed,
  accepted: Accepted | undefined,
  exitCode: number,
): object {
  const { rows, tree, since, isInterrupted } = regressed;
  const verdict = rows.every((row) => row.holds) ? 'held' : 'failed';
  const undecided = rows.filter((row) => !isDecided(row)).map(({ what, id }) => ({ what, id }));
  return {
    verdict: isInterrupted ? 'interrupted' : verdict,
    tree,
    since,
    rows: rows.filter(isDecided),
    undecided: isInterrupted ? undecided : undefined,
    accepted,
    exitCode,
  };
}
