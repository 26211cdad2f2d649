/** The service machine's context, its events, and the facts that come with them. */
import type { Observed } from '../vocabulary/cell.ts';
import type { File, Host, Mode, Process, Stream } from '../vocabulary/ids.ts';

export type Reply = {
  readonly ok: boolean;
  readonly cachable: boolean;
  readonly version: number;
  readonly size: number;
  /** Orders this reply among those to the same client about the same file. */
  readonly stamp: number;
  readonly offset: number;
  readonly shared: boolean;
};

/** What a client finds of the reply to its call. */
export type ReplyFacts = Reply & {
  readonly replied: boolean;
  /** The client's handle, which the reply is for. */
  readonly handleIsFree: boolean;
};

export type ServiceContext = {
  readonly process: Process;
  readonly call: 'open' | 'close' | 'migrate' | null;
  /** The host that asked: it opens, closes, or receives a stream. */
  readonly caller: Host;
  /** Whether that host has crashed since. */
  readonly callerIsGone: boolean;
  readonly file: File;
  readonly stream: Stream;
  readonly mode: Mode;
  /** CLOSE: LAST_DIRTY_BLOCK, by the word of the caller. */
  readonly lastDirtyBlock: boolean;
  /** MIGRATE: the host the stream comes from. */
  readonly source: Host;
  /** MIGRATE: whether the caller had the stream not before. */
  readonly isNew: boolean;
  /** MIGRATE: the offset in the message, captured when the process was encapsulated. */
  readonly carriedOffset: number;
  /** MIGRATE: whether the source still uses the stream, by its own answer. */
  readonly sourceInUse: boolean;
  readonly reply: Reply | null;
};

export type ServiceEvent =
  | { type: 'opening'; caller: Host; file: File; stream: Stream; mode: Mode }
  | {
      type: 'closing';
      caller: Host;
      file: File;
      stream: Stream;
      mode: Mode;
      /** LAST_DIRTY_BLOCK. */
      lastDirtyBlock: boolean;
    }
  | {
      type: 'migrating';
      caller: Host;
      file: File;
      stream: Stream;
      mode: Mode;
      source: Host;
      isNew: boolean;
      offset: number;
    }
  | ({ type: 'served' } & Observed<{
      fileIsFree: boolean;
      shadowIsFree: boolean;
      sourceIsClient: boolean;
      sourceIsListed: boolean;
      /** The source has given up its last reference: by its own answer. */
      sourceHasFinished: boolean;
      roundIsIdle: boolean;
      isLinked: boolean;
      fileIsThere: boolean;
    }>)
  | ({ type: 'releaseTaken' } & Observed<{
      answered: boolean;
      isRefused: boolean;
      inUse: boolean;
      offset: number | null;
    }>)
  | ({ type: 'consistent' } & Observed<{
      cachable: boolean;
      version: number;
      size: number;
      stamp: number;
      offset: number;
      shared: boolean;
    }>)
  | { type: 'checked' }
  | { type: 'taken' }
  | { type: 'hostCrashed'; host: Host };

export function serviceContext(process: Process): ServiceContext {
  return {
    process,
    call: null,
    caller: '',
    callerIsGone: false,
    file: '',
    stream: '',
    mode: 'read',
    lastDirtyBlock: false,
    source: '',
    isNew: false,
    carriedOffset: 0,
    sourceInUse: false,
    reply: null,
  };
}

export const refusal: Reply = {
  ok: false,
  cachable: false,
  version: 0,
  size: 0,
  stamp: 0,
  offset: 0,
  shared: false,
};
