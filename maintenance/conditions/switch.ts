/**
 * The functions that instrumented sources call (see sites.ts): at most one change is in force at a time.
 * They also note the changes that would have made a difference: no other can be noticed.
 */

/** No change. */
export const NO_SITE = -1;

let active = NO_SITE;
let touched = new Set<number>();

/** Puts this change in force, or none. */
export function activate(site: number): void {
  active = site;
}

/** The changes that would have made a difference since this was last asked. */
export function takeTouched(): ReadonlySet<number> {
  const since = touched;
  touched = new Set();
  return since;
}

/** A condition, or its replacement. */
export function taken<Value>(site: number, value: Value, instead: boolean): Value | boolean {
  if (Boolean(value) === instead) return value;
  touched.add(site);
  return active === site ? instead : value;
}

/** Whether something is left out: a finding, a claim, an alternative. */
export function isLeftOut(site: number): boolean {
  touched.add(site);
  return active === site;
}

/** A parameter; or null, false or zero in its place. */
export function blanked(site: number, value: unknown): unknown {
  const blank = typeof value === 'boolean' ? false : typeof value === 'number' ? 0 : null;
  if (value === blank) return value;
  touched.add(site);
  return active === site ? blank : value;
}
