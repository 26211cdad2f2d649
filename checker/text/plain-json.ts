/**
 * What is plain JSON, and what only looks like it.
 *
 *   Two values are one where their texts agree, so a value must be all that its text says. Of a
 *   `Set` the text says `{}`, of -0 it says 0, of a field that is undefined nothing. Whoever gives
 *   a value a number refuses such a value first, by the path of the field.
 */
import type { Json } from './json.ts';

/** Lists and records within each other; what is deeper contains itself, or will grow for ever. */
const DEEPEST = 100;

/**
 * "context.seen is a Set: use a sorted list"; undefined where the value is plain JSON. What is taken
 * as a text at once may also compute its fields.
 */
export function whyNotPlain(
  value: unknown,
  path = 'it',
  { mayCompute = false }: { readonly mayCompute?: boolean } = {},
): string | undefined {
  return why(value, path, { depth: 0, mayCompute });
}

type Where = { readonly depth: number; readonly mayCompute: boolean };

function why(value: unknown, path: string, where: Where): string | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return undefined;
    case 'number':
      return whyNoNumber(value, path);
    case 'object':
      return value === null ? undefined : whyNoObject(value, path, where);
    case 'undefined':
      return `${path} is undefined: leave it out, or write null`;
    case 'bigint':
      return `${path} is a BigInt: use a number or a string`;
    case 'function':
      return `${path} is a function: only data is kept`;
    case 'symbol':
      return `${path} is a symbol: use a string`;
    default:
      return `${path} is of no type that is known`;
  }
}

function whyNoNumber(value: number, path: string): string | undefined {
  if (Object.is(value, -0)) return `${path} is -0: write 0`;
  return Number.isFinite(value) ? undefined : `${path} is ${value}: JSON has no such number`;
}

function whyNoObject(
  value: object,
  path: string,
  { depth, mayCompute }: Where,
): string | undefined {
  if (depth === DEEPEST) return `${path} contains itself, or is deeper than ${DEEPEST} levels`;
  const inside = { depth: depth + 1, mayCompute };
  return Array.isArray(value) ? whyNoList(value, path, inside) : whyNoRecord(value, path, inside);
}

/** The same value, and nobody can change it any more: neither it nor anything in it. It is plain JSON. */
export function frozen<Value extends Json>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  for (const key of Object.keys(value))
    frozen((value as { readonly [key: string]: Json })[key] ?? null);
  return Object.freeze(value);
}

function whyNoList(list: readonly unknown[], path: string, where: Where): string | undefined {
  if (!Array.isArray(Object.getPrototypeOf(list))) return `${path} is ${classOf(list)}: use a list`;
  for (let index = 0; index < list.length; index++) {
    if (!Object.hasOwn(list, index)) return `${path} is a list with holes: write null there`;
    const flaw = why(list[index], `${path}[${index}]`, where);
    if (flaw !== undefined) return flaw;
  }
  // Its places, and its length.
  const keys = Reflect.ownKeys(list);
  if (keys.length === list.length + 1) return undefined;
  const extra = keys.find((key) => typeof key === 'symbol' || !/^(\d+|length)$/.test(key));
  return `${path} is a list with a field ${String(extra)}: use a record`;
}

function whyNoRecord(record: object, path: string, where: Where): string | undefined {
  if (!isRecord(record)) return `${path} is ${classOf(record)}: ${insteadOf(record)}`;
  for (const key of Reflect.ownKeys(record)) {
    const at = `${path}${pathOf(key)}`;
    if (typeof key === 'symbol') return `${at} has a symbol for its name: use a string`;
    if (key === '__proto__') return `${at} cannot be copied: use another name`;
    const field = Object.getOwnPropertyDescriptor(record, key);
    if (field?.enumerable === false)
      return `${at} is hidden (not enumerable): make it a usual field`;
    const computes = field?.get !== undefined || field?.set !== undefined;
    if (computes && !where.mayCompute) {
      return `${at} is computed by a getter or setter: store the value`;
    }
    const flaw = why(Reflect.get(record, key), at, where);
    if (flaw !== undefined) return flaw;
  }
  return undefined;
}

/** Whether this is an object literal, of any realm: a test runner may have several. */
export function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return (
    typeof prototype === 'object' &&
    prototype !== null &&
    Object.getPrototypeOf(prototype) === null &&
    Object.hasOwn(prototype, 'isPrototypeOf')
  );
}

function classOf(value: object): string {
  const prototype = Object.getPrototypeOf(value) as { readonly constructor?: unknown } | null;
  if (prototype === null) return 'an object without a prototype';
  const name = typeof prototype.constructor === 'function' ? prototype.constructor.name : '';
  if (name === '') return 'an object of a class';
  return /^[AEIOU]/.test(name) ? `an ${name}` : `a ${name}`;
}

function insteadOf(value: object): string {
  switch (Object.prototype.toString.call(value)) {
    case '[object Set]':
      return 'use a sorted list';
    case '[object Map]':
      return 'use a record';
    case '[object Date]':
      return 'use a number or a string';
    case '[object Promise]':
      return 'nothing here may be asynchronous';
    default:
      return 'use a record, { ... }';
  }
}

function pathOf(key: string | symbol): string {
  if (typeof key === 'symbol') return `[${String(key)}]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
