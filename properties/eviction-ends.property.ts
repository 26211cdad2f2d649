/**
 * I16, as far as eviction goes. An evictor waits for exactly the visitors that are still leaving.
 *
 *   always:  the evictor awaits p on h  =>  p is on h, or on its way from there
 *
 * Left out until it has a model: visitors that cannot be migrated.
 */
import type { Property } from '../checker/property.ts';
import type { EvictionContext } from '../model/machines/eviction.machine.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { cell } from '../model/vocabulary/ids.ts';
import { worldOf } from '../model/world.ts';
import { processNames } from './quiescence.ts';

const HALF_ARRIVED = ['shell', 'arriving', 'arrived'];

export const evictionEnds: Property<Scenario> = {
  id: 'eviction-ends',
  statement: 'An evictor waits for exactly the visitors that are still leaving.',
  kind: 'always',
  quiescence: 'none needed: a visitor leaves and tells in one section',
  paper: '§2 "all foreign processes are migrated"; §4',
  kernel: 'proc/procMigrate.c Proc_EvictForeignProcs, ProcMigEvictionComplete',
  catches: ['A9'],
  claims: (scenario) =>
    scenario.hosts.flatMap((host) =>
      processNames(scenario).map((process) => (look) => {
        const { awaited } = look(cell.eviction(host)).context as EvictionContext;
        if (!awaited.includes(process)) return undefined;
        const world = worldOf(look);
        const { is, from, evictFrom } = world.source(process);
        if ((is !== 'idle' && from === host) || evictFrom === host) return undefined;
        // What there is of it on h is being taken away.
        const isThereInPart = HALF_ARRIVED.includes(world.process(process, host).is);
        const target = world.target(process);
        if (isThereInPart && target.is !== 'idle' && target.to === host) return undefined;
        return {
          subject: `eviction on ${host}`,
          expected: `${process} is still leaving`,
          found: `${process} is not, and is awaited for ever`,
        };
      }),
    ),
  witness: {
    statement: 'an evictor waits for a visitor',
    reached:
      ({ hosts }) =>
      (look) =>
        hosts.some((host) => look(cell.eviction(host)).value === 'waiting'),
  },
};
