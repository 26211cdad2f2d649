/** Where a story's variant does what the first one, in the same world, would not. */
import { partings, type Parting } from '../../checker/compare/step-differences.ts';
import { createSystem } from '../../checker/engine/system.ts';
import type { Local } from '../../checker/specification/protocol.ts';
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

/** The cells that differ, as stories tell changes: what each would hold, and what it holds. */
function partingTold({ spec, system, worlds, start }: SteppedStory, parting: Parting): Told {
  const first = system.initial(start);
  const before = worlds[parting.step - 1] ?? first;
  const after = worlds[parting.step] ?? before;
  const textOf = (cell: string, to?: Local): string => {
    const index = system.indexOf(cell);
    const at = (row: Int32Array): Local => system.local(index, row[index] as number);
    const change = { from: at(before), to: to ?? at(after), initial: at(first) };
    const text = spec.words.change(cell, change);
    return text === undefined ? `${cell}: unchanged` : text.replace(/^[^:]*/, cell);
  };
  return {
    step: parting.step,
    how: parting.how,
    instead: parting.instead.map(({ cell, local }) => textOf(cell, local)),
    left: parting.instead.map(({ cell }) => textOf(cell)),
  };
}
