/**
 * What threads and migrations must know of other cells to take an event: pure reads, no decisions.
 * The other machines have theirs beside their tables.
 */
import type { Module } from './kernel.ts';
import type { ConsistencyContext } from './machines/consistency.machine.ts';
import type { EntryContext } from './machines/entry.machine.ts';
import type { FileContext } from './machines/file.machine.ts';
import type { LastWriteContext, PagesContext } from './machines/ghosts.machine.ts';
import type { HandleContext } from './machines/handle.machine.ts';
import type { HomeCallContext } from './machines/home-call.machine.ts';
import type { FaultsContext } from './machines/host.machine.ts';
import type { MemoryContext, Page, SwapContext } from './machines/memory.machine.ts';
import type { ProcessContext } from './machines/process.machine.ts';
import type { ServiceContext } from './machines/service.machine.ts';
import type { ShadowContext } from './machines/shadow.machine.ts';
import type { Carried, TargetAnswer } from './machines/source.machine.ts';
import type { StreamContext } from './machines/stream.machine.ts';
import type { TargetContext } from './machines/target.machine.ts';
import type { CloseFacts, IoFacts, PageFacts, ThreadContext } from './machines/thread.machine.ts';
import type { Event, Look, Observes } from './vocabulary/cell.ts';
import { cell, streamSlot, type File, type Host, type Process, type Stream } from './vocabulary/ids.ts';

export function threadObserves(
  process: Process,
  hosts: readonly Host[],
  others: readonly Process[],
  hasPages: boolean,
): Observes {
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
    writePage: (look, event) => pageFacts(look, process, event['page'] as number),
    readPage: (look, event) => pageFacts(look, process, event['page'] as number),
    remoteExec: (look, event) => {
      const { home, host } = controlBlock(look, process);
      const mayExec =
        home === host && event['to'] !== host && look(cell.source(process)).value === 'idle';
      return { mayExec: mayExec && look(cell.target(process)).value === 'idle' };
    },
    fork: (look, event) => ({
      ...forkFacts(look, process, event['child'] as Process, { hosts, others }),
      hasPages,
    }),
    wait: (look, event) => {
      const { home, host } = controlBlock(look, process);
      const isAtHome = home === host;
      const child = event['child'] as Process;
      const ended = isAtHome && look(cell.process(child, host)).value === 'zombie';
      return { isAtHome, home: home ?? '', childHasEnded: ended };
    },
    exit: (look) => ({ mayExit: look(cell.source(process)).value !== 'asking' }),
    died: (look) => ({ mayExit: look(cell.source(process)).value !== 'asking' }),
    finished: (look) => {
      const { home, host, descriptors } = controlBlock(look, process);
      const isAtHome = home === host;
      const hasDescriptors = descriptors.some((held) => held !== null);
      const shadow =
        hasDescriptors || isAtHome || home === null
          ? 'absent'
          : look(cell.process(process, home)).value;
      const homeAwaitsIt = shadow === 'migrated' || shadow === 'frozen';
      const pagesOn = hasPages && !hasDescriptors ? hostsWithPages(look, process, host) : [];
      return { hasDescriptors, isAtHome, homeAwaitsIt, home: home ?? '', pagesOn };
    },
    homeReplied: (look) => {
      const call = look(cell.homeCall(process));
      const { home, descriptors, holdsSignals } = controlBlock(look, process);
      return {
        hasPages,
        holdsSignals,
        replied: call.value === 'replied',
        ok: (call.context as HomeCallContext).ok,
        home: home ?? '',
        descriptors,
      };
    },
    replyTaken: (look) => replyFacts(look, process, hostOf(look, process)),
  };
}

