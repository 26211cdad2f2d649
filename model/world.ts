/**
 * A world as properties read it: typed, by the names of things. Every read goes through `look`, so the
 * checker knows the cells on which an answer depends.
 */
import type { Json, Look } from './vocabulary/cell.ts';
import { nameOf, type Host } from './vocabulary/ids.ts';
import { kindNames, type KindName, type Kinds } from './vocabulary/kinds.ts';

/** The local state of a cell, with its state under `is`. */
export type Held<Context> = Context & { readonly is: string };

/** Each cell by the parts of its name: `world.stream('p0', 'A')`. */
type Cells = {
  readonly [kind in KindName]: (...of: Kinds[kind]['of']) => Held<Kinds[kind]['context']>;
};

export type World = Cells & {
  readonly hostIsDown: (host: Host) => boolean;
  /** Whether a host is down, or has come up again since it had this boot identifier. */
  readonly hasCrashedSince: (host: Host, boot: number) => boolean;
};

export function worldOf(look: Look): World {
  const cells = Object.fromEntries(
    kindNames.map((kind) => [kind, (...of: readonly string[]) => held(look, nameOf(kind, ...of))]),
  ) as unknown as Cells;
  return {
    ...cells,
    hostIsDown: (host) => cells.host(host).is === 'down',
    hasCrashedSince: (host, boot) => {
      const { is, boot: now } = cells.host(host);
      return is === 'down' || now !== boot;
    },
  };
}

/**
 * Reads through, name by name: an answer depends only on the fields that were read. So nothing is copied
 * or stored.
 */
function held<Context>(look: Look, name: string): Held<Context> {
  const local = look(name);
  const context = local.context as { readonly [field: string]: Json };
  const read = (field: string | symbol): Json | undefined =>
    field === 'is' ? local.value : context[String(field)];
  return new Proxy(
    {},
    {
      get: (_, field) => read(field),
      ownKeys: () => [...Object.keys(context), 'is'],
      getOwnPropertyDescriptor: (_, field) => ({
        value: read(field),
        enumerable: true,
        configurable: true,
      }),
    },
  ) as Held<Context>;
}
