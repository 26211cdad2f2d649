/**
 * A process as it executes: in user mode, or in the middle of a call to its kernel.
 *
 *   Calls that need the I/O server wait for its reply. Everything else is local: fork, dup, and the close of
 *   a reference that is not the last. A close of the last reference holds the stream and the handle until
 *   the server has answered.
 *
 *   States:
 *     absent   the process does not exist yet, or has ended
 *     user     its program runs, and may make the next call
 *     execing  in a remote exec, until it is trapped or the target refuses
 *     opening  its OPEN is at the server
 *     closing  its CLOSE is at the server
 *     forking  a remote process asks its home for the identity of a child
 *     waiting  a remote process waits at its home for the end of a child
 *     exiting  it closes its descriptors, one after the other, and ends
 *     leaving  a remote process reports its end to its home
 *     frozen   trapped into the kernel to migrate
 *
 * Paper     §2 (open files, caching), §5 (offsets)
 * Kernel    fs/fsStreamOps.c Fs_Open, Fs_Close, Fs_Read, Fs_Write; proc/procFork.c, procExit.c
 * Observes  `open`: whether the slot is free; `close`, `closeOnExit`: the stream, its handle; `read`, `write`:
 *           the stream, its handle, the server's data, the ghosts' next tag; `stat`, `unlink`: the file, its
 *           handle, its last writer; `writePage`, `readPage`: the page; `remoteExec`: the control block, source
 *           and target; `fork`: the control block, the name of the child; `wait`: the child; `exit`, `died`:
 *           whether an INIT is out; `finished`: the descriptors, home, the children; `homeReplied`,
 *           `replyMissed`: the call home; `replyTaken`: the server's reply, the handle
 * Left out  a read or write is one step, wherever its data are. The kernel holds no lock over it: it reads
 *           flags and offset, does the I/O, and then moves the offset. A17 needs these steps. A stat is
 *           one step, too: the server asks the last writer for its attributes under the file's lock, and
 *           no other host can change them in between
 */
import { and, assign, not, setup } from 'xstate';
import { threadObserves } from '../observations/thread.ts';
import type { OfProcess, PartOf } from '../part.ts';
import { on } from '../vocabulary/cell.ts';
import { streamSlot } from '../vocabulary/ids.ts';
import { threadEffects } from './thread.effects.ts';
import { threadOffers } from './thread.offers.ts';
import {
  isCachedHere,
  type Remaining,
  type ThreadContext,
  threadContext,
  type ThreadEvent,
} from './thread.events.ts';

