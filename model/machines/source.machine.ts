/**
 * A migration on the host that the process leaves: its home for a new one, the foreign host for a return.
 *
 *   States:
 *     idle          no migration is requested
 *     asking        INIT is out: does the target accept? (not when the process goes home)
 *     pending       asked; the process runs on until it is trapped
 *     sizing        trapped: each module says how much it has to move; the last point of return
 *     transferring  encapsulated and sent as a whole; from here on a failure kills the process
 *     resuming      the target has all of it and is asked to resume it: from here both copies live
 *     switching     the target has resumed it; this host has not switched away yet
 *
 *   The source keeps a list of references that it has not released: if the transfer fails, it owns them
 *   again, and closes them with the process. If a reply does not come, the source asks again, as long as the
 *   target is up: INIT, ENTIRE and RESUME may be repeated.
 *
 * Paper     §2, §5 "Insulating migration is difficult"
 * Kernel    proc/procMigrate.c Proc_Migrate, Proc_MigrateTrap, Proc_WaitForMigration,
 *           ProcMigEvictionComplete; sig/signals.c Sig_Handle
 * Observes  `requested`, `execRequested`: where the process is, which boot of the target is asked;
 *           `replyTaken`: the target, the thread; `trapped`: the thread and its call home;
 *           `pageFlushed`: the page; `encapsulated`: the streams behind the descriptors, the pages;
 *           `evicted`, `hostCrashed`: the state of the process on the host that it must leave
 * Left out  fragments of a large ENTIRE
 */
import { and, assign, not, or, setup } from 'xstate';
import { sourceObserves } from '../observations/source.ts';
import { just, type InScenario, type OfPackedProcess, type PartOf } from '../part.ts';
import { on } from '../vocabulary/cell.ts';
import type { Host, Stream } from '../vocabulary/ids.ts';
import { sourceEffects } from './source.effects.ts';
import { type SourceContext, sourceContext, type SourceEvent } from './source.events.ts';

const over = ['reportToEvictor', 'wakeRequester', 'finish'] as const;
const overInVain = ['reportFailureToEvictor', 'wakeRequester', 'finish'] as const;
const failure = ['takeBack', 'killProcess', 'destroyTarget', ...overInVain] as const;
const whenEvicted = {
  evicted: [{ guard: 'leavesAnyway', actions: 'ignore' }, { actions: 'noteEviction' }],
} as const;

