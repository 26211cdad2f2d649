/**
 * I17, second half. When only faults are enabled, nothing waits.
 *
 *   when stuck:  every thread is in user mode, waits for a child or is gone; every call, call-back,
 *                migration and clean-up is over, no lock is held; a wait, at home or away, is
 *                answered if its child has ended; no program has a next call that only a lock could
 *                prevent; every crash has been noticed by those that depended on that host
 *
 * A lost wake-up is no circle: a cell waits for an event that no cell will send.
 */
import { match, P } from 'ts-pattern';
import type { Finding } from '../checker/specification/property.ts';
import type { ProcessSpec, Scenario } from '../model/scenarios/scenario.ts';
import type { Call } from '../model/vocabulary/calls.ts';
import {
  cell,
  type File,
  type Host,
  type Process,
  type Stream,
  streamSlot,
} from '../model/vocabulary/ids.ts';
import { callsLeft, streamsOf } from '../model/scenarios/calls.ts';
import { worldOf, type World } from '../model/world.ts';
import { runsAway } from './evidence.ts';
import type { Look } from '../model/vocabulary/cell.ts';
import { processNames } from './quiescence.ts';
import type { SpriteProperty } from './sprite-property.ts';

export const nothingWaitsForEver: SpriteProperty = {
  id: 'nothing-waits-for-ever',
  statement: 'When nothing but faults can happen, no call, migration or call-back is unfinished.',
  kind: 'whenStuck',
  findsDeadlocks: true,
  quiescence: 'states in which no step is enabled but faults',
  sources: {
    paper: '§3 (deadlocks), §2 (exit and wait)',
    kernel: 'fsconsist/fsconsistCache.c (condition variables); proc/procMigrate.c waiters',
  },
  catches: [
    'R50',
    'A12',
    'A40',
    'R27',
    'A8',
    'P-lost-wake-up',
    'P-deaf-parent',
    'P-endless-clean-up',
    'P-quick-reboot',
    'P-boot-not-noted',
    'P-stream-stays-locked',
    'P-silence-is-refusal',
    'P-name-kept',
    'P-kill-unseen',
    'P-exec-waits-for-flush',
    'P-handle-stays-locked',
    'P-shadow-stays-locked',
    'P-reservation-kept',
    'P-mark-of-sharing-kept',
    'P-answers-the-dead',
    'P-stream-never-closed',
    'P-open-waits-for-name',
    'P-close-waits-for-sharer',
    'P-stranger-awaited',
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
        ...scenario.processes.flatMap((spec) => [
          unansweredHere(look, scenario, spec),
          blockedCall(look, scenario, spec),
        ]),
        ...scenario.hosts.flatMap((host) => [
          unlessIn(look, cell.eviction(host), ['idle']),
          unlessIn(look, cell.cleanup(host), ['idle']),
        ]),
        ...streamsOf(scenario).flatMap((stream) => [
          heldShadow(look, stream),
          ...scenario.hosts.flatMap((host) => [
            unlessIn(look, cell.stream(stream, host), ['absent', 'open']),
            awaitedReference(look, stream, host),
          ]),
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
    statement:
      'every process has come to the end of its program, one of them away from home, or gone after it was asked to leave its host',
    reached: (scenario) => (look) =>
      scenario.processes.every((spec) => isDone(look, spec)) &&
      scenario.processes.some((spec) => runsAway(look, spec.name) || wasAskedToLeave(look, spec)),
  },
};

/** It has ended, or its script has. */
function isDone(look: Look, { name, program }: ProcessSpec): boolean {
  const { is, remaining } = worldOf(look).thread(name);
  if (is === 'absent') return true;
  const calls = 'script' in program ? program.script.length : Infinity;
  return is === 'user' && 'next' in remaining && remaining.next >= calls;
}

/** Of a process that is gone nothing else says that it ever moved. */
function wasAskedToLeave(look: Look, { name, migrations }: ProcessSpec): boolean {
  const { thread, source } = worldOf(look);
  return thread(name).is === 'absent' && source(name).left < (migrations?.times ?? 0);
}

/** A remote `wait` may be unanswered as long as the child lives; no other call may. */
function unansweredAtHome(look: Look, process: Process): Finding | undefined {
  const { is, call, child, home } = worldOf(look).homeCall(process);
  if (is === 'idle') return undefined;
  const subject = cell.homeCall(process);
  if (call !== 'wait') {
    return { subject, expected: 'answered', found: `${call ?? 'a call'} waits for ever` };
  }
  const due = answerDue(look, process, child, home);
  if (due === undefined && is === 'arrived') return undefined;
  return {
    subject,
    expected: due ?? `answered when ${child} has ended`,
    found: 'wait waits for ever',
  };
}

/** A process at home that waits is in user mode: it has a wait to make, and cannot. */
function unansweredHere(look: Look, scenario: Scenario, spec: ProcessSpec): Finding | undefined {
  const { name } = spec;
  const { is, host, remaining, isKilled } = worldOf(look).thread(name);
  if (is !== 'user' || host === null || isKilled) return undefined;
  const [due] = callsLeft(scenario, spec, remaining).flatMap((each) =>
    each.call === 'wait' ? (answerDue(look, name, each.child, host) ?? []) : [],
  );
  if (due === undefined) return undefined;
  return { subject: cell.thread(name), expected: due, found: 'wait waits for ever' };
}

/**
 * A call that goes on at once, or as soon as some lock is free. Others may have nothing to go on
 * with: an open whose descriptor or stream is in use, a fork of a name that is, a wait for a child
 * that lives.
 */
function blockedCall(look: Look, scenario: Scenario, spec: ProcessSpec): Finding | undefined {
  const world = worldOf(look);
  const { is, host, remaining, isKilled } = world.thread(spec.name);
  if (is !== 'user' || host === null) return undefined;
  const subject = cell.thread(spec.name);
  if (isKilled) return { subject, expected: 'ended: it is killed', found: 'user for ever' };
  const blocked = callsLeft(scenario, spec, remaining).find((call) =>
    mustGoOn(world, call, { scenario, process: spec.name, host }),
  );
  if (blocked === undefined) return undefined;
  return { subject, expected: `${blocked.call} made`, found: `${blocked.call} waits for ever` };
}

type Caller = { readonly scenario: Scenario; readonly process: Process; readonly host: Host };

function mustGoOn(world: World, call: Call, { scenario, process, host }: Caller): boolean {
  return (
    match(call)
      .with({ call: P.union('read', 'write') }, ({ call: mode, descriptor }) => {
        const stream = world.process(process, host).descriptors[descriptor] ?? null;
        return stream !== null && world.stream(stream, host).mode === mode;
      })
      .with({ call: 'close' }, ({ descriptor }) => {
        return (world.process(process, host).descriptors[descriptor] ?? null) !== null;
      })
      .with({ call: 'remoteExec' }, ({ to }) => {
        return to !== host && world.process(process, host).home === host;
      })
      .with({ call: 'open' }, ({ descriptor }) => {
        const stream = streamSlot(process, descriptor);
        return (
          world.process(process, host).descriptors[descriptor] === null &&
          world.stream(stream, host).is === 'absent' &&
          world.shadow(stream).is === 'absent'
        );
      })
      .with({ call: 'fork' }, ({ child }) => {
        const isNowhere = scenario.hosts.every(
          (each) => world.process(child, each).is === 'absent',
        );
        return isNowhere && world.thread(child).is === 'absent';
      })
      // Whether that is due, `answerDue` knows.
      .with({ call: 'wait' }, () => false)
      .with(
        { call: P.union('stat', 'unlink', 'holdSignals', 'exit', 'writePage', 'readPage') },
        () => true,
      )
      .exhaustive()
  );
}

/**
 * What a wait must be answered with, as far as `home` knows: nothing yet where the caller has such a
 * child, and it runs. That home still takes it for alive does not help where it runs no more.
 */
function answerDue(look: Look, parent: Process, child: Process, home: Host): string | undefined {
  const block = worldOf(look).process(child, home);
  if (block.is === 'absent' || block.parent !== parent) return `answered: no child ${child}`;
  const hasEnded = block.is === 'zombie' || worldOf(look).thread(child).is === 'absent';
  return hasEnded ? `answered: ${child} has ended` : undefined;
}

/**
 * A control block outlives the crash of its peer only until the crash is noticed, or until its process
 * has ended, which is killed then.
 */
function unnoticed(look: Look, process: Process, host: Host): Finding | undefined {
  const world = worldOf(look);
  const { is, peer, peerBoot } = world.process(process, host);
  if (peer === null || !world.hasCrashedSince(peer, peerBoot)) return undefined;
  if (is === 'doomed' && world.thread(process).host === host) return undefined;
  return {
    subject: cell.process(process, host),
    expected: `the crash of ${peer} is noticed`,
    found: `${is} for ever`,
  };
}

function heldHandle(look: Look, file: File, host: Host): Finding | undefined {
  return heldLock(`handle ${file} at ${host}`, worldOf(look).handle(file, host).lockedBy);
}

/** No process reads or writes a stream here while a reference of it arrives. */
function awaitedReference(look: Look, stream: Stream, host: Host): Finding | undefined {
  const { arriving, sharedMeanwhile } = worldOf(look).stream(stream, host);
  if (arriving === 0 && !sharedMeanwhile) return undefined;
  return {
    subject: cell.stream(stream, host),
    expected: 'no reference on its way at the end',
    found:
      arriving === 0
        ? 'none, and still marked as shared meanwhile'
        : `${arriving} awaited for ever`,
  };
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
