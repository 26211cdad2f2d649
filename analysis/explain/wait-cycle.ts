/** Who waits for whom at the end of a story, holding what, and since when. */
import type { Look } from '../../checker/specification/protocol.ts';
import type { Scenario } from '../../model/scenarios/scenario.ts';
import { cell } from '../../model/vocabulary/ids.ts';
import { processNames } from '../../properties/quiescence.ts';
import { cycleThrough, waitsFor } from '../../properties/waiting.ts';
import type { Waiting } from './document.ts';
import { lastOf, lookAt, sinceWhen, type ToldStory } from '../stories/worlds-by-step.ts';

type Edge = { readonly who: string; readonly waitsFor: string };

/**
 * The circle of waiting. Where there is none and the story ends because nothing can happen any more,
 * all who wait, and what the finding is about. Else undefined: others may wait, and for nothing bad.
 */
export function waitingAt(
  story: ToldStory,
  scenario: Scenario,
  { subject, isStuck }: { readonly subject: string; readonly isStuck: boolean },
): Waiting | undefined {
  const look = lookAt(story, lastOf(story));
  const activities = activitiesOf(scenario);
  const circle = activities
    .map((each) => cycleThrough(look, each, scenario))
    .find((each) => each !== undefined);
  if (circle === undefined && !isStuck) return undefined;
  const edges =
    circle === undefined
      ? activities.flatMap((who) =>
          waitsFor(look, who, scenario).map((each) => ({ who, waitsFor: each })),
        )
      : circle.slice(0, -1).map((who, index) => ({ who, waitsFor: circle[index + 1] ?? '' }));
  const about = circle === undefined ? subjectOf(story, subject) : undefined;
  return {
    isCircle: circle !== undefined,
    edges: edges.map((edge) => ({
      ...edge,
      since: sinceWhen(story, (at) => isWaiting(at, edge, scenario)) ?? lastOf(story),
      holds: heldBy(story, edge.who),
    })),
    ...(about === undefined ? {} : { subject: about }),
  };
}

function isWaiting(look: Look, { who, waitsFor: whom }: Edge, scenario: Scenario): boolean {
  return waitsFor(look, who, scenario).includes(whom);
}

function activitiesOf(scenario: Scenario): readonly string[] {
  return [
    ...processNames(scenario).flatMap((process) => [
      cell.service(process),
      cell.release(process),
      cell.thread(process),
      cell.target(process),
    ]),
    ...scenario.files.flatMap((file) => scenario.hosts.map((host) => cell.recall(file, host))),
  ];
}

/** Every cell whose lock this activity holds. */
function heldBy(story: ToldStory, activity: string): Waiting['edges'][number]['holds'] {
  return story.system.protocol.cells.flatMap(({ name }) => {
    const since = sinceWhen(story, (look) => lockedBy(look, name) === activity);
    return since === undefined ? [] : [{ what: name, since }];
  });
}

function lockedBy(look: Look, name: string): unknown {
  const { context } = look(name);
  return context !== null && typeof context === 'object' && 'lockedBy' in context
    ? (context as { readonly lockedBy: unknown }).lockedBy
    : undefined;
}

/** A finding that names a cell is about what it is in, for ever. */
function subjectOf(story: ToldStory, subject: string): Waiting['subject'] {
  const { cells } = story.system.protocol;
  if (!cells.some(({ name }) => name === subject)) return undefined;
  const state = lookAt(story, lastOf(story))(subject).value;
  const since = sinceWhen(story, (look) => look(subject).value === state) ?? lastOf(story);
  return { cell: subject, state: typeof state === 'string' ? state : JSON.stringify(state), since };
}
