/** The findings of claims, by number, so that a verdict can be stored as one integer. */
import { whyNoFinding } from '../specification/given-values.ts';
import type { Finding } from '../specification/property.ts';
import { ModelFault } from '../specification/specification-error.ts';

export type Violation = { readonly property: string; readonly finding: Finding };

/** Nothing was found. */
export const HOLDS = 0;

export type VerdictBook = {
  readonly numberOf: (property: string, finding: Finding | undefined) => number;
  /** Undefined if the claim holds. */
  readonly at: (verdict: number) => Violation | undefined;
};

export function createVerdictBook(): VerdictBook {
  const verdicts: (Violation | undefined)[] = [undefined];
  const numbers = new Map<string, number>();
  return { numberOf, at: (verdict) => verdicts[verdict] };

  function numberOf(property: string, finding: Finding | undefined): number {
    if (finding === undefined) return HOLDS;
    const key = JSON.stringify([property, sound(property, finding)]);
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, verdicts.length);
    return verdicts.push({ property, finding }) - 1;
  }
}

/** Checks the form of a finding: three texts, of which expected and found differ. */
export function sound(property: string, finding: Finding): Finding {
  const why = whyNoFinding(finding);
  if (why !== undefined) throw new ModelFault(`property ${property} ${why}`);
  return Object.freeze(finding);
}
