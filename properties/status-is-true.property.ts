/**
 * I14. A parent learns how its child really ended; and a crash takes no more than it must.
 *
 *   always:  a zombie's status is how its process ended
 *   always:  a process that is killed, or destroyed, has lost its home, the host it was on, or the one
 *            it was going to
 *
 * Documented: a crash of the home, of the physical host or of the other side of a migration in
 * progress destroys the process, and the parent learns just that ("error code 16"). The other side
 * is a host that has agreed to take the process, and only while this migration lasts: a process that
 * continues where it was, or ends by itself, has lost nothing. A crash of any other host does not
 * concern it.
 */
import { worldOf } from '../model/world.ts';
import { processNames } from './quiescence.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const statusIsTrue: SpriteProperty = {
  id: 'status-is-true',
  statement:
    'A parent learns the true status of each child; a crash kills only processes that depended on that host.',
  kind: 'always',
  quiescence:
    'none needed; destroyed is a true status once a host that the process depends on has crashed',
  sources: {
    paper: '§2 (exit and wait are synchronized at the home)',
    kernel: 'proc/procExit.c; proc/procRpc.c RpcRemoteCall; "error code 16"',
  },
  catches: [
    'R19',
    'A49',
    'P-killed-on-arrival',
    'P-killed-by-name',
    'P-silence-is-failure',
    'P-own-boot',
    'P-crash-taken-for-exit',
  ],
  claims: (scenario) =>
    processNames(scenario).flatMap((process) => [
      ...scenario.hosts.map((host) => (look: Parameters<typeof worldOf>[0]) => {
        const { is, status } = worldOf(look).process(process, host);
        if (is !== 'zombie' || status === null) return undefined;
        const { status: truth, mayDie } = worldOf(look).fate(process);
        if (status === truth || (status === 'destroyed' && mayDie !== null)) return undefined;
        return {
          subject: `process ${process}`,
          expected: `its parent learns: ${truth ?? (mayDie === null ? 'nothing, it lives' : 'destroyed')}`,
          found: status,
        };
      }),
      (look: Parameters<typeof worldOf>[0]) => {
        const { isKilled } = worldOf(look).thread(process);
        if (!isKilled || worldOf(look).fate(process).mayDie !== null) return undefined;
        return {
          subject: `process ${process}`,
          expected: 'alive: no host has crashed that it was on, was going to, or that was its home',
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
