/**
 * What threads and migrations must know of other cells to take an event: pure reads, no decisions.
 * The other machines have theirs beside their tables.
 */
import type { ConsistencyContext } from './machines/consistency.machine.ts';
import type { EntryContext } from './machines/entry.machine.ts';
import type { FileContext } from './machines/file.machine.ts';
import type { LastWriteContext } from './machines/ghosts.machine.ts';
import type { HandleContext } from './machines/handle.machine.ts';
import type { ProcessContext } from './machines/process.machine.ts';
import type { ServiceContext } from './machines/service.machine.ts';
import type { ShadowContext } from './machines/shadow.machine.ts';
import type { Carried, TargetAnswer } from './machines/source.machine.ts';
import type { StreamContext } from './machines/stream.machine.ts';
import type { TargetContext } from './machines/target.machine.ts';
import type { CloseFacts, IoFacts, ThreadContext } from './machines/thread.machine.ts';
import type { Event, Look, Observes } from './vocabulary/cell.ts';
import { cell, streamSlot, type File, type Host, type Process, type Stream } from './vocabulary/ids.ts';

export function threadObserves(process: Process): Observes {
  return {
    open: (look, event) => ({ isFree: slotIsFree(look, process, descriptorOf(event)) }),
    close: (look, event) => closeFacts(look, process, descriptorOf(event)),
    closeOnExit: (look, event) => closeFacts(look, process, descriptorOf(event)),
    read: (look, event) => ioFacts(look, process, descriptorOf(event)),
    write: (look, event) => ioFacts(look, process, descriptorOf(event)),
    stat: (look, event) => sizeFacts(look, hostOf(look, process), event['file'] as File),
    unlink: (look, event) => ({
      isLinked: (look(cell.file(event['file'] as File)).context as FileContext).linked,
    }),
    fork: (look, event) => forkFacts(look, process, event['child'] as Process),
    exit: (look) => ({ mayExit: look(cell.source(process)).value !== 'asking' }),
    finished: (look) => ({
      hasDescriptors: controlBlock(look, process).descriptors.some((held) => held !== null),
    }),
    replyTaken: (look) => replyFacts(look, process, hostOf(look, process)),
  };
}

export function sourceObserves(process: Process): Observes {
  return {
    requested: (look) => {
      const thread = look(cell.thread(process));
      const { host } = thread.context as ThreadContext;
      const isThere =
        host !== null && thread.value !== 'exiting' && !(thread.context as ThreadContext).isExiting;
      return {
        isThere,
        host: host ?? '',
        home: isThere ? (controlBlock(look, process).home ?? '') : '',
        targetIsFree: look(cell.target(process)).value === 'idle',
      };
    },
    replyTaken: (look) => ({ answer: answerOf(look(cell.target(process)).value as string) }),
    trapped: (look) => ({ inUserMode: look(cell.thread(process)).value === 'user' }),
    encapsulated: (look) => {
      const { host, descriptors } = controlBlock(look, process);
      return { carried: descriptors.map((stream) => carry(look, stream, host)) };
    },
  };
}

export function targetObserves(process: Process): Observes {
  return {
    fetched: (look) => {
      const { carried, index, to } = look(cell.target(process)).context as TargetContext;
      const next = carried[index];
      if (next === undefined || next === null) {
        return { streamIsFree: true, streamIsArriving: false, isNew: false };
      }
      const held = look(cell.stream(next.stream, to ?? ''));
      return {
        streamIsFree: held.value === 'absent' || held.value === 'open',
        streamIsArriving: held.value === 'arriving',
        isNew:
          held.value === 'absent' ||
          (held.value === 'open' && (held.context as StreamContext).isNew),
      };
    },
    replyTaken: (look) => {
      const { to } = look(cell.target(process)).context as TargetContext;
      return replyFacts(look, process, to ?? '');
    },
  };
}

/** The ghosts, too, must know what the server has when data are lost. */
/**
 * How many hosts use a file from now on: the opener's, and those listed, less the use that is just
 * leaving by migration.
 */
export function usesObserves(file: File, hosts: readonly Host[]): Observes {
  return {
    changed: (look, event) => ({
      hosts: hosts.filter((host) => {
        if (host === event['opener']) return true;
        const { references } = look(cell.entry(file, host)).context as EntryContext;
        return references > (host === event['leaving'] ? 1 : 0);
      }).length,
    }),
  };
}

export function lastWriteObserves(file: File): Observes {
  return {
    lost: (look) => {
      const { data, size } = look(cell.file(file)).context as FileContext;
      return { data, size };
    },
  };
}

function descriptorOf(event: Event): number {
  return event['descriptor'] as number;
}

function hostOf(look: Look, process: Process): Host {
  return (look(cell.thread(process)).context as ThreadContext).host ?? '';
}

function controlBlock(look: Look, process: Process): ProcessContext {
  return look(cell.process(process, hostOf(look, process))).context as ProcessContext;
}

