/** One text for equal JSON, whatever the order in which its keys were written. */
import { configure } from 'safe-stable-stringify';
import type { Json } from './json.ts';

/** What is no JSON has no such text: it throws. */
const stringify = configure({ strict: true });

export function canonical(value: Json): string {
  return stringify(value);
}
