/**
 * I14. A parent learns how its child ended, truly; and a crash takes no more than it must.
 *
 *   always:  a zombie's status is how its process ended
 *   always:  a process that is killed, or destroyed, has lost a host that had a control block of it
 *
 * Documented: a crash of the home, of the physical host or of the other side of a migration in
 * progress destroys the process, and the parent learns just that ("error code 16"). A crash of any
 * other host is none of its business.
 */
import type { Property } from '../checker/property.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { worldOf } from '../model/world.ts';
import { processNames } from './quiescence.ts';

export const statusIsTrue: Property<Scenario> = {
  id: 'status-is-true',
  statement:
    'A parent learns the true status of each child; a crash kills only who had a control block there.',
  kind: 'always',
  quiescence:
    'none needed; destroyed is a true status once a host with a control block of the process has crashed',
  paper: '§2 (exit and wait are synchronised at the home)',
  kernel: 'proc/procExit.c; proc/procRpc.c RpcRemoteCall; "error code 16"',
  catches: ['R19', 'A49'],
  claims: (scenario) =>
    processNames(scenario).flatMap((process) => [
      ...scenario.hosts.map((host) => (look: Parameters<typeof worldOf>[0]) => {
        const { is, status } = worldOf(look).process(process, host);
        if (is !== 'zombie' || status === null) return undefined;
        const { status: truth, mayDie } = worldOf(look).fate(process);
        if (status === truth || (status === 'destroyed' && mayDie)) return undefined;
        return {
          subject: `process ${process}`,
          expected: `its parent learns: ${truth ?? 'nothing, it lives'}`,
          found: status,
        };
      }),
      (look: Parameters<typeof worldOf>[0]) => {
        const { isKilled } = worldOf(look).thread(process);
        if (!isKilled || worldOf(look).fate(process).mayDie) return undefined;
        return {
          subject: `process ${process}`,
          expected: 'alive: no host has crashed that it was on, or that was its home',
          found: 'killed',
        };
      },
    ]),
  witness: {
    statement: 'a process has ended away from home and its parent has not asked yet',
    reached: (scenario) => (look) =>
      processNames(scenario).some((process) => {
        const world = worldOf(look);
        const { is, host } = world.thread(process);
        if (is !== 'leaving') return false;
        return scenario.hosts.some(
          (home) => home !== host && world.process(process, home).is === 'zombie',
        );
      }),
  },
};
