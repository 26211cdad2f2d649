/** What `regress` prints: the table, what it rests on, the verdict, and what to do next. */
import { counted } from '../text.ts';
import type { Accepted } from './accept.ts';
import type { Expected } from './expected.ts';
import type { Row } from './rows.ts';
import { tableLines, verdictLine, type Shown } from './table.ts';

/** What was found, and how: measured now, or by a full run of which this tree is the unchanged one. */
export type Regressed = {
  readonly rows: readonly Row[];
  readonly expected: Expected;
  readonly tree: string;
  readonly since: { readonly finished: string; readonly repeated: number } | undefined;
};

export type Manner = {
  readonly chosen: readonly string[];
  readonly isToAccept: boolean;
  readonly accepted: Accepted | undefined;
  readonly shown: Shown;
};

export function reportLines(regressed: Regressed, manner: Manner): readonly string[] {
  const { chosen, accepted, shown } = manner;
  const { rows, tree, since } = regressed;
  const holds = rows.every((row) => row.holds);
  return [
    ...tableLines(rows, shown),
    ...(chosen.length === 0 ? [] : [`only what concerns ${chosen.join(', ')}`]),
    ...(since === undefined
      ? []
      : [
          `unchanged since the full run that ${holds ? 'held' : 'failed'}: ${since.finished}, hash ${tree.slice(0, 16)}`,
          `${counted(since.repeated, 'measurement')} repeated, and the same; --force repeats all`,
        ]),
    verdictLine(rows),
    ...(holds && manner.isToAccept ? ['nothing to accept, and nothing written'] : []),
    ...(accepted === undefined ? hints(rows) : acceptedLines(accepted)),
  ];
}

/** What to do about all of it; what to do about each row stands below the row. */
function hints(rows: readonly Row[]): readonly string[] {
  const failed = rows.filter(({ holds }) => !holds);
  if (failed.length === 0) return [];
  const refused = failed.filter(({ canBeAccepted }) => !canBeAccepted);
  return refused.length === 0
    ? [`  accept  sprite-check regress --accept --reason "why it moved"`]
    : [
        `  ${counted(refused.length)} of these cannot be accepted: ${verdictsOf(refused)}; repair them first`,
      ];
}

function verdictsOf(rows: readonly Row[]): string {
  return [...new Set(rows.map(({ verdict }) => verdict))].join(', ');
}

function acceptedLines(accepted: Accepted): readonly string[] {
  if (accepted.kind === 'refused') {
    return ['not accepted, and nothing written:', ...accepted.problems.map((each) => `  ${each}`)];
  }
  return [
    ...accepted.removed.map((file) => `removed ${file}`),
    `accepted: ${counted(accepted.files, 'file')} written, the reason to CHANGELOG.md; ` +
      'now "npm run docs", and commit',
  ];
}

/** The one document of `--json`. */
export function jsonOf(
  regressed: Regressed,
  accepted: Accepted | undefined,
  exitCode: number,
): object {
  const { rows, tree, since } = regressed;
  return {
    verdict: rows.every((row) => row.holds) ? 'held' : 'failed',
    tree,
    since,
    rows,
    accepted,
    exitCode,
  };
}
