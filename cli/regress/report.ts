/** What `regress` prints: the table, what it rests on, the verdict, and what to do next. */
import { join, relative } from 'node:path';
import { root } from '../root.ts';
import { counted } from '../text.ts';
import type { Accepted } from './accept.ts';
import type { Expected } from './expected.ts';
import type { Row } from './rows.ts';
import { tableLines, verdictLine } from './table.ts';

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
  /** Every row, not only those that do not hold. */
  readonly all: boolean;
};

export function reportLines(regressed: Regressed, manner: Manner): readonly string[] {
  const { chosen, accepted, all } = manner;
  const { rows, tree, since } = regressed;
  const holds = rows.every((row) => row.holds);
  return [
    ...tableLines(rows, { all }),
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

/** What to do next. */
function hints(rows: readonly Row[]): readonly string[] {
  const failed = rows.filter(({ holds }) => !holds);
  const [story] = failed.filter(({ what, trace }) => what === 'property' && trace !== undefined);
  const [outdated] = failed.filter(({ verdict }) =>
    ['rebased', 'fixed', 'stale'].includes(verdict),
  );
  return [
    ...(story === undefined ? [] : [`  story   sprite-check replay ${fromHere(story)}`]),
    ...(outdated === undefined
      ? []
      : [`  rebase  sprite-check replay ${fromHere(outdated)} --rebase --out out`]),
    ...(failed.length === 0
      ? []
      : [
          failed.every(({ canBeAccepted }) => canBeAccepted)
            ? `  accept  sprite-check regress --accept --reason "why it moved"`
            : '  what is violated, missed, unreadable or does not close cannot be accepted',
        ]),
  ];
}

/** The story's file, as a command takes it. */
function fromHere({ trace = '' }: Row): string {
  return relative(process.cwd(), join(root, trace));
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
