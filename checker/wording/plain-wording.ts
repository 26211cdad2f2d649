/** How stories are told where a specification has no words of its own: by the names of things. */
import type { Wording } from '../specification/wording.ts';
import { changesOf, fieldsOf, valueText, words } from './plain-values.ts';

/** Each cell has a column of its own, in the order in which they first act. */
export const plainWording: Wording = {
  column: (cell) => cell,
  actor: ({ cell }) => cell,
  compareColumns: () => 0,
  columns: (cells) => cells.map(({ name }) => name),
  columnTitle: (column) => column,
  activity: (cell) => cell,
  begins: () => false,
  sentence: ({ at, action, params }) => {
    const given = Object.entries(params).map(
      ([name, value]) => `${words(name)} ${valueText(value)}`,
    );
    return [`${at}: ${words(action)}`, ...given].join(' ');
  },
  change: (cell, held) => {
    const changes = changesOf(held);
    return changes.length === 0 ? undefined : `${cell}: ${changes.join(', ')}`;
  },
  state: (cell, local) => {
    const fields = valueText(fieldsOf(local));
    return `${cell} is ${valueText(local.value)}${fields === '' ? '' : ` (${fields})`}`;
  },
  shortName: (cell) => cell,
  value: valueText,
  observation: valueText,
};
