/**
 * A world as properties read it: typed, by the names of things. Every read goes through `look`, so
 * that the checker knows what an answer depends on.
 */
import type { Json, Look } from './vocabulary/cell.ts';
import { nameOf, type Host } from './vocabulary/ids.ts';
import { kindNames, type KindName, type Kinds } from './vocabulary/kinds.ts';

/** What a cell holds, with its state under `is`. */
export type Held<Context> = Context & { readonly is: string };

/** Each cell by its kind and what it is one of, as its name is made: `world.stream('p0', 'A')`. */
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
 * Reads through, name by name: an answer depends on what was taken from the cell, and on no more.
 * So nothing is copied, and nothing kept.
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
