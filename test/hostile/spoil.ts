/** Spoils files: bytes, the structure of JSON, and noise. Equal numbers give equal files. */
import type { Prng } from '../../checker/random/prng.ts';

type Node = null | boolean | number | string | Node[] | { [key: string]: Node };

/** A JSON text that need not be what any value prints as. */
type Text = string;

const encoder = new TextEncoder();

export function spoiled(prng: Prng, sample: string): Uint8Array {
  const way = prng.below(10);
  if (way === 0) return noise(prng);
  if (way === 1) return encoder.encode(randomJson(prng, 0));
  if (way <= 4) return spoiledBytes(prng, encoder.encode(sample));
  return encoder.encode(spoiledJson(prng, sample));
}

function noise(prng: Prng): Uint8Array {
  return Uint8Array.from({ length: prng.below(300) }, () => prng.below(256));
}

function spoiledBytes(prng: Prng, bytes: Uint8Array): Uint8Array {
  let result = bytes;
  for (let times = 1 + prng.below(4); times > 0; times--) {
    const at = prng.below(result.length + 1);
    const to = at + prng.below(Math.min(40, result.length - at + 1));
    const [head, cut, tail] = [result.slice(0, at), result.slice(at, to), result.slice(to)];
    const insert = pick<() => Uint8Array>(prng, [
      () => Uint8Array.of(),
      () => new Uint8Array([...cut, ...cut]),
      () => Uint8Array.of(prng.below(256)),
      () => noise(prng),
      () => encoder.encode(pick(prng, tokens)),
      () => cut.map((byte) => byte ^ (1 << prng.below(8))),
      () => new Uint8Array(prng.below(20)),
    ])();
    result = new Uint8Array([...head, ...insert, ...(prng.below(20) === 0 ? [] : tail)]);
  }
  return result;
}

const tokens: readonly string[] = [
  ...'{}[],:"\\ \n\t-.eE0'.split(''),
  '\ufeff',
  '\u0000',
  'null',
  'true',
  '1e999',
  '-0',
  '\\u0000',
  '\\ud800',
  '"__proto__":',
  '"constructor": {},',
  '/**/',
  '\u2028',
  '\r\n\r',
  'NaN',
];

/** Names with a meaning: to JavaScript, to a terminal, to a file system. */
export const names: readonly string[] = [
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'valueOf',
  'then',
  'type',
  '',
  ' ',
  '../../etc/passwd',
  '/dev/zero',
  'a/b',
  '\u001b[31m\u001b]0;title\u0007',
  '\u009b31m',
  '\u202egnp.exe',
  '\u0000',
  '\ud800',
  '\u2028',
  '\u{e0041}',
  '%s%d',
  '$&',
  'xstate.init',
  'xstate.stop',
  '*',
  'x'.repeat(300),
];

function spoiledJson(prng: Prng, sample: string): Text {
  const document = JSON.parse(sample) as Node;
  const places = [...placesIn(document)];
  for (let times = 1 + prng.below(3); times > 0; times--) {
    const { holder, key } = pick(prng, places);
    if (Array.isArray(holder)) spoilList(prng, holder, Number(key));
    else spoilObject(prng, holder, key);
  }
  const text = print(document, prng.below(3) === 0 ? undefined : 1);
  // A key twice, and others that no object can have twice, are put in as text.
  if (prng.below(4) !== 0) return text;
  const member = `"${pick(prng, [...names.filter((name) => name.length > 3).slice(0, 4), 'variant', 'steps'])}": ${randomJson(prng, 2)},`;
  const at = text.indexOf('{', prng.below(text.length));
  return at < 0 ? text : `${text.slice(0, at + 1)}${member}${text.slice(at + 1)}`;
}

type Place = { readonly holder: Node[] | { [key: string]: Node }; readonly key: string };

function* placesIn(node: Node): IterableIterator<Place> {
  if (node === null || typeof node !== 'object') return;
  for (const key of Object.keys(node)) {
    yield { holder: node, key };
    yield* placesIn((node as { [key: string]: Node })[key] as Node);
  }
}

function spoilList(prng: Prng, list: Node[], at: number): void {
  const [other, item] = [prng.below(list.length), list[at] ?? null];
  pick<() => void>(prng, [
    () => list.splice(at, 1),
    () => list.splice(at, 0, structuredClone(item)),
    () => ([list[at], list[other]] = [list[other] ?? null, item]),
    () => (list[at] = randomValue(prng)),
    () => list.splice(0, list.length, ...list.toReversed()),
    () => (list.length = at),
  ])();
}

function spoilObject(prng: Prng, object: { [key: string]: Node }, key: string): void {
  const keys = Object.keys(object);
  const other = pick(prng, keys.length === 0 ? [key] : keys);
  pick<() => void>(prng, [
    () => delete object[key],
    () => put(object, pick(prng, names), object[key] ?? null),
    () => put(object, key, object[other] ?? null),
    () => put(object, key, randomValue(prng)),
    () => put(object, key, randomValue(prng)),
    () => put(object, key, [object[key] ?? null]),
    () => put(object, key, { [key]: object[key] ?? null }),
    () => put(object, key, `${JSON.stringify(object[key])}${pick(prng, names)}`),
  ])();
}

/** Also where the name is that of the prototype. */
function put(object: { [key: string]: Node }, key: string, value: Node): void {
  Object.defineProperty(object, key, {
    value,
    enumerable: true,
    configurable: true,
    writable: true,
  });
}

/** A value of any type, odd ones more often than not. */
export function randomValue(prng: Prng): Node {
  return pick<() => Node>(prng, [
    () => null,
    () => prng.below(2) === 0,
    () => prng.below(5) - 2,
    () => pick(prng, [1e308, -1, 0.5, -0, 2 ** 53, 4_294_967_296, 1e-300]),
    () => pick(prng, names),
    () => 'long '.repeat(prng.below(2000)),
    () => [],
    () => ({}),
    () => nested(1 + prng.below(60)),
    () => [randomValue(prng)],
    () => ({ [pick(prng, names)]: randomValue(prng) }),
  ])();
}

function nested(depth: number): Node {
  return depth === 0 ? 'deep' : depth % 2 === 0 ? [nested(depth - 1)] : { in: nested(depth - 1) };
}

function randomJson(prng: Prng, depth: number): Text {
  if (depth > 4 || prng.below(3) === 0) return print(randomValue(prng), undefined);
  const items = Array.from({ length: prng.below(4) }, () => randomJson(prng, depth + 1));
  if (prng.below(2) === 0) return `[${items.join(',')}]`;
  return `{${items.map((item) => `${JSON.stringify(pick(prng, names))}:${item}`).join(',')}}`;
}

function print(node: Node, indent: number | undefined): Text {
  return JSON.stringify(node, undefined, indent);
}

export function pick<T>(prng: Prng, from: readonly T[]): T {
  return from[prng.below(from.length)] as T;
}
