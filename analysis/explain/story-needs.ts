/** The steps, choices and orders that a story needs; hosts are those of its steps. */
import {
  isNeeded,
  necessaryOrder,
  swappable,
  withoutEach,
  type Needed,
} from '../../checker/stories/needed-steps.ts';
import type { Claim } from '../../checker/specification/property.ts';
import type { Matters } from './document.ts';
import type { SteppedStory } from '../stories/worlds-by-step.ts';

export function mattersOf(
  story: SteppedStory,
  claims: readonly Claim[],
  { property, maxStates }: { readonly property: string; readonly maxStates: number },
): Matters {
  const { system, start, steps, texts } = story;
  const named = { start, steps, property };
  return {
    steps: withoutEach(system, claims, named),
    choices: choicesIn(story).map((each) => ({ ...each, needed: neededness(each.action) })),
    swappable: swappable(system, story),
    order: necessaryOrder(system, claims, named).filter(
      ({ earlier, later }) => texts[earlier - 1]?.host !== texts[later - 1]?.host,
    ),
  };

  function neededness(action: string): Needed {
    const is = (delivery: number): boolean => system.eventOf(delivery).type === action;
    return isNeeded(system, claims, property, { is, maxStates });
  }
}

/** The kinds of choice that programs, owners and faults made, in the order of the story. */
function choicesIn({
  spec: { choices },
  system,
  steps,
}: SteppedStory): readonly Omit<Matters['choices'][number], 'needed'>[] {
  const { faults } = system.protocol;
  const actions = [...new Set(steps.map(({ action }) => action))].filter(
    (each) => faults.has(each) || choices?.chosen.has(each) === true,
  );
  return actions.map((action) => {
    const made = steps.flatMap((step, index) => (step.action === action ? [index] : []));
    const at = steps[made[0] ?? 0]?.at ?? '';
    return {
      choice: faults.has(action) ? 'fault' : (choices?.kindOf({ at, action }) ?? 'choice'),
      action,
      steps: made.map((index) => index + 1),
    };
  });
}
