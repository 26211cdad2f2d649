/** The table that `regress` prints: what differs in full, what holds as one line of each kind. */
import { printable } from '../../checker/printable.ts';
import { counted, styled, table } from '../text.ts';
import type { Row } from './rows.ts';

const LONGEST = 300;

const kinds = [
  { what: 'baseline', things: ['pinned scenario', 'pinned scenarios'], held: 'as pinned' },
  { what: 'property', things: ['property', 'properties'], held: 'proven, tested where it was' },
  { what: 'fault', things: ['shipped fault', 'shipped faults'], held: 'caught as before' },
  { what: 'trace', things: ['stored story', 'stored stories'], held: 'as stored' },
] as const;

/** With `all`, every row; else only those that do not hold. */
export function tableLines(
  rows: readonly Row[],
  { all = false }: { readonly all?: boolean } = {},
): readonly string[] {
  const shown = all ? rows : rows.filter(({ holds }) => !holds);
  return [
    ...(shown.length === 0
      ? []
      : [
          ...coloured(
            [
              ['', 'what', 'verdict', 'before', 'now'],
              ...shown.map(({ what, id, verdict, before, now }) => [
                what,
                id,
                verdict,
                before,
                now,
              ]),
            ],
            shown,
          ),
          '',
        ]),
    ...kinds.flatMap(({ what, things, held }) =>
      kindLine(
        rows.filter((row) => row.what === what),
        things,
        held,
      ),
    ),
  ];
}

/** Why a row differs stands below it: it is a sentence. */
function coloured(cells: readonly (readonly string[])[], shown: readonly Row[]): readonly string[] {
  const [head = '', ...lines] = table(cells.map((row) => row.map((text) => cut(printable(text)))));
  return [
    head,
    ...lines.flatMap((line, index) => {
      const row = shown[index];
      if (row === undefined) return [line];
      const first = row.holds ? line : styled('red', line);
      return row.why === '' ? [first] : [first, `          ${cut(printable(row.why))}`];
    }),
  ];
}

function kindLine(
  rows: readonly Row[],
  [one, many]: readonly [string, string],
  held: string,
): readonly string[] {
  if (rows.length === 0) return [];
  const holding = rows.filter(({ holds }) => holds).length;
  return [`${holding} of ${counted(rows.length)} ${rows.length === 1 ? one : many} ${held}`];
}

/** "HELD …", or "FAILED …": the last line. */
export function verdictLine(rows: readonly Row[]): string {
  const failed = rows.filter(({ holds }) => !holds).length;
  return failed === 0
    ? styled('green', `HELD  ${counted(rows.length)} of ${counted(rows.length)} as before`)
    : styled('red', `FAILED  ${counted(failed)} of ${counted(rows.length)} not as before`);
}

function cut(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST - 1)}…`;
}
