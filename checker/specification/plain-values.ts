/**
 * Checks the values of a specification when they get their numbers: they must be plain JSON, and are frozen
 * when they are stored.
 */
import { frozen, whyNotPlain, whyNotStored } from '../text/plain-json.ts';
import { ModelFault } from './specification-error.ts';
import type { Json } from '../text/json.ts';

/** The owner of a value, and the value's name there. */
export type ValueOwner = { readonly where: () => string; readonly path?: string };

/** Called before the value becomes a text, which would lose everything that is not plain JSON. */
export function plainly<Value>(value: Value, { where, path }: ValueOwner): Value {
  const why = whyNotPlain(value, path);
  if (why !== undefined) throw refusal(where, why);
  return value;
}

/** For a new value: the value itself, which is plain already, frozen with everything in it. */
export function forGood<Value extends Json>(value: Value, { where, path }: ValueOwner): Value {
  const why = whyNotStored(value, path);
  if (why !== undefined) throw refusal(where, why);
  return frozen(value);
}

function refusal(where: () => string, why: string): ModelFault {
  return new ModelFault(`${where().replace(/,$/, '')}, no plain JSON: ${why}`);
}
