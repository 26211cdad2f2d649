/**
 * I17 and I21 for migrations. Whoever asked for a migration sleeps only while there is one.
 *
 *   always:  the requester waits  =>  a migration of the process is in progress
 *
 * It is woken however the migration ends: done, refused, aborted, failed, or because the process
 * has exited.
 */
import type { Property } from '../checker/property.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { cell } from '../model/vocabulary/ids.ts';
import { processNames } from './quiescence.ts';

export const requesterIsWoken: Property<Scenario> = {
  id: 'requester-is-woken',
  statement: 'Whoever asked for a migration is woken however it ends.',
  kind: 'always',
  quiescence: 'none needed: the migration ends and wakes in one section',
  paper: '§2 (migration)',
  kernel: 'proc/procMigrate.c Proc_WaitForMigration, WakeupCallers',
  catches: ['R65'],
  claims: (scenario) =>
    processNames(scenario).map((process) => (look) => {
      if (look(cell.requester(process)).value !== 'waiting') return undefined;
      if (look(cell.source(process)).value !== 'idle') return undefined;
      return {
        subject: `who asked for ${process} to migrate`,
        expected: 'awake, for the migration is over',
        found: 'waiting for ever',
      };
    }),
  witness: {
    statement: 'somebody waits for a migration',
    reached: (scenario) => (look) =>
      processNames(scenario).some((process) => look(cell.requester(process)).value === 'waiting'),
  },
};