export const threadMachine = setup({
  types: { context: {} as ThreadContext, events: {} as ThreadEvent },
  guards: {
    descriptorIsFree: ({ event }) => on(event, 'open').isFree,
    isOpen: ({ event }) => on(event, 'close').isOpen,
    isFirstOpen: ({ event }) => on(event, 'closeOnExit').isFirstOpen,
    isLinked: ({ event }) => on(event, 'stat', 'unlink').isLinked,
    isCachedHere: ({ event }) => isCachedHere(on(event, 'stat')),
    serverIsAsking: ({ event }) => on(event, 'stat').isAsking,
    hasStream: ({ event }) => on(event, 'read', 'write').hasStream,
    nothingIsLocked: ({ event }) => {
      const { handleIsFree, fileIsFree, offsetIsFree } = on(event, 'read', 'write');
      return handleIsFree && fileIsFree && offsetIsFree;
    },
    /** No reference of the stream is arriving here: its reply says where the offset is. */
    nothingArrives: ({ event }) => !on(event, 'read', 'write').isArriving,
    isLastReference: ({ event }) => on(event, 'close', 'closeOnExit').isLastReference,
    handleIsFree: ({ event }) =>
      on(event, 'close', 'closeOnExit', 'replyTaken', 'stat').handleIsFree,
    isForReading: ({ event }) => on(event, 'read').mode === 'read',
    isForWriting: ({ event }) => on(event, 'write').mode === 'write',
    pageCanBeHad: ({ event }) => on(event, 'writePage', 'readPage').data !== null,
    mayExec: ({ event }) => on(event, 'remoteExec').mayExec,
    childIsFree: ({ event }) => on(event, 'fork').isFree,
    mayExit: ({ event }) => on(event, 'exit', 'died').mayExit,
    isKilled: ({ context }) => context.isKilled,
    isAtHome: ({ event }) => on(event, 'fork', 'wait', 'finished').isAtHome,
    isOwnChild: ({ event }) => on(event, 'wait').isOwnChild,
    childHasEnded: ({ event }) => on(event, 'wait').childIs === 'zombie',
    homeAwaitsIt: ({ event }) => on(event, 'finished').homeAwaitsIt,
    homeReplied: ({ event }) => on(event, 'homeReplied').replied,
    homeIsSilent: ({ event }) => on(event, 'replyMissed').homeCallIs === 'silent',
    homeKnows: ({ event }) => on(event, 'homeReplied').ok,
    hasStatus: ({ event }) => on(event, 'homeReplied').status !== null,
    hasDescriptors: ({ event }) => on(event, 'finished').hasDescriptors,
    replied: ({ event }) => on(event, 'replyTaken').replied,
    succeeded: ({ event }) => on(event, 'replyTaken').ok,
    isExiting: ({ context }) => context.isExiting,
    isHere: ({ context, event }) => context.host === on(event, 'hostCrashed').host,
  },
  actions: {
    ...threadEffects,
    ignore: () => undefined,
    start: assign(({ event }) => ({ host: on(event, 'started', 'resumed').host })),
    spend: assign(({ context, event }) => ({ remaining: spent(context.remaining, event.type) })),
    noteOpen: assign(({ context, event }) => {
      const { file, mode, descriptor } = on(event, 'open');
      const stream = streamSlot(context.process, descriptor);
      return { call: { descriptor, stream, file, mode } };
    }),
    noteClose: assign(({ event }) => {
      const { descriptor, stream, file, mode } = on(event, 'close', 'closeOnExit');
      return { call: { descriptor, stream, file, mode } };
    }),
    endCall: assign({ call: null }),
    noteChild: assign(({ event }) => ({ child: on(event, 'fork').child })),
    forgetChild: assign({ child: null }),
    callAgain: assign(({ context }) => ({ remaining: restored(context.remaining, 'wait') })),
    noteKill: assign({ isKilled: true }),
    beginExit: assign({ isExiting: true }),
    forget: assign({ host: null, call: null, child: null, isExiting: false, isKilled: false }),
  },
}).createMachine({
  id: 'thread',
  context: threadContext('', { next: 0 }),
  initial: 'absent',
  on: {
    // Only at the next return to user mode; but a process that waits at home can be woken.
    killed: { actions: 'noteKill' },
    hostCrashed: [{ guard: 'isHere', target: '.absent', actions: 'forget' }, { actions: 'ignore' }],
  },
  states: {
    absent: {
      on: {
        started: { target: 'user', actions: 'start' },
        killed: { actions: 'ignore' },
        destroyed: { actions: 'ignore' },
      },
    },
    user: {
      on: {
        open: {
          guard: and(['descriptorIsFree', not('isKilled')]),
          target: 'opening',
          actions: ['spend', 'noteOpen', 'callOpen'],
        },
        close: [
          {
            guard: and(['isOpen', not('isKilled'), not('isLastReference')]),
            actions: ['spend', 'dropReference', 'clearDescriptor'],
          },
          {
            guard: and(['isOpen', not('isKilled'), 'handleIsFree']),
            target: 'closing',
            actions: ['spend', 'noteClose', 'clearDescriptor', 'callClose'],
          },
        ],
        read: {
          guard: and([
            'hasStream',
            'nothingIsLocked',
            'nothingArrives',
            'isForReading',
            not('isKilled'),
          ]),
          actions: ['spend', 'readData', 'moveOffset'],
        },
        write: {
          guard: and([
            'hasStream',
            'nothingIsLocked',
            'nothingArrives',
            'isForWriting',
            not('isKilled'),
          ]),
          actions: ['spend', 'writeData', 'moveOffset'],
        },
        // The attributes are this host's own while it caches, else the server's and the writer's.
        stat: [
          // This host caches the file: the size is its own.
          {
            guard: and(['isLinked', 'isCachedHere', 'handleIsFree', not('isKilled')]),
            actions: ['spend', 'observeName', 'observeOwnSize'],
          },
          // The size is the server's, or the last writer's.
          {
            guard: and(['isLinked', not('isCachedHere'), not('serverIsAsking'), not('isKilled')]),
            actions: ['spend', 'observeName', 'observeSize'],
          },
          // There is no such file: an error.
          { guard: and([not('isLinked'), not('isKilled')]), actions: ['spend', 'observeNoName'] },
        ],
        unlink: [
          { guard: and(['isLinked', not('isKilled')]), actions: ['spend', 'unlinkFile'] },
          // There is no such file: an error, and the program goes on.
          { guard: and([not('isLinked'), not('isKilled')]), actions: ['spend', 'observeNoName'] },
        ],
        holdSignals: { guard: not('isKilled'), actions: ['spend', 'holdSignals'] },
        writePage: [
          {
            guard: and(['pageCanBeHad', not('isKilled')]),
            actions: ['spend', 'fetchPage', 'dirtyPage'],
          },
          { guard: not('isKilled'), actions: ['spend', 'noteKill'] },
        ],
        readPage: [
          {
            guard: and(['pageCanBeHad', not('isKilled')]),
            actions: ['spend', 'fetchPage', 'observePage'],
          },
          // The page is on a host that is down.
          { guard: not('isKilled'), actions: ['spend', 'noteKill'] },
        ],
        remoteExec: {
          guard: and(['mayExec', not('isKilled')]),
          target: 'execing',
          actions: ['spend', 'askForExec'],
        },
        fork: [
          {
            guard: and(['childIsFree', not('isKilled'), 'isAtHome']),
            actions: ['spend', 'forkChild'],
          },
          {
            guard: and(['childIsFree', not('isKilled')]),
            target: 'forking',
            actions: ['spend', 'noteChild', 'callHomeToFork'],
          },
        ],
        wait: [
          // At home the parent takes the status of a child that has ended.
          {
            guard: and(['isAtHome', 'isOwnChild', 'childHasEnded', not('isKilled')]),
            actions: ['spend', 'collectChild', 'observeStatus'],
          },
          // An error, and the program goes on.
          {
            guard: and(['isAtHome', not('isOwnChild'), not('isKilled')]),
            actions: ['spend', 'observeNoChild'],
          },
          // Away from home the call goes to the home.
          {
            guard: and([not('isAtHome'), not('isKilled')]),
            target: 'waiting',
            actions: ['spend', 'callHomeToWait'],
          },
        ],
        exit: {
          guard: and(['mayExit', not('isKilled')]),
          target: 'exiting',
          actions: ['spend', 'beginExit', 'cancelMigration'],
        },
        died: {
          guard: and(['mayExit', 'isKilled']),
          target: 'exiting',
          actions: ['beginExit', 'cancelMigration'],
        },
        frozen: { target: 'frozen' },
      },
    },
    // In the middle of a remote exec: it traps on its way out of the call.
    execing: {
      on: {
        frozen: { target: 'frozen' },
        execRefused: { target: 'user' },
        killed: { target: 'user', actions: 'noteKill' },
      },
    },
    opening: {
      on: {
        replyTaken: [
          {
            guard: and(['replied', 'succeeded', 'handleIsFree']),
            target: 'user',
            actions: ['installStream', 'takeReply', 'endCall'],
          },
          {
            guard: and(['replied', not('succeeded')]),
            target: 'user',
            actions: ['takeReply', 'endCall'],
          },
        ],
      },
    },
    closing: {
      on: {
        replyTaken: [
          {
            guard: and(['replied', 'isExiting']),
            target: 'exiting',
            actions: ['finishClose', 'takeReply', 'endCall'],
          },
          { guard: 'replied', target: 'user', actions: ['finishClose', 'takeReply', 'endCall'] },
        ],
      },
    },
    // A remote process forks: its home allocates the child's identity first.
    forking: {
      on: {
        homeReplied: {
          guard: 'homeReplied',
          target: 'user',
          actions: ['createChildHere', 'takeHomeReply', 'forgetChild'],
        },
        replyMissed: { guard: 'homeIsSilent', actions: 'callHomeAgain' },
        killed: { target: 'user', actions: ['cancelHomeCall', 'noteKill', 'forgetChild'] },
      },
    },
    waiting: {
      on: {
        // The signal to migrate breaks the wait; the process makes the call again where it arrives.
        frozen: { target: 'frozen', actions: ['cancelHomeCall', 'callAgain'] },
        homeReplied: [
          // A child has ended.
          {
            guard: and(['homeReplied', 'homeKnows', 'hasStatus']),
            target: 'user',
            actions: ['takeHomeReply', 'observeStatusFromHome'],
          },
          // Home knows of no such child: an error.
          {
            guard: and(['homeReplied', 'homeKnows']),
            target: 'user',
            actions: ['takeHomeReply', 'observeNoChildFromHome'],
          },
          // Home does not know the caller any more: it is killed.
          { guard: 'homeReplied', target: 'user', actions: ['takeHomeReply', 'noteKill'] },
        ],
        replyMissed: { guard: 'homeIsSilent', actions: 'callHomeAgain' },
        killed: { target: 'user', actions: ['cancelHomeCall', 'noteKill'] },
      },
    },
    exiting: {
      on: {
        closeOnExit: [
          {
            guard: and(['isFirstOpen', not('isLastReference')]),
            actions: ['dropReference', 'clearDescriptor'],
          },
          {
            guard: and(['isFirstOpen', 'handleIsFree']),
            target: 'closing',
            actions: ['noteClose', 'clearDescriptor', 'callClose'],
          },
        ],
        finished: [
          // At home the process ends and its parent can learn it.
          {
            guard: and([not('hasDescriptors'), 'isAtHome']),
            target: 'absent',
            actions: ['recordFate', 'freeMemory', 'exitAtHome', 'forget'],
          },
          // Away from home the end is reported first.
          {
            guard: and([not('hasDescriptors'), 'homeAwaitsIt']),
            target: 'leaving',
            actions: ['recordFate', 'freeMemory', 'callHomeToExit'],
          },
          // Home is gone or does not wait: the control block goes.
          {
            guard: not('hasDescriptors'),
            target: 'absent',
            actions: ['recordFate', 'freeMemory', 'freeControlBlock', 'forget'],
          },
        ],
      },
    },
    // A remote process reports its end to its home.
    leaving: {
      on: {
        homeReplied: {
          guard: 'homeReplied',
          target: 'absent',
          actions: ['takeHomeReply', 'freeControlBlock', 'forget'],
        },
        replyMissed: { guard: 'homeIsSilent', actions: 'callHomeAgain' },
        killed: { target: 'absent', actions: ['cancelHomeCall', 'freeControlBlock', 'forget'] },
      },
    },
    frozen: {
      on: {
        thawed: { target: 'user' },
        resumed: { target: 'user', actions: 'start' },
        // The migration failed after the point of no return.
        destroyed: { target: 'exiting', actions: ['noteKill', 'beginExit'] },
      },
    },
  },
});

export const threadPart: PartOf<typeof threadMachine, OfProcess> = {
  machine: threadMachine,
  observes: threadObserves,
  offers: threadOffers,
};

function spent(remaining: Remaining, call: string): Remaining {
  if ('next' in remaining) return { next: remaining.next + 1 };
  return { budget: { ...remaining.budget, [call]: (remaining.budget[call] ?? 0) - 1 } };
}

function restored(remaining: Remaining, call: string): Remaining {
  if ('next' in remaining) return { next: remaining.next - 1 };
  return { budget: { ...remaining.budget, [call]: (remaining.budget[call] ?? 0) + 1 } };
}
