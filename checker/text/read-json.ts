/**
 * Reads untrusted JSON, and records the line of each value.
 *
 *   It is stricter than `JSON.parse`: it has a depth limit, and refuses a key that occurs twice or that
 *   reaches an object's prototype. An error is returned as a problem with its line, never thrown. Time
 *   and memory are proportional to the text, for any content.
 */
import { clipped, printable } from './printable.ts';
import type { Json } from './json.ts';

export type JsonProblem = {
  /** Counted from 1. */
  readonly line: number;
  readonly expected: string;
  /** Short, and without control characters. */
  readonly found: string;
};

export type Document = {
  readonly kind: 'document';
  readonly value: Json;
  /** The line of the value at this path, or of the nearest value that contains it. */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
};

/** The place of a value, and those of the values in it. */
type Place = { readonly line: number; inside?: Map<PropertyKey, Place> };

export type Unreadable = { readonly kind: 'problem'; readonly problem: JsonProblem };

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
const SPACE = /[ \t\r\n]*/y;
const SCALAR = /true|false|null|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
// eslint-disable-next-line no-control-regex -- JSON forbids them in strings
const STRING = /"[^"\\\u0000-\u001f]*(?:\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})[^"\\\u0000-\u001f]*)*"/y;

/** Thrown with a problem to leave the recursion; never leaves this file. */
class Stop extends Error {
  readonly problem: JsonProblem;
  constructor(problem: JsonProblem) {
    super(problem.expected);
    this.problem = problem;
  }
}

// oxlint-disable-next-line max-lines-per-function -- one descent: its functions share the position in the text
export function readJson(
  text: string,
  { maxDepth }: { readonly maxDepth: number },
): Document | Unreadable {
  const root: Place = { line: 1 };
  let at = 0;
  let line = 1;
  let counted = 0;
  try {
    const value = readValue(root, '', 0);
    skipSpace();
    if (at < text.length) stop('the end of the file', here());
    return { kind: 'document', value, lineOf };
  } catch (error) {
    if (error instanceof Stop) return { kind: 'problem', problem: error.problem };
    throw error;
  }

  function readValue(around: Place, key: PropertyKey, depth: number): Json {
    skipSpace();
    if (depth > maxDepth) stop(`at most ${maxDepth} levels`, 'one more');
    const place: Place = { line: currentLine() };
    (around.inside ??= new Map()).set(key, place);
    if (text[at] === '{') return readObject(place, depth + 1);
    if (text[at] === '[') return readArray(place, depth + 1);
    if (text[at] === '"') return readString();
    const scalar = match(SCALAR);
    if (scalar === undefined) return stop('a value', here());
    const value = JSON.parse(scalar) as Json;
    return typeof value === 'number' && !Number.isFinite(value)
      ? stop('a number', clipped(scalar))
      : value;
  }

  function readObject(place: Place, depth: number): Json {
    const entries: { [key: string]: Json } = {};
    readList('}', () => {
      skipSpace();
      if (text[at] !== '"') stop('a key in quotes', here());
      const key = readString();
      if (FORBIDDEN.has(key)) stop('a key that is only a name', `"${key}"`);
      if (Object.hasOwn(entries, key)) stop('every key once', `"${clipped(key)}" twice`);
      skipSpace();
      if (text[at] !== ':') stop('":"', here());
      at++;
      entries[key] = readValue(place, key, depth);
    });
    return entries;
  }

  function readArray(place: Place, depth: number): Json {
    const items: Json[] = [];
    readList(']', () => {
      items.push(readValue(place, items.length, depth));
    });
    return items;
  }

  function readList(close: string, readItem: () => void): void {
    at++;
    skipSpace();
    if (text[at] === close) {
      at++;
      return;
    }
    for (;;) {
      readItem();
      skipSpace();
      if (text[at] === close) break;
      if (text[at] !== ',') stop(`"," or "${close}"`, here());
      at++;
    }
    at++;
  }

  function readString(): string {
    const quoted = match(STRING);
    return quoted === undefined
      ? stop('a string that ends', here())
      : (JSON.parse(quoted) as string);
  }

  function match(pattern: RegExp): string | undefined {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  }

  function skipSpace(): void {
    match(SPACE);
  }

  function here(): string {
    if (at >= text.length) return 'the end of the file';
    const ends = text.indexOf('\n', at);
    const next = text.slice(at, Math.min(at + 20, ends < 0 ? text.length : ends));
    return JSON.stringify(next);
  }

  function currentLine(): number {
    for (; counted < at; counted++) if (text[counted] === '\n') line++;
    return line;
  }

  function stop(expected: string, found: string): never {
    throw new Stop({ line: currentLine(), expected, found: printable(found) });
  }

  function lineOf(path: readonly PropertyKey[]): number {
    let place = root.inside?.get('');
    for (const key of path) {
      const inside = place?.inside?.get(key);
      if (inside === undefined) break;
      place = inside;
    }
    return place?.line ?? 1;
  }
}
