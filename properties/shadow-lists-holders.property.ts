/**
 * I4. The shadow stream lists exactly the hosts that have the stream.
 *
 *   at rest on the stream:  shadow.clients = { host : stream(host) has references }
 *                           and the shadow exists iff the list is not empty
 */
import { equal } from '../checker/specification/property.ts';
import { streamsOf } from '../model/scenarios/calls.ts';
import { worldOf } from '../model/world.ts';
import { streamIsAtRest } from './quiescence.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const shadowListsHolders: SpriteProperty = {
  id: 'shadow-lists-holders',
  statement:
    'The shadow stream lists exactly the hosts that use the stream, and goes with the last.',
  kind: 'atRest',
  quiescence: 'no call of the stream at its server, none of its references in transit, no clean-up',
  sources: {
    paper: '§5 "Distributed bookkeeping is difficult"',
    kernel: 'fsio/fsioStream.c Fsio_StreamClientVerify, Fsio_StreamDestroy',
  },
  catches: ['R5', 'P-given-up-quietly', 'P-shadow-stays'],
  claims: (scenario) =>
    streamsOf(scenario).map((stream) => (look) => {
      const world = worldOf(look);
      const { is, clients: listed } = world.shadow(stream);
      const clients = listed.toSorted();
      const holders = scenario.hosts
        .filter((host) => world.stream(stream, host).references > 0)
        .toSorted();
      const isThere = is !== 'absent';
      const isRight = holders.join() === clients.join() && isThere === holders.length > 0;
      if (isRight || !streamIsAtRest(look, scenario, stream)) return undefined;
      return equal(
        `stream ${stream}`,
        { holders, shadow: holders.length > 0 ? 'there' : 'gone' },
        { holders: clients, shadow: isThere ? 'there' : 'gone' },
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
