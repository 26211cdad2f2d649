/** Checks the fields of values from outside: the language itself ignores a misspelled name. */
import { didYouMean } from '../text/nearest-name.ts';

export type Fields = { readonly [field: string]: unknown };

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** One line for each field that is not one of these. */
export function unknownFields(
  where: string,
  value: Fields,
  fields: readonly string[],
): readonly string[] {
  return Object.keys(value)
    .filter((field) => !fields.includes(field))
    .map(
      (field) =>
        `${where} has the unknown field "${field}"${didYouMean(field, fields)}; the fields are ${fields.join(', ')}`,
    );
}

/** One line for each name that occurs several times, with its positions, counted from one. */
export function namesTwice(what: string, names: readonly unknown[]): readonly string[] {
  const places = new Map<unknown, number[]>();
  names.forEach((name, index) => places.set(name, [...(places.get(name) ?? []), index + 1]));
  return [...places]
    .filter(([name, at]) => typeof name === 'string' && at.length > 1)
    .map(
      ([name, at]) =>
        `${what} ${at.join(' and ')} all have the name "${String(name)}": a name must belong to one ${what}`,
    );
}

/** "a string, and is 7". */
export function expected(what: string, found: unknown): string {
  return `must be ${what}, and is ${kindOf(found)}`;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return `${value}`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'function') return 'a function';
  if (typeof value === 'object') return 'an object';
  return JSON.stringify(value) ?? typeof value;
}
