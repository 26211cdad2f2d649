/**
 * The grammar of the Informal Trace Format (Apalache ADR-015, 2025), and of the types that Apalache
 * wants beside it (ADR-002), written from these documents. No reader of the format is to be had as a
 * package that is small.
 */
import { z } from 'zod';

const name = z.string().regex(/^[^#].*$|^$/);

/** All integers are `#bigint`. A bare number, null, or a `#` that means nothing is no expression. */
const expression: z.ZodType = z.lazy(() =>
  z.union([
    z.boolean(),
    z.string(),
    z.array(expression),
    z.strictObject({ '#bigint': z.string().regex(/^-?[0-9]+$/) }),
    z.strictObject({ '#tup': z.array(expression) }),
    z.strictObject({ '#set': z.array(expression) }),
    z.strictObject({ '#map': z.array(z.tuple([expression, expression])) }),
    z.strictObject({ '#unserializable': z.string() }),
    z.strictObject({ tag: z.string(), value: expression }),
    z
      .record(name, expression)
      .refine((record) => !(Object.hasOwn(record, 'tag') && Object.keys(record).length <= 2)),
  ]),
);

export const itfSchema = z
  .strictObject({
    '#meta': z.looseObject({
      format: z.literal('ITF'),
      status: z.enum(['ok', 'violation']),
      description: z.string(),
      varTypes: z.record(z.string(), z.string()),
    }),
    params: z.array(z.string()).optional(),
    vars: z.array(z.string()),
    states: z.array(z.object({ '#meta': z.looseObject({ index: z.int() }) }).catchall(expression)),
  })
  .refine(({ params = [], vars, states }) =>
    states.every((state, index) =>
      sameNames(Object.keys(state), ['#meta', ...(index === 0 ? params : []), ...vars]),
    ),
  )
  .refine(({ '#meta': meta, vars }) => sameNames(Object.keys(meta.varTypes), vars))
  .refine(({ states }) => states.every((state, index) => state['#meta'].index === index));

function sameNames(a: readonly string[], b: readonly string[]): boolean {
  return JSON.stringify(a.toSorted()) === JSON.stringify(b.toSorted());
}

type Check = (value: unknown) => boolean;

/** Whether a value has a type, given as text: `Str -> { a: Int, b: None(UNIT) | Some(Seq(Str)) }`. */
export function checkOf(type: string): Check {
  const tokens = type.match(/->|[A-Za-z_]\w*|\S/g) ?? [];
  const check = readArrow();
  if (tokens.length > 0) throw new Error(`${type}: left over: ${tokens.join(' ')}`);
  return check;

  function readArrow(): Check {
    const from = readVariant();
    if (tokens[0] !== '->') return from;
    tokens.shift();
    const to = readArrow();
    return (value) =>
      entriesOf(value, '#map')?.every(
        (pair) => Array.isArray(pair) && from(pair[0]) && to(pair[1]),
      ) === true;
  }

  function readVariant(): Check {
    const options: Check[] = [readOne()];
    while (tokens[0] === '|') {
      tokens.shift();
      options.push(readOne());
    }
    return (value) => options.some((option) => option(value));
  }

  function readOne(): Check {
    const token = tokens.shift() ?? '';
    if (token === '(') return closed(readArrow());
    if (token === '{') return readRecord();
    if (token === 'Bool') return (value) => typeof value === 'boolean';
    if (token === 'Str') return (value) => typeof value === 'string';
    if (token === 'Int') return (value) => typeof fieldOf(value, '#bigint') === 'string';
    if (token === 'UNIT') return (value) => entriesOf(value, '#tup')?.length === 0;
    if (tokens.shift() !== '(') throw new Error(`${type}: what is ${token}?`);
    const inner = closed(readArrow());
    if (token === 'Seq') return (value) => Array.isArray(value) && value.every(inner);
    return (value) => fieldOf(value, 'tag') === token && inner(fieldOf(value, 'value'));
  }

  function readRecord(): Check {
    const fields = new Map<string, Check>();
    while (tokens[0] !== '}') {
      const field = tokens.shift() ?? '';
      if (tokens.shift() !== ':') throw new Error(`${type}: no type for ${field}`);
      fields.set(field, readArrow());
      if (tokens[0] === ',') tokens.shift();
    }
    tokens.shift();
    return (value) =>
      sameNames(Object.keys(value ?? {}), [...fields.keys()]) &&
      [...fields].every(([field, holds]) => holds(fieldOf(value, field)));
  }

  function closed(inner: Check): Check {
    if (tokens.shift() !== ')') throw new Error(`${type}: a bracket is open`);
    return inner;
  }
}

function entriesOf(value: unknown, key: string): readonly unknown[] | undefined {
  const held = fieldOf(value, key);
  return Array.isArray(held) ? held : undefined;
}

function fieldOf(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null && Object.hasOwn(value, key)
    ? (value as Readonly<Record<string, unknown>>)[key]
    : undefined;
}
