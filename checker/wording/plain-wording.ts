/** How stories are told where a specification has no words of its own: by the names of things. */
import type { Step } from '../specification/protocol.ts';
import type { Wording } from '../specification/wording.ts';
import { changesOf, fieldsOf, heldIn, isEmpty, valueText, words } from './plain-values.ts';

/** Each cell has a column of its own, in the order in which they first act. */
export const plainWording: Wording = {
  column: (cell) => cell,
  actor: ({ cell }) => cell,
  compareColumns: () => 0,
  columns: (cells) => cells.map(({ name }) => name),
  columnTitle: (column) => column,
  activity: (cell) => cell,
  begins: () => false,
  sentence,
  change: (cell, held) => {
    const changes = changesOf(held);
    return changes.length === 0 ? undefined : `${cell}: ${changes.join(', ')}`;
  },
  holds: (cell, local) =>
    `${cell}: ${heldIn(local, (_, held) => held === false || isEmpty(held)).join(', ')}`,
  state: (cell, local) => {
    const fields = valueText(fieldsOf(local));
    return `${cell} is ${valueText(local.value)}${fields === '' ? '' : ` (${fields})`}`;
  },
  message: (cell, { value }) => `${cell}: ${valueText(value)}`,
  shortName: (cell) => cell,
  value: valueText,
  // Where nobody says what is seen from outside, each step is.
  observation: (seen) => (isStep(seen) ? sentence(seen) : valueText(seen)),
};

function sentence({ at, action, params }: Step): string {
  const given = Object.entries(params).map(([name, value]) => `${words(name)} ${valueText(value)}`);
  return [`${at}: ${words(action)}`, ...given].join(' ');
}

function isStep(seen: unknown): seen is Step {
  if (typeof seen !== 'object' || seen === null) return false;
  const { at, action, params } = seen as { readonly [field: string]: unknown };
  return typeof at === 'string' && typeof action === 'string' && typeof params === 'object';
}
