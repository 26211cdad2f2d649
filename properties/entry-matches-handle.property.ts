/**
 * I2. The server's entry for a client is what the client counts itself.
 *
 *   at rest on the file:  entry(host).{references, writers} = handle(host).{references, writers}
 *
 * Client and server count separately; only the calls between them keep the two counts equal.
 */
import { equal } from '../checker/specification/property.ts';
import { worldOf } from '../model/world.ts';
import { streamsAway } from './evidence.ts';
import { fileIsAtRest } from './quiescence.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const entryMatchesHandle: SpriteProperty = {
  id: 'entry-matches-handle',
  statement: "The server's entry for a client equals the client's own use counts.",
  kind: 'atRest',
  quiescence: 'no call, consistency round, call-back or clean-up on the file',
  sources: {
    paper: '§5 "Distributed bookkeeping is difficult"',
    kernel: 'fsconsist/fsconsistIOClient.c; fsrmt/fsrmtFile.c FsrmtFileVerify',
  },
  catches: [
    'A7',
    'R5',
    'P-handle-kept',
    'P-source-stays-listed',
    'P-writers-kept',
    'P-one-file-cleaned',
  ],
  claims: (scenario) =>
    scenario.files.flatMap((file) =>
      scenario.hosts.map((host) => (look) => {
        const world = worldOf(look);
        const entry = world.entry(file, host);
        const handle = world.handle(file, host);
        if (entry.references === handle.references && entry.writers === handle.writers) {
          return undefined;
        }
        if (!fileIsAtRest(look, scenario, file)) return undefined;
        return equal(
          `entry ${file} for ${host}`,
          { references: handle.references, writers: handle.writers },
          { references: entry.references, writers: entry.writers },
        );
      }),
    ),
  witness: {
    statement: 'a process uses a file away from home, and the file is at rest',
    reached: (scenario) => (look) =>
      streamsAway(look, scenario).some(
        ({ host, file }) =>
          worldOf(look).entry(file, host).references > 0 && fileIsAtRest(look, scenario, file),
      ),
  },
};