export const sourceMachine = setup({
  types: { context: {} as SourceContext, events: {} as SourceEvent },
  guards: {
    isThere: ({ event }) => {
      const { isThere, to, host, targetIs } = on(event, 'requested');
      return isThere && targetIs === 'idle' && to !== host;
    },
    isAtHome: ({ event }) => on(event, 'requested').host === on(event, 'requested').home,
    goesHome: ({ event }) => on(event, 'requested').to === on(event, 'requested').home,
    runsThere: ({ event }) => on(event, 'evicted').blockIs === 'running',
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
    /** On its way to user mode: in it, out of an exec, or interrupted while it waits for a child. */
    returnsToUser: ({ event }) => {
      const { threadIs, homeCallIs } = on(event, 'trapped');
      if (threadIs === 'waiting') return homeCallIs === 'arrived';
      return threadIs === 'user' || threadIs === 'execing';
    },
    /** SIG_KILL comes before the signal to migrate. */
    isKilled: ({ event }) => on(event, 'trapped').isKilled,
    targetIsReady: ({ context, event }) => context.hasShell || on(event, 'trapped').targetIsIdle,
    hasError: ({ context }) => context.hasError,
    mustLeaveAgain: ({ context }) => context.evictFrom !== null,
    /** The process has been resumed on the host that it must leave. */
    isResumedThere: ({ event }) => on(event, 'hostCrashed').evictedIs === 'running',
    isHere: ({ context, event }) => context.from === on(event, 'hostCrashed').host,
    isWhereItMustLeave: ({ context, event }) => context.evictFrom === on(event, 'hostCrashed').host,
  },
  actions: {
    ...sourceEffects,
    ignore: () => undefined,
    begin: assign(({ context, event }) => {
      const { host, home, to, toBoot } = on(event, 'requested');
      return { from: host, to, toBoot, left: context.left - 1, hasShell: host === home };
    }),
    beginExec: assign(({ event }) => {
      const { from, to, toBoot } = on(event, 'execRequested');
      return { from, to, toBoot, isExec: true, hasShell: true };
    }),
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
    noteUnreleased: assign(({ event }) => ({
      unreleased: on(event, 'encapsulated').carried.map((each) => each?.stream ?? null),
    })),
    strikeReleased: assign(({ context, event }) => ({
      unreleased: strike(context.unreleased, on(event, 'streamReleased').stream),
    })),
    noteError: assign({ hasError: true }),
    dropEviction: assign({ evictFrom: null }),
    finish: assign(({ context }) => sourceContext(context.process, context.left)),
  },
}).createMachine({
  id: 'source',
  context: sourceContext('', 0),
  initial: 'idle',
  on: {
    hostCrashed: [
      // The visitor that home sent out must still leave; or it is killed, and reports to the evictor.
      {
        guard: and(['isHere', 'mustLeaveAgain', 'isResumedThere']),
        target: '.pending',
        actions: ['wakeRequester', 'turnToEviction'],
      },
      // The process is lost with this host.
      { guard: 'isHere', target: '.idle', actions: ['wakeRequester', 'finish'] },
      // The host that the process should leave is down.
      { guard: 'isWhereItMustLeave', actions: 'dropEviction' },
      // Another host: a dead target shows in its answer.
      { actions: 'ignore' },
    ],
    // The process has been resumed at the target and ends there before this host has switched.
    processExits: [
      { guard: 'mustLeaveAgain', actions: ['reportToNotedEvictor', 'dropEviction'] },
      { actions: 'ignore' },
    ],
    streamReleased: { actions: 'ignore' },
  },
  states: {
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
        // A half-arrived visitor whose migration is over: it goes without being asked.
        evicted: [
          { guard: 'runsThere', target: 'pending', actions: 'beginEviction' },
          { actions: 'ignore' },
        ],
        processExits: { actions: 'ignore' },
        streamReleased: { actions: 'ignore' },
        hostCrashed: { actions: 'ignore' },
      },
    },
    asking: {
      on: {
        ...whenEvicted,
        replyTaken: [
          // The reply was lost.
          { guard: 'silent', actions: 'askAgain' },
          // The target has allocated a shell.
          { guard: 'accepted', target: 'pending', actions: 'acknowledge' },
          // The target takes no visitors: the process stays.
          { guard: 'refused', target: 'idle', actions: ['acknowledge', 'refuseExec', ...over] },
          // The target has crashed: the process stays.
          { guard: 'dead', target: 'idle', actions: ['destroyTarget', 'refuseExec', ...over] },
        ],
      },
    },
    pending: {
      on: {
        ...whenEvicted,
        trapped: {
          guard: and(['returnsToUser', not('isKilled'), 'targetIsReady']),
          target: 'sizing',
          actions: 'freeze',
        },
        processExits: {
          target: 'idle',
          actions: ['destroyShell', 'reportToEvictor', 'wakeRequesterOnExit', 'finish'],
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
          // The reply was lost.
          { guard: 'silent', actions: 'askAgain' },
          // The target has everything.
          { guard: 'unpacked', target: 'resuming', actions: 'sendResume' },
          // The target lacks a part of it: the process is destroyed.
          { guard: 'failed', target: 'idle', actions: failure },
          // The target has crashed: the process is destroyed.
          { guard: 'dead', target: 'idle', actions: failure },
        ],
        streamReleased: { actions: 'strikeReleased' },
      },
    },
    resuming: {
      on: {
        ...whenEvicted,
        replyTaken: [
          // The process runs at the target.
          { guard: 'resumed', target: 'switching', actions: 'acknowledge' },
          // The reply was lost.
          { guard: 'silent', actions: 'askAgain' },
          // The target has crashed before the process ran there: it is destroyed here.
          { guard: and(['dead', 'threadIsHere']), target: 'idle', actions: failure },
          // The target has crashed after the process ran there: its end is reported here.
          { guard: 'dead', target: 'idle', actions: ['exitHere', 'destroyTarget', ...over] },
        ],
        errorNoted: { actions: 'noteError' },
      },
    },
    switching: {
      on: {
        ...whenEvicted,
        switched: [
          // An error was noted meanwhile: the process ends here.
          { guard: 'hasError', target: 'idle', actions: ['exitHere', ...over] },
          // An owner waits for it to leave its new host: it migrates home.
          {
            guard: 'mustLeaveAgain',
            target: 'pending',
            actions: ['switchAway', 'reportToEvictor', 'wakeRequester', 'turnToEviction'],
          },
          // The migration is over.
          { target: 'idle', actions: ['switchAway', ...over] },
        ],
        errorNoted: { actions: 'noteError' },
      },
    },
  },
});

export const sourcePart: PartOf<typeof sourceMachine, OfPackedProcess> = {
  machine: sourceMachine,
  observes: sourceObserves,
  offers: {
    idle: mayBeRequested,
    asking: just('replyTaken'),
    pending: just('trapped'),
    sizing: (_, { scenario }) => [
      ...Array.from(
        { length: scenario.pages ?? 0 },
        (_page, page) => ({ type: 'pageFlushed', page }) as const,
      ),
      { type: 'encapsulated' },
      ...(scenario.faults?.aborts === true ? [{ type: 'aborted' } as const] : []),
    ],
    transferring: just('replyTaken'),
    resuming: just('replyTaken'),
    switching: just('switched'),
  },
};

/** The requests to migrate that the scenario still allows. */
export function mayBeRequested(
  { process, left }: SourceContext,
  { scenario }: InScenario,
): readonly { readonly type: 'requested'; readonly to: Host }[] {
  if (left <= 0) return [];
  const spec = scenario.processes.find(({ name }) => name === process);
  return (spec?.migrations?.to ?? []).map((to) => ({ type: 'requested', to }));
}

function strike(streams: readonly (Stream | null)[], released: Stream): readonly (Stream | null)[] {
  return streams.map((stream) => (stream === released ? null : stream));
}