export function sourceObserves(
  process: Process,
  modules: readonly Module[],
  hasPages: boolean,
): Observes {
  return {
    requested: (look) => {
      const thread = look(cell.thread(process));
      const { host, isExiting, isKilled } = thread.context as ThreadContext;
      const isBusy = thread.value === 'frozen' || thread.value === 'execing';
      const isThere = host !== null && !isBusy && !isExiting && !isKilled;
      return {
        isThere,
        host: host ?? '',
        home: isThere ? (controlBlock(look, process).home ?? '') : '',
        targetIsFree: look(cell.target(process)).value === 'idle',
      };
    },
    replyTaken: (look) => {
      const answer = answerOf(look(cell.target(process)).value as string);
      return {
        answer,
        threadIsHere: answer === 'dead' && look(cell.thread(process)).value === 'frozen',
      };
    },
    evicted: (look, event) => ({
      home:
        (look(cell.process(process, event['from'] as Host)).context as ProcessContext).home ?? '',
    }),
    execRequested: (look, event) => ({
      home:
        (look(cell.process(process, event['from'] as Host)).context as ProcessContext).home ?? '',
    }),
    trapped: (look) => {
      const thread = look(cell.thread(process));
      // SIG_KILL comes before the signal to migrate.
      const { isKilled } = thread.context as ThreadContext;
      const isInterrupted =
        thread.value === 'waiting' && look(cell.homeCall(process)).value === 'arrived';
      const isOnItsWayOut =
        thread.value === 'user' || thread.value === 'execing' || isInterrupted;
      return {
        inUserMode: isOnItsWayOut && !isKilled,
        targetIsIdle: look(cell.target(process)).value === 'idle',
      };
    },
    encapsulated: (look) => {
      const { host, descriptors, holdsSignals } = controlBlock(look, process);
      const pages = hasPages ? pagesOf(look, process, host) : [];
      const memoryMoves = modules.includes('memory');
      return {
        carried: descriptors.map((stream) =>
          modules.includes('files') ? carry(look, stream, host) : null,
        ),
        holdsSignals: modules.includes('signals') && holdsSignals,
        hasPages,
        hasDirtyPages: memoryMoves && pages.some((page) => page !== null && isDirty(page)),
        pages,
      };
    },
    pageFlushed: (look, event) => {
      const page = modules.includes('memory')
        ? pagesOf(look, process, hostOf(look, process))[event['page'] as number]
        : null;
      return { data: page !== null && page !== undefined && isDirty(page) ? page.data : null };
    },
  };
}

