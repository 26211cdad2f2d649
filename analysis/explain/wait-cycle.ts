/** Which cell waits for which at the end of a story, with which locks, and since when. */
import { cycleThrough, type Waits } from '../../checker/specification/waiting.ts';
import type { Waiting } from './document.ts';
import {
  lastOf,
  lookAfter,
  firstStepOfLastStretch,
  type SteppedStory,
} from '../stories/worlds-by-step.ts';

/**
 * The circle of waiting. If there is none and the story ends in a terminal world, all waiting cells and the
 * subject of the finding. Otherwise undefined: cells may wait without a fault.
 */
export function waitingAt(
  story: SteppedStory,
  waits: Waits,
  { subject, isStuck }: { readonly subject: string; readonly isStuck: boolean },
): Waiting | undefined {
  const look = lookAfter(story, lastOf(story));
  const { activities } = waits;
  const circle = activities
    .map((each) => cycleThrough(each, (who) => waits.waitsFor(look, who)))
    .find((each) => each !== undefined);
  if (circle === undefined && !isStuck) return undefined;
  const edges =
    circle === undefined
      ? activities.flatMap((who) =>
          waits.waitsFor(look, who).map((each) => ({ who, waitsFor: each })),
        )
      : circle.slice(0, -1).map((who, index) => ({ who, waitsFor: circle[index + 1] ?? '' }));
  const about = circle === undefined ? subjectOf(story, subject) : undefined;
  return {
    isCircle: circle !== undefined,
    edges: edges.map((edge) => ({
      ...edge,
      since:
        firstStepOfLastStretch(story, (at) =>
          waits.waitsFor(at, edge.who).includes(edge.waitsFor),
        ) ?? lastOf(story),
      holds: heldBy(story, waits, edge.who),
    })),
    ...(about === undefined ? {} : { subject: about }),
  };
}

/** Every cell whose lock this activity holds. */
function heldBy(
  story: SteppedStory,
  waits: Waits,
  activity: string,
): Waiting['edges'][number]['holds'] {
  return story.system.protocol.cells.flatMap(({ name }) => {
    const since = firstStepOfLastStretch(story, (look) => waits.holderOf(look, name) === activity);
    return since === undefined ? [] : [{ what: name, since }];
  });
}

/** A finding that names a cell is about the state in which it remains for ever. */
function subjectOf(story: SteppedStory, subject: string): Waiting['subject'] {
  const { cells } = story.system.protocol;
  if (!cells.some(({ name }) => name === subject)) return undefined;
  const state = lookAfter(story, lastOf(story))(subject).value;
  const since =
    firstStepOfLastStretch(story, (look) => look(subject).value === state) ?? lastOf(story);
  return { cell: subject, state: typeof state === 'string' ? state : JSON.stringify(state), since };
}
