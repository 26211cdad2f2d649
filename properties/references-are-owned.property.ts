/**
 * I5. Every reference to a stream is owned.
 *
 *   always:  stream(host).references
 *              = | descriptors of processes on host | + | references in transit from host |
 *                + | references whose migration to this host is being settled |
 *
 * A conservation law: fork makes references, close ends them, migration moves them. A reference in
 * transit belongs to its source until the source has released it. A reference without an owner is a leak: it
 * keeps file, stream and entry for ever.
 */
import { equal } from '../checker/specification/property.ts';
import { streamsOf } from '../model/scenarios/calls.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { worldOf, type World } from '../model/world.ts';
import type { Host, Stream } from '../model/vocabulary/ids.ts';
import { inTransit, processNames } from './quiescence.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const referencesAreOwned: SpriteProperty = {
  id: 'references-are-owned',
  statement: 'Every reference to a stream is owned by a descriptor or is in transit.',
  kind: 'always',
  quiescence: 'none needed: references in transit are counted',
  sources: {
    paper: '§5 "Distributed bookkeeping is difficult"',
    kernel: 'fsio/fsioStream.c Fsio_StreamMigCloseNew',
  },
  catches: ['R2', 'R5', 'A1', 'A2', 'sprite-1992', 'P-stream-kept'],
  claims: (scenario) =>
    streamsOf(scenario).flatMap((stream) =>
      scenario.hosts.map((host) => (look) => {
        const world = worldOf(look);
        const { references, arriving } = world.stream(stream, host);
        return equal(
          `stream ${stream} at ${host}`,
          descriptorsOn(world, scenario, stream, host) +
            inTransit(world, scenario, stream).filter((from) => from === host).length +
            arriving,
          references,
        );
      }),
    ),
  witness: {
    statement: 'a reference is in transit',
    reached: (scenario) => (look) =>
      streamsOf(scenario).some((stream) => inTransit(worldOf(look), scenario, stream).length > 0),
  },
};

function descriptorsOn(world: World, scenario: Scenario, stream: Stream, host: Host): number {
  return processNames(scenario)
    .flatMap((process) => world.process(process, host).descriptors)
    .filter((held) => held === stream).length;
}
