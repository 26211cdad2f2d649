/**
 * I16, the part about eviction. An evictor waits for the visitors that are still leaving, and for no
 * others; when it reports that all is over, none of those it met is there.
 *
 *   always:  the evictor awaits p on h  =>  p is on h, or on its way from there
 *   always:  the evictor of h awaits no visitor  =>  no visitor has stayed that was on h, whole or in
 *            part, when the eviction began
 *
 * Excepted: a visitor that ends; one whose migration a module has refused.
 *
 * Left out until it has a model: visitors that cannot be migrated.
 */
import type { Finding } from '../checker/specification/property.ts';
import type { EvictionContext } from '../model/machines/eviction.machine.ts';
import { cell, type Host } from '../model/vocabulary/ids.ts';
import { evictionsOf } from '../model/scenarios/scenario.ts';
import type { VisitorsContext } from '../model/machines/visitors.machine.ts';
import type { Look } from '../model/vocabulary/cell.ts';
import { worldOf } from '../model/world.ts';
import { processNames } from './quiescence.ts';
import type { SpriteProperty } from './sprite-property.ts';

const HALF_ARRIVED = ['shell', 'arriving', 'arrived'];

export const evictionEnds: SpriteProperty = {
  id: 'eviction-ends',
  statement:
    'An evictor waits for exactly the visitors that are still leaving; when it is done, none has stayed.',
  kind: 'always',
  quiescence: 'none needed: a visitor leaves and reports it in one section',
  sources: {
    paper: '§2 "all foreign processes are migrated"; §4',
    kernel: 'proc/procMigrate.c Proc_EvictForeignProcs, ProcMigEvictionComplete',
  },
  catches: ['A9', 'N10', 'P-first-visitor-only'],
  claims: (scenario) => [
    ...scenario.hosts
      .filter((host) => evictionsOf(scenario, host) > 0)
      .map((host) => (look: Look) => stayed(look, host)),
    ...scenario.hosts.flatMap((host) =>
      processNames(scenario).map((process) => (look: Look) => {
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
  ],
  witness: {
    statement: 'an evictor waits for a visitor',
    reached:
      ({ hosts }) =>
      (look) =>
        hosts.some((host) => look(cell.eviction(host)).value === 'waiting'),
  },
};

function stayed(look: Look, host: Host): Finding | undefined {
  if (look(cell.eviction(host)).value !== 'idle') return undefined;
  const [process] = (look(cell.visitors(host)).context as VisitorsContext).stayed;
  if (process === undefined) return undefined;
  return {
    subject: `eviction on ${host}`,
    expected: `${process} has gone: it was there when the owner returned`,
    found: `the eviction is over, and ${process} is there`,
  };
}
