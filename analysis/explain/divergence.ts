/** Where a story's variant does what the first one, in the same world, would not. */
import { partings, type Parting } from '../../checker/compare/step-differences.ts';
import { createSystem } from '../../checker/engine/system.ts';
import type { Instance } from '../specification/instance.ts';
import type { PartingTold } from './document.ts';
import type { SteppedStory } from '../stories/worlds-by-step.ts';

type Told = PartingTold['steps'][number];
type Variant = { readonly id: string; readonly value: unknown };

/** Undefined where it is the repaired variant. */
export function partedFrom(
  story: SteppedStory,
  { spec, scenario, variant }: Pick<Instance, 'spec' | 'scenario'> & { readonly variant: Variant },
): PartingTold | undefined {
  const [repaired] = spec.variants;
  if (repaired === undefined || variant.id === repaired.id) return undefined;
  const found = partings(story.system, createSystem(spec.boot(repaired.value, scenario)), story);
  return {
    differences: spec.differences?.(variant.value) ?? [],
    steps: found.map((each) => partingTold(story, each)),
  };
}

/** As stories tell changes: from the world before the step to the one it would have led to. */
function partingTold({ spec, system, worlds, start }: SteppedStory, parting: Parting): Told {
  const first = system.initial(start);
  const before = worlds[parting.step - 1] ?? first;
  const instead = parting.instead.map(({ cell, local }) => {
    const index = system.indexOf(cell);
    const from = system.local(index, before[index] as number);
    const initial = system.local(index, first[index] as number);
    const text = spec.words.change(cell, { from, to: local, initial });
    return text === undefined ? `${cell}: unchanged` : text.replace(/^[^:]*/, cell);
  });
  return { step: parting.step, how: parting.how, instead };
}
