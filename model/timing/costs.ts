/**
 * What every event costs, by the kind of cell that takes it.
 *
 *   A step costs what the deliveries of its cascade cost. An RPC is charged half where the request
 *   is sent and half where the reply is; the rate for pages and blocks holds their RPCs already.
 *   What costs nothing is named too: an event without a row is an error. Nothing is charged for
 *   the processor's own work on any host: what it adds to a migration is in the residuals.
 *
 * Paper     §4.2
 * Left out  time-outs; what the server asks the last writer in a stat; the disk, when the server's
 *           cache is full; how large a program is that is executed; waiting of one host for
 *           another's processor beyond one step at a time
 */
import { isCachedHere } from '../machines/thread.events.ts';
import type { File } from '../vocabulary/ids.ts';
import type { KindName, Kinds } from '../vocabulary/kinds.ts';
import type { Charge, Rpc } from './charge.ts';

/** What the model does not hold of the things it moves. */
export type BlockSizes = {
  /** How many blocks of this file are dirty where the model's one block is. */
  readonly blocksIn: (file: File) => number;
};

type Taken<Kind extends KindName, Type> = {
  readonly event: Extract<Kinds[Kind]['event'], { readonly type: Type }>;
  readonly before: { readonly value: unknown; readonly context: Kinds[Kind]['context'] };
  readonly after: { readonly value: unknown };
};

type Row<Kind extends KindName, Type> = (
  taken: Taken<Kind, Type>,
  sizes: BlockSizes,
) => readonly Charge[];

type Costs = {
  readonly [Kind in KindName]: {
    readonly [Type in Kinds[Kind]['event']['type']]: Row<Kind, Type>;
  };
};

