/** Names of things. Hosts are letters, processes and files small names, so that stories read well. */
import type { CleanupEvent } from '../machines/cleanup.machine.ts';
import type { ConsistencyEvent } from '../machines/consistency.machine.ts';
import type { EntryEvent } from '../machines/entry.machine.ts';
import type { EvictionEvent, RequesterEvent } from '../machines/eviction.machine.ts';
import type { FateEvent } from '../machines/fate.machine.ts';
import type { FileEvent } from '../machines/file.machine.ts';
import type {
  LastWriteEvent,
  PagesEvent,
  PositionEvent,
  UsesEvent,
} from '../machines/ghosts.machine.ts';
import type { HandleEvent } from '../machines/handle.machine.ts';
import type { HomeCallEvent } from '../machines/home-call.machine.ts';
import type { FaultsEvent, HostEvent } from '../machines/host.machine.ts';
import type { MemoryEvent, SwapEvent } from '../machines/memory.machine.ts';
import type { NameEvent } from '../machines/name.machine.ts';
import type { ProcessEvent } from '../machines/process.machine.ts';
import type { RecallEvent } from '../machines/recall.machine.ts';
import type { ReleaseEvent } from '../machines/release.machine.ts';
import type { ServiceEvent } from '../machines/service.events.ts';
import type { ShadowEvent } from '../machines/shadow.machine.ts';
import type { SourceEvent } from '../machines/source.events.ts';
import type { StreamEvent } from '../machines/stream.machine.ts';
import type { TargetEvent } from '../machines/target.events.ts';
import type { ThreadEvent } from '../machines/thread.events.ts';
import type { VisitorsEvent } from '../machines/visitors.machine.ts';
import type { SentOf } from './cell.ts';

export type Host = string;
export type Process = string;
export type File = string;

/** A stream slot: the process that opens it and the descriptor it opens it as, "p0". */
export type Stream = string;

export type Mode = 'read' | 'write';

/** A module of the kernel that keeps state for each process. */
export type Module = 'files' | 'memory' | 'signals';

export function streamSlot(process: Process, descriptor: number): Stream {
  return `${process}${descriptor}`;
}

declare const takes: unique symbol;

/** The name of a cell that takes these events. */
export type CellName<Sent> = string & { readonly [takes]: (event: Sent) => void };

/** The name of a cell whose machine has these events: it is sent them without what is observed. */
type NameOf<E> = CellName<SentOf<E>>;

/** The names of cells. Stored traces contain them: do not change one without a new trace version. */
export const cell = {
  faults: (): NameOf<FaultsEvent> => named('faults'),
  host: (host: Host): NameOf<HostEvent> => named(`host ${host}`),
  cleanup: (host: Host): NameOf<CleanupEvent> => named(`cleanup ${host}`),
  thread: (process: Process): NameOf<ThreadEvent> => named(`thread ${process}`),
  process: (process: Process, host: Host): NameOf<ProcessEvent> =>
    named(`process ${process}@${host}`),
  source: (process: Process): NameOf<SourceEvent> => named(`source ${process}`),
  target: (process: Process): NameOf<TargetEvent> => named(`target ${process}`),
  service: (process: Process): NameOf<ServiceEvent> => named(`service ${process}`),
  release: (process: Process): NameOf<ReleaseEvent> => named(`release ${process}`),
  homeCall: (process: Process): NameOf<HomeCallEvent> => named(`homeCall ${process}`),
  requester: (process: Process): NameOf<RequesterEvent> => named(`requester ${process}`),
  eviction: (host: Host): NameOf<EvictionEvent> => named(`eviction ${host}`),
  visitors: (host: Host): NameOf<VisitorsEvent> => named(`visitors ${host}`),
  fate: (process: Process): NameOf<FateEvent> => named(`fate ${process}`),
  memory: (process: Process, host: Host): NameOf<MemoryEvent> => named(`memory ${process}@${host}`),
  swap: (process: Process): NameOf<SwapEvent> => named(`swap ${process}`),
  pages: (process: Process): NameOf<PagesEvent> => named(`pages ${process}`),
  stream: (stream: Stream, host: Host): NameOf<StreamEvent> => named(`stream ${stream}@${host}`),
  shadow: (stream: Stream): NameOf<ShadowEvent> => named(`shadow ${stream}`),
  handle: (file: File, host: Host): NameOf<HandleEvent> => named(`handle ${file}@${host}`),
  file: (file: File): NameOf<FileEvent> => named(`file ${file}`),
  entry: (file: File, host: Host): NameOf<EntryEvent> => named(`entry ${file}@${host}`),
  consistency: (file: File): NameOf<ConsistencyEvent> => named(`consistency ${file}`),
  recall: (file: File, host: Host): NameOf<RecallEvent> => named(`recall ${file}@${host}`),
  lastWrite: (file: File): NameOf<LastWriteEvent> => named(`lastWrite ${file}`),
  uses: (file: File): NameOf<UsesEvent> => named(`uses ${file}`),
  name: (file: File): NameOf<NameEvent> => named(`name ${file}`),
  position: (stream: Stream): NameOf<PositionEvent> => named(`position ${stream}`),
};

/** Kinds of cells that no host holds: what properties remember, and the budget of faults. */
export const ofNoHost: ReadonlySet<string> = new Set([
  'faults',
  'lastWrite',
  'position',
  'uses',
  'name',
  'pages',
  'fate',
  'visitors',
]);

function named<E>(name: string): NameOf<E> {
  return name as NameOf<E>;
}
