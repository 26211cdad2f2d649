/** On which host a step is taken: the one that holds the cell that begins it. */
import type { Event, Local } from '../vocabulary/cell.ts';
import { holderOf, SERVER } from '../vocabulary/holder.ts';
import { kindOf, type Host } from '../vocabulary/ids.ts';

/** One delivery of a step: the cell, the event with its facts, and the local states. */
export type TimedDelivery = {
  readonly cell: string;
  readonly event: Event;
  readonly before: Local;
  readonly after: Local;
};

/** What the server does for a host, in cells that the host holds. */
const SERVERS = new Set(['recall.taken', 'recall.failed']);

export function actorOf({ cell, event, before, after }: TimedDelivery): Host {
  if (SERVERS.has(`${kindOf(cell)}.${event.type}`)) return SERVER;
  return holderOf(cell, before, after) ?? SERVER;
}