export const costs: Costs = {
  source: {
    // What the target sends back without a step of its own is charged where it arrives.
    replyTaken: ({ event: { answer } }) => {
      if (answer === 'refused') return [{ term: 'migration', reply: 'INIT' }];
      return answer === 'failed' ? [{ term: 'migration', reply: 'ENTIRE' }] : [];
    },
    ...free('requested', 'execRequested', 'evicted', 'trapped', 'pageFlushed', 'encapsulated'),
    ...free('aborted', 'streamReleased', 'errorNoted', 'processExits', 'switched', 'hostCrashed'),
  },
  target: {
    asked: () => [{ term: 'migration', request: 'INIT' }],
    accepted: () => [{ term: 'migration', reply: 'INIT' }],
    transferred: () => [
      { term: 'migration', units: 1, request: 'ENTIRE', loaded: 'stateInMessage' },
    ],
    resuming: () => [{ term: 'migration', request: 'RESUME' }],
    continued: () => [{ term: 'migration', reply: 'RESUME' }],
    askedAgain: ({ before: { value } }) => {
      const command = commandOf(value);
      return [{ term: 'migration', request: command, reply: command }];
    },
    destroyed: ({ before: { value } }) => {
      const isAnsweredAtOnce = value === 'failed' || value === 'resumed';
      const request: Charge = { term: 'migration', request: 'DESTROY' };
      return [isAnsweredAtOnce ? { ...request, reply: 'DESTROY' } : request];
    },
    reaped: () => [{ term: 'migration', reply: 'DESTROY' }],
    ...free('acknowledged', 'received', 'fetched', 'replyTaken', 'replyLost', 'noticed'),
    ...free('closed', 'hostCrashed'),
  },
  memory: {
    cleaned: () => [{ term: 'page', units: 1, loaded: 'pageOut' }],
    filled: () => [{ term: 'pageIn', units: 1, loaded: 'pageIn' }],
    ...free('written', 'taken', 'forked', 'owed', 'dropped', 'crashed'),
  },
  service: {
    opening: () => [{ term: 'fileCall', units: 1, request: 'OPEN' }],
    closing: () => [{ term: 'fileCall', units: 1, request: 'CLOSE' }],
    migrating: () => [{ term: 'descriptor', units: 1, request: 'MIGRATE' }],
    served: serviceReply,
    releaseTaken: serviceReply,
    consistent: serviceReply,
    checked: serviceReply,
    ...free('taken', 'hostCrashed'),
  },
  release: {
    sent: () => [{ term: 'descriptor', request: 'RELEASE' }],
    served: () => [{ term: 'descriptor', reply: 'RELEASE' }],
    ...free('taken', 'crashed'),
  },
  recall: {
    // Acknowledged at once, answered later by an RPC the other way.
    sent: () => [{ term: 'consistency', units: 1, request: 'CONSIST' }],
    served: ({ event: { dirtyData }, before: { context } }, sizes) => [
      { term: 'consistency', reply: 'CONSIST' },
      ...(context.writeBack && dirtyData !== null ? blocksOut(context.file, sizes) : []),
      { term: 'consistency', request: 'CONSIST_REPLY' },
    ],
    taken: () => [{ term: 'consistency', reply: 'CONSIST_REPLY' }],
    ...free('failed', 'crashed'),
  },
  handle: {
    writeBack: ({ before: { context } }, sizes) => blocksOut(context.file, sizes),
    ...free('used', 'unused', 'filled', 'wrote', 'wroteThrough', 'recalled', 'locked', 'unlocked'),
    ...free('crashed'),
  },
  thread: {
    read: ({ event: { cachable, cachedData, shared } }) =>
      cachable && cachedData !== null && !shared ? [] : [throughServer('READ')],
    write: ({ event: { cachable, shared } }) =>
      cachable && !shared ? [] : [throughServer('WRITE')],
    // What this host caches it answers itself; that a name is gone only the server knows.
    stat: ({ event }) =>
      event.isLinked && isCachedHere(event)
        ? []
        : [{ term: 'fileCall', units: 1, request: 'STAT', reply: 'STAT' }],
    unlink: () => [{ term: 'fileCall', units: 1, request: 'UNLINK', reply: 'UNLINK' }],
    ...free('started', 'open', 'close', 'closeOnExit', 'replyTaken', 'holdSignals'),
    ...free('writePage', 'readPage', 'remoteExec', 'execRefused', 'fork', 'wait', 'exit', 'died'),
    ...free(
      'finished',
      'homeReplied',
      'replyMissed',
      'frozen',
      'thawed',
      'resumed',
      'killed',
      'destroyed',
    ),
    ...free('hostCrashed'),
  },
  homeCall: {
    called: () => [{ term: 'homeCall', units: 1, request: 'HOME_CALL' }],
    served: () => [{ term: 'homeCall', reply: 'HOME_CALL' }],
    calledAgain: () => [{ term: 'homeCall', request: 'HOME_CALL' }],
    ...free('taken', 'replyLost', 'canceled', 'hostCrashed'),
  },
  process: {
    // All is unpacked, and the target says so.
    unpacked: () => [{ term: 'migration', reply: 'ENTIRE' }],
    ...free('created', 'createdAsVisitor', 'createdAway', 'allocated', 'descriptorSet'),
    ...free('descriptorCleared', 'frozen', 'encapsulated', 'restored', 'unpacking', 'signalsHeld'),
    ...free('resumed', 'thawed', 'departed', 'exited', 'collected', 'orphaned'),
    ...free('peerCrashNoticed', 'gone', 'crashed'),
  },
  swap: free('stored', 'cleared'),
  eviction: free('ownerReturned', 'left', 'crashed'),
  requester: free('waits', 'woken'),
  stream: {
    ...free('opened', 'duplicated', 'dropped', 'closing', 'closed', 'arrived', 'settled'),
    ...free('abandoned', 'released', 'advanced', 'crashed'),
  },
  shadow: free('opened', 'left', 'moved', 'advanced', 'locked', 'unlocked'),
  file: {
    ...free(
      'opened',
      'versionRaised',
      'granted',
      'closed',
      'moved',
      'uncounted',
      'written',
      'sized',
      'flushed',
    ),
    ...free('reserved', 'unreserved', 'unlinked', 'removeIfUnused', 'locked', 'unlocked'),
  },
  entry: {
    ...free('considered', 'granted', 'closed', 'departed', 'answered', 'flushed', 'struckOff'),
    ...free('killed'),
  },
  consistency: free('started', 'awaits', 'proceed', 'answered'),
  host: free('crashes', 'reboots'),
  cleanup: free('begun', 'cleaned'),
  faults: free('crashed', 'replyLost'),
  lastWrite: free('written', 'read', 'sized', 'lost'),
  name: free('looked', 'removed'),
  position: free('opened', 'used'),
  uses: free('changed', 'versionReported'),
  visitors: free('began', 'left', 'stays', 'crashed'),
  pages: free('written', 'read', 'forked', 'cleared'),
  fate: free(
    'ended',
    'heldSignals',
    'opened',
    'closed',
    'waits',
    'waitReturned',
    'forked',
    'orphaned',
    'trapped',
    'left',
    'wentOn',
    'hostCrashed',
    'reportedTo',
    'deniedTo',
  ),
};

/** Rows that cost nothing, by name. */
function free<Type extends string>(
  ...types: readonly Type[]
): { readonly [type in Type]: () => readonly Charge[] } {
  return Object.fromEntries(types.map((type) => [type, nothing])) as never;
}

/** The row of every event that costs nothing. */
export function nothing(): readonly Charge[] {
  return [];
}

/** The command of a migration that is answered from this state of its target. */
function commandOf(state: unknown): Rpc {
  if (state === 'resumed') return 'RESUME';
  return state === 'accepted' || state === 'refused' ? 'INIT' : 'ENTIRE';
}

/** The server sends its reply in the step in which it has one. */
function serviceReply({
  before: { context, value },
  after,
}: Pick<Taken<'service', string>, 'before' | 'after'>): readonly Charge[] {
  if (value === 'replied' || after.value !== 'replied') return [];
  if (context.call === 'migrate') return [{ term: 'descriptor', reply: 'MIGRATE' }];
  return [{ term: 'fileCall', reply: context.call === 'open' ? 'OPEN' : 'CLOSE' }];
}

function blocksOut(file: File, { blocksIn }: BlockSizes): readonly Charge[] {
  return [{ term: 'block', units: blocksIn(file), loaded: 'blockOut' }];
}

function throughServer(rpc: 'READ' | 'WRITE'): Charge {
  return { term: 'fileData', units: 1, request: rpc, reply: rpc, loaded: 'blockInMessage' };
}
