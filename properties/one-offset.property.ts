/**
 * I8. A stream has one offset, wherever it is used.
 *
 *   always:  every read and write uses the offset that follows the one before, on any host
 *
 * The ghost `position` steps with every read and write, as one host would. It keeps the offset that a
 * kernel used instead.
 */
import { streamsOf } from '../model/scenarios/calls.ts';
import { worldOf } from '../model/world.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const oneOffset: SpriteProperty = {
  id: 'one-offset',
  statement: 'All reads and writes of a stream, on whatever host, follow one offset.',
  kind: 'always',
  quiescence: 'none needed: a read or write is one step',
  sources: {
    paper: '§5 "The offset with a stream may be accessed by multiple hosts"',
    kernel: 'fsio/fsioStream.c (offset adopted at release); bug reports 1989#338, #412, #413',
  },
  catches: ['R6', 'R7', 'R64-1986', 'A57', 'A58', 'P-dead-sharer-resets'],
  claims: (scenario) =>
    streamsOf(scenario).map((stream) => (look) => {
      const { difference } = worldOf(look).position(stream);
      return difference === null
        ? undefined
        : {
            subject: `stream ${stream}`,
            expected: `offset ${difference.expected}`,
            found: `offset ${difference.found}`,
          };
    }),
  witness: {
    statement: 'a stream that has been read or written is in use on several hosts',
    reached: (scenario) => (look) =>
      streamsOf(scenario).some((stream) => {
        const world = worldOf(look);
        const { clients, shared } = world.shadow(stream);
        return shared && clients.length > 1 && world.position(stream).next > 0;
      }),
  },
};
