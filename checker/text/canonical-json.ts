/** One text for equal JSON, with any order of its keys. */
import { configure } from 'safe-stable-stringify';
import type { Json } from './json.ts';

/** Throws if the value is not JSON. */
const stringify = configure({ strict: true });

export function canonical(value: Json): string {
  return stringify(value);
}
