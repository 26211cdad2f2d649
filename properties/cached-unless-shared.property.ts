/**
 * A file is cached unless it is shared.
 *
 *   always:  a client that uses the file may not cache it  =>  it was in use on two hosts at once
 *
 * A client without a cache is never wrong, only slow, until every stream is closed. So no other property
 * would notice a migration that makes a private file uncachable. A reference in transit counts at its
 * source.
 */
import type { UsesContext } from '../model/machines/ghosts.machine.ts';
import { cell } from '../model/vocabulary/ids.ts';
import { worldOf } from '../model/world.ts';
import { streamsAway } from './evidence.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const cachedUnlessShared: SpriteProperty = {
  id: 'cached-unless-shared',
  statement: 'A file that was never in use on two hosts at once is never made uncachable.',
  kind: 'always',
  quiescence: 'none needed: sharing is noted where the server serves the open or the arrival',
  sources: {
    paper: '§2 "caching is disabled"; Douglis thesis 5.3',
    kernel: 'fsconsist/fsconsistCache.c Fsconsist_MigrateConsistency (the source leaves first)',
  },
  catches: ['R64-1989', 'sprite-1989'],
  claims: ({ files, hosts }) =>
    files.flatMap((file) =>
      hosts.map((host) => (look) => {
        const { references, cachable } = worldOf(look).handle(file, host);
        if (references === 0 || cachable) return undefined;
        const { everShared } = look(cell.uses(file)).context as UsesContext;
        if (everShared) return undefined;
        return {
          subject: `handle ${file} at ${host}`,
          expected: 'cachable: it was never in use on two hosts at once',
          found: 'not cachable',
        };
      }),
    ),
  witness: {
    statement: 'a file that only ever one host used at a time is in use away from home',
    reached: (scenario) => (look) =>
      streamsAway(look, scenario).some(({ file }) => {
        const { everShared } = look(cell.uses(file)).context as UsesContext;
        return !everShared;
      }),
  },
};
