/**
 * Every module that keeps state for a process moves it.
 *
 *   always:  what a running process has asked of its kernel, its kernel knows, on any host
 *
 * The call-back table has an entry for each module that has state to move. A module without one
 * works until a process migrates: then its state is gone, and nothing else notices.
 */
import type { Property } from '../checker/property.ts';
import type { FateContext } from '../model/machines/ghosts.machine.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { cell } from '../model/vocabulary/ids.ts';
import { worldOf } from '../model/world.ts';
import { processNames } from './quiescence.ts';

export const everyModuleMoves: Property<Scenario> = {
  id: 'every-module-moves',
  statement: 'A running process finds on any host what it has asked of its kernel.',
  kind: 'always',
  quiescence: 'the process runs; in transit its state is in the message',
  paper: '§5 "Insulating migration is difficult"',
  kernel: 'proc/procMigrate.c (table of encapsulation call-backs)',
  catches: ['missing-signals', 'A37-second'],
  claims: (scenario) =>
    processNames(scenario).flatMap((process) =>
      scenario.hosts.map((host) => (look) => {
        const { is, holdsSignals } = worldOf(look).process(process, host);
        if (is !== 'running') return undefined;
        const fate = look(cell.fate(process)).context as FateContext;
        if (fate.holdsSignals === holdsSignals) return undefined;
        return {
          subject: `process ${process} on ${host}`,
          expected: fate.holdsSignals ? 'signals held, as it asked' : 'signals not held',
          found: holdsSignals ? 'held' : 'not held',
        };
      }),
    ),
  witness: {
    statement: 'a process that has asked for its signals to be held runs away from home',
    reached: (scenario) => (look) =>
      processNames(scenario).some((process) =>
        scenario.hosts.some((host) => {
          const { is, home, holdsSignals } = worldOf(look).process(process, host);
          return is === 'running' && home !== host && holdsSignals;
        }),
      ),
  },
};
