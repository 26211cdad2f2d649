/**
 * I17 and I21 for migrations. The requester of a migration sleeps as long as it lasts, and no longer.
 *
 *   always:  the requester of p waits  =>  a migration of p is in progress, to a host to which p may
 *            be asked to go, or execs
 *   always:  a migration of p is in progress  =>  its requester waits, or an evictor awaits p on the
 *            host that it leaves
 *
 * The requester is woken however the migration ends: done, refused, aborted, failed, or because the process
 * has exited. It did not ask for an eviction that follows. If p may also be asked to go home, nothing
 * distinguishes the two returns, and the first claim lets the requester sleep on.
 */
import type { Finding } from '../checker/specification/property.ts';
import type { EvictionContext } from '../model/machines/eviction.machine.ts';
import type { ProcessSpec } from '../model/scenarios/scenario.ts';
import { cell, type Host } from '../model/vocabulary/ids.ts';
import type { Look } from '../model/vocabulary/cell.ts';
import { worldOf } from '../model/world.ts';
import { processNames } from './quiescence.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const requesterIsWoken: SpriteProperty = {
  id: 'requester-is-woken',
  statement:
    'The requester of a migration sleeps until it ends, however it ends; none happens unrequested.',
  kind: 'always',
  quiescence: 'none needed: the migration ends and wakes in one section',
  sources: {
    paper: '§2 (migration)',
    kernel: 'proc/procMigrate.c Proc_WaitForMigration, WakeupCallers',
  },
  catches: ['R65', 'P-sleeps-on', 'P-leaves-again'],
  claims: (scenario) => [
    ...scenario.processes.map((spec) => (look: Look) => sleepsOn(look, spec)),
    ...scenario.processes.map((spec) => (look: Look) => leavesUnasked(look, spec)),
  ],
  witness: {
    statement: 'a requester waits for a migration',
    reached: (scenario) => (look) =>
      processNames(scenario).some((process) => look(cell.requester(process)).value === 'waiting'),
  },
};

function sleepsOn(look: Look, spec: ProcessSpec): Finding | undefined {
  if (look(cell.requester(spec.name)).value !== 'waiting') return undefined;
  const { is, to } = worldOf(look).source(spec.name);
  const subject = `who asked for ${spec.name} to migrate`;
  const expected = 'awake, for the migration is over';
  if (is === 'idle') return { subject, expected, found: 'waiting for ever' };
  if (to === null || mayBeAskedToGo(spec, to)) return undefined;
  return { subject, expected, found: `waiting while ${spec.name} goes to ${to}, for an evictor` };
}

function mayBeAskedToGo({ migrations, program }: ProcessSpec, to: Host): boolean {
  if (migrations?.to.includes(to) === true) return true;
  if (!('script' in program)) return (program.anyCalls.remoteExec ?? 0) > 0;
  return program.script.some((each) => each.call === 'remoteExec' && each.to === to);
}

function leavesUnasked(look: Look, { name }: ProcessSpec): Finding | undefined {
  const source = worldOf(look).source(name);
  if (source.is === 'idle') return undefined;
  const { is, from } = source;
  if (from === null) return undefined;
  if (look(cell.requester(name)).value === 'waiting') return undefined;
  const { awaited } = look(cell.eviction(from)).context as EvictionContext;
  if (awaited.includes(name)) return undefined;
  return {
    subject: `migration of ${name}`,
    expected: 'a requester that waits for its end',
    found: `${is}, away from ${from}, and none waits`,
  };
}
