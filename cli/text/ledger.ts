/** Prints the ledger of counts. */
import { counted } from '../../checker/text/tables.ts';
import { indentedTable } from './indented-table.ts';
import { wrong } from '../terminal.ts';
import type { Explanation, Imbalance, Ledger, Partings } from '../../analysis/explain/document.ts';
import { signed } from '../../analysis/explain/ledger.ts';
import type { Loaded } from '../../analysis/specification/loaded.ts';
import { differenceLines, partingLines } from './divergence.ts';

/** The whole ledger if a count is wrong in the end; otherwise one line. */
export function ledgerLines(
  spec: Loaded,
  { parting }: Explanation,
  ledger: Ledger,
): readonly string[] {
  const { entries, imbalances } = ledger;
  if (entries.length === 0) return [];
  const title = `Reference ledger: ${counted(entries.length, 'change')} of a count`;
  if (imbalances.length === 0) return [`${title}; each equals its owners`];
  return [
    `${title}, and who owns what it counts`,
    ...indentedTable(
      [['step', 'on', '', 'count of', 'now', 'owned by'], ...merged(entries).map(entryCells)],
      [0, 2, 4],
    ),
    '',
    'Counts that differ from their owners',
    ...merged(imbalances).flatMap(imbalanceLines),
    ...culpritLines(spec, ledger, parting),
  ];
}

type Merged<Row> = Omit<Row, 'counted'> & { readonly counted: string };

/** Uses and uses for writing share a row if all else is the same. */
function merged<Row extends { readonly counted: string }>(
  rows: readonly Row[],
): readonly Merged<Row>[] {
  const found = new Map<string, Merged<Row>>();
  for (const row of rows) {
    const { counted: what, ...rest } = row;
    const key = JSON.stringify(rest);
    const before = found.get(key);
    found.set(key, { ...row, counted: before === undefined ? what : `${before.counted}, ${what}` });
  }
  return [...found.values()];
}

function entryCells(entry: Merged<Ledger['entries'][number]>): readonly string[] {
  const isRight = entry.count === entry.owned;
  return [
    String(entry.step),
    entry.host,
    signed(entry.change),
    `${entry.object}: ${entry.counted}`,
    isRight ? String(entry.count) : wrong(String(entry.count)),
    `${entry.owners.length === 0 ? 'none' : entry.owners.join(', ')}${isRight ? '' : ` (should be ${entry.owned})`}`,
  ];
}

function imbalanceLines(imbalance: Merged<Imbalance>): readonly string[] {
  const { object, counted: what, count, owned, owners, path, lacks } = imbalance;
  const by = owners.length === 0 ? '' : ` (${owners.join(', ')})`;
  const [first, ...rest] = path;
  return [
    `  ${object}, ${what}: counted ${count}, owned ${owned}${by}`,
    `    ${first === undefined || rest.length === 0 ? '' : `first in ${first.object}: `}${lacks}`,
    ...rest.map((each) => `    carried over to ${each.object} by step ${each.step}`),
  ];
}

function culpritLines(
  spec: Loaded,
  { culprit, imbalances }: Ledger,
  parting: Partings | undefined,
): readonly string[] {
  if (culprit === undefined) return [];
  const { step, text, by } = culprit;
  return [
    '',
    `Step at fault: ${step}, ${text}`,
    by === 'parting'
      ? `  the count shows it from step ${imbalances[0]?.step ?? step} on`
      : '  there the count first differs from its owners',
    ...partingLines(spec, parting, step),
    ...differenceLines(spec, parting),
  ];
}
