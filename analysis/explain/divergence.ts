/** Where a story's kernel does what the repaired one, in the same world, would not. */
import { partings, type Parting } from '../../checker/compare/step-differences.ts';
import { createSystem } from '../../checker/engine/system.ts';
import { boot } from '../../model/boot.ts';
import { sprite, type Kernel } from '../../model/kernel.ts';
import type { Scenario } from '../../model/scenarios/scenario.ts';
import { changeText } from '../../model/wording/sentences.ts';
import { differencesOf } from './kernel-differences.ts';
import type { PartingTold } from './document.ts';
import type { ToldStory } from '../stories/worlds-by-step.ts';

type Told = PartingTold['steps'][number];

/** Undefined where it is the repaired kernel. */
export function partedFrom(
  story: ToldStory,
  { scenario, kernel }: { readonly scenario: Scenario; readonly kernel: Kernel },
): PartingTold | undefined {
  if (kernel === sprite) return undefined;
  const found = partings(story.system, createSystem(boot(sprite, scenario)), story);
  return {
    differences: differencesOf(kernel),
    steps: found.map((each) => partingTold(story, each)),
  };
}

/** As stories tell changes: from the world before the step to the one it would have led to. */
function partingTold({ system, worlds, start }: ToldStory, parting: Parting): Told {
  const first = system.initial(start);
  const before = worlds[parting.step - 1] ?? first;
  const instead = parting.instead.map(({ cell, local }) => {
    const index = system.indexOf(cell);
    const from = system.local(index, before[index] as number);
    const initial = system.local(index, first[index] as number);
    const text = changeText(cell, { from, to: local, initial });
    return text === undefined ? `${cell}: unchanged` : text.replace(/^[^:]*/, cell);
  });
  return { step: parting.step, how: parting.how, instead };
}

/** What the repaired kernel would have done at this step; nothing where it would have done the same. */
export function partingLines(parting: PartingTold | undefined, step: number): readonly string[] {
  const found = parting?.steps.find((each) => each.step === step);
  if (found === undefined) return [];
  if (found.how === 'refused') return ['  sprite would not take this step here'];
  return ['  sprite would have left:', ...found.instead.map((each) => `    ${each}`)];
}

export function differenceLines(parting: PartingTold | undefined): readonly string[] {
  if (parting === undefined || parting.differences.length === 0) return [];
  return [`  this kernel differs from sprite in ${parting.differences.join(', ')}`];
}
