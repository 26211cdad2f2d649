/** The source machine's context, its events, and the facts that come with them. */
import type { Observed } from '../vocabulary/cell.ts';
import type { File, Host, Mode, Process, Stream } from '../vocabulary/ids.ts';

/** One descriptor in transit: all that the target gets to know of a stream. */
export type Carried = {
  readonly stream: Stream;
  readonly file: File;
  readonly mode: Mode;
  readonly offset: number;
};

export type SourceContext = {
  readonly process: Process;
  /** Migrations that may still be asked for. */
  readonly left: number;
  readonly from: Host | null;
  readonly to: Host | null;
  /** The target's boot identifier when it was asked. */
  readonly toBoot: number;
  /** In transit and not released, by descriptor: still this host's. */
  readonly unreleased: readonly (Stream | null)[];
  /** A shell has been asked for at the target; a process that goes home needs none. */
  readonly hasShell: boolean;
  /** A remote exec: the old image stays behind and no memory moves. */
  readonly isExec: boolean;
  /** An eviction that must wait until this migration is over: the host to leave. */
  readonly evictFrom: Host | null;
  /** MIG_ERROR: something happened to the remote copy before this host had switched away. */
  readonly hasError: boolean;
};

export type TargetAnswer =
  | 'none'
  | 'accepted'
  | 'refused'
  | 'unpacked'
  | 'failed'
  | 'resumed'
  | 'silent'
  | 'dead';

export type SourceEvent =
  | ({ type: 'requested'; to: Host } & Observed<{
      isThere: boolean;
      host: Host;
      home: Host;
      /** The state of this process's migration on the side it comes to. */
      targetIs: string;
      toBoot: number;
    }>)
  | ({ type: 'execRequested'; from: Host; to: Host } & Observed<{ home: Host; toBoot: number }>)
  | ({ type: 'evicted'; from: Host } & Observed<{
      home: Host;
      /** The state of the control block there. */
      blockIs: string;
    }>)
  | ({ type: 'pageFlushed'; page: number } & Observed<{ data: number | null }>)
  | ({ type: 'replyTaken' } & Observed<{ answer: TargetAnswer; threadIsHere: boolean }>)
  | ({ type: 'trapped' } & Observed<{
      threadIs: string;
      isKilled: boolean;
      homeCallIs: string;
      targetIsIdle: boolean;
    }>)
  | { type: 'aborted' }
  | ({ type: 'encapsulated' } & Observed<{
      carried: readonly (Carried | null)[];
      holdsSignals: boolean;
      hasPages: boolean;
      hasDirtyPages: boolean;
    }>)
  | { type: 'streamReleased'; stream: Stream }
  | { type: 'errorNoted' }
  | { type: 'processExits' }
  | { type: 'switched' }
  | ({ type: 'hostCrashed'; host: Host } & Observed<{
      /** The state of the control block on the host that an eviction wants it to leave. */
      evictedIs: string;
    }>);

export function sourceContext(process: Process, left: number): SourceContext {
  return {
    process,
    left,
    from: null,
    to: null,
    toBoot: 0,
    unreleased: [],
    hasShell: false,
    isExec: false,
    evictFrom: null,
    hasError: false,
  };
}
