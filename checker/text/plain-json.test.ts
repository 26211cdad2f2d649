// A value that is not plain JSON is found at any depth, and reported with its path.

import { expect, test } from '@jest/globals';
import { assert, jsonValue, property } from 'fast-check';
import { frozen, whyNotPlain, whyNotStored } from './plain-json.ts';
import type { Json } from './json.ts';

class Point {
  readonly x = 1;
}

class Hidden {
  readonly #secret = 1;
  open(): number {
    return this.#secret;
  }
}

class List extends Array<number> {}

const itself: { self?: unknown } = {};
itself.self = itself;

// eslint-disable-next-line no-sparse-arrays -- a list with a hole is what is refused
const holes = [1, , 3];

test.each<[unknown, string]>([
  [new Set([1]), 'a Set: use a sorted list'],
  [new Map(), 'a Map: use a record'],
  [new Date(0), 'a Date: use a number or a string'],
  [Promise.resolve(1), 'a Promise: nothing may be asynchronous here'],
  [new Point(), 'a Point: use a record, { ... }'],
  [new Hidden(), 'a Hidden: use a record, { ... }'],
  [
    new (class {
      toJSON = () => 1;
    })(),
    'an object of a class: use a record, { ... }',
  ],
  [{ toJSON: () => 1 }, 'a function: only data is kept'],
  [Object.create(null), 'an object without a prototype: use a record, { ... }'],
  [new Uint8Array(1), 'a Uint8Array: use a record, { ... }'],
  [new List(), 'a List: use a list'],
  [Object.assign([1], { more: 2 }), 'a list with a field more: use a record'],
  [holes, 'a list with holes: write null there'],
  [undefined, 'undefined: leave it out, or write null'],
  [-0, '-0: write 0'],
  [Number.NaN, 'NaN: JSON has no such number'],
  [Number.POSITIVE_INFINITY, 'Infinity: JSON has no such number'],
  [1n, 'a BigInt: use a number or a string'],
  [() => 1, 'a function: only data is kept'],
  [Symbol('a'), 'a symbol: use a string'],
])('%#: as a value, in a list and in a record', (value, why) => {
  expect(whyNotPlain({ seen: value }, 'context')).toMatch(at('context.seen', why));
  expect(whyNotPlain([[0], [value]], 'context')).toMatch(at('context[1][0]', why));
  expect(whyNotPlain({ 'of A': { seen: value } }, 'context')).toMatch(
    at('context["of A"].seen', why),
  );
});

test('a field that the JSON text does not show is refused', () => {
  expect(whyNotPlain({ [Symbol('s')]: 1 }, 'it')).toBe(
    'it[Symbol(s)] has a symbol for its name: use a string',
  );
  expect(whyNotPlain(Object.defineProperty({}, 'x', { value: 1 }), 'it')).toBe(
    'it.x is hidden (not enumerable): make it a usual field',
  );
  expect(whyNotPlain(JSON.parse('{"__proto__":1}'), 'it')).toBe(
    'it.__proto__ cannot be copied: use another name',
  );
  expect(whyNotPlain(itself, 'it')).toMatch(/contains itself, or is deeper than 100 levels$/);
});

test('a computed field may be read, but not stored', () => {
  const computed = {
    list: [
      {
        get x(): number {
          return 1;
        },
      },
    ],
  };
  expect(whyNotPlain(computed, 'it')).toBeUndefined();
  expect(whyNotStored(computed, 'it')).toBe(
    'it.list[0].x is computed by a getter or setter: store the value',
  );
});

test('all JSON is plain, and nothing in it can be changed once it is frozen', () => {
  assert(
    property(jsonValue(), (given) => {
      const value = JSON.parse(JSON.stringify(given)) as Json;
      if (JSON.stringify(value).includes('__proto__')) return;
      expect(whyNotPlain(value)).toBeUndefined();
      expect(whyNotStored(value)).toBeUndefined();
      expect(isFrozen(frozen(value))).toBe(true);
    }),
  );
});

function at(path: string, why: string): RegExp {
  const quoted = `${path} is ${why}`.replaceAll(/[.[\](){}*+?^$]/g, '\\$&');
  return new RegExp(`^${quoted}$|^${path.replaceAll(/[.[\]]/g, '\\$&')}\\.toJSON is a function`);
}

function isFrozen(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return Object.isFrozen(value) && Object.values(value).every(isFrozen);
}
