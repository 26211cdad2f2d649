/**
 * JSON as expressions of the Informal Trace Format (Apalache ADR-015), and back.
 *
 *   Whole numbers are `{"#bigint": "1"}`, null is the variant `None`, an object is a record. If a reader
 *   would take the record for something else, it is a `#map`. The format has no numbers that are not
 *   whole: they are `#unserializable`.
 */
import type { Json } from '../../checker/text/json.ts';

type JsonObject = { readonly [key: string]: Json };

export const NONE: Json = { tag: 'None', value: { '#tup': [] } };

export function someOf(value: Json): Json {
  return { tag: 'Some', value };
}

export function exprOf(value: Json): Json {
  if (value === null) return NONE;
  if (typeof value === 'number') return numberExpr(value);
  if (typeof value !== 'object') return value;
  if (isList(value)) return value.map(exprOf);
  const entries = Object.entries(value);
  return isItfRecord(Object.keys(value))
    ? Object.fromEntries(entries.map(([key, held]) => [key, exprOf(held)]))
    : { '#map': entries.toSorted(byKey).map(([key, held]) => [key, exprOf(held)]) };
}

/** Whether an object with these keys is read as a record, by Apalache and by Quint. */
export function isItfRecord(keys: readonly string[]): boolean {
  return keys.every((key) => /^[A-Za-z]\w*$/.test(key)) && !keys.includes('tag');
}

/** An error in the format: its place, and what was expected there. */
export class NotItf extends Error {
  readonly path: readonly PropertyKey[];
  constructor(path: readonly PropertyKey[], expected: string) {
    super(expected);
    this.path = path;
  }
}

/** Throws `NotItf`, also for variants other than `None` and `Some`. */
export function jsonOfItf(expr: Json, path: readonly PropertyKey[] = []): Json {
  if (typeof expr === 'number' && !Number.isInteger(expr)) throw new NotItf(path, 'no fractions');
  if (expr === null) throw new NotItf(path, 'an ITF expression');
  if (typeof expr !== 'object') return expr;
  if (isList(expr)) return expr.map((each, index) => jsonOfItf(each, [...path, index]));
  const keys = Object.keys(expr);
  const [key = ''] = keys;
  if (keys.length === 1 && key.startsWith('#')) return specialOf(key, expr[key] ?? null, path);
  if (keys.includes('tag')) return variantOf(expr, path);
  return Object.fromEntries(keys.map((each) => [each, fieldOf(expr, each, path)]));
}

function fieldOf(record: JsonObject, key: string, path: readonly PropertyKey[]): Json {
  if (key.startsWith('#')) throw new NotItf([...path, key], 'no "#" before the name of a field');
  return jsonOfItf(record[key] ?? null, [...path, key]);
}

function specialOf(key: string, held: Json, path: readonly PropertyKey[]): Json {
  const inside = [...path, key];
  if (key === '#bigint' && typeof held === 'string' && /^-?\d{1,300}$/.test(held)) {
    return Number(held);
  }
  if (key === '#unserializable' && typeof held === 'string') return numberIn(held, inside);
  if (key === '#tup' || key === '#set') {
    if (isList(held)) return held.map((each, index) => jsonOfItf(each, [...inside, index]));
  }
  if (key === '#map' && isList(held)) {
    return Object.fromEntries(held.map((pair, index) => pairOf(pair, [...inside, index])));
  }
  throw new NotItf(path, 'an ITF expression');
}

function pairOf(pair: Json, path: readonly PropertyKey[]): readonly [string, Json] {
  const [key, held] = isList(pair) && pair.length === 2 ? pair : [];
  if (typeof key === 'string' && held !== undefined) return [key, jsonOfItf(held, [...path, 1])];
  throw new NotItf(path, 'a pair of a text and a value');
}

function variantOf({ tag, value, ...others }: JsonObject, path: readonly PropertyKey[]): Json {
  const isWhole = value !== undefined && Object.keys(others).length === 0;
  if (isWhole && tag === 'None') return null;
  if (isWhole && tag === 'Some') return jsonOfItf(value, [...path, 'value']);
  throw new NotItf(path, 'the variant "None" or "Some"');
}

function numberExpr(value: number): Json {
  const isWhole = Number.isSafeInteger(value) && !Object.is(value, -0);
  return isWhole
    ? { '#bigint': String(value) }
    : { '#unserializable': Object.is(value, -0) ? '-0' : String(value) };
}

function numberIn(text: string, path: readonly PropertyKey[]): number {
  const value = /^-?\d[\d.e+-]{0,40}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isFinite(value)) return value;
  throw new NotItf(path, 'a number');
}

export function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

export function byKey([a]: readonly [string, Json], [b]: readonly [string, Json]): number {
  return a < b ? -1 : 1;
}
