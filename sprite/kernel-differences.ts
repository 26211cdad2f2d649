/** In what a kernel differs from the repaired one: what of its parts is replaced, and modules. */
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

/** The parts that are not those of the repaired kernel, with what of them is replaced. */
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