function slotIsFree(look: Look, process: Process, descriptor: number): boolean {
  const stream = streamSlot(process, descriptor);
  return (
    controlBlock(look, process).descriptors[descriptor] === null &&
    look(cell.service(process)).value === 'idle' &&
    look(cell.shadow(stream)).value === 'absent' &&
    look(cell.stream(stream, hostOf(look, process))).value === 'absent'
  );
}

const noClose: CloseFacts = {
  isUsable: false,
  isLastReference: false,
  handleIsFree: false,
  stream: '',
  file: '',
  mode: 'read',
};

function closeFacts(look: Look, process: Process, descriptor: number): CloseFacts {
  const { descriptors, host } = controlBlock(look, process);
  const stream = descriptors[descriptor] ?? null;
  if (stream === null) return noClose;
  const { file, mode, references } = look(cell.stream(stream, host)).context as StreamContext;
  const isLastReference = references === 1;
  const handleIsFree =
    !isLastReference ||
    ((look(cell.handle(file ?? '', host)).context as HandleContext).lockedBy === null &&
      look(cell.service(process)).value === 'idle');
  return {
    isUsable: descriptors.findIndex((held) => held !== null) === descriptor || !isExiting(),
    isLastReference,
    handleIsFree,
    stream,
    file: file ?? '',
    mode: mode ?? 'read',
  };

  function isExiting(): boolean {
    return look(cell.thread(process)).value === 'exiting';
  }
}

const noIo: IoFacts = {
  isUsable: false,
  stream: '',
  file: '',
  mode: 'read',
  shared: false,
  offset: 0,
  cachable: false,
  cachedData: null,
  serverData: 0,
  newData: 0,
};

function ioFacts(look: Look, process: Process, descriptor: number): IoFacts {
  const { descriptors, host } = controlBlock(look, process);
  const stream = descriptors[descriptor] ?? null;
  if (stream === null) return noIo;
  const held = look(cell.stream(stream, host)).context as StreamContext;
  const file = held.file ?? '';
  const handle = look(cell.handle(file, host)).context as HandleContext;
  const { lockedBy, data } = look(cell.file(file)).context as FileContext;
  const shadowIsFree = !held.shared || shadowOf(look, stream).lockedBy === null;
  const isUsable =
    handle.lockedBy === null && lockedBy === null && shadowIsFree && held.arriving === 0;
  return {
    isUsable,
    stream,
    file,
    mode: held.mode ?? 'read',
    shared: held.shared,
    offset: held.shared ? shadowOf(look, stream).offset : held.offset,
    cachable: handle.cachable,
    cachedData: handle.block?.data ?? null,
    serverData: data,
    newData:
      held.mode === 'write' ? (look(cell.lastWrite(file)).context as LastWriteContext).data + 1 : 0,
  };
}

function shadowOf(look: Look, stream: Stream): ShadowContext {
  return look(cell.shadow(stream)).context as ShadowContext;
}

/** The attributes a stat gets: this host's own while it caches, else the server's and the writer's. */
function sizeFacts(look: Look, host: Host, file: File): { isUsable: boolean; size: number } {
  const own = look(cell.handle(file, host)).context as HandleContext;
  if (own.references > 0 && own.cachable) return { isUsable: own.lockedBy === null, size: own.size };
  const { size, lastWriter } = look(cell.file(file)).context as FileContext;
  const { forProcess } = look(cell.consistency(file)).context as ConsistencyContext;
  const written =
    lastWriter === null
      ? 0
      : (look(cell.handle(file, lastWriter)).context as HandleContext).size;
  return { isUsable: forProcess === null, size: Math.max(size, written) };
}

function forkFacts(
  look: Look,
  process: Process,
  child: Process,
): { isFree: boolean; home: Host; descriptors: readonly (Stream | null)[] } {
  const { home, host, descriptors } = controlBlock(look, process);
  const isFree =
    look(cell.thread(child)).value === 'absent' &&
    look(cell.process(child, host)).value === 'absent' &&
    look(cell.service(child)).value === 'idle';
  return { isFree, home: home ?? '', descriptors };
}

function replyFacts(
  look: Look,
  process: Process,
  host: Host,
): {
  replied: boolean;
  ok: boolean;
  handleIsFree: boolean;
  cachable: boolean;
  version: number;
  size: number;
  offset: number;
  shared: boolean;
} {
  const service = look(cell.service(process));
  const { reply, file, call } = service.context as ServiceContext;
  const found = reply ?? {
    ok: false,
    cachable: false,
    version: 0,
    size: 0,
    offset: 0,
    shared: false,
  };
  const handleIsFree =
    reply === null ||
    call === 'close' ||
    (look(cell.handle(file, host)).context as HandleContext).lockedBy === null;
  return { replied: reply !== null, handleIsFree, ...found };
}

function answerOf(state: string): TargetAnswer {
  if (state === 'accepted' || state === 'refused' || state === 'failed') return state;
  if (state === 'unpacked' || state === 'resumed') return state;
  return 'none';
}

function carry(look: Look, stream: Stream | null, host: Host): Carried | null {
  if (stream === null) return null;
  const { file, mode, offset } = look(cell.stream(stream, host)).context as StreamContext;
  return { stream, file: file ?? '', mode: mode ?? 'read', offset };
}
