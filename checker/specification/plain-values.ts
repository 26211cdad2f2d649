/**
 * Values that a specification gives, where they get their numbers: refused unless plain JSON, and
 * from then on nobody can change them. Each is looked at once.
 */
import { frozen, whyNotPlain } from '../text/plain-json.ts';
import { ModelFault } from './specification-error.ts';
import type { Json } from '../text/json.ts';

/** The value itself, frozen with all that is in it; refused by the path of the first bad field. */
export function plainly<Value extends Json>(
  value: Value,
  where: () => string,
  path?: string,
): Value {
  refuseUnlessPlain(value, where, path);
  return frozen(value);
}

export function refuseUnlessPlain(
  value: unknown,
  where: () => string,
  path?: string,
  options?: { readonly mayCompute?: boolean },
): void {
  const why = whyNotPlain(value, path, options);
  if (why !== undefined) throw new ModelFault(`${where()}, no plain JSON: ${why}`);
}
