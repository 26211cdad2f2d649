/**
 * A migration on the host that the process comes to.
 *
 *   States:
 *     idle          no migration comes here
 *     asked         INIT is in flight
 *     accepted      a shell is allocated; the reply is in flight
 *     refused       this host takes no visitors; the reply is in flight
 *     waiting       for the process's state
 *     transferred   the whole state is in flight
 *     unpacking     one module and one descriptor after the other
 *     moving        a descriptor's MIGRATE call to the I/O server is out
 *     unpacked      complete; the reply is in flight
 *     failed        some of it could not be unpacked; the reply is in flight
 *     resuming      RESUME is in flight
 *     resumed       the process runs here; the reply is in flight
 *     closing       what has arrived is given up again, stream by stream
 *     givingUp      a stream's CLOSE call is out
 *     destroying    DESTROY is in flight
 *     dead          this host has crashed, or has forgotten the process; the source will notice
 *
 *   A reply that is in flight may be lost. The source then asks again, and gets the same reply: the
 *   target does not do the work twice.
 *
 *   A half-arrived process depends on the host that it comes from: when that host crashes, the streams of
 *   the process are closed and its control block goes.
 *
 * Paper     §2, §3 (failures), §5 "Insulating migration is difficult"
 * Kernel    proc/procMigrate.c ProcMigAcceptMigration, ProcMigReceiveProcess,
 *           ProcMigContinueProcess, Proc_DestroyMigratedProc; fs/fsTopMigrate.c
 *           Fs_DeencapFileState; fsio/fsioStream.c Fsio_DeencapStream
 * Observes  `asked`: whether this host is up and takes visitors, which boot of the source asks;
 *           `transferred`: whether home expects the process; `fetched`: the next stream here; `replyTaken`:
 *           the server's reply, the handle's lock; `noticed`: whether the source is up, and since when;
 *           `hostCrashed`: whether the source still waits for this migration; `closed`: the next
 *           descriptor; `replyLost`: how many losses the scenario still allows
 * Left out  failures of the other modules: only a descriptor can fail to arrive
 */
import { and, assign, not, setup } from 'xstate';
import { targetObserves } from '../observations/target.ts';
import { just, type InScenario, type OfProcess, type PartOf } from '../part.ts';
import { mayLoseReplies, type Scenario } from '../scenarios/scenario.ts';
import { on, send } from '../vocabulary/cell.ts';
import { cell } from '../vocabulary/ids.ts';
import type { Carried } from './source.events.ts';
import { targetEffects } from './target.effects.ts';
import { type TargetContext, targetContext, type TargetEvent } from './target.events.ts';

type Step = { readonly context: TargetContext; readonly event: TargetEvent };

/** A reply to INIT, ENTIRE or RESUME is in flight. */
const whileReplying = {
  replyLost: { guard: 'mayBeLost', actions: ['spendLoss', 'loseReply'] },
  askedAgain: { guard: 'isSilent', actions: 'repeatReply' },
} as const;

/** If the source is gone, too, no host is left to notice. */
const whenHereCrashes = [
  { guard: and(['isHere', 'isAwaited']), target: 'dead' },
  { guard: 'isHere', target: 'idle', actions: 'forget' },
] as const;

