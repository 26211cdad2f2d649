/** On which host a step is taken: the one that holds the cell that begins it. */
import type { Event, Local } from '../vocabulary/cell.ts';
import { holderOf, SERVER } from '../vocabulary/holder.ts';
import { kindOf, type Host } from '../vocabulary/ids.ts';

/** One delivery of a step: which cell took which event, with what it was told, and what it held. */
export type Delivery = {
  readonly cell: string;
  readonly event: Event;
  readonly before: Local;
  readonly after: Local;
};

/** What the server does for a host, in cells that the host holds. */
const SERVERS = new Set(['recall.taken', 'recall.failed']);

export function actorOf({ cell, event, before, after }: Delivery): Host {
  if (SERVERS.has(`${kindOf(cell)}.${event.type}`)) return SERVER;
  return holderOf(cell, before, after) ?? SERVER;
}
