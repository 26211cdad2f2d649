/**
 * I18. After everything has ended, nothing is left.
 *
 *   at rest everywhere, every thread gone:  no stream, no use of a handle or a file, no shadow, no
 *                                           shell, no control block of a process for which
 *                                           none waits, on any host that is up
 *   at rest on a process that has ended:    no page of it on any host, and no swap file
 *   always:      a zombie depends on no host
 *   always:      the server waits for no old answer of a host that is up again, and no clean-up of it is
 *                left
 *   always:      a process that is in no fork keeps no name for a child from others
 *   when stuck:  a zombie's parent lives, at a home that is up
 *
 * Cached data of closed files may stay: that is what a cache is for.
 *
 * A dependency record is no state of its own here: it is the peer that a control block names, and goes with
 * the control block. So only a zombie can have a record too many.
 * Excepted: the swap file of a process, if a host with a control block of it has crashed.
 */
import type { Finding } from '../checker/specification/property.ts';
import type { MemoryContext, SwapContext } from '../model/machines/memory.machine.ts';
import { streamsOf } from '../model/scenarios/calls.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { cell, type Host, type Process } from '../model/vocabulary/ids.ts';
import type { Look } from '../model/vocabulary/cell.ts';
import { worldOf } from '../model/world.ts';
import { visitedHosts } from './evidence.ts';
import { noCleanup, processNames } from './quiescence.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const nothingIsLeft: SpriteProperty = {
  id: 'nothing-is-left',
  statement: 'When all processes have ended and all is at rest, nothing of them is left.',
  kind: 'atRest',
  quiescence:
    'every thread is gone, every call, migration, call-back and clean-up is over; for memory: those ' +
    'of the process; for a zombie without a parent: nothing but faults can happen; for a host that is ' +
    'up again and for the name of a child: none needed',
  sources: {
    paper: '§2 "all resources used by foreign processes are released"',
    kernel: 'proc/procMigrate.c; fsio/fsioStream.c; bug reports on leaked handles (1990#1602)',
  },
  catches: [
    'A1',
    'A2',
    'A12',
    'A37',
    'A37-second',
    'A46',
    'P-swap-kept',
    'P-pages-kept',
    'P-orphan-kept',
    'P-record-kept',
    'P-name-kept',
    'P-stream-kept',
    'P-handle-kept',
    'P-summary-kept',
    'P-served-uncleaned',
    'P-served-while-awaited',
    'P-zombie-for-parent',
    'P-boot-bit',
    'P-one-recall-awaited',
  ],
  claims: (scenario) => [
    (look) => (hasEnded(look, scenario) ? left(look, scenario) : undefined),
    ...processNames(scenario).flatMap((process) => [
      (look: Look) => nameLeft(look, process),
      ...scenario.hosts.map((host) => (look: Look) => dependencyLeft(look, process, host)),
      ...((scenario.pages ?? 0) > 0 ? [(look: Look) => memoryLeft(look, scenario, process)] : []),
    ]),
    ...(scenario.faults?.reboots === true
      ? scenario.hosts.map((host) => (look: Look) => leftFromBefore(look, scenario, host))
      : []),
  ],
  claimsWhenStuck: (scenario) =>
    processNames(scenario).flatMap((process) =>
      scenario.hosts.map((host) => (look) => orphanLeft(look, process, host)),
    ),
  witness: {
    statement: 'all processes have ended, one after it used a file away from home; all is at rest',
    reached: (scenario) => (look) =>
      hasEnded(look, scenario) &&
      scenario.files.some((file) => visitedHosts(look, scenario, file).length > 0),
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

function dependencyLeft(look: Look, process: Process, host: Host): Finding | undefined {
  const block = worldOf(look).process(process, host);
  if (block.is !== 'zombie' || block.peer === null) return undefined;
  return {
    subject: `process ${process} on ${host}`,
    expected: 'depends on no host: it has ended',
    found: `depends on ${block.peer}`,
  };
}

/** Away from home a fork holds the child's name until home has answered, and no other process may fork it. */
function nameLeft(look: Look, process: Process): Finding | undefined {
  const thread = worldOf(look).thread(process);
  if (thread.child === null || thread.is === 'forking') return undefined;
  return {
    subject: cell.thread(process),
    expected: `the name ${thread.child} given up with the fork`,
    found: 'kept for ever',
  };
}

/** What the server still had to do about a crash is done before it serves the host again. */
function leftFromBefore(look: Look, { files }: Scenario, host: Host): Finding | undefined {
  if (worldOf(look).hostIsDown(host)) return undefined;
  const subject = `${host}, which is up`;
  const expected = 'nothing left of its crash';
  if (look(cell.cleanup(host)).value !== 'idle') {
    return { subject, expected, found: 'the clean-up' };
  }
  const file = files.find((each) => worldOf(look).recall(each, host).is === 'unanswered');
  if (file === undefined) return undefined;
  return { subject, expected, found: `a call-back about ${file}` };
}

function memoryLeft(look: Look, scenario: Scenario, process: Process): Finding | undefined {
  if (!isOver(look, scenario, process)) return undefined;
  const subject = `memory of ${process}`;
  const expected = 'nothing left: it has ended';
  const holder = scenario.hosts.find((host) =>
    (look(cell.memory(process, host)).context as MemoryContext).pages.some((page) => page !== null),
  );
  if (holder !== undefined) return { subject, expected, found: `pages on ${holder}` };
  const { pages } = look(cell.swap(process)).context as SwapContext;
  if (pages.every((data) => data === 0) || worldOf(look).fate(process).mayDie) return undefined;
  return { subject, expected, found: 'its swap file' };
}

/** It runs nowhere, no migration of it is in progress, and at most its status is kept. */
function isOver(look: Look, { hosts }: Scenario, process: Process): boolean {
  const world = worldOf(look);
  return (
    world.thread(process).is === 'absent' &&
    world.source(process).is === 'idle' &&
    world.target(process).is === 'idle' &&
    hosts.every((host) => ['absent', 'zombie'].includes(world.process(process, host).is))
  );
}

/** Its parent will not ask: it has ended, or never was. */
function orphanLeft(look: Look, process: Process, host: Host): Finding | undefined {
  const world = worldOf(look);
  const { is, parent } = world.process(process, host);
  if (is !== 'zombie') return undefined;
  const parentIs = parent === null ? 'absent' : world.process(parent, host).is;
  if (parentIs !== 'absent' && parentIs !== 'zombie') return undefined;
  return { subject: `process ${process} on ${host}`, expected: 'nothing left', found: 'a zombie' };
}
