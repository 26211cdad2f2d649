/**
 * I17, first half. No activities wait for each other in a circle.
 *
 *   always:  the wait-for graph has no cycle
 *
 * An activity that waits for a lock waits for its holder; one that has called waits for the call.
 * The finding prints the circle.
 */
import { cycleThrough } from '../checker/specification/waiting.ts';
import { cell } from '../model/vocabulary/ids.ts';
import { worldOf } from '../model/world.ts';
import { processNames } from './quiescence.ts';
import { waitsFor } from './waiting.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const noCycleOfWaiting: SpriteProperty = {
  id: 'no-cycle-of-waiting',
  statement: 'No kernel activities wait for each other in a circle.',
  kind: 'always',
  findsDeadlocks: true,
  quiescence: 'none needed',
  sources: {
    paper: '§3 (deadlocks)',
    kernel: 'fsio/fsioStream.c lock order; Welch thesis 5.3.2',
  },
  catches: ['R8', 'R8-second', 'R12', 'A39'],
  claims: (scenario) =>
    processNames(scenario).map((process) => (look) => {
      const cycle = cycleThrough(cell.service(process), (each) => waitsFor(look, each, scenario));
      return cycle === undefined
        ? undefined
        : { subject: cycle[0] ?? '', expected: 'no circle of waiting', found: cycle.join(' -> ') };
    }),
  witness: {
    statement: 'a call waits for something that another call holds',
    reached: (scenario) => (look) =>
      processNames(scenario).some((process) => {
        const service = worldOf(look).service(process);
        return (
          service.is !== 'consulting' &&
          service.is !== 'calling' &&
          waitsFor(look, cell.service(process), scenario).length > 0
        );
      }),
  },
};
