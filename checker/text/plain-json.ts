/**
 * Whether a value is plain JSON, or only looks like it.
 *
 *   Two values with equal texts are one value, so the text of a value must contain everything in it. The
 *   text of a `Set` is `{}`, that of -0 is 0, and a field that is undefined has none. Before a value gets
 *   a number, these values are refused, with the path of the field.
 */
import type { Json } from './json.ts';

/** Bound on nested lists and records; a deeper value contains itself, or grows for ever. */
const DEEPEST = 100;

/**
 * "context.seen is a Set: use a sorted list"; undefined if the value is plain JSON when it is read now: a
 * getter may compute a field.
 */
export function whyNotPlain(value: unknown, path = 'it'): string | undefined {
  return flawText(flawOf(value, 0), path);
}

/** The same for plain JSON that will be stored, so that its fields must not be computed by getters. */
export function whyNotStored(value: Json, path = 'it'): string | undefined {
  return flawText(computedIn(value), path);
}

function flawText(flaw: Flaw | undefined, path: string): string | undefined {
  return flaw === undefined ? undefined : `${path}${flaw.path} ${flaw.why}`;
}

/** The path below the value in question, and the problem there. */
type Flaw = { readonly path: string; readonly why: string };

function flawOf(value: unknown, depth: number): Flaw | undefined {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return undefined;
    case 'number':
      return flawOfNumber(value);
    case 'object':
      if (value === null) return undefined;
      if (depth === DEEPEST) return here(`contains itself, or is deeper than ${DEEPEST} levels`);
      return Array.isArray(value) ? flawOfList(value, depth + 1) : flawOfRecord(value, depth + 1);
    case 'undefined':
      return here('is undefined: leave it out, or write null');
    case 'bigint':
      return here('is a BigInt: use a number or a string');
    case 'function':
      return here('is a function: only data is kept');
    case 'symbol':
      return here('is a symbol: use a string');
    default:
      return here('is of an unknown type');
  }
}

function here(why: string): Flaw {
  return { path: '', why };
}

/** A flaw of a part is a flaw of the whole, with a longer path. */
function within(step: string, flaw: Flaw): Flaw {
  return { path: `${step}${flaw.path}`, why: flaw.why };
}

function flawOfNumber(value: number): Flaw | undefined {
  if (Object.is(value, -0)) return here('is -0: write 0');
  return Number.isFinite(value) ? undefined : here(`is ${value}: JSON has no such number`);
}

/** The same value, frozen with everything in it. It must be plain JSON. */
export function frozen<Value extends Json>(value: Value): Value {
  if (typeof value !== 'object' || value === null) return value;
  for (const key of Object.keys(value))
    frozen((value as { readonly [key: string]: Json })[key] ?? null);
  return Object.freeze(value);
}

function flawOfList(list: readonly unknown[], depth: number): Flaw | undefined {
  if (!Array.isArray(Object.getPrototypeOf(list))) return here(`is ${classOf(list)}: use a list`);
  for (let index = 0; index < list.length; index++) {
    if (!Object.hasOwn(list, index)) return here('is a list with holes: write null there');
    const flaw = flawOf(list[index], depth);
    if (flaw !== undefined) return within(`[${index}]`, flaw);
  }
  // The indices, and the length.
  const keys = Reflect.ownKeys(list);
  if (keys.length === list.length + 1) return undefined;
  const extra = keys.find((key) => typeof key === 'symbol' || !/^(\d+|length)$/.test(key));
  return here(`is a list with a field ${String(extra)}: use a record`);
}

function flawOfRecord(record: object, depth: number): Flaw | undefined {
  if (!isRecord(record)) return here(`is ${classOf(record)}: ${insteadOf(record)}`);
  const names = Object.keys(record);
  for (const name of names) {
    if (name === '__proto__')
      return within(pathOf(name), here('cannot be copied: use another name'));
    const flaw = flawOf(record[name], depth);
    if (flaw !== undefined) return within(pathOf(name), flaw);
  }
  const keys = Reflect.ownKeys(record);
  return keys.length === names.length ? undefined : flawOfKeys(keys, names);
}

/** The flaw of a record with a key that is a symbol, or hidden. */
function flawOfKeys(keys: readonly (string | symbol)[], names: readonly string[]): Flaw {
  const symbol = keys.find((key) => typeof key === 'symbol');
  if (symbol !== undefined) {
    return within(pathOf(symbol), here('has a symbol for its name: use a string'));
  }
  const hidden = keys.find((key) => typeof key === 'string' && !names.includes(key)) ?? '';
  return within(pathOf(hidden), here('is hidden (not enumerable): make it a usual field'));
}

function computedIn(value: Json): Flaw | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  for (const name of Object.keys(value)) {
    const field = Object.getOwnPropertyDescriptor(value, name);
    const flaw =
      field?.get === undefined && field?.set === undefined
        ? computedIn(field?.value as Json)
        : here('is computed by a getter or setter: store the value');
    if (flaw !== undefined) return within(Array.isArray(value) ? `[${name}]` : pathOf(name), flaw);
  }
  return undefined;
}

/** Whether this is an object literal of any realm: a test runner may have several. */
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
  return /^[AEIO]/.test(name) ? `an ${name}` : `a ${name}`;
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
      return 'nothing may be asynchronous here';
    default:
      return 'use a record, { ... }';
  }
}

function pathOf(key: string | symbol): string {
  if (typeof key === 'symbol') return `[${String(key)}]`;
  return /^[A-Za-z_$][\w$]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
