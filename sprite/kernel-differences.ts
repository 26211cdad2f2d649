/** The differences of a kernel from the repaired one: what is replaced in its parts, and modules. */
import { partNames, sprite, type Kernel, type PartName } from '../model/kernel.ts';
import { differencesBetween, type PartDifference } from '../model/kernels/differences.ts';
import type { KernelPart } from '../model/part.ts';

export function differencesOf(kernel: Kernel): readonly string[] {
  const missing = sprite.modules.filter((module) => !kernel.modules.includes(module));
  return [
    ...changedParts(kernel).flatMap(({ part, differences }) =>
      differences.map(({ kind, name }) => `${kind} ${name} of ${part}`),
    ),
    ...missing.map((module) => `no module ${module}`),
  ];
}

/** The parts that differ from the repaired kernel, each with what is replaced in it. */
export function changedParts(
  kernel: Kernel,
): readonly { readonly part: PartName; readonly differences: readonly PartDifference[] }[] {
  return partNames
    .map((part) => ({
      part,
      differences: differencesBetween<never>(
        kernel[part] as KernelPart<never>,
        sprite[part] as KernelPart<never>,
      ),
    }))
    .filter(({ differences }) => differences.length > 0);
}
