/** The reference ledger as people read it. */
import { counted, table } from '../text.ts';
import type { Explanation, Imbalance, Ledger, PartingTold } from './document.ts';
import { signed } from './ledger.ts';
import { differenceLines, partingLines } from './parted.ts';

/** All of it where some count is wrong in the end; else one line. */
export function ledgerLines({ ledger, parting }: Explanation): readonly string[] {
  const { entries, imbalances } = ledger;
  if (entries.length === 0) return [];
  const title = `Reference ledger: ${counted(entries.length, 'change')} of a count`;
  if (imbalances.length === 0) return [`${title}; none lacks its opposite`];
  return [
    `${title}, and who owns what it counts`,
    ...indented(
      table(
        [
          ['step', 'on', '', 'count of', 'now', 'owned by', ''],
          ...entries.map((entry) => [
            String(entry.step),
            entry.host,
            signed(entry.change),
            `${entry.object}, ${entry.counted}`,
            String(entry.count),
            entry.owners.length === 0 ? 'nobody' : entry.owners.join(', '),
            entry.count === entry.owned ? '' : `differs: owned ${entry.owned}`,
          ]),
        ],
        [0, 2, 4],
      ),
    ),
    '',
    'What lacks its opposite',
    ...imbalances.flatMap(imbalanceLines),
    ...culpritLines(ledger, parting),
  ];
}

function imbalanceLines(imbalance: Imbalance): readonly string[] {
  const { object, counted: what, count, owned, owners, path, lacks, step } = imbalance;
  const by = owners.length === 0 ? '' : ` (${owners.join(', ')})`;
  const [first, ...rest] = path;
  return [
    `  ${object}, ${what}: counted ${count}, owned ${owned}${by}`,
    `    ${first === undefined || rest.length === 0 ? '' : `first in ${first.object}: `}${lacks}`,
    ...rest.map((each) => `    handed on to ${each.object} by step ${each.step}`),
    ...(rest.length === 0 ? [`    for good since step ${step}`] : []),
  ];
}

function culpritLines(
  { culprit, imbalances }: Ledger,
  parting: PartingTold | undefined,
): readonly string[] {
  if (culprit === undefined) return [];
  const { step, text, by } = culprit;
  return [
    '',
    `Step at fault: ${step}, ${text}`,
    by === 'parting'
      ? `  the count shows it from step ${imbalances[0]?.step ?? step} on`
      : '  there the count parts from its owners',
    ...partingLines(parting, step),
    ...differenceLines(parting),
  ];
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((each) => `  ${each}`);
}
