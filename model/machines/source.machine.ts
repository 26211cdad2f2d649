/**
 * A migration on the host the process leaves: its home for a new one, the foreign host for a return.
 *
 *     idle          nobody has asked
 *     asking        INIT is out: does the target accept? (not when the process goes home)
 *     pending       asked; the process runs on until it is trapped
 *     sizing        trapped: each module says how much it has to move; the last point of return
 *     transferring  encapsulated and sent as a whole; from here on a failure kills the process
 *     resuming      the target has it all and is told to resume it: from here both copies live
 *     switching     the target has resumed it; this host has not switched away yet
 *
 *   What the source keeps is which references it has not released: if the transfer fails, they are
 *   its own again, and are closed with the process. A reply that does not come is asked for again
 *   as long as the target is up: RESUME may be repeated.
 *
 * Paper     §2, §5 "Insulating migration is difficult"
 * Kernel    proc/procMigrate.c Proc_Migrate, Proc_MigrateTrap, Proc_WaitForMigration,
 *           ProcMigEvictionComplete; sig/signals.c Sig_Handle
 * Observes  `requested`: where the process is; `replyTaken`: the target, the thread; `trapped`: the
 *           thread; `encapsulated`: the streams behind the descriptors
 * Left out  fragments of a large ENTIRE
 */
import { and, assign, not, or, setup } from 'xstate';
import { on, tell, type Told } from '../vocabulary/cell.ts';
import type { Page } from './memory.machine.ts';
import {
  cell,
  type File,
  type Host,
  type Mode,
  type Process,
  type Stream,
} from '../vocabulary/ids.ts';

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
  'none' | 'accepted' | 'refused' | 'unpacked' | 'failed' | 'resumed' | 'silent' | 'dead';

export type SourceEvent =
  | {
      type: 'requested';
      to: Host;
      isThere: boolean;
      host: Host;
      home: Host;
      targetIsFree: boolean;
    }
  | { type: 'execRequested'; from: Host; to: Host; home: Host }
  | { type: 'evicted'; from: Host; home: Host }
  | { type: 'pageFlushed'; page: number; data: number | null }
  | { type: 'replyTaken'; answer: TargetAnswer; threadIsHere: boolean }
  | { type: 'trapped'; inUserMode: boolean; targetIsIdle: boolean }
  | { type: 'aborted' }
  | {
      type: 'encapsulated';
      carried: readonly (Carried | null)[];
      holdsSignals: boolean;
      hasPages: boolean;
      hasDirtyPages: boolean;
      pages: readonly Page[];
    }
  | { type: 'streamReleased'; stream: Stream }
  | { type: 'errorNoted' }
  | { type: 'processExits' }
  | { type: 'switched' }
  | { type: 'hostCrashed'; host: Host };

export function sourceContext(process: Process, left: number): SourceContext {
  return {
    process,
    left,
    from: null,
    to: null,
    unreleased: [],
    hasShell: false,
    isExec: false,
    evictFrom: null,
    hasError: false,
  };
}

