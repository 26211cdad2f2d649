/** On which host a step is taken: what the cell that begins it holds, or its name. */
import type { Event, Local } from '../vocabulary/cell.ts';
import type { Host } from '../vocabulary/ids.ts';

/** One delivery of a step: which cell took which event, with what it was told, and what it held. */
export type Delivery = {
  readonly cell: string;
  readonly event: Event;
  readonly before: Local;
  readonly after: Local;
};

const SERVER: Host = 'S';

/** The field that names the host, for cells that are not named after one. */
const FIELDS: { readonly [kind: string]: string | undefined } = {
  thread: 'host',
  source: 'from',
  target: 'to',
  release: 'source',
  homeCall: 'home',
};

const NAMED_AFTER_HOST = new Set(['host', 'eviction']);

/** What the server does for a host, in cells that are named after that host. */
const SERVERS = new Set(['recall.taken', 'recall.failed']);

export function kindOf(cell: string): string {
  return cell.split(' ', 1)[0] ?? cell;
}

export function objectOf(cell: string): string {
  return cell.slice(kindOf(cell).length + 1).split('@', 1)[0] ?? '';
}

export function hostOf({ cell, event, before, after }: Delivery): Host {
  const kind = kindOf(cell);
  if (NAMED_AFTER_HOST.has(kind)) return objectOf(cell);
  if (cell.includes('@') && !SERVERS.has(`${kind}.${event.type}`)) {
    return cell.slice(cell.indexOf('@') + 1);
  }
  const field = FIELDS[kind];
  if (field === undefined) return SERVER;
  return [before, after].map((held) => textOf(held, field)).find((host) => host !== '') ?? SERVER;
}

/** A field of what a cell holds, where it is a text. */
export function textOf({ context }: Local, field: string): string {
  const held = (context as { readonly [field: string]: unknown })[field];
  return typeof held === 'string' ? held : '';
}
