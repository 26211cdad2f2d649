/**
 * I19. An unlinked file lives until its last reference on any host has gone. Then it goes, once.
 *
 *   always:               removed  =>  no stream of it is in use and no reference in transit
 *   always:               removed at most once
 *   at rest on the file:  unlinked and unused  =>  removed
 *
 * The paper: closing at the source before opening at the target made unlinked files vanish.
 */
import { streamsOf } from '../model/scenarios/calls.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { worldOf, type World } from '../model/world.ts';
import { visitedHosts } from './evidence.ts';
import type { File, Stream } from '../model/vocabulary/ids.ts';
import { fileIsAtRest, processNames } from './quiescence.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const unlinkedLivesUntilUnused: SpriteProperty = {
  id: 'unlinked-lives-until-unused',
  statement: 'An unlinked file lives until its last reference anywhere is gone, then dies once.',
  kind: 'atRest',
  quiescence: 'that it lives: none needed; that it dies: the file is at rest',
  sources: {
    paper: '§3 (files vanished when closed before reopened)',
    kernel: 'fsio/fsioFile.c Fsio_FileCloseInt; Douglis thesis 5.3.1',
  },
  catches: ['R44', 'R64-1986', 'A3', 'N3', 'N12', 'sprite-1986', 'P-one-reservation'],
  claims: (scenario) =>
    scenario.files.map((file) => (look) => {
      const world = worldOf(look);
      const { removals, linked } = world.file(file);
      const subject = `file ${file}`;
      if (removals > 1) {
        return { subject, expected: 'removed once', found: `removed ${removals} times` };
      }
      if (linked) return undefined;
      const users = usersOf(world, scenario, file);
      if (removals === 1 && users.length > 0) {
        return { subject, expected: 'alive while in use', found: `removed, in use on ${users[0]}` };
      }
      if (removals === 0 && users.length === 0 && fileIsAtRest(look, scenario, file)) {
        return { subject, expected: 'removed with its last reference', found: 'still there' };
      }
      return undefined;
    }),
  witness: {
    statement: 'a file that was in use away from home is removed',
    reached: (scenario) => (look) =>
      scenario.files.some(
        (file) =>
          worldOf(look).file(file).removals === 1 && visitedHosts(look, scenario, file).length > 0,
      ),
  },
};

/**
 * Hosts on which a stream of this file is in use. References in transit count: at their source
 * until it has released them, then where they arrive, unless the host they came from has crashed.
 */
function usersOf(world: World, scenario: Scenario, file: File): readonly string[] {
  return scenario.hosts.filter((host) =>
    streamsOf(scenario).some((stream) => {
      const held = world.stream(stream, host);
      if (held.references === 0 || held.file !== file) return false;
      return held.is === 'open' || (held.is === 'arriving' && isExpected(world, scenario, stream));
    }),
  );
}

function isExpected(world: World, scenario: Scenario, stream: Stream): boolean {
  return processNames(scenario).some((process) => {
    const { is, from, fromBoot, carried, index } = world.target(process);
    const comes = is === 'moving' && carried[index]?.stream === stream;
    return comes && from !== null && !world.hasCrashedSince(from, fromBoot);
  });
}
