/** The reference ledger as people read it. */
import { counted, table } from '../text.ts';
import type { Explanation, Imbalance, Ledger } from './document.ts';
import { signed } from './ledger.ts';

const NAMES = { references: 'references', writers: 'writers', holder: 'holder' } as const;

/** All of it where some count is wrong in the end; else one line. */
export function ledgerLines({ ledger }: Explanation): readonly string[] {
  const { entries, imbalances } = ledger;
  if (entries.length === 0) return [];
  const title = `Reference ledger: ${counted(entries.length, 'change')} of a count`;
  if (imbalances.length === 0) return [`${title}; in the end every count equals its owners`];
  return [
    `${title}, with who owns what it counts`,
    ...indented(
      table(
        entries.map((entry) => [
          String(entry.step),
          entry.host,
          signed(entry.change),
          `${entry.object}, ${NAMES[entry.counted]}`,
          String(entry.count),
          entry.owners.length === 0 ? 'nobody' : entry.owners.join(', '),
          entry.count === entry.owned ? '' : `differs: owned ${entry.owned}`,
        ]),
        [0, 2, 4],
      ),
    ),
    '',
    'What lacks its opposite',
    ...imbalances.flatMap(imbalanceLines),
    ...culpritLines(ledger),
  ];
}

function imbalanceLines(imbalance: Imbalance): readonly string[] {
  const { object, counted: what, count, owned, owners, path, lacks, step } = imbalance;
  const by = owners.length === 0 ? '' : ` (${owners.join(', ')})`;
  const [first, ...rest] = path;
  return [
    `  ${object}, ${NAMES[what]}: counted ${count}, owned ${owned}${by}`,
    `    ${first === undefined || rest.length === 0 ? '' : `first in ${first.object}: `}${lacks}`,
    ...rest.map((each) => `    handed on to ${each.object} by step ${each.step}`),
    ...(rest.length === 0 ? [`    for good since step ${step}`] : []),
  ];
}

function culpritLines({ culprit, partings, differences }: Ledger): readonly string[] {
  if (culprit === undefined) return [];
  const { step, text, by } = culprit;
  const parting = partings.find((each) => each.step === step);
  return [
    '',
    `Step at fault: ${step}, ${text}`,
    ...(by === 'count' ? ['  there the count parts from its owners for good'] : []),
    ...(parting === undefined ? [] : partingLines(parting)),
    ...(differences.length === 0
      ? []
      : [`  this kernel differs from sprite in ${differences.join(', ')}`]),
  ];
}

function partingLines({ how, instead }: Ledger['partings'][number]): readonly string[] {
  if (how === 'refused') return ['  sprite would not take this step here'];
  return ['  sprite would have left:', ...instead.map((each) => `    ${each}`)];
}

function indented(lines: readonly string[]): readonly string[] {
  return lines.map((each) => `  ${each}`);
}
