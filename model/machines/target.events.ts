/** The target machine's context, its events, and the facts that come with them. */
import type { Observed } from '../vocabulary/cell.ts';
import type { ReplyFacts } from './service.events.ts';
import type { File, Host, Mode, Process, Stream } from '../vocabulary/ids.ts';
import type { Carried } from './source.events.ts';

export type TargetContext = {
  readonly process: Process;
  readonly home: Host | null;
  readonly from: Host | null;
  /** The source's boot identifier when it first called. */
  readonly fromBoot: number;
  readonly to: Host | null;
  readonly carried: readonly (Carried | null)[];
  /** The signal module's part of the state. */
  readonly holdsSignals: boolean;
  /** The descriptor being unpacked, or being closed again. */
  readonly index: number;
  /** Whether this host had the stream at `index` not before. */
  readonly isNew: boolean;
  /** Closing because the transfer failed, not because the source is gone: a reply is due. */
  readonly repliesFailure: boolean;
  /** The reply was lost: it is due again when the source has asked again. */
  readonly isSilent: boolean;
};

export type TargetEvent =
  | ({ type: 'asked'; from: Host; to: Host; home: Host } & Observed<{
      fromBoot: number;
      isUp: boolean;
      takesVisitors: boolean;
    }>)
  | { type: 'accepted' }
  | { type: 'acknowledged' }
  | ({
      type: 'transferred';
      from: Host;
      to: Host;
      carried: readonly (Carried | null)[];
      holdsSignals: boolean;
    } & Observed<{
      fromBoot: number;
      isUp: boolean;
      isExpected: boolean;
      home: Host | null;
    }>)
  | { type: 'received' }
  | ({ type: 'fetched' } & Observed<{ streamIsFree: boolean; isNew: boolean }>)
  | ({ type: 'replyTaken' } & Observed<ReplyFacts>)
  | { type: 'resuming' }
  | { type: 'continued' }
  | ({ type: 'replyLost' } & Observed<{ lossesLeft: boolean }>)
  | { type: 'askedAgain' }
  | { type: 'destroyed' }
  | { type: 'reaped' }
  | ({ type: 'noticed' } & Observed<{ sourceIsUp: boolean; sourceBoot: number }>)
  | ({ type: 'closed' } & Observed<{
      descriptor: number;
      isLastReference: boolean;
      handleIsFree: boolean;
      lastDirtyBlock: boolean;
      stream: Stream;
      file: File;
      mode: Mode;
    }>)
  | ({ type: 'hostCrashed'; host: Host } & Observed<{
      /** A source that is up waits for an answer of this host: it will notice. */
      isAwaited: boolean;
    }>);

export function targetContext(process: Process): TargetContext {
  return {
    process,
    home: null,
    from: null,
    fromBoot: 0,
    to: null,
    carried: [],
    holdsSignals: false,
    index: 0,
    isNew: false,
    repliesFailure: false,
    isSilent: false,
  };
}
