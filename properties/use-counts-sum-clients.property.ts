/**
 * I1. The server's use counts are the sum over its clients.
 *
 *   always:  file.{references, writers} = sum over hosts of entry(host).{references, writers}
 *
 * The paper: references "with one reference per host that accesses the stream or file". A count
 * too high keeps a dead file for ever and refuses the next writer; one too low deletes a file that
 * is in use. Both are changed in one section each time, so the claim needs no rest.
 */
import { equal } from '../checker/specification/property.ts';
import { worldOf } from '../model/world.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const useCountsSumClients: SpriteProperty = {
  id: 'use-counts-sum-clients',
  statement: "A file's use counts at its server are the sum of its clients' uses.",
  kind: 'always',
  quiescence: 'none needed: summary and client list change in one section',
  sources: {
    paper: '§5 "Distributed bookkeeping is difficult"',
    kernel: 'fsio/fsioMigrate.c Fsio_MigrateUseCounts; fsconsist/fsconsistIOClient.c',
  },
  catches: ['R1', 'A3', 'N7', 'P-summary-kept', 'P-dead-uses-kept', 'P-writers-kept'],
  claims: ({ files, hosts }) =>
    files.map((file) => (look) => {
      const world = worldOf(look);
      const { references, writers } = world.file(file);
      const entries = hosts.map((host) => world.entry(file, host));
      return equal(
        `file ${file}`,
        {
          references: entries.reduce((sum, entry) => sum + entry.references, 0),
          writers: entries.reduce((sum, entry) => sum + entry.writers, 0),
        },
        { references, writers },
      );
    }),
  witness: {
    statement: 'two hosts use one file at once',
    reached:
      ({ files, hosts }) =>
      (look) =>
        files.some((file) => {
          const users = hosts.filter((host) => worldOf(look).entry(file, host).references > 0);
          return users.length > 1;
        }),
  },
};
