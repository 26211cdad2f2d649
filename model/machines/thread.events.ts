/** The thread machine's context, its events, and the facts that come with them. */
import type { Status } from './process.machine.ts';
import type { ReplyFacts } from './service.events.ts';
import type { Observed } from '../vocabulary/cell.ts';
import type { File, Host, Mode, Process, Stream } from '../vocabulary/ids.ts';

/** What is left of the program: the next call of a script, or the budget. */
export type Remaining =
  | { readonly next: number }
  | { readonly budget: { readonly [call: string]: number } };

export type ThreadContext = {
  readonly process: Process;
  readonly host: Host | null;
  readonly remaining: Remaining;
  /** The call that waits for the server. */
  readonly call: {
    readonly descriptor: number;
    readonly stream: Stream;
    readonly file: File;
    readonly mode: Mode;
  } | null;
  /** The child that is being forked away from home. */
  readonly child: Process | null;
  readonly isExiting: boolean;
  /** SIG_KILL is pending: it ends at its next return to user mode. */
  readonly isKilled: boolean;
};

/** What a read or write meets: observed, see observations.ts. */
export type IoFacts = {
  readonly hasStream: boolean;
  readonly handleIsFree: boolean;
  readonly fileIsFree: boolean;
  /** The shadow is not locked, or does not matter: the offset is here. */
  readonly offsetIsFree: boolean;
  readonly isArriving: boolean;
  readonly stream: Stream;
  readonly file: File;
  readonly mode: Mode;
  readonly shared: boolean;
  readonly offset: number;
  readonly cachable: boolean;
  readonly cachedData: number | null;
  readonly serverData: number;
  readonly newData: number;
};

/** What a touch of a page meets. */
export type PageFacts = {
  /** The data, wherever the page is; null where the host that owes it has crashed. */
  readonly data: number | null;
  readonly isHere: boolean;
  readonly owedBy: Host | null;
  readonly newData: number;
};

export type CloseFacts = {
  readonly isOpen: boolean;
  /** No lower descriptor is open: a process that exits closes them in order. */
  readonly isFirstOpen: boolean;
  readonly isLastReference: boolean;
  readonly handleIsFree: boolean;
  /** LAST_DIRTY_BLOCK: this host has no other use of the file, and nothing dirty. */
  readonly lastDirtyBlock: boolean;
  readonly stream: Stream;
  readonly file: File;
  readonly mode: Mode;
};

/** Where a stat can get the attributes of a file from. */
export type StatFacts = {
  readonly isLinked: boolean;
  /** This host's handle is in use, cachable, free; and its size. */
  readonly isUsedHere: boolean;
  readonly isCachableHere: boolean;
  readonly handleIsFree: boolean;
  readonly sizeHere: number;
  /** What the server has, whether it is asking its clients, and what the last writer has. */
  readonly isAsking: boolean;
  readonly sizeAtServer: number;
  readonly sizeAtWriter: number;
};

/** What a read returns: the cache's data where the file is cached and there, else the server's. */
export function dataRead({ cachable, cachedData, serverData }: IoFacts): number {
  return cachable ? (cachedData ?? serverData) : serverData;
}

/** Whether a stat is answered by this host alone. */
export function isCachedHere({ isUsedHere, isCachableHere }: StatFacts): boolean {
  return isUsedHere && isCachableHere;
}

/** The size a stat returns: this host's own, or the larger of the server's and the last writer's. */
export function sizeFound(
  { sizeHere, sizeAtServer, sizeAtWriter }: StatFacts,
  isHere: boolean,
): number {
  return isHere ? sizeHere : Math.max(sizeAtServer, sizeAtWriter);
}

export type ThreadEvent =
  | { type: 'started'; host: Host }
  | ({ type: 'open'; file: File; mode: Mode; descriptor: number } & Observed<{ isFree: boolean }>)
  | ({ type: 'close'; descriptor: number } & Observed<CloseFacts>)
  | ({ type: 'closeOnExit'; descriptor: number } & Observed<CloseFacts>)
  | ({ type: 'read'; descriptor: number } & Observed<IoFacts>)
  | ({ type: 'write'; descriptor: number } & Observed<IoFacts>)
  | ({ type: 'stat'; file: File } & Observed<StatFacts>)
  | ({ type: 'unlink'; file: File } & Observed<{ isLinked: boolean }>)
  | { type: 'holdSignals' }
  | ({ type: 'writePage'; page: number } & Observed<PageFacts>)
  | ({ type: 'readPage'; page: number } & Observed<PageFacts>)
  | ({ type: 'remoteExec'; to: Host } & Observed<{ mayExec: boolean }>)
  | { type: 'execRefused' }
  | ({ type: 'fork'; child: Process } & Observed<{
      isFree: boolean;
      isAtHome: boolean;
      home: Host;
      descriptors: readonly (Stream | null)[];
      holdsSignals: boolean;
      hasPages: boolean;
    }>)
  | ({ type: 'wait'; child: Process } & Observed<{
      isAtHome: boolean;
      home: Host;
      isOwnChild: boolean;
      childIs: string;
      childStatus: Status | null;
    }>)
  | ({ type: 'exit' } & Observed<{ mayExit: boolean }>)
  | ({ type: 'died' } & Observed<{ mayExit: boolean }>)
  | ({ type: 'finished' } & Observed<{
      hasDescriptors: boolean;
      isAtHome: boolean;
      homeAwaitsIt: boolean;
      home: Host;
      /** Hosts that have pages of it. */
      pagesOn: readonly Host[];
      /** Its children, as its home knows them. */
      children: readonly Process[];
    }>)
  | ({ type: 'replyMissed' } & Observed<{ homeCallIs: string }>)
  | ({ type: 'homeReplied' } & Observed<{
      replied: boolean;
      ok: boolean;
      child: Process;
      status: Status | null;
      home: Host;
      descriptors: readonly (Stream | null)[];
      holdsSignals: boolean;
      hasPages: boolean;
    }>)
  | ({ type: 'replyTaken' } & Observed<ReplyFacts>)
  | { type: 'frozen' }
  | { type: 'thawed' }
  | { type: 'resumed'; host: Host }
  | { type: 'killed' }
  | { type: 'destroyed' }
  | { type: 'hostCrashed'; host: Host };

export function threadContext(process: Process, remaining: Remaining): ThreadContext {
  return {
    process,
    host: null,
    remaining,
    call: null,
    child: null,
    isExiting: false,
    isKilled: false,
  };
}
