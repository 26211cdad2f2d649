/**
 * I17, second half. Where no step is enabled but faults, nothing waits.
 *
 *   when stuck:  every thread is in user mode, waits for a child or is gone; every call, call-back, migration and
 *                clean-up is over, no lock is held; a wait, at home or away, is answered if its child
 *                has ended; every crash has been noticed by whoever depended on that host
 *
 * A lost wake-up is no circle: somebody waits for what nobody will do.
 */
import type { Finding, Property } from '../checker/property.ts';
import type { ProcessSpec, Scenario } from '../model/scenarios/scenario.ts';
import { cell, type File, type Host, type Process, type Stream } from '../model/vocabulary/ids.ts';
import { callsLeft, streamsOf } from '../model/scenarios/calls.ts';
import { worldOf } from '../model/world.ts';
import { runsAway } from './evidence.ts';
import type { Look } from '../model/vocabulary/cell.ts';
import { processNames } from './quiescence.ts';

export const nothingWaitsForEver: Property<Scenario> = {
  id: 'nothing-waits-for-ever',
  statement: 'When nothing but faults can happen, no call, migration or call-back is unfinished.',
  kind: 'whenStuck',
  quiescence: 'states in which no step is enabled but faults',
  paper: '§3 (deadlocks), §2 (exit and wait)',
  kernel: 'fsconsist/fsconsistCache.c (condition variables); proc/procMigrate.c waiters',
  catches: [
    'R50',
    'A40',
    'R27',
    'A8',
    'P-lost-wake-up',
    'P-deaf-parent',
    'P-endless-clean-up',
    'P-quick-reboot',
  ],
  claims: (scenario) => [
    (look) =>
      [
        ...processNames(scenario).flatMap((process) => [
          unlessIn(look, cell.thread(process), ['user', 'absent', 'waiting']),
          unlessIn(look, cell.service(process), ['idle']),
          unlessIn(look, cell.release(process), ['idle']),
          unlessIn(look, cell.source(process), ['idle']),
          unlessIn(look, cell.target(process), ['idle']),
          unlessIn(look, cell.requester(process), ['awake']),
          unansweredAtHome(look, process),
          ...scenario.hosts.map((host) => unnoticed(look, process, host)),
        ]),
        ...scenario.processes.map((spec) => unansweredHere(look, scenario, spec)),
        ...scenario.hosts.flatMap((host) => [
          unlessIn(look, cell.eviction(host), ['idle']),
          unlessIn(look, cell.cleanup(host), ['idle']),
        ]),
        ...streamsOf(scenario).flatMap((stream) => [
          heldShadow(look, stream),
          ...scenario.hosts.map((host) =>
            unlessIn(look, cell.stream(stream, host), ['absent', 'open']),
          ),
        ]),
        ...scenario.files.flatMap((file) => [
          unlessIn(look, cell.consistency(file), ['idle']),
          ...scenario.hosts.map((host) => unlessIn(look, cell.recall(file, host), ['idle'])),
          ...scenario.hosts.map((host) => heldHandle(look, file, host)),
          heldFile(look, file),
        ]),
      ].find((finding) => finding !== undefined),
  ],
  witness: {
    statement: 'every process has come to the end of its program, one of them away from home',
    reached: (scenario) => (look) =>
      scenario.processes.every((spec) => isDone(look, spec)) &&
      processNames(scenario).some((process) => runsAway(look, process)),
  },
};

/** It has ended, or its script has. */
function isDone(look: Look, { name, program }: ProcessSpec): boolean {
  const { is, remaining } = worldOf(look).thread(name);
  if (is === 'absent') return true;
  const calls = 'script' in program ? program.script.length : Infinity;
  return is === 'user' && 'next' in remaining && remaining.next >= calls;
}

/** A remote `wait` may be unanswered as long as the child lives; no other call may. */
function unansweredAtHome(look: Look, process: Process): Finding | undefined {
  const { is, call, child, home } = worldOf(look).homeCall(process);
  if (is === 'idle') return undefined;
  const hasEnded = call === 'wait' && isZombieOf(look, process, child, home);
  if (is === 'arrived' && call === 'wait' && !hasEnded) return undefined;
  return {
    subject: cell.homeCall(process),
    expected: hasEnded ? `answered: ${child} has ended` : 'answered',
    found: `${call ?? 'a call'} waits for ever`,
  };
}

/** A process at home that waits is in user mode: it has a wait to make, and cannot. */
function unansweredHere(look: Look, scenario: Scenario, spec: ProcessSpec): Finding | undefined {
  const { name } = spec;
  const { is, host, remaining, isKilled } = worldOf(look).thread(name);
  if (is !== 'user' || host === null || isKilled) return undefined;
  const ended = callsLeft(scenario, spec, remaining).find(
    (each) => each.call === 'wait' && isZombieOf(look, name, each.child, host),
  );
  if (ended?.call !== 'wait') return undefined;
  return {
    subject: cell.thread(name),
    expected: `answered: ${ended.child} has ended`,
    found: 'wait waits for ever',
  };
}

/** Its own child: nobody is told of the end of another's. */
function isZombieOf(look: Look, parent: Process, child: Process, home: Host): boolean {
  const block = worldOf(look).process(child, home);
  return block.is === 'zombie' && block.parent === parent;
}

/** A control block outlives the crash of its peer only until the crash is noticed. */
function unnoticed(look: Look, process: Process, host: Host): Finding | undefined {
  const world = worldOf(look);
  const { is, peer, peerBoot } = world.process(process, host);
  if (peer === null || !world.hasCrashedSince(peer, peerBoot)) return undefined;
  return {
    subject: cell.process(process, host),
    expected: `the crash of ${peer} is noticed`,
    found: `${is} for ever`,
  };
}

function heldHandle(look: Look, file: File, host: Host): Finding | undefined {
  return heldLock(`handle ${file} at ${host}`, worldOf(look).handle(file, host).lockedBy);
}

function heldShadow(look: Look, stream: Stream): Finding | undefined {
  return heldLock(`shadow ${stream}`, worldOf(look).shadow(stream).lockedBy);
}

function heldFile(look: Look, file: File): Finding | undefined {
  const { lockedBy, reserved } = worldOf(look).file(file);
  if (reserved !== 0) {
    return { subject: `file ${file}`, expected: 'no reservation left', found: `${reserved}` };
  }
  return heldLock(`file ${file}`, lockedBy);
}

function heldLock(subject: string, lockedBy: string | null): Finding | undefined {
  return lockedBy === null
    ? undefined
    : { subject, expected: 'unlocked at the end', found: `locked by ${lockedBy} for ever` };
}

function unlessIn(look: Look, name: string, rest: readonly string[]): Finding | undefined {
  const state = look(name).value as string;
  if (rest.includes(state)) return undefined;
  return { subject: name, expected: `${rest.join(' or ')} at the end`, found: `${state} for ever` };
}
