/**
 * I10. No client caches a file that is write-shared.
 *
 *   at rest on the file:  some client writes and another uses  =>  no client may cache it
 */
import type { Scenario } from '../model/scenarios/scenario.ts';
import { worldOf, type World } from '../model/world.ts';
import type { File } from '../model/vocabulary/ids.ts';
import { fileIsAtRest } from './quiescence.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const writeSharedIsUncached: SpriteProperty = {
  id: 'write-shared-is-uncached',
  statement: 'While one host writes a file and another uses it, no client caches it.',
  kind: 'atRest',
  quiescence: 'no call, consistency round, call-back or clean-up on the file',
  sources: {
    paper: '§2 "if a file is open for writing on one host and accessed from another"',
    kernel: 'fsconsist/fsconsistCache.c StartConsistency',
  },
  catches: ['A7', 'N2', 'P-caches-on'],
  claims: (scenario) =>
    scenario.files.map((file) => (look) => {
      const world = worldOf(look);
      if (!isWriteShared(world, scenario, file)) return undefined;
      const caching = scenario.hosts.filter((host) => {
        const { references, cachable, block } = world.handle(file, host);
        return references > 0 && (cachable || block !== null);
      });
      if (caching.length === 0 || !fileIsAtRest(look, scenario, file)) return undefined;
      return {
        subject: `file ${file}`,
        expected: 'cached nowhere, for it is write-shared',
        found: `cached on ${caching.join(' and ')}`,
      };
    }),
  witness: {
    statement: 'a file at rest is write-shared',
    reached: (scenario) => (look) =>
      scenario.files.some(
        (file) =>
          isWriteShared(worldOf(look), scenario, file) && fileIsAtRest(look, scenario, file),
      ),
  },
};

function isWriteShared(world: World, { hosts }: Scenario, file: File): boolean {
  const users = hosts.map((host) => world.handle(file, host)).filter((each) => each.references > 0);
  return users.length > 1 && users.some(({ writers }) => writers > 0);
}
