/**
 * Types for Apalache (ADR-002), inferred from all values that a place has in a story, and values written
 * so that each has its type.
 *
 *   A place that is sometimes null or missing contains `None` or `Some`. Objects whose keys are not
 *   names are functions from texts. A place with values of several kinds contains their JSON as text.
 */
import { match, P } from 'ts-pattern';
import { canonical } from '../../checker/text/canonical-json.ts';
import type { Json } from '../../checker/text/json.ts';
import { byKey, exprOf, isList, isItfRecord, NONE, someOf } from './itf-values.ts';

export type ItfType =
  | { readonly kind: 'Bool' | 'Int' | 'Str' | 'Text' }
  | { readonly kind: 'Seq' | 'Option' | 'Map'; readonly of: ItfType }
  | { readonly kind: 'Record'; readonly fields: readonly (readonly [string, ItfType])[] };

type JsonObject = { readonly [key: string]: Json };
type Missing = Json | undefined;

export function typeOfAll(values: readonly Missing[]): ItfType {
  const held = values.filter((value) => value !== null && value !== undefined);
  const of = typeOfHeld(held);
  return held.length < values.length ? { kind: 'Option', of } : of;
}

export function typeText(type: ItfType): string {
  return match(type)
    .with({ kind: 'Text' }, () => 'Str')
    .with({ kind: 'Seq' }, ({ of }) => `Seq(${typeText(of)})`)
    .with({ kind: 'Option' }, ({ of }) => `None(UNIT) | Some(${typeText(of)})`)
    .with({ kind: 'Map' }, ({ of }) => `Str -> ${bracketed(of)}`)
    .with({ kind: 'Record' }, ({ fields }) => {
      const texts = fields.map(([name, of]) => `${name}: ${typeText(of)}`);
      return texts.length === 0 ? '{}' : `{ ${texts.join(', ')} }`;
    })
    .with({ kind: P.union('Bool', 'Int', 'Str') }, ({ kind }) => kind)
    .exhaustive();
}

/** The value is one of those from which the type was inferred. */
export function typedExpr(value: Missing, type: ItfType): Json {
  return match(type)
    .with({ kind: 'Option' }, ({ of }) =>
      value === null || value === undefined ? NONE : someOf(typedExpr(value, of)),
    )
    .with({ kind: 'Text' }, () => canonical(value ?? null))
    .with({ kind: 'Seq' }, ({ of }) =>
      (value as readonly Json[]).map((each) => typedExpr(each, of)),
    )
    .with({ kind: 'Map' }, ({ of }) => {
      const entries = Object.entries(value as JsonObject).toSorted(byKey);
      return { '#map': entries.map(([key, held]) => [key, typedExpr(held, of)]) };
    })
    .with({ kind: 'Record' }, ({ fields }) => {
      const record = value as JsonObject;
      return Object.fromEntries(fields.map(([name, of]) => [name, typedExpr(record[name], of)]));
    })
    .with({ kind: P.union('Bool', 'Int', 'Str') }, () => exprOf(value ?? null))
    .exhaustive();
}

function typeOfHeld(values: readonly Json[]): ItfType {
  if (values.every((value) => typeof value === 'string')) return { kind: 'Str' };
  if (values.every((value) => typeof value === 'boolean')) return { kind: 'Bool' };
  if (values.every(Number.isSafeInteger)) return { kind: 'Int' };
  if (values.every(isList)) return { kind: 'Seq', of: typeOfAll(values.flat()) };
  if (values.every(isObject)) return typeOfObjects(values);
  return { kind: 'Text' };
}

function typeOfObjects(values: readonly JsonObject[]): ItfType {
  const names = [...new Set(values.flatMap((value) => Object.keys(value)))].toSorted();
  if (!isItfRecord(names)) {
    return { kind: 'Map', of: typeOfAll(values.flatMap((value) => Object.values(value))) };
  }
  return {
    kind: 'Record',
    fields: names.map((name) => [name, typeOfAll(values.map((value) => value[name]))]),
  };
}

function bracketed(type: ItfType): string {
  return type.kind === 'Option' || type.kind === 'Map' ? `(${typeText(type)})` : typeText(type);
}

function isObject(value: Json): value is JsonObject {
  return value !== null && typeof value === 'object' && !isList(value);
}
