/** The table that `regress` prints: differences in full, and one line for each kind that holds. */
import { printable } from '../../checker/text/printable.ts';
import { styled } from '../terminal.ts';
import { counted, listUpTo, table } from '../../checker/text/tables.ts';
import { common, folded, type Fold } from './grouped-rows.ts';
import { isDecided, type Row } from '../../analysis/regress/row.ts';

const LONGEST = 300;
/** The number of names in grouped rows; `--verbose` and `--json` have all. */
const NAMED = 5;

const kinds = [
  { what: 'baseline', things: ['pinned scenario', 'pinned scenarios'], held: 'as pinned' },
  {
    what: 'transitions',
    things: ['list of transitions', 'lists of transitions'],
    held: 'taken as before',
  },
  { what: 'property', things: ['property', 'properties'], held: 'proven, tested where it was' },
  { what: 'fault', things: ['shipped fault', 'shipped faults'], held: 'caught as before' },
  { what: 'trace', things: ['stored story', 'stored stories'], held: 'as stored' },
] as const;

export type Shown =
  /** Rows that do not hold; rows with the same reason are grouped. */
  | 'folded'
  /** Each row that does not hold. */
  | 'failed'
  | 'all';

/** The rows and, unless `counts` is false, the number of each kind that hold. */
export function tableLines(
  rows: readonly Row[],
  shown: Shown = 'folded',
  { counts }: { readonly counts: boolean } = { counts: true },
): readonly string[] {
  const chosen = shown === 'all' ? rows : rows.filter((row) => !row.holds && isDecided(row));
  const folds =
    shown === 'folded' ? folded(chosen) : chosen.map((first) => ({ first, rows: [first] }));
  return [
    ...(folds.length === 0 ? [] : [...foldLines(folds), '']),
    ...kinds.flatMap((kind) => {
      if (!counts) return [];
      const own = rows.filter((row) => row.what === kind.what);
      return kindLine(own, kind.things, kind.held);
    }),
  ];
}

/** Each row, and below it what differs, why, and what to do. */
function foldLines(folds: readonly Fold[]): readonly string[] {
  const lines = table(folds.map((fold) => cellsOf(fold).map((text) => cut(printable(text)))));
  return folds.flatMap((fold, index) => [colored(fold, lines[index] ?? ''), ...below(fold)]);
}

function cellsOf({ first, rows }: Fold): readonly string[] {
  const { what, id, verdict } = first;
  const [, many] = kinds.find((kind) => kind.what === what)?.things ?? ['', what];
  return [
    what,
    rows.length === 1 ? id : `${counted(rows.length)} ${many}`,
    verdict,
    // A value that holds is short enough for the same line.
    ...(first.holds ? [common(rows.map(({ now }) => now))] : []),
  ];
}

function colored({ first }: Fold, line: string): string {
  return first.holds ? line : styled('red', line);
}

function below({ first: { holds, why, next = '' }, rows }: Fold): readonly string[] {
  const ids = rows.map(({ id }) => id);
  const said = [
    ['which', ids.length === 1 ? '' : listUpTo(ids, NAMED)],
    ['before', holds ? '' : common(rows.map(({ before }) => before))],
    ['now', holds ? '' : common(rows.map(({ now }) => now))],
    ['why', why],
    ['next', next],
  ] as const;
  return said
    .filter(([, text]) => text !== '')
    .map(([what, text]) => `          ${what.padEnd(6)}  ${cut(printable(text))}`);
}

function kindLine(
  rows: readonly Row[],
  [one, many]: readonly [string, string],
  held: string,
): readonly string[] {
  if (rows.length === 0) return [];
  const holding = rows.filter(({ holds }) => holds).length;
  const open = rows.filter((row) => !isDecided(row)).length;
  const left = open === 0 ? '' : `, ${counted(open)} undecided`;
  return [`${holding} of ${counted(rows.length)} ${rows.length === 1 ? one : many} ${held}${left}`];
}

/** The last line if everything was decided: "HELD …" or "FAILED …". */
export function regressVerdictLine(rows: readonly Row[]): string {
  const failed = rows.filter(({ holds }) => !holds).length;
  return failed === 0
    ? styled('green', `HELD  ${counted(rows.length)} of ${counted(rows.length)} as before`)
    : styled('red', `FAILED  ${counted(failed)} of ${counted(rows.length)} not as before`);
}

/** The last line if not everything was decided. */
export function interruptedLine(rows: readonly Row[]): string {
  const decided = rows.filter(isDecided);
  const failed = decided.filter(({ holds }) => !holds).length;
  return (
    `interrupted: ${counted(decided.length)} of ${counted(rows.length)} decided, ` +
    `${counted(failed)} of them not as before; ${counted(rows.length - decided.length)} undecided`
  );
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
