/**
 * I21. A migration that is refused or aborted leaves the process as it was.
 *
 *   always:  a process that goes on after its trap has the descriptors and the signal state that it
 *            had when it was trapped
 *   at rest on the process:  no host but the one it runs on has a shell of it
 *
 * Until encapsulation everything can be taken back. After it a failure kills the process (documented).
 */
import type { FateContext } from '../model/machines/fate.machine.ts';
import { cell } from '../model/vocabulary/ids.ts';
import { worldOf } from '../model/world.ts';
import { processNames } from './quiescence.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const abortedChangesNothing: SpriteProperty = {
  id: 'aborted-changes-nothing',
  statement: 'A refused or aborted migration leaves the process as it was.',
  kind: 'atRest',
  quiescence: 'what it has: none needed; shells: no migration of the process in progress',
  sources: {
    paper: '§5 "Insulating migration is difficult" (sizes are asked for first)',
    kernel: 'proc/procMigrate.c AbortMigration',
  },
  catches: ['P-early-encapsulation', 'A37'],
  claims: (scenario) =>
    processNames(scenario).flatMap((process) => [
      (look: Parameters<typeof worldOf>[0]) => {
        const { image, imageAfter } = look(cell.fate(process)).context as FateContext;
        if (imageAfter === null) return undefined;
        return {
          subject: `process ${process}`,
          expected: `as it was: ${JSON.stringify(image)}`,
          found: JSON.stringify(imageAfter),
        };
      },
      (look: Parameters<typeof worldOf>[0]) => {
        const world = worldOf(look);
        if (world.source(process).is !== 'idle' || world.target(process).is !== 'idle') {
          return undefined;
        }
        const shell = scenario.hosts.find((host) => world.process(process, host).is === 'shell');
        return shell === undefined
          ? undefined
          : { subject: `process ${process}`, expected: 'no shell left', found: `one on ${shell}` };
      },
    ]),
  witness: {
    statement: 'a process is trapped and its migration can still be given up',
    reached: (scenario) => (look) =>
      processNames(scenario).some((process) => worldOf(look).source(process).is === 'sizing'),
  },
};
