/** Which host holds a cell: by its kind, its name, and what it contains (kinds.ts). */
import type { Local } from './cell.ts';
import { kindOf, objectOf, type Host } from './ids.ts';
import { holders } from './kinds.ts';

/** The file server, as a column of a story. */
export const SERVER: Host = 'S';

/**
 * The host that holds a cell; undefined if no host does. `contents` are its contents at different
 * moments: the first that names a host decides.
 */
export function holderOf(name: string, ...contents: readonly Local[]): Host | undefined {
  const holder = holders[kindOf(name)];
  if (holder === 'none') return undefined;
  if (holder === 'server') return SERVER;
  if (holder === 'host') return hostIn(objectOf(name));
  return contents.map((held) => textOf(held, holder.field)).find((host) => host !== '') ?? SERVER;
}

/** A cell's name in sentences. What the server keeps for a host is not at that host: "entry f for A". */
export function nameText(name: string): string {
  return holders[kindOf(name)] === 'server' ? name.replace('@', ' for ') : name;
}

/** A field of a cell's contents, if it is a text. */
export function textOf({ context }: Local, field: string): string {
  const held = (context as { readonly [field: string]: unknown })[field];
  return typeof held === 'string' ? held : '';
}

/** "A" of "A" and of "p0@A". */
function hostIn(object: string): Host {
  return object.slice(object.indexOf('@') + 1);
}
