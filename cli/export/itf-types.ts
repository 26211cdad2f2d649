/**
 * Types for Apalache (ADR-002), found from all values that a story ever has in one place, and values
 * written so that each has its type.
 *
 *   A place that is sometimes null or missing holds `None` or `Some`. Objects whose keys are no
 *   names are functions from texts. A place that holds values of several kinds holds their JSON as text.
 */
import { canonical } from '../../checker/canonical.ts';
import type { Json } from '../../checker/protocol.ts';
import { byKey, exprOf, isList, isRecord, NONE, someOf } from './itf-values.ts';

export type ItfType =
  | { readonly kind: 'Bool' | 'Int' | 'Str' | 'Text' }
  | { readonly kind: 'Seq' | 'Option' | 'Map'; readonly of: ItfType }
  | { readonly kind: 'Record'; readonly fields: readonly (readonly [string, ItfType])[] };

type Missing = Json | undefined;

export function typeOfAll(values: readonly Missing[]): ItfType {
  const held = values.filter((value) => value !== null && value !== undefined);
  const of = typeOfHeld(held);
  return held.length < values.length ? { kind: 'Option', of } : of;
}

export function typeText(type: ItfType): string {
  switch (type.kind) {
    case 'Text':
      return 'Str';
    case 'Seq':
      return `Seq(${typeText(type.of)})`;
    case 'Option':
      return `None(UNIT) | Some(${typeText(type.of)})`;
    case 'Map':
      return `Str -> ${bracketed(type.of)}`;
    case 'Record': {
      const fields = type.fields.map(([name, of]) => `${name}: ${typeText(of)}`);
      return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
    }
    default:
      return type.kind;
  }
}

/** The value is one of those that the type was found from. */
export function typedExpr(value: Missing, type: ItfType): Json {
  switch (type.kind) {
    case 'Option':
      return value === null || value === undefined ? NONE : someOf(typedExpr(value, type.of));
    case 'Text':
      return canonical(value ?? null);
    case 'Seq':
      return (value as readonly Json[]).map((each) => typedExpr(each, type.of));
    case 'Map': {
      const entries = Object.entries(value as { readonly [key: string]: Json });
      return {
        '#map': entries.toSorted(byKey).map(([key, held]) => [key, typedExpr(held, type.of)]),
      };
    }
    case 'Record': {
      const record = value as { readonly [key: string]: Json };
      return Object.fromEntries(
        type.fields.map(([name, of]) => [name, typedExpr(record[name], of)]),
      );
    }
    default:
      return exprOf(value ?? null);
  }
}

function typeOfHeld(values: readonly Json[]): ItfType {
  if (values.every((value) => typeof value === 'string')) return { kind: 'Str' };
  if (values.every((value) => typeof value === 'boolean')) return { kind: 'Bool' };
  if (values.every(Number.isSafeInteger)) return { kind: 'Int' };
  if (values.every(isList)) return { kind: 'Seq', of: typeOfAll(values.flat()) };
  if (values.every(isObject)) return typeOfObjects(values);
  return { kind: 'Text' };
}

function typeOfObjects(values: readonly { readonly [key: string]: Json }[]): ItfType {
  const names = [...new Set(values.flatMap((value) => Object.keys(value)))].toSorted();
  if (!isRecord(names)) {
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

function isObject(value: Json): value is { readonly [key: string]: Json } {
  return value !== null && typeof value === 'object' && !isList(value);
}
