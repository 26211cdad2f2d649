/**
 * The facts for a read, a write, a touch of a page or a stat. The source of a stat's size is chosen here,
 * too: this host's own attributes while it caches, otherwise the server's and the writer's.
 */
import type { ConsistencyContext } from '../machines/consistency.machine.ts';
import type { FileContext } from '../machines/file.machine.ts';
import type { LastWriteContext, PagesContext } from '../machines/ghosts.machine.ts';
import type { HandleContext } from '../machines/handle.machine.ts';
import type { SwapContext } from '../machines/memory.machine.ts';
import type { ShadowContext } from '../machines/shadow.machine.ts';
import type { StreamContext } from '../machines/stream.machine.ts';
import type { IoFacts, PageFacts, StatFacts } from '../machines/thread.events.ts';
import type { Look } from '../vocabulary/cell.ts';
import { cell, type File, type Host, type Process, type Stream } from '../vocabulary/ids.ts';
import { controlBlock, hostOf, pagesOf } from './common.ts';

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

export function ioFacts(look: Look, process: Process, descriptor: number): IoFacts {
  const { descriptors, host } = controlBlock(look, process);
  const stream = descriptors[descriptor] ?? null;
  if (stream === null) return noIo;
  const held = look(cell.stream(stream, host)).context as StreamContext;
  // In a faulty kernel a stream may be gone before its last reference.
  if (held.file === null) return noIo;
  const { file } = held;
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
      held.mode === 'write' ? (look(cell.lastWrite(file)).context as LastWriteContext).tag + 1 : 0,
  };
}

function shadowOf(look: Look, stream: Stream): ShadowContext {
  return look(cell.shadow(stream)).context as ShadowContext;
}

export function pageFacts(look: Look, process: Process, page: number): PageFacts {
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
  return {
    data: there !== null && 'data' in there ? there.data : null,
    isHere: false,
    owedBy: held.owedBy,
    newData,
  };
}

export function hostsWithPages(look: Look, process: Process, host: Host): readonly Host[] {
  const owing = pagesOf(look, process, host).flatMap((page) =>
    page !== null && 'owedBy' in page ? [page.owedBy] : [],
  );
  return [...new Set([host, ...owing])];
}

export function statFacts(look: Look, host: Host, file: File): StatFacts {
  const { size, lastWriter, linked } = look(cell.file(file)).context as FileContext;
  const own = look(cell.handle(file, host)).context as HandleContext;
  const { forProcess } = look(cell.consistency(file)).context as ConsistencyContext;
  return {
    isLinked: linked,
    isUsedHere: own.references > 0,
    isCachableHere: own.cachable,
    handleIsFree: own.lockedBy === null,
    sizeHere: own.size,
    isAsking: forProcess !== null,
    sizeAtServer: size,
    sizeAtWriter:
      lastWriter === null ? 0 : (look(cell.handle(file, lastWriter)).context as HandleContext).size,
  };
}
