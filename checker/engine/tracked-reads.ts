/**
 * Tracked reads: an answer depends only on those parts of each cell that were read.
 *
 *   A claim or an observation reads a cell as if it were plain data. It gets an object that records each
 *   read: the state, or one field of the context, is a sight of its own (a view). So an answer is stored
 *   for all local states that agree in those parts, and a step that changes other parts does not affect
 *   the claim. A context must be a record, as it is in every machine.
 */
import type { Local, Look, View } from '../specification/protocol.ts';
import type { Json } from '../text/json.ts';

/**
 * The same cells, with each field tracked; a read through a view does not change. `holdsMore` names the
 * cells whose local states may have more than value and context.
 */
export function narrowed(look: Look, holdsMore: ReadonlySet<string>): Look {
  const narrow = (cell: string, view?: View<Json>): Json | Local => {
    if (view !== undefined) return look(cell, view);
    return holdsMore.has(cell) ? withMore(look, cell) : pieces(look, cell);
  };
  return narrow as Look;
}

function pieces(look: Look, cell: string): Local {
  const context = new Proxy<Record<string, Json>>(
    {},
    {
      get: (_, name) => {
        if (typeof name !== 'string') return undefined;
        const held = look(cell, field(name));
        return held.length > 0 ? held[0] : inherited(name);
      },
      has: (_, name) =>
        typeof name === 'string' &&
        (look(cell, field(name)).length > 0 || name in Object.prototype),
      ownKeys: () => [...look(cell, fieldNames)],
      getOwnPropertyDescriptor: (_, name) => {
        const held = typeof name === 'string' ? look(cell, field(name)) : [];
        if (held.length === 0) return undefined;
        return { value: held[0], enumerable: true, configurable: true, writable: false };
      },
      // A write throws, as to any frozen object.
      defineProperty: refuse,
      deleteProperty: refuse,
    },
  );
  return {
    get value() {
      return look(cell, state);
    },
    context,
  };
}

/** With the memory of history states and timers. These fields are absent if the cell has none. */
function withMore(look: Look, cell: string): Local {
  const plain = pieces(look, cell);
  const held = {
    get value() {
      return plain.value;
    },
    context: plain.context,
    get history() {
      return look(cell, beside).history;
    },
    get spent() {
      return look(cell, beside).spent;
    },
  };
  return new Proxy(held, {
    ownKeys: () => ['value', 'context', ...Object.keys(look(cell, beside))],
    has: (_, name) => name in held && (!isBeside(name) || name in look(cell, beside)),
    getOwnPropertyDescriptor: (_, name) =>
      isBeside(name) && !(name in look(cell, beside))
        ? undefined
        : Reflect.getOwnPropertyDescriptor(held, name),
  }) as Local;
}

/** Names that every record inherits, such as `toString`. */
function inherited(name: string): Json | undefined {
  return Reflect.get(Object.prototype, name) as Json | undefined;
}

function refuse(): boolean {
  return false;
}

function isBeside(name: string | symbol): boolean {
  return name === 'history' || name === 'spent';
}

/** Fields of few machines: the memory of history states, and the timers that have gone off. */
const beside: View<Pick<Local, 'history' | 'spent'>> = ({ history, spent }) => ({
  ...(history === undefined ? {} : { history }),
  ...(spent === undefined ? {} : { spent }),
});

const state: View<Json> = ({ value }) => value;

const fieldNames: View<readonly string[]> = ({ context }) => Object.keys(context ?? {});

const fields = new Map<string, View<readonly Json[]>>();

/** The field of the context with this name; empty if there is none. Made once for each name. */
function field(name: string): View<readonly Json[]> {
  const known = fields.get(name);
  if (known !== undefined) return known;
  const view: View<readonly Json[]> = ({ context }) => {
    const record = context as { readonly [name: string]: Json };
    return Object.hasOwn(record, name) ? [record[name] as Json] : [];
  };
  Object.defineProperty(view, 'name', { value: `context.${name}` });
  fields.set(name, view);
  return view;
}
