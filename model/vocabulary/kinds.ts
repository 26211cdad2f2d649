/**
 * Every kind of cell, in one table: the events that it takes, its contents, the thing that it is about,
 * and the host that holds it. The names of cells (ids.ts), the world as properties read it (world.ts), the
 * prices (timing/costs.ts) and the columns of a story follow from it.
 *
 *   A new kind of cell begins here: docs/guides/add-to-the-model.md.
 */
import type { CleanupContext, CleanupEvent } from '../machines/cleanup.machine.ts';
import type { ConsistencyContext, ConsistencyEvent } from '../machines/consistency.machine.ts';
import type { EntryContext, EntryEvent } from '../machines/entry.machine.ts';
import type {
  EvictionContext,
  EvictionEvent,
  RequesterContext,
  RequesterEvent,
} from '../machines/eviction.machine.ts';
import type { FateContext, FateEvent } from '../machines/fate.machine.ts';
import type { FileContext, FileEvent } from '../machines/file.machine.ts';
import type {
  LastWriteContext,
  LastWriteEvent,
  PagesContext,
  PagesEvent,
  PositionContext,
  PositionEvent,
  UsesContext,
  UsesEvent,
} from '../machines/ghosts.machine.ts';
import type { HandleContext, HandleEvent } from '../machines/handle.machine.ts';
import type { HomeCallContext, HomeCallEvent } from '../machines/home-call.machine.ts';
import type {
  FaultsContext,
  FaultsEvent,
  HostContext,
  HostEvent,
} from '../machines/host.machine.ts';
import type {
  MemoryContext,
  MemoryEvent,
  SwapContext,
  SwapEvent,
} from '../machines/memory.machine.ts';
import type { NameContext, NameEvent } from '../machines/name.machine.ts';
import type { ProcessContext, ProcessEvent } from '../machines/process.machine.ts';
import type { RecallContext, RecallEvent } from '../machines/recall.machine.ts';
import type { ReleaseContext, ReleaseEvent } from '../machines/release.machine.ts';
import type { ServiceContext, ServiceEvent } from '../machines/service.events.ts';
import type { ShadowContext, ShadowEvent } from '../machines/shadow.machine.ts';
import type { SourceContext, SourceEvent } from '../machines/source.events.ts';
import type { StreamContext, StreamEvent } from '../machines/stream.machine.ts';
import type { TargetContext, TargetEvent } from '../machines/target.events.ts';
import type { ThreadContext, ThreadEvent } from '../machines/thread.events.ts';
import type { VisitorsContext, VisitorsEvent } from '../machines/visitors.machine.ts';
import type { File, Host, Process, Stream } from './ids.ts';

export type Kinds = {
  thread: Kind<[process: Process], ThreadEvent, ThreadContext>;
  source: Kind<[process: Process], SourceEvent, SourceContext>;
  target: Kind<[process: Process], TargetEvent, TargetContext>;
  homeCall: Kind<[process: Process], HomeCallEvent, HomeCallContext>;
  requester: Kind<[process: Process], RequesterEvent, RequesterContext>;
  fate: Kind<[process: Process], FateEvent, FateContext>;
  service: Kind<[process: Process], ServiceEvent, ServiceContext>;
  release: Kind<[process: Process], ReleaseEvent, ReleaseContext>;
  recall: Kind<[file: File, host: Host], RecallEvent, RecallContext>;
  process: Kind<[process: Process, host: Host], ProcessEvent, ProcessContext>;
  memory: Kind<[process: Process, host: Host], MemoryEvent, MemoryContext>;
  swap: Kind<[process: Process], SwapEvent, SwapContext>;
  pages: Kind<[process: Process], PagesEvent, PagesContext>;
  stream: Kind<[stream: Stream, host: Host], StreamEvent, StreamContext>;
  shadow: Kind<[stream: Stream], ShadowEvent, ShadowContext>;
  handle: Kind<[file: File, host: Host], HandleEvent, HandleContext>;
  file: Kind<[file: File], FileEvent, FileContext>;
  entry: Kind<[file: File, host: Host], EntryEvent, EntryContext>;
  consistency: Kind<[file: File], ConsistencyEvent, ConsistencyContext>;
  lastWrite: Kind<[file: File], LastWriteEvent, LastWriteContext>;
  uses: Kind<[file: File], UsesEvent, UsesContext>;
  name: Kind<[file: File], NameEvent, NameContext>;
  position: Kind<[stream: Stream], PositionEvent, PositionContext>;
  faults: Kind<[], FaultsEvent, FaultsContext>;
  host: Kind<[host: Host], HostEvent, HostContext>;
  eviction: Kind<[host: Host], EvictionEvent, EvictionContext>;
  visitors: Kind<[host: Host], VisitorsEvent, VisitorsContext>;
  cleanup: Kind<[host: Host], CleanupEvent, CleanupContext>;
};

export type KindName = keyof Kinds;

/**
 * The holder of a cell of each kind: the host in its name, the host in one of its fields, the file server,
 * or no host (cells that only properties read, and the budget of faults).
 */
export const holders: { readonly [kind in KindName]: Holder<Kinds[kind]['context']> } = {
  thread: { field: 'host' },
  source: { field: 'from' },
  target: { field: 'to' },
  homeCall: { field: 'home' },
  requester: 'server',
  fate: 'none',
  service: 'server',
  release: { field: 'source' },
  recall: 'host',
  process: 'host',
  memory: 'host',
  swap: 'server',
  pages: 'none',
  stream: 'host',
  shadow: 'server',
  handle: 'host',
  file: 'server',
  entry: 'server',
  consistency: 'server',
  lastWrite: 'none',
  uses: 'none',
  name: 'none',
  position: 'none',
  faults: 'none',
  host: 'host',
  eviction: 'host',
  visitors: 'none',
  cleanup: 'server',
};

export const kindNames = Object.keys(holders) as readonly KindName[];

type Kind<Of extends readonly string[], Event, Context> = {
  readonly of: Of;
  readonly event: Event;
  readonly context: Context;
};

type Holder<Context> = 'host' | 'server' | 'none' | { readonly field: keyof Context & string };
