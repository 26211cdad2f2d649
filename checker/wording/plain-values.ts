/** Values, and their changes, in plain words: "locked by q", "references 1 → 2". */
import type { CellChange } from '../specification/wording.ts';
import type { Local } from '../specification/protocol.ts';
import type { Json } from '../text/json.ts';

export type ContextFields = { readonly [field: string]: Json };

/** "–" for no value, "none" for an empty list, "mode read, file f" for a record. */
export function valueText(value: Json): string {
  if (value === null || value === '') return '–';
  if (typeof value !== 'object') return words(String(value));
  if (isList(value)) return value.length === 0 ? 'none' : value.map(valueText).join(' ');
  return Object.entries(value)
    .filter(([, held]) => held !== null && held !== false)
    .map(([field, held]) => (held === true ? words(field) : `${words(field)} ${valueText(held)}`))
    .join(' ');
}

/** "lockedBy" is "locked by". */
export function words(name: string): string {
  return /^[a-z]+([A-Z][a-z]*)+$/.test(name)
    ? name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
    : name;
}

/**
 * The state if it has changed, then each changed field: ["open", "references 1 → 2"]. ContextFields for which
 * `isHidden` is true are left out.
 */
export function changesOf(
  { from, to, initial }: CellChange,
  isHidden: (field: string) => boolean = () => false,
): readonly string[] {
  const state = valueText(to.value);
  const changed = state !== valueText(from.value);
  // Back to the initial state: it need not be said that all fields are empty again.
  const restarted = changed && state === valueText(initial.value);
  // Out of the initial state: it need not be said that they were empty.
  const begun = changed && valueText(from.value) === valueText(initial.value);
  const [then, now, first] = [fieldsOf(from), fieldsOf(to), fieldsOf(initial)];
  const fields = Object.keys(now)
    .filter((field) => !isHidden(field))
    .filter((field) => !same(then[field], now[field]))
    .filter((field) => !restarted || !same(now[field], first[field]))
    .map((field) => {
      const isFresh = begun && same(then[field], first[field]);
      return fieldText(field, isFresh ? null : (then[field] ?? null), now[field] ?? null);
    });
  return [...(changed ? [state] : []), ...fields];
}

/** The state, then each field that is not hidden: ["open", "file f", "references 2"]. */
export function heldIn(
  local: Local,
  isHidden: (field: string, held: Json) => boolean,
): readonly string[] {
  const fields = Object.entries(fieldsOf(local)).filter(([field, held]) => !isHidden(field, held));
  const state = valueText(local.value);
  const held = fields.map(([field, now]) => fieldText(field, null, now));
  // A machine without states is in none.
  return state === '' ? held : [state, ...held];
}

export function fieldsOf({ context }: Local): ContextFields {
  return context !== null && typeof context === 'object' && !isList(context) ? context : {};
}

function fieldText(field: string, before: Json, after: Json): string {
  const name = fieldName(field);
  if (typeof after === 'boolean') return after ? name : `not ${name}`;
  if (isEmpty(after)) return field === 'lockedBy' ? 'unlocked' : `no ${name}`;
  if (isEmpty(before) || typeof after === 'object') return `${name} ${valueText(after)}`;
  return `${name} ${valueText(before)} → ${valueText(after)}`;
}

/** "isNew" is "new", "lockedBy" is "locked by". */
function fieldName(field: string): string {
  const name = field.replace(/^is(?=[A-Z])/, '');
  return words(name.charAt(0).toLowerCase() + name.slice(1));
}

export function isEmpty(value: Json): boolean {
  return value === null || value === '' || (isList(value) && value.every(isEmpty));
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

export function same(a: Json | undefined, b: Json | undefined): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
