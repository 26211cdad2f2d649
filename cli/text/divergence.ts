/** Prints where a variant differs from the first one. */
import type { Partings } from '../../analysis/explain/document.ts';
import { repairedOf, type Loaded } from '../../analysis/specification/loaded.ts';

/** What the first variant would have done at this step and what this one did, if they differ. */
export function partingLines(
  spec: Loaded,
  parting: Partings | undefined,
  step: number,
): readonly string[] {
  const repaired = repairedOf(spec);
  const found = parting?.steps.find((each) => each.step === step);
  if (found === undefined) return [];
  if (found.how === 'refused') return [`  ${repaired} would not take this step here`];
  return [
    `  ${repaired} would have left:`,
    ...found.instead.map((each) => `    ${each}`),
    `  this ${spec.noun} left:`,
    ...found.left.map((each) => `    ${each}`),
  ];
}

export function differenceLines(spec: Loaded, parting: Partings | undefined): readonly string[] {
  if (parting === undefined || parting.differences.length === 0) return [];
  const differences = parting.differences.join(', ');
  return [`  this ${spec.noun} differs from ${repairedOf(spec)} in ${differences}`];
}
