/**
 * I11, second half. The version of a file never decreases.
 *
 *   always:  the version at the server  >=  every version that the server has sent to a client
 *
 * A client drops its block when it gets a newer version than it has. If the version falls and later rises
 * to the old number again, a client keeps a block that others have overwritten. A wrong read may come much
 * later.
 */
import type { UsesContext } from '../model/machines/ghosts.machine.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { cell, type File } from '../model/vocabulary/ids.ts';
import type { Look } from '../model/vocabulary/cell.ts';
import { worldOf } from '../model/world.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const versionNeverDecreases: SpriteProperty = {
  id: 'version-never-decreases',
  statement: 'The version of a file at its server is never lower than one that a client has got.',
  kind: 'always',
  quiescence: 'none needed: the server changes it in one section, and sends it afterwards',
  sources: {
    paper: '§2 (cache consistency)',
    kernel: 'fsio/fsioFile.c Fsio_FileNameOpen; fscache/fscacheOps.c Fscache_UpdateFile',
  },
  catches: ['P-version-forgotten'],
  claims: ({ files }) =>
    files.map((file) => (look) => {
      const { version } = worldOf(look).file(file);
      const newest = newestVersion(look, file);
      if (version >= newest) return undefined;
      return {
        subject: `file ${file}`,
        expected: `version ${newest} or later`,
        found: `version ${version}`,
      };
    }),
  witness: {
    statement: 'a client has a version that another has raised since',
    reached: (scenario) => (look) => scenario.files.some((file) => isRaised(look, scenario, file)),
  },
};

function isRaised(look: Look, { hosts }: Scenario, file: File): boolean {
  const versions = hosts
    .map((host) => worldOf(look).handle(file, host).version)
    .filter((version) => version > 0);
  return Math.min(...versions) < Math.max(...versions);
}

function newestVersion(look: Look, file: File): number {
  return (look(cell.uses(file)).context as UsesContext).newestVersion;
}