export const targetMachine = setup({
  types: { context: {} as TargetContext, events: {} as TargetEvent },
  guards: {
    isUp: ({ event }) => on(event, 'asked', 'transferred').isUp,
    isExpected: ({ event }) => on(event, 'transferred').isExpected,
    takesVisitors: ({ event }) => on(event, 'asked').takesVisitors,
    isBeyondLast: ({ context }) => context.index >= context.carried.length,
    streamIsFree: ({ event }) => on(event, 'fetched').streamIsFree,
    replied: ({ event }) => on(event, 'replyTaken').replied,
    succeeded: ({ event }) => on(event, 'replyTaken').ok,
    handleIsFree: ({ event }) => on(event, 'replyTaken', 'closed').handleIsFree,
    streamIsNew: ({ context }) => context.isNew,
    mayBeLost: ({ context, event }) => on(event, 'replyLost').lossesLeft && !context.isSilent,
    isSilent: ({ context }) => context.isSilent,
    sourceHasCrashed,
    /** The dependency of an empty shell on the host that asked for it. */
    shellNotices: sourceHasCrashed,
    /** The dependency of a complete process, home-coming or not, until it is resumed. */
    arrivedNotices: sourceHasCrashed,
    comesHome: ({ context }) => context.home === context.to,
    nothingToClose: ({ event }) => on(event, 'closed').descriptor < 0,
    isLastReference: ({ event }) => on(event, 'closed').isLastReference,
    repliesFailure: ({ context }) => context.repliesFailure,
    isHere: ({ context, event }) => context.to === on(event, 'hostCrashed').host,
    isAwaited: ({ event }) => on(event, 'hostCrashed').isAwaited,
    isSource: ({ context, event }) => context.from === on(event, 'hostCrashed').host,
  },
  actions: {
    ...targetEffects,
    ignore: () => undefined,
    begin: assign(({ event }) => {
      const { from, fromBoot, to, home } = on(event, 'asked');
      return { from, fromBoot, to, home };
    }),
    takeState: assign(({ event }) => {
      const { from, fromBoot, to, carried, holdsSignals, home } = on(event, 'transferred');
      return { from, fromBoot, to, carried, holdsSignals, home };
    }),
    skipToFirst: assign(({ context }) => ({ index: nextDescriptor(context.carried, 0) })),
    skipToNext: assign(({ context }) => ({
      index: nextDescriptor(context.carried, context.index + 1),
    })),
    noteWhetherNew: assign(({ event }) => ({ isNew: on(event, 'fetched').isNew })),
    spendLoss: () => send(cell.faults(), { type: 'replyLost' }),
    loseReply: assign({ isSilent: true }),
    repeatReply: assign({ isSilent: false }),
    noteFailure: assign({ repliesFailure: true }),
    noteClosing: assign(({ event }) => ({ index: on(event, 'closed').descriptor })),
    forget: assign(({ context }) => targetContext(context.process)),
  },
}).createMachine({
  id: 'target',
  context: targetContext(''),
  initial: 'idle',
  on: {
    hostCrashed: [
      // This host, and the source waits for its answer: the source will notice.
      { guard: and(['isHere', 'isAwaited']), target: '.dead' },
      // This host; no other host waits for it.
      { guard: 'isHere', target: '.idle', actions: 'forget' },
      // Another host.
      { actions: 'ignore' },
    ],
  },
  states: {
    idle: {
      on: {
        asked: [
          // The request is in flight.
          { guard: and(['isUp', 'takesVisitors']), target: 'asked', actions: 'begin' },
          // The host takes no visitors.
          { guard: 'isUp', target: 'refused', actions: 'begin' },
          // The host is down: the request is lost.
          { target: 'dead', actions: 'begin' },
        ],
        // A process that comes home needs no leave; a home that has been away does not know it.
        transferred: [
          { guard: and(['isUp', 'isExpected']), target: 'transferred', actions: 'takeState' },
          { target: 'dead', actions: 'takeState' },
        ],
        destroyed: { actions: 'ignore' },
        hostCrashed: { actions: 'ignore' },
      },
    },
    asked: {
      on: {
        accepted: { target: 'accepted', actions: 'allocateShell' },
        hostCrashed: [
          ...whenHereCrashes,
          // The request dies with the host that sent it.
          { guard: 'isSource', target: 'idle', actions: 'forget' },
          { actions: 'ignore' },
        ],
      },
    },
    refused: {
      on: {
        ...whileReplying,
        acknowledged: { target: 'idle', actions: 'forget' },
        hostCrashed: [
          ...whenHereCrashes,
          { guard: 'isSource', target: 'idle', actions: 'forget' },
          { actions: 'ignore' },
        ],
      },
    },
    accepted: {
      on: {
        ...whileReplying,
        acknowledged: { target: 'waiting' },
        noticed: { guard: 'shellNotices', target: 'idle', actions: ['freeShell', 'forget'] },
      },
    },
    waiting: {
      on: {
        transferred: { target: 'transferred', actions: 'takeState' },
        destroyed: { target: 'destroying' },
        noticed: { guard: 'shellNotices', target: 'idle', actions: ['freeShell', 'forget'] },
      },
    },
    transferred: {
      on: {
        received: { target: 'unpacking', actions: ['makeRoom', 'skipToFirst'] },
        hostCrashed: [
          ...whenHereCrashes,
          // The state is lost with its sender; a process that comes home has no shell here.
          { guard: and(['isSource', 'comesHome']), target: 'idle', actions: 'forget' },
          // The state is lost with its sender; the shell remains until it notices.
          { guard: 'isSource', target: 'waiting' },
          // Another host.
          { actions: 'ignore' },
        ],
      },
    },
    unpacking: {
      on: {
        fetched: [
          { guard: 'isBeyondLast', target: 'unpacked', actions: 'finishUnpacking' },
          {
            guard: 'streamIsFree',
            target: 'moving',
            actions: ['noteWhetherNew', 'addClient', 'callMigrate'],
          },
        ],
        noticed: { guard: 'sourceHasCrashed', target: 'closing' },
      },
    },
    moving: {
      on: {
        replyTaken: [
          // A new stream gets its handle.
          {
            guard: and(['replied', 'succeeded', 'streamIsNew', 'handleIsFree']),
            target: 'unpacking',
            actions: ['attachHandle', 'settleStream', 'setDescriptor', 'takeReply', 'skipToNext'],
          },
          // Others here have the stream, and its handle.
          {
            guard: and(['replied', 'succeeded', not('streamIsNew')]),
            target: 'unpacking',
            actions: ['settleStream', 'setDescriptor', 'takeReply', 'skipToNext'],
          },
          // The server refused, and the stream is new: it is dropped.
          {
            guard: and(['replied', not('succeeded'), 'streamIsNew']),
            target: 'closing',
            actions: ['abandonStream', 'takeReply', 'noteFailure'],
          },
          // Others here have the stream: this may be the last to close it.
          {
            guard: and(['replied', not('succeeded')]),
            target: 'closing',
            actions: ['abandonStream', 'setDescriptor', 'takeReply', 'noteFailure'],
          },
        ],
      },
    },
    unpacked: {
      on: {
        ...whileReplying,
        resuming: { target: 'resuming' },
        noticed: { guard: 'arrivedNotices', target: 'closing' },
      },
    },
    resuming: {
      on: {
        continued: { target: 'resumed', actions: 'resumeProcess' },
        hostCrashed: [
          ...whenHereCrashes,
          { guard: 'isSource', target: 'unpacked' },
          { actions: 'ignore' },
        ],
      },
    },
    resumed: {
      on: {
        ...whileReplying,
        acknowledged: { target: 'idle', actions: 'forget' },
        noticed: { guard: 'sourceHasCrashed', target: 'idle', actions: 'forget' },
        // DESTROY for a process that runs here concerns another.
        destroyed: { guard: 'isSilent', target: 'idle', actions: 'forget' },
      },
    },
    closing: {
      on: {
        closed: [
          // Everything is closed; the source gets the failure.
          {
            guard: and(['nothingToClose', 'repliesFailure']),
            target: 'failed',
          },
          // Everything is closed; the process had come home: its end is reported.
          {
            guard: and(['nothingToClose', 'comesHome']),
            target: 'idle',
            actions: ['reportDestroyed', 'forget'],
          },
          // Everything is closed; the control block goes.
          { guard: 'nothingToClose', target: 'idle', actions: ['freeShell', 'forget'] },
          // Others here have the stream: no call is needed.
          { guard: not('isLastReference'), actions: 'dropReference' },
          // The last reference is closed at the server. Otherwise the handle is locked.
          { guard: 'handleIsFree', target: 'givingUp', actions: ['noteClosing', 'callClose'] },
        ],
      },
    },
    givingUp: {
      on: {
        replyTaken: { guard: 'replied', target: 'closing', actions: ['finishClose', 'takeReply'] },
      },
    },
    failed: {
      on: {
        ...whileReplying,
        destroyed: [
          { guard: 'comesHome', target: 'idle', actions: ['reportDestroyed', 'forget'] },
          { target: 'idle', actions: ['freeShell', 'forget'] },
        ],
        noticed: [
          {
            guard: and(['sourceHasCrashed', 'comesHome']),
            target: 'idle',
            actions: ['reportDestroyed', 'forget'],
          },
          { guard: 'sourceHasCrashed', target: 'idle', actions: ['freeShell', 'forget'] },
        ],
      },
    },
    destroying: {
      on: {
        reaped: { target: 'idle', actions: ['freeShell', 'forget'] },
        hostCrashed: [
          ...whenHereCrashes,
          // DESTROY dies with its sender; the shell's own dependency on it remains.
          { guard: 'isSource', target: 'waiting' },
          { actions: 'ignore' },
        ],
      },
    },
    dead: {
      on: {
        // Whatever is sent to a host that has crashed is lost; the sender notices.
        acknowledged: { actions: 'ignore' },
        transferred: { actions: 'ignore' },
        resuming: { actions: 'ignore' },
        askedAgain: { actions: 'ignore' },
        destroyed: { target: 'idle', actions: 'forget' },
        hostCrashed: [
          { guard: 'isSource', target: 'idle', actions: 'forget' },
          { actions: 'ignore' },
        ],
      },
    },
  },
});

