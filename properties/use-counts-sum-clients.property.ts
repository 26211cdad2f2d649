/**
 * I1. The server's use counts are the sum over its clients.
 *
 *   always:  file.{references, writers} = sum over hosts of entry(host).{references, writers},
 *            and one for each open that is counted, and not yet in the client list
 *
 * The paper: references "with one reference per host that accesses the stream or file". A count
 * too high keeps a dead file for ever and refuses the next writer; one too low deletes a file that
 * is in use. An open is counted, waits for the consistency round, and is listed when that begins; all else
 * changes both in one section. So the claim needs no rest.
 */
import { equal } from '../checker/specification/property.ts';
import { worldOf } from '../model/world.ts';
import { processNames } from './quiescence.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const useCountsSumClients: SpriteProperty = {
  id: 'use-counts-sum-clients',
  statement: "A file's use counts at its server are the sum of its clients' uses.",
  kind: 'always',
  quiescence: 'none needed: an open that is counted and not yet listed is counted here, too',
  sources: {
    paper: '§5 "Distributed bookkeeping is difficult"',
    kernel: 'fsio/fsioMigrate.c Fsio_MigrateUseCounts; fsconsist/fsconsistIOClient.c',
  },
  catches: [
    'R1',
    'A3',
    'N7',
    'P-summary-kept',
    'P-dead-uses-kept',
    'P-writers-kept',
    'P-one-dead-writer',
    'P-one-use-struck-off',
  ],
  claims: (scenario) =>
    scenario.files.map((file) => (look) => {
      const world = worldOf(look);
      const { references, writers } = world.file(file);
      const listed = scenario.hosts.map((host) => world.entry(file, host));
      const opens = processNames(scenario)
        .map((process) => world.service(process))
        .filter((service) => service.is === 'counted' && service.file === file)
        .map(({ mode }) => ({ references: 1, writers: mode === 'write' ? 1 : 0 }));
      const counted = [...listed, ...opens];
      return equal(
        `file ${file}`,
        {
          references: counted.reduce((sum, each) => sum + each.references, 0),
          writers: counted.reduce((sum, each) => sum + each.writers, 0),
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
