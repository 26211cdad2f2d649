/**
 * Pairs that meet at one object: two activities that are both under way in one state, or an activity and
 * an event of one step. Faults live where two meet; a pair that no small scenario reaches is an untested
 * case.
 */
import type { Covering } from '../../checker/specification/covering.ts';
import type { Scenario } from '../../model/scenarios/scenario.ts';
import { lasting, objectsIn, type Activity, type Kind } from './activities.ts';
import { whyNoMeeting } from './impossible-meetings.ts';
import { beside, pairName } from './meeting-names.ts';
import { sudden, suddenIn } from './sudden-events.ts';

export const kinds: readonly Kind[] = ['file', 'stream', 'process', 'host'];

const situations = kinds.flatMap((kind) => [
  ...lasting[kind].flatMap((a, index) =>
    lasting[kind].slice(index).map((b) => pairName(kind, a, b)),
  ),
  ...sudden[kind].flatMap((what) => lasting[kind].map((activity) => beside(kind, what, activity))),
]);

export const meetings: Covering<Scenario> = {
  id: 'meetings',
  what: 'meetings of two activities',
  page: 'docs/reference/covering.md',
  situations,
  impossible: whyNoMeeting,
  inState: (scenario) =>
    objectsIn(scenario).map(
      ({ kind, activities }) =>
        (look) =>
          pairsOf(kind, activities(look)),
    ),
  onStep: (scenario) => {
    const objects = objectsIn(scenario);
    return [
      (before, step, after) =>
        suddenIn(scenario, before, step, after).flatMap(({ kind, name, what }) =>
          objects
            .filter((object) => object.kind === kind && object.name === name)
            .flatMap(({ activities }) => activities(before))
            .filter(({ of }) => `service ${of}` !== step.cell)
            .map((activity) => beside(kind, what, activity.what)),
        ),
    ];
  },
};

function pairsOf(kind: Kind, found: readonly Activity[]): readonly string[] {
  return found.flatMap((first, index) =>
    found.slice(index + 1).map((second) => pairName(kind, first.what, second.what)),
  );
}
