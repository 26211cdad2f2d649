/** Which steps, choices and orders a story needs; hosts are those of its steps. */
import {
  isNeeded,
  necessaryOrder,
  swappable,
  withoutEach,
  type Needed,
} from '../../checker/stories/needed-steps.ts';
import type { Claim } from '../../checker/specification/property.ts';
import { chosen } from '../../model/vocabulary/choices.ts';
import type { Matters } from './document.ts';
import type { ToldStory } from '../stories/worlds-by-step.ts';

type Choice = Matters['choices'][number]['choice'];

export function mattersOf(
  story: ToldStory,
  claims: readonly Claim[],
  { property, maxStates }: { readonly property: string; readonly maxStates: number },
): Matters {
  const { system, start, steps, told } = story;
  const named = { start, steps, property };
  return {
    steps: withoutEach(system, claims, named),
    choices: choicesIn(story).map((each) => ({ ...each, needed: neededness(each.action) })),
    swappable: swappable(system, story),
    order: necessaryOrder(system, claims, named).filter(
      ({ earlier, later }) => told[earlier - 1]?.host !== told[later - 1]?.host,
    ),
  };

  function neededness(action: string): Needed {
    const is = (delivery: number): boolean => system.eventOf(delivery).type === action;
    return isNeeded(system, claims, property, { is, maxStates });
  }
}

/** The kinds of choice that programs, owners and faults made, in the order of the story. */
function choicesIn({
  system,
  steps,
}: ToldStory): readonly Omit<Matters['choices'][number], 'needed'>[] {
  const actions = [...new Set(steps.map(({ action }) => action))].filter((each) =>
    chosen.has(each),
  );
  return actions.map((action) => {
    const made = steps.flatMap((step, index) => (step.action === action ? [index] : []));
    const at = steps[made[0] ?? 0]?.at ?? '';
    return {
      choice: choiceOf(action, at, system.protocol.faults),
      action,
      steps: made.map((index) => index + 1),
    };
  });
}

function choiceOf(action: string, at: string, faults: ReadonlySet<string>): Choice {
  if (faults.has(action)) return 'fault';
  if (action === 'requested') return 'migration request';
  return at.startsWith('thread ') ? 'program call' : 'other choice';
}
