/** The words for steps and states if a specification has none of its own: the names of things. */
import type { Step } from '../specification/protocol.ts';
import type { Wording } from '../specification/wording.ts';
import { changesOf, fieldsOf, heldIn, isEmpty, valueText, words } from './plain-values.ts';

/** Each cell has a column of its own, in the order of their first steps. */
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
  holds: (cell, local) => {
    const held = heldIn(local, (_, now) => now === false || isEmpty(now));
    return `${cell}: ${held.length === 0 ? '–' : held.join(', ')}`;
  },
  state: (cell, local) => {
    const fields = valueText(fieldsOf(local));
    const held = [valueText(local.value), ...(fields === '' ? [] : [`(${fields})`])];
    return `${cell} is ${held.filter((each) => each !== '').join(' ')}`;
  },
  message: (cell, local) =>
    `${cell}: ${valueText(local.value) || valueText(fieldsOf(local)) || '–'}`,
  shortName: (cell) => cell,
  longName: (cell) => cell,
  value: valueText,
  // Without an observer, each step is observed.
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
