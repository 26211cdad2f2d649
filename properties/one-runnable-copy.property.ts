/**
 * I12. A process runs in one place.
 *
 *   always:  | { host : control block(host) may execute } | <= 1, and it is where the thread is
 *
 * Two copies live from RESUME until the old host has switched away; the old one is frozen and executes no
 * user code.
 */
import { worldOf } from '../model/world.ts';
import { processNames } from './quiescence.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const oneRunnableCopy: SpriteProperty = {
  id: 'one-runnable-copy',
  statement: 'At most one control block of a process may execute, and its thread is there.',
  kind: 'always',
  quiescence: 'none needed: the old copy is frozen while both live',
  sources: {
    paper: '§2 (migration)',
    kernel: 'proc/procMigrate.c Proc_MigrateTrap, ProcMigContinueProcess',
  },
  catches: ['P-two-copies', 'P-runs-unmarked', 'P-visitor-freed'],
  claims: (scenario) =>
    processNames(scenario).map((process) => (look) => {
      const world = worldOf(look);
      const running = scenario.hosts.filter(
        (host) => world.process(process, host).is === 'running',
      );
      if (running.length > 1) {
        return {
          subject: `process ${process}`,
          expected: 'runs on one host',
          found: `runs on ${running.join(' and ')}`,
        };
      }
      const { is, host } = world.thread(process);
      if (is === 'absent' || is === 'frozen' || host === null) return undefined;
      const block = world.process(process, host).is;
      if (block === 'running' || block === 'doomed' || block === 'frozen') return undefined;
      return {
        subject: `process ${process}`,
        expected: `a control block that may execute on ${host}`,
        found: `${block} there`,
      };
    }),
  witness: {
    statement: 'both copies of a process live',
    reached: (scenario) => (look) =>
      processNames(scenario).some((process) => {
        const blocks = scenario.hosts.map((host) => worldOf(look).process(process, host).is);
        return blocks.includes('running') && blocks.includes('frozen');
      }),
  },
};
