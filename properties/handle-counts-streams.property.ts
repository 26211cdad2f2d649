/**
 * I3. A client's handle counts the streams on it, and every usable stream has its handle.
 *
 *   always:  handle(host).references = | streams open on host |, by mode
 *
 * A stream that is arriving has no handle yet, and only the migration that brings it knows of it;
 * a stream that is closing has given its handle up. Every other one counts.
 */
import { equal } from '../checker/specification/property.ts';
import { streamsOf } from '../model/scenarios/calls.ts';
import { worldOf } from '../model/world.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const handleCountsStreams: SpriteProperty = {
  id: 'handle-counts-streams',
  statement: "A client's handle counts the streams open on it; no open stream is without one.",
  kind: 'always',
  quiescence: 'none needed: streams that arrive or close are not counted on either side',
  sources: {
    paper: '§5 "Distributed bookkeeping is difficult"',
    kernel: 'fsio/fsioStream.c Fsio_DeencapStream (stream without a handle); vmMigrate.c assertion',
  },
  catches: ['R3', 'R18', 'P-stream-kept', 'P-handle-kept'],
  claims: (scenario) =>
    scenario.files.flatMap((file) =>
      scenario.hosts.map((host) => (look) => {
        const world = worldOf(look);
        const { references, writers } = world.handle(file, host);
        const open = streamsOf(scenario)
          .map((stream) => world.stream(stream, host))
          .filter((stream) => stream.is === 'open' && stream.file === file);
        return equal(
          `handle ${file} at ${host}`,
          {
            references: open.length,
            writers: open.filter(({ mode }) => mode === 'write').length,
          },
          { references, writers },
        );
      }),
    ),
  witness: {
    statement: 'a stream arrives on a host while its handle is not attached',
    reached: (scenario) => (look) =>
      streamsOf(scenario).some((stream) =>
        scenario.hosts.some((host) => worldOf(look).stream(stream, host).is === 'arriving'),
      ),
  },
};