export const sourceSetup = setup({
  types: { context: {} as SourceContext, events: {} as SourceEvent },
  guards: {
    isThere: ({ event }) => {
      const { isThere, to, host, targetIsFree } = on(event, 'requested');
      return isThere && targetIsFree && to !== host;
    },
    /** Only a kernel that takes a second request asks. */
    isElsewhere: ({ context, event }) => {
      const { isThere, to, host, home } = on(event, 'requested');
      return isThere && host === home && to !== host && to !== context.to;
    },
    isAtHome: ({ event }) => on(event, 'requested').host === on(event, 'requested').home,
    goesHome: ({ event }) => on(event, 'requested').to === on(event, 'requested').home,
    leavesAnyway: ({ context, event }) => context.from === on(event, 'evicted').from,
    accepted: ({ event }) => on(event, 'replyTaken').answer === 'accepted',
    refused: ({ event }) => on(event, 'replyTaken').answer === 'refused',
    unpacked: ({ event }) => on(event, 'replyTaken').answer === 'unpacked',
    failed: ({ event }) => on(event, 'replyTaken').answer === 'failed',
    resumed: ({ event }) => on(event, 'replyTaken').answer === 'resumed',
    silent: ({ event }) => on(event, 'replyTaken').answer === 'silent',
    dead: ({ event }) => on(event, 'replyTaken').answer === 'dead',
    threadIsHere: ({ event }) => on(event, 'replyTaken').threadIsHere,
    isDirty: ({ event }) => on(event, 'pageFlushed').data !== null,
    isExec: ({ context }) => context.isExec,
    memoryIsClean: ({ event }) => !on(event, 'encapsulated').hasDirtyPages,
    inUserMode: ({ event }) => on(event, 'trapped').inUserMode,
    targetIsReady: ({ context, event }) => context.hasShell || on(event, 'trapped').targetIsIdle,
    hasError: ({ context }) => context.hasError,
    mustLeaveAgain: ({ context }) => context.evictFrom !== null,
    isHere: ({ context, event }) => context.from === on(event, 'hostCrashed').host,
    isWhereItMustLeave: ({ context, event }) => context.evictFrom === on(event, 'hostCrashed').host,
  },
  actions: {
    ignore: () => undefined,
    begin: assign(({ context, event }) => {
      const { host, home, to } = on(event, 'requested');
      return { from: host, to, left: context.left - 1, hasShell: host === home };
    }),
    beginExec: assign(({ event }) => {
      const { from, to } = on(event, 'execRequested');
      return { from, to, isExec: true, hasShell: true };
    }),
    askTargetForExec: ({ context, event }): Told => {
      const { from, to, home } = on(event, 'execRequested');
      return tell(cell.target(context.process), { type: 'asked', from, to, home });
    },
    refuseExec: ({ context }): Told =>
      context.isExec ? tell(cell.thread(context.process), { type: 'execRefused' }) : undefined,
    flushPage: ({ context, event }): Told => {
      const { page, data } = on(event, 'pageFlushed');
      return tell(cell.memory(context.process, context.from ?? ''), {
        type: 'cleaned',
        page,
        data,
      });
    },
    giveUpMemory: ({ context, event }): Told =>
      on(event, 'encapsulated').hasPages
        ? tell(cell.memory(context.process, context.from ?? ''), { type: 'dropped' })
        : undefined,
    giveUpImage: ({ context, event }): Told =>
      context.isExec && on(event, 'encapsulated').hasPages
        ? [
            tell(cell.swap(context.process), { type: 'cleared' }),
            tell(cell.pages(context.process), { type: 'cleared' }),
          ]
        : undefined,
    beginEviction: assign(({ event }) => {
      const { from, home } = on(event, 'evicted');
      return { from, to: home };
    }),
    noteEviction: assign(({ event }) => ({ evictFrom: on(event, 'evicted').from })),
    /** Its home was the source: there it goes. */
    turnToEviction: assign(({ context }) => ({
      ...sourceContext(context.process, context.left),
      from: context.evictFrom,
      to: context.from,
    })),
    makeRequesterWait: ({ context }): Told =>
      tell(cell.requester(context.process), { type: 'waits' }),
    wakeRequester: ({ context }): Told => tell(cell.requester(context.process), { type: 'woken' }),
    wakeRequesterOnExit: ({ context }): Told =>
      tell(cell.requester(context.process), { type: 'woken' }),
    tellEvictor: ({ context }): Told =>
      tell(cell.eviction(context.from ?? ''), { type: 'left', process: context.process }),
    askTarget: ({ context, event }): Told => {
      const { host, home, to } = on(event, 'requested');
      return tell(cell.target(context.process), { type: 'asked', from: host, to, home });
    },
    acknowledge: ({ context }): Told =>
      tell(cell.target(context.process), { type: 'acknowledged' }),
    freeze: ({ context }): Told => [
      tell(cell.thread(context.process), { type: 'frozen' }),
      tell(cell.process(context.process, context.from ?? ''), { type: 'frozen' }),
    ],
    thaw: ({ context }): Told => [
      tell(cell.process(context.process, context.from ?? ''), { type: 'thawed' }),
      tell(cell.thread(context.process), { type: 'thawed' }),
    ],
    noteUnreleased: assign(({ event }) => ({
      unreleased: on(event, 'encapsulated').carried.map((each) => each?.stream ?? null),
    })),
    sendEntire: ({ context, event }): Told => [
      tell(cell.process(context.process, context.from ?? ''), { type: 'encapsulated' }),
      tell(cell.target(context.process), {
        type: 'transferred',
        from: context.from,
        to: context.to,
        carried: on(event, 'encapsulated').carried,
        holdsSignals: on(event, 'encapsulated').holdsSignals,
      }),
    ],
    strikeReleased: assign(({ context, event }) => ({
      unreleased: strike(context.unreleased, on(event, 'streamReleased').stream),
    })),
    sendResume: ({ context }): Told => tell(cell.target(context.process), { type: 'resuming' }),
    askAgain: ({ context }): Told => tell(cell.target(context.process), { type: 'askedAgain' }),
    destroyTarget: ({ context }): Told => tell(cell.target(context.process), { type: 'destroyed' }),
    destroyShell: ({ context }): Told =>
      context.hasShell ? tell(cell.target(context.process), { type: 'destroyed' }) : undefined,
    tellEvictorOfFailure: ({ context }): Told =>
      tell(cell.eviction(context.from ?? ''), { type: 'left', process: context.process }),
    takeBack: ({ context }): Told =>
      tell(cell.process(context.process, context.from ?? ''), {
        type: 'restored',
        descriptors: context.unreleased,
      }),
    killProcess: ({ context }): Told => tell(cell.thread(context.process), { type: 'destroyed' }),
    exitHere: ({ context }): Told =>
      tell(cell.process(context.process, context.from ?? ''), {
        type: 'exited',
        status: 'destroyed',
      }),
    noteError: assign({ hasError: true }),
    switchAway: ({ context }): Told =>
      tell(cell.process(context.process, context.from ?? ''), { type: 'departed', to: context.to }),
    tellNotedEvictor: ({ context }): Told =>
      tell(cell.eviction(context.evictFrom ?? ''), { type: 'left', process: context.process }),
    dropEviction: assign({ evictFrom: null }),
    finish: assign(({ context }) => sourceContext(context.process, context.left)),
  },
});

