/** A local state in a few words, for a finding. */
import { canonical } from '../text/canonical-json.ts';
import { clipped } from '../text/printable.ts';
import type { Local } from '../specification/protocol.ts';

/** "idle", or "waiting {"for":"q"}" if its context is not empty. */
export function stateText({ value, context }: Local, most: number): string {
  const state = typeof value === 'string' ? value : canonical(value);
  const held = canonical(context);
  return clipped(held === '{}' || held === 'null' ? state : `${state} ${held}`, most);
}
