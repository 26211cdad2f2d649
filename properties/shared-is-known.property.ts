/**
 * I7. When a stream is in use on several hosts, all of them know.
 *
 *   at rest on the stream:  two hosts or more have it  =>  each of them, and the shadow, is shared
 *
 * A host that does not know goes on with an offset of its own. The other direction is not claimed:
 * a host that is left alone with a stream does not learn it, and asks the server for ever (documented).
 */
import { equal } from '../checker/specification/property.ts';
import { streamsOf } from '../model/scenarios/calls.ts';
import { worldOf } from '../model/world.ts';
import { streamIsAtRest } from './quiescence.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const sharedIsKnown: SpriteProperty = {
  id: 'shared-is-known',
  statement: 'When several hosts use a stream, each of them and the I/O server knows it is shared.',
  kind: 'atRest',
  quiescence: 'no call of the stream at its server, none of its references in transit, no clean-up',
  sources: {
    paper: '§5 "Distributed bookkeeping is difficult"',
    kernel: 'fsio/fsioStream.c Fsio_StreamMigClient (FS_RMT_SHARED)',
  },
  catches: ['R7', 'A58', 'P-alone-too-soon'],
  claims: (scenario) =>
    streamsOf(scenario).map((stream) => (look) => {
      const world = worldOf(look);
      const holders = scenario.hosts
        .map((host) => world.stream(stream, host))
        .filter(({ references }) => references > 0);
      const known = [...holders, { host: 'the I/O server', shared: world.shadow(stream).shared }];
      if (holders.length < 2 || known.every(({ shared }) => shared)) return undefined;
      if (!streamIsAtRest(look, scenario, stream)) return undefined;
      return equal(
        `stream ${stream}`,
        known.map(({ host }) => `${host} shared`),
        known.map(({ host, shared }) => `${host} ${shared ? 'shared' : 'alone'}`),
      );
    }),
  witness: {
    statement: 'a stream is in use on two hosts and at rest',
    reached: (scenario) => (look) =>
      streamsOf(scenario).some(
        (stream) =>
          worldOf(look).shadow(stream).clients.length > 1 && streamIsAtRest(look, scenario, stream),
      ),
  },
};