export const targetPart: PartOf<typeof targetMachine, OfProcess> = {
  machine: targetMachine,
  observes: targetObserves,
  offers: {
    asked: just('accepted'),
    accepted: whileReplyIsOut,
    refused: (_, { scenario }) => mayBeLost(scenario),
    waiting: (_, { scenario }) => mayBeNoticed(scenario),
    transferred: just('received'),
    unpacking: (_, { scenario }) => [{ type: 'fetched' }, ...mayBeNoticed(scenario)],
    moving: just('replyTaken'),
    unpacked: whileReplyIsOut,
    resuming: just('continued'),
    resumed: whileReplyIsOut,
    closing: just('closed'),
    givingUp: just('replyTaken'),
    failed: whileReplyIsOut,
    destroying: just('reaped'),
  },
};

type Offered = 'noticed' | 'replyLost';

function whileReplyIsOut(
  _: TargetContext,
  { scenario }: InScenario,
): readonly { readonly type: Offered }[] {
  return [...mayBeNoticed(scenario), ...mayBeLost(scenario)];
}

function mayBeNoticed({ faults }: Scenario): readonly { readonly type: 'noticed' }[] {
  return faults?.crashes === undefined ? [] : [{ type: 'noticed' }];
}

function mayBeLost(scenario: Scenario): readonly { readonly type: 'replyLost' }[] {
  return mayLoseReplies(scenario) ? [{ type: 'replyLost' }] : [];
}

/** It is down, or has another boot identifier. */
export function sourceHasCrashed({ context, event }: Step): boolean {
  const { sourceIsUp, sourceBoot } = on(event, 'noticed');
  return !sourceIsUp || sourceBoot !== context.fromBoot;
}

function nextDescriptor(carried: readonly (Carried | null)[], from: number): number {
  const found = carried.findIndex((each, index) => index >= from && each !== null);
  return found < 0 ? carried.length : found;
}
