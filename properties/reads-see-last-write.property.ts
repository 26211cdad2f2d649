/**
 * I9. A read returns the last write, and a stat its size.
 *
 *   always:   a read returns the data of the last completed write, wherever both ran;
 *             a stat returns the size that one host would have
 *   at rest:  the last write's data are on the server, or dirty on the last writer
 *
 * Dirty data may die with their host, within the delay; then the ghost falls back to what the
 * server has.
 */
import { worldOf } from '../model/world.ts';
import { fileIsAtRest } from './quiescence.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const readsSeeLastWrite: SpriteProperty = {
  id: 'reads-see-last-write',
  statement: 'A read returns the last write and a stat its size; no dirty block is lost.',
  kind: 'atRest',
  quiescence: 'what was read: none needed; where the data are: the file is at rest',
  sources: {
    paper: '§2 (cache consistency)',
    kernel: 'fsconsist/fsconsistCache.c StartConsistency; fscache/fscacheOps.c',
  },
  catches: [
    'A43',
    'R10',
    'R14',
    'A7',
    'N4',
    'N5',
    'N6',
    'N8',
    'N9',
    'A53',
    'A54',
    'A55',
    'A56',
    'P-stat-asks-no-writer',
    'P-grants-in-recall',
    'P-believes-two-writers',
  ],
  claims: (scenario) => [
    ...scenario.files.map((file) => (look: Parameters<typeof worldOf>[0]) => {
      const { difference } = worldOf(look).lastWrite(file);
      return difference === null
        ? undefined
        : {
            subject: `file ${file}`,
            expected: `${difference.what} of write ${difference.expected}`,
            found: `${difference.what} of write ${difference.found}`,
          };
    }),
    ...scenario.files.map((file) => (look: Parameters<typeof worldOf>[0]) => {
      const world = worldOf(look);
      const { data } = world.lastWrite(file);
      const server = world.file(file);
      if (server.data === data || server.removals > 0) return undefined;
      const holder = scenario.hosts.find((host) => {
        const { block } = world.handle(file, host);
        return block?.dirty === true && block.data === data;
      });
      if (holder !== undefined || !fileIsAtRest(look, scenario, file)) return undefined;
      return {
        subject: `file ${file}`,
        expected: `the data of write ${data} on the server or dirty on a client`,
        found: `write ${server.data} on the server, write ${data} nowhere`,
      };
    }),
  ],
  witness: {
    statement: 'a write is dirty on one host while another host has used the file',
    reached: (scenario) => (look) =>
      scenario.files.some((file) => {
        const world = worldOf(look);
        const dirty = scenario.hosts.filter(
          (host) => world.handle(file, host).block?.dirty === true,
        );
        return (
          dirty.length > 0 &&
          scenario.hosts.some((host) => !dirty.includes(host) && world.handle(file, host).stamp > 0)
        );
      }),
  },
};
