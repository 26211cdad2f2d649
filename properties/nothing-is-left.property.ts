/**
 * I18. After everything has ended, nothing is left.
 *
 *   at rest everywhere, every thread gone:  no stream, no use of a handle or a file, no shadow, no
 *                                           shell, no control block of a process that nobody waits
 *                                           for, on any host that is up
 *
 * Cached data of closed files may stay: that is what a cache is for.
 */
import type { Finding, Property } from '../checker/property.ts';
import { streamsOf } from '../model/scenarios/calls.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { cell } from '../model/vocabulary/ids.ts';
import type { Look } from '../model/vocabulary/cell.ts';
import { worldOf } from '../model/world.ts';
import { noCleanup, processNames } from './quiescence.ts';

export const nothingIsLeft: Property<Scenario> = {
  id: 'nothing-is-left',
  statement: 'When all processes have ended and all is at rest, nothing of them is left.',
  kind: 'atRest',
  quiescence: 'every thread is gone, every call, migration, call-back and clean-up is over',
  paper: '§2 "all resources used by foreign processes are released"',
  kernel: 'proc/procMigrate.c; fsio/fsioStream.c; bug reports on leaked handles (1990#1602)',
  catches: ['A1', 'A2', 'A37', 'A37-second', 'A46'],
  claims: (scenario) => [(look) => (hasEnded(look, scenario) ? left(look, scenario) : undefined)],
  witness: {
    statement: 'all processes have ended and all is at rest',
    reached: (scenario) => (look) => hasEnded(look, scenario),
  },
};

function hasEnded(look: Look, scenario: Scenario): boolean {
  return (
    processNames(scenario).every(
      (process) =>
        look(cell.thread(process)).value === 'absent' &&
        look(cell.source(process)).value === 'idle' &&
        look(cell.target(process)).value === 'idle' &&
        look(cell.service(process)).value === 'idle' &&
        look(cell.homeCall(process)).value === 'idle',
    ) &&
    scenario.files.every((file) => look(cell.consistency(file)).value === 'idle') &&
    noCleanup(look, scenario)
  );
}

function left(look: Look, scenario: Scenario): Finding | undefined {
  const world = worldOf(look);
  const expected = 'nothing left';
  const up = scenario.hosts.filter((host) => look(cell.host(host)).value === 'up');
  for (const stream of streamsOf(scenario)) {
    if (world.shadow(stream).is !== 'absent') {
      return { subject: `shadow ${stream}`, expected, found: 'still there' };
    }
    for (const host of up) {
      const { references } = world.stream(stream, host);
      if (references > 0) {
        return {
          subject: `stream ${stream} at ${host}`,
          expected,
          found: `${references} references`,
        };
      }
    }
  }
  for (const file of scenario.files) {
    for (const host of up) {
      const { references: uses } = world.handle(file, host);
      if (uses > 0)
        return { subject: `handle ${file} at ${host}`, expected, found: `${uses} uses` };
    }
    const { references } = world.file(file);
    if (references > 0) return { subject: `file ${file}`, expected, found: `${references} uses` };
  }
  for (const process of processNames(scenario)) {
    for (const host of up) {
      const { is, peer, peerBoot } = world.process(process, host);
      const awaitsNotice = peer !== null && world.hasCrashedSince(peer, peerBoot);
      if (is !== 'absent' && is !== 'zombie' && !awaitsNotice) {
        return { subject: `process ${process} on ${host}`, expected, found: is };
      }
    }
  }
  return undefined;
}