const over = ['tellEvictor', 'wakeRequester', 'finish'] as const;
const overInVain = ['tellEvictorOfFailure', 'wakeRequester', 'finish'] as const;
const failure = ['takeBack', 'killProcess', 'destroyTarget', ...overInVain] as const;
const whenEvicted = {
  evicted: [{ guard: 'leavesAnyway', actions: 'ignore' }, { actions: 'noteEviction' }],
} as const;

/** The table, apart from its setup: a kernel may replace single states of it. */
export const sourceStates = {
  idle: {
    on: {
      requested: [
        {
          guard: and(['isThere', 'isAtHome']),
          target: 'asking',
          actions: ['begin', 'makeRequesterWait', 'askTarget'],
        },
        {
          guard: and(['isThere', 'goesHome']),
          target: 'pending',
          actions: ['begin', 'makeRequesterWait'],
        },
      ],
      execRequested: {
        target: 'asking',
        actions: ['beginExec', 'makeRequesterWait', 'askTargetForExec'],
      },
      evicted: { target: 'pending', actions: 'beginEviction' },
      processExits: { actions: 'ignore' },
      streamReleased: { actions: 'ignore' },
      hostCrashed: { actions: 'ignore' },
    },
  },
  asking: {
    on: {
      ...whenEvicted,
      replyTaken: [
        { guard: 'accepted', target: 'pending', actions: 'acknowledge' },
        { guard: 'refused', target: 'idle', actions: ['acknowledge', 'refuseExec', ...over] },
        { guard: 'dead', target: 'idle', actions: ['destroyTarget', 'refuseExec', ...over] },
      ],
    },
  },
  pending: {
    on: {
      ...whenEvicted,
      trapped: { guard: and(['inUserMode', 'targetIsReady']), target: 'sizing', actions: 'freeze' },
      processExits: {
        target: 'idle',
        actions: ['destroyShell', 'tellEvictor', 'wakeRequesterOnExit', 'finish'],
      },
    },
  },
  sizing: {
    on: {
      ...whenEvicted,
      pageFlushed: { guard: and(['isDirty', not('isExec')]), actions: 'flushPage' },
      encapsulated: {
        guard: or(['memoryIsClean', 'isExec']),
        target: 'transferring',
        actions: ['noteUnreleased', 'giveUpMemory', 'giveUpImage', 'sendEntire'],
      },
      aborted: {
        guard: not('isExec'),
        target: 'idle',
        actions: ['thaw', 'destroyShell', ...overInVain],
      },
    },
  },
  transferring: {
    on: {
      ...whenEvicted,
      replyTaken: [
        { guard: 'unpacked', target: 'resuming', actions: 'sendResume' },
        { guard: 'failed', target: 'idle', actions: failure },
        { guard: 'dead', target: 'idle', actions: failure },
      ],
      streamReleased: { actions: 'strikeReleased' },
    },
  },
  resuming: {
    on: {
      ...whenEvicted,
      replyTaken: [
        { guard: 'resumed', target: 'switching', actions: 'acknowledge' },
        { guard: 'silent', actions: 'askAgain' },
        { guard: and(['dead', 'threadIsHere']), target: 'idle', actions: failure },
        { guard: 'dead', target: 'idle', actions: ['exitHere', 'destroyTarget', ...over] },
      ],
      errorNoted: { actions: 'noteError' },
    },
  },
  switching: {
    on: {
      ...whenEvicted,
      switched: [
        { guard: 'hasError', target: 'idle', actions: ['exitHere', ...over] },
        {
          guard: 'mustLeaveAgain',
          target: 'pending',
          actions: ['switchAway', 'tellEvictor', 'wakeRequester', 'turnToEviction'],
        },
        { target: 'idle', actions: ['switchAway', ...over] },
      ],
      errorNoted: { actions: 'noteError' },
    },
  },
} as const;

export const sourceConfig = {
  id: 'source',
  context: sourceContext('', 0),
  initial: 'idle',
  on: {
    hostCrashed: [
      // The visitor that home sent out must still leave; or is killed, and tells the evictor.
      {
        guard: and(['isHere', 'mustLeaveAgain']),
        target: '.pending',
        actions: ['wakeRequester', 'turnToEviction'],
      },
      { guard: 'isHere', target: '.idle', actions: ['wakeRequester', 'finish'] },
      { guard: 'isWhereItMustLeave', actions: 'dropEviction' },
      { actions: 'ignore' },
    ],
    // The process has been resumed at the target and ends there before this host has switched.
    processExits: [
      { guard: 'mustLeaveAgain', actions: ['tellNotedEvictor', 'dropEviction'] },
      { actions: 'ignore' },
    ],
    streamReleased: { actions: 'ignore' },
  },
} as const;

export const sourceMachine = sourceSetup.createMachine({ ...sourceConfig, states: sourceStates });

function strike(streams: readonly (Stream | null)[], released: Stream): readonly (Stream | null)[] {
  return streams.map((stream) => (stream === released ? null : stream));
}