export function targetObserves(process: Process, refusing: readonly Host[]): Observes {
  return {
    asked: (look, event) => ({
      isUp: isUp(look, event['to'] as Host),
      takesVisitors: !refusing.includes(event['to'] as Host),
    }),
    transferred: (look, event) => ({
      isUp: isUp(look, event['to'] as Host),
      home: (look(cell.process(process, event['from'] as Host)).context as ProcessContext).home,
    }),
    noticed: (look) => {
      const { from } = look(cell.target(process)).context as TargetContext;
      return { sourceIsDown: from !== null && !isUp(look, from) };
    },
    replyLost: (look) => ({
      lossesLeft: (look('faults').context as FaultsContext).losses > 0,
    }),
    closed: (look) => {
      const { to } = look(cell.target(process)).context as TargetContext;
      const block = look(cell.process(process, to ?? '')).context as ProcessContext;
      const descriptor = block.descriptors.findIndex((held) => held !== null);
      const { isLastReference, handleIsFree, stream, file, mode } = closeFactsOf(
        look,
        process,
        block,
        descriptor,
      );
      return { descriptor, isLastReference, handleIsFree, stream, file, mode };
    },
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

/** Who must go when a host's owner returns: the visitors that run there. */
export function evictionObserves(host: Host, processes: readonly Process[]): Observes {
  return {
    ownerReturned: (look) => ({
      visitors: processes.filter((process) => {
        const block = look(cell.process(process, host));
        const thread = look(cell.thread(process)).context as ThreadContext;
        return (
          block.value === 'running' &&
          (block.context as ProcessContext).home !== host &&
          !thread.isExiting &&
          !thread.isKilled
        );
      }),
    }),
  };
}

/** A child's memory starts as its parent's. */
export function pagesObserves(): Observes {
  return {
    forked: (look, event) => ({
      written: (look(cell.pages(event['parent'] as Process)).context as PagesContext).written,
    }),
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

function isUp(look: Look, host: Host): boolean {
  return look(cell.host(host)).value === 'up';
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
  const block = controlBlock(look, process);
  const facts = closeFactsOf(look, process, block, descriptor);
  const isExiting = look(cell.thread(process)).value === 'exiting';
  const isFirst = block.descriptors.findIndex((held) => held !== null) === descriptor;
  return { ...facts, isUsable: facts.isUsable && (isFirst || !isExiting) };
}

function closeFactsOf(
  look: Look,
  process: Process,
  { descriptors, host }: ProcessContext,
  descriptor: number,
): CloseFacts {
  const stream = descriptors[descriptor] ?? null;
  if (stream === null) return noClose;
  const { file, mode, references } = look(cell.stream(stream, host)).context as StreamContext;
  const isLastReference = references === 1;
  const handleIsFree =
    !isLastReference ||
    ((look(cell.handle(file ?? '', host)).context as HandleContext).lockedBy === null &&
      look(cell.service(process)).value === 'idle');
  return {
    isUsable: true,
    isLastReference,
    handleIsFree,
    stream,
    file: file ?? '',
    mode: mode ?? 'read',
  };
}

function pagesOf(look: Look, process: Process, host: Host): MemoryContext['pages'] {
  return (look(cell.memory(process, host)).context as MemoryContext).pages;
}

function hostsWithPages(look: Look, process: Process, host: Host): readonly Host[] {
  const owing = pagesOf(look, process, host).flatMap((page) =>
    page !== null && 'owedBy' in page ? [page.owedBy] : [],
  );
  return [...new Set([host, ...owing])];
}

function isDirty(page: Exclude<Page, null>): page is { data: number; dirty: true } {
  return 'dirty' in page && page.dirty;
}

function pageFacts(look: Look, process: Process, page: number): PageFacts {
  const held = pagesOf(look, process, hostOf(look, process))[page] ?? null;
  const newData = ((look(cell.pages(process)).context as PagesContext).written[page] ?? 0) + 1;
  if (held !== null && 'data' in held) {
    return { data: held.data, isHere: true, owedBy: null, newData };
  }
  if (held === null) {
    const stored = (look(cell.swap(process)).context as SwapContext).pages[page] ?? 0;
    return { data: stored, isHere: false, owedBy: null, newData };
  }
  const there = pagesOf(look, process, held.owedBy)[page] ?? null;
  const data = there !== null && 'data' in there ? there.data : null;
  return { data: isUp(look, held.owedBy) ? data : null, isHere: false, owedBy: held.owedBy, newData };
}

const noIo: IoFacts = {
  hasStream: false,
  handleIsFree: false,
  fileIsFree: false,
  offsetIsFree: false,
  isArriving: false,
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
  return {
    hasStream: true,
    handleIsFree: handle.lockedBy === null,
    fileIsFree: lockedBy === null,
    offsetIsFree: !held.shared || shadowOf(look, stream).lockedBy === null,
    isArriving: held.arriving > 0,
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
  const { size, lastWriter, linked } = look(cell.file(file)).context as FileContext;
  const own = look(cell.handle(file, host)).context as HandleContext;
  if (own.references > 0 && own.cachable) {
    return { isUsable: linked && own.lockedBy === null, size: own.size };
  }
  const { forProcess } = look(cell.consistency(file)).context as ConsistencyContext;
  const written =
    lastWriter === null
      ? 0
      : (look(cell.handle(file, lastWriter)).context as HandleContext).size;
  return { isUsable: linked && forProcess === null, size: Math.max(size, written) };
}

function forkFacts(
  look: Look,
  process: Process,
  child: Process,
  { hosts, others }: { readonly hosts: readonly Host[]; readonly others: readonly Process[] },
): {
  isFree: boolean;
  isAtHome: boolean;
  home: Host;
  descriptors: readonly (Stream | null)[];
  holdsSignals: boolean;
} {
  const { home, host, descriptors, holdsSignals } = controlBlock(look, process);
  const isFree =
    look(cell.thread(child)).value === 'absent' &&
    hosts.every((each) => look(cell.process(child, each)).value === 'absent') &&
    look(cell.homeCall(child)).value === 'idle' &&
    others.every(
      (other) => (look(cell.thread(other)).context as ThreadContext).child !== child,
    ) &&
    look(cell.service(child)).value === 'idle';
  return { isFree, isAtHome: home === host, home: home ?? '', descriptors, holdsSignals };
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
  stamp: number;
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
    stamp: 0,
    offset: 0,
    shared: false,
  };
  const handleIsFree =
    reply === null ||
    call === 'close' ||
    (look(cell.handle(file, host)).context as HandleContext).lockedBy === null;
  return { replied: reply !== null, handleIsFree, ...found };
}

const answers = [
  'accepted',
  'refused',
  'failed',
  'unpacked',
  'resumed',
  'silent',
  'dead',
] as const;

function answerOf(state: string): TargetAnswer {
  return answers.find((answer) => answer === state) ?? 'none';
}

function carry(look: Look, stream: Stream | null, host: Host): Carried | null {
  if (stream === null) return null;
  const { file, mode, offset } = look(cell.stream(stream, host)).context as StreamContext;
  return { stream, file: file ?? '', mode: mode ?? 'read', offset };
}
