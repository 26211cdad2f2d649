/** The steps in which a story's variant does what the first variant, in the same world, would not do. */
import { partings, type Parting } from '../../checker/compare/step-differences.ts';
import { createSystem } from '../../checker/engine/system.ts';
import type { Local } from '../../checker/specification/protocol.ts';
import type { CheckedInstance } from '../specification/instance.ts';
import type { Partings } from './document.ts';
import type { SteppedStory } from '../stories/worlds-by-step.ts';

type PartedStep = Partings['steps'][number];
type Variant = { readonly id: string; readonly value: unknown };

/** Undefined if it is the repaired variant. */
export function partedFrom(
  story: SteppedStory,
  {
    spec,
    scenario,
    variant,
  }: Pick<CheckedInstance, 'spec' | 'scenario'> & { readonly variant: Variant },
): Partings | undefined {
  const [repaired] = spec.variants;
  if (repaired === undefined || variant.id === repaired.id) return undefined;
  const found = partings(story.system, createSystem(spec.boot(repaired.value, scenario)), story);
  return {
    differences: spec.differences?.(variant.value) ?? [],
    steps: found.map((each) => partedStep(story, each)),
  };
}

/** The cells that differ, in the form of a story's changes: what each would contain, and what it contains. */
function partedStep({ spec, system, worlds, start }: SteppedStory, parting: Parting): PartedStep {
  const first = system.initial(start);
  const before = worlds[parting.step - 1] ?? first;
  const after = worlds[parting.step] ?? before;
  const textOf = (cell: string, to?: Local): string => {
    const index = system.indexOf(cell);
    const at = (row: Int32Array): Local => system.local(index, row[index] as number);
    const change = { from: at(before), to: to ?? at(after), initial: at(first) };
    const text = spec.words.change(cell, change);
    const name = spec.words.longName(cell);
    return text === undefined ? `${name}: unchanged` : text.replace(/^[^:]*/, name);
  };
  return {
    step: parting.step,
    how: parting.how,
    instead: parting.instead.map(({ cell, local }) => textOf(cell, local)),
    left: parting.instead.map(({ cell }) => textOf(cell)),
  };
}
