/**
 * Values that a specification gives, where they get their numbers: refused unless plain JSON, and
 * once kept nobody can change them.
 */
import { frozen, whyNotPlain, whyNotStored } from '../text/plain-json.ts';
import { ModelFault } from './specification-error.ts';
import type { Json } from '../text/json.ts';

/** Whose a value is, and what it is called there. */
export type Given = { readonly where: () => string; readonly path?: string };

/** Before its text is taken, which says less of what is no plain JSON. */
export function plainly<Value>(value: Value, { where, path }: Given): Value {
  const why = whyNotPlain(value, path);
  if (why !== undefined) throw refusal(where, why);
  return value;
}

/** Where it is new: the value itself, plain already, frozen with all that is in it. */
export function forGood<Value extends Json>(value: Value, { where, path }: Given): Value {
  const why = whyNotStored(value, path);
  if (why !== undefined) throw refusal(where, why);
  return frozen(value);
}

function refusal(where: () => string, why: string): ModelFault {
  return new ModelFault(`${where().replace(/,$/, '')}, no plain JSON: ${why}`);
}
