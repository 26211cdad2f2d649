/**
 * I14. A parent learns how its child ended, truly.
 *
 *   always:  a zombie's status is how its process ended
 *   always:  a process that is killed has lost a host, or its migration has failed with one
 *
 * Documented: a crash of the home or of the physical host destroys the process, and the parent
 * learns just that ("error code 16").
 */
import type { Property } from '../checker/property.ts';
import type { FateContext } from '../model/machines/ghosts.machine.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { cell } from '../model/vocabulary/ids.ts';
import { worldOf } from '../model/world.ts';
import { processNames } from './quiescence.ts';

export const statusIsTrue: Property<Scenario> = {
  id: 'status-is-true',
  statement: 'A parent learns the true status of each child; nobody is killed without a crash.',
  kind: 'always',
  quiescence: 'none needed; in worlds in which a host has crashed, destroyed is a true status',
  paper: '§2 (exit and wait are synchronised at the home)',
  kernel: 'proc/procExit.c; proc/procRpc.c RpcRemoteCall; "error code 16"',
  catches: ['R19', 'A49'],
  claims: (scenario) =>
    processNames(scenario).flatMap((process) => [
      ...scenario.hosts.map((host) => (look: Parameters<typeof worldOf>[0]) => {
        const { is, status } = worldOf(look).process(process, host);
        if (is !== 'zombie' || status === null) return undefined;
        const truth = (look(cell.fate(process)).context as FateContext).status;
        if (status === (truth ?? 'destroyed')) return undefined;
        if (status === 'destroyed' && someHostIsDown(look, scenario)) return undefined;
        return {
          subject: `process ${process}`,
          expected: `its parent learns: ${truth ?? 'destroyed'}`,
          found: status,
        };
      }),
      (look: Parameters<typeof worldOf>[0]) => {
        const { isKilled } = worldOf(look).thread(process);
        if (!isKilled || someHostIsDown(look, scenario)) return undefined;
        return {
          subject: `process ${process}`,
          expected: 'alive: no host has crashed',
          found: 'killed',
        };
      },
    ]),
  witness: {
    statement: 'a process that has been away has ended and its parent has not asked yet',
    reached: (scenario) => (look) =>
      processNames(scenario).some((process) =>
        scenario.hosts.some((host) => worldOf(look).process(process, host).is === 'zombie'),
      ),
  },
};

function someHostIsDown(look: Parameters<typeof worldOf>[0], { hosts }: Scenario): boolean {
  return hosts.some((host) => look(cell.host(host)).value === 'down');
}
