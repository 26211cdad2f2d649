/**
 * A process as it executes: in user mode, or in the middle of a call to its kernel.
 *
 *   Calls that need the I/O server wait for its reply; everything else, fork and dup and the close
 *   of a reference that is not the last, is local. A close of the last reference holds the stream
 *   and the handle until the server has answered.
 *
 * Paper     §2 (open files, caching), §5 (offsets)
 * Kernel    fs/fsStreamOps.c Fs_Open, Fs_Close, Fs_Read, Fs_Write; proc/procFork.c, procExit.c
 * Observes  its own control block, stream and handle; the reply to its call; the ghosts' next tag
 * Left out  a read or write is one step, wherever its data are: the handle is locked meanwhile and
 *           the server's part is one section
 */
import { and, assign, not, setup } from 'xstate';
import { on, tell, type Told } from '../vocabulary/cell.ts';
import {
  cell,
  streamSlot,
  type File,
  type Host,
  type Mode,
  type Process,
  type Stream,
} from '../vocabulary/ids.ts';

/** What is left of the program: the next call of a script, or the budget. */
export type Remaining =
  { readonly next: number } | { readonly budget: { readonly [call: string]: number } };

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
  readonly isUsable: boolean;
  readonly isLastReference: boolean;
  readonly handleIsFree: boolean;
  readonly stream: Stream;
  readonly file: File;
  readonly mode: Mode;
};

export type ThreadEvent =
  | { type: 'started'; host: Host }
  | { type: 'open'; file: File; mode: Mode; descriptor: number; isFree: boolean }
  | ({ type: 'close'; descriptor: number } & CloseFacts)
  | ({ type: 'closeOnExit'; descriptor: number } & CloseFacts)
  | ({ type: 'read'; descriptor: number } & IoFacts)
  | ({ type: 'write'; descriptor: number } & IoFacts)
  | { type: 'stat'; file: File; isUsable: boolean; size: number }
  | { type: 'unlink'; file: File; isLinked: boolean }
  | { type: 'holdSignals' }
  | ({ type: 'writePage'; page: number } & PageFacts)
  | ({ type: 'readPage'; page: number } & PageFacts)
  | { type: 'remoteExec'; to: Host; mayExec: boolean }
  | { type: 'execRefused' }
  | {
      type: 'fork';
      child: Process;
      isFree: boolean;
      isAtHome: boolean;
      home: Host;
      descriptors: readonly (Stream | null)[];
      holdsSignals: boolean;
      hasPages: boolean;
    }
  | { type: 'wait'; child: Process; isAtHome: boolean; home: Host; childHasEnded: boolean }
  | { type: 'exit'; mayExit: boolean }
  | { type: 'died'; mayExit: boolean }
  | {
      type: 'finished';
      hasDescriptors: boolean;
      isAtHome: boolean;
      homeAwaitsIt: boolean;
      home: Host;
      /** Hosts that have pages of it. */
      pagesOn: readonly Host[];
    }
  | {
      type: 'homeReplied';
      replied: boolean;
      ok: boolean;
      home: Host;
      descriptors: readonly (Stream | null)[];
      holdsSignals: boolean;
      hasPages: boolean;
    }
  | {
      type: 'replyTaken';
      replied: boolean;
      ok: boolean;
      handleIsFree: boolean;
      cachable: boolean;
      version: number;
      size: number;
      stamp: number;
    }
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

export const threadMachine = setup({
  types: { context: {} as ThreadContext, events: {} as ThreadEvent },
  guards: {
    descriptorIsFree: ({ event }) => on(event, 'open').isFree,
    isUsable: ({ event }) => on(event, 'close', 'closeOnExit', 'stat').isUsable,
    hasStream: ({ event }) => on(event, 'read', 'write').hasStream,
    nothingIsLocked: ({ event }) => {
      const { handleIsFree, fileIsFree, offsetIsFree } = on(event, 'read', 'write');
      return handleIsFree && fileIsFree && offsetIsFree;
    },
    /** No reference of the stream is arriving here: its reply says where the offset is. */
    nothingArrives: ({ event }) => !on(event, 'read', 'write').isArriving,
    isLastReference: ({ event }) => on(event, 'close', 'closeOnExit').isLastReference,
    handleIsFree: ({ event }) => on(event, 'close', 'closeOnExit', 'replyTaken').handleIsFree,
    isForReading: ({ event }) => on(event, 'read').mode === 'read',
    isForWriting: ({ event }) => on(event, 'write').mode === 'write',
    isLinked: ({ event }) => on(event, 'unlink').isLinked,
    pageCanBeHad: ({ event }) => on(event, 'writePage', 'readPage').data !== null,
    mayExec: ({ event }) => on(event, 'remoteExec').mayExec,
    childIsFree: ({ event }) => on(event, 'fork').isFree,
    mayExit: ({ event }) => on(event, 'exit', 'died').mayExit,
    isKilled: ({ context }) => context.isKilled,
    isAtHome: ({ event }) => on(event, 'fork', 'wait', 'finished').isAtHome,
    childHasEnded: ({ event }) => on(event, 'wait').childHasEnded,
    homeAwaitsIt: ({ event }) => on(event, 'finished').homeAwaitsIt,
    homeReplied: ({ event }) => on(event, 'homeReplied').replied,
    homeKnows: ({ event }) => on(event, 'homeReplied').ok,
    hasDescriptors: ({ event }) => on(event, 'finished').hasDescriptors,
    replied: ({ event }) => on(event, 'replyTaken').replied,
    succeeded: ({ event }) => on(event, 'replyTaken').ok,
    isExiting: ({ context }) => context.isExiting,
    isHere: ({ context, event }) => context.host === on(event, 'hostCrashed').host,
  },
  actions: {
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
    callOpen: ({ context }): Told => {
      const { file, stream, mode } = called(context);
      return tell(cell.service(context.process), {
        type: 'opening',
        caller: context.host,
        file,
        stream,
        mode,
      });
    },
    installStream: ({ context, event }): Told => {
      const { cachable, version, size, stamp } = on(event, 'replyTaken');
      const { descriptor, stream, file, mode } = called(context);
      return [
        tell(cell.handle(file, hostOf(context)), {
          type: 'used',
          mode,
          cachable,
          version,
          size,
          stamp,
          opened: true,
        }),
        tell(cell.stream(stream, hostOf(context)), { type: 'opened', file, mode }),
        tell(cell.position(stream), { type: 'opened' }),
        tell(cell.process(context.process, hostOf(context)), {
          type: 'descriptorSet',
          descriptor,
          stream,
        }),
      ];
    },
    dropReference: ({ context, event }): Told =>
      tell(cell.stream(on(event, 'close', 'closeOnExit').stream, hostOf(context)), {
        type: 'dropped',
      }),
    clearDescriptor: ({ context, event }): Told =>
      tell(cell.process(context.process, hostOf(context)), {
        type: 'descriptorCleared',
        descriptor: on(event, 'close', 'closeOnExit').descriptor,
      }),
    callClose: ({ context, event }): Told => {
      const { stream, file, mode } = on(event, 'close', 'closeOnExit');
      const host = hostOf(context);
      return [
        tell(cell.stream(stream, host), { type: 'closing' }),
        tell(cell.handle(file, host), { type: 'locked', owner: cell.thread(context.process) }),
        tell(cell.handle(file, host), { type: 'unused', mode }),
        tell(cell.service(context.process), { type: 'closing', caller: host, file, stream, mode }),
      ];
    },
    finishClose: ({ context }): Told => {
      const { stream, file } = called(context);
      return [
        tell(cell.handle(file, hostOf(context)), { type: 'unlocked' }),
        tell(cell.stream(stream, hostOf(context)), { type: 'closed' }),
      ];
    },
    takeReply: ({ context }): Told => tell(cell.service(context.process), { type: 'taken' }),
    endCall: assign({ call: null }),
    readData: ({ context, event }): Told => {
      const { file, cachable, cachedData, serverData } = on(event, 'read');
      const data = cachable ? (cachedData ?? serverData) : serverData;
      return [
        tell(cell.lastWrite(file), { type: 'read', data }),
        ...(cachable && cachedData === null
          ? [tell(cell.handle(file, hostOf(context)), { type: 'filled', data })]
          : []),
      ];
    },
    writeData: ({ context, event }): Told => {
      const { file, cachable, newData, offset } = on(event, 'write');
      const written = { type: cachable ? 'wrote' : 'written', data: newData, size: offset + 1 };
      return [
        tell(cell.lastWrite(file), { type: 'written', data: newData, size: offset + 1 }),
        tell(cachable ? cell.handle(file, hostOf(context)) : cell.file(file), written),
      ];
    },
    moveOffset: ({ context, event }): Told => {
      const { stream, shared, offset } = on(event, 'read', 'write');
      return [
        tell(cell.position(stream), { type: 'used', offset }),
        tell(shared ? cell.shadow(stream) : cell.stream(stream, hostOf(context)), {
          type: 'advanced',
        }),
      ];
    },
    observeSize: ({ event }): Told => {
      const { file, size } = on(event, 'stat');
      return tell(cell.lastWrite(file), { type: 'sized', size });
    },
    holdSignals: ({ context }): Told => [
      tell(cell.process(context.process, hostOf(context)), { type: 'signalsHeld' }),
      tell(cell.fate(context.process), { type: 'heldSignals' }),
    ],
    fetchPage: ({ context, event }): Told => {
      const { page, data, isHere, owedBy } = on(event, 'writePage', 'readPage');
      if (isHere) return undefined;
      return [
        ...(owedBy === null
          ? []
          : [tell(cell.memory(context.process, owedBy), { type: 'taken', page })]),
        tell(cell.memory(context.process, hostOf(context)), { type: 'filled', page, data }),
      ];
    },
    observePage: ({ context, event }): Told => {
      const { page, data } = on(event, 'readPage');
      return tell(cell.pages(context.process), { type: 'read', page, data });
    },
    dirtyPage: ({ context, event }): Told => {
      const { page, newData } = on(event, 'writePage');
      return [
        tell(cell.memory(context.process, hostOf(context)), {
          type: 'written',
          page,
          data: newData,
        }),
        tell(cell.pages(context.process), { type: 'written', page, data: newData }),
      ];
    },
    askForExec: ({ context, event }): Told =>
      tell(cell.source(context.process), {
        type: 'execRequested',
        to: on(event, 'remoteExec').to,
        from: context.host,
      }),
    unlinkFile: ({ event }): Told => {
      const { file } = on(event, 'unlink');
      return [
        tell(cell.file(file), { type: 'unlinked' }),
        tell(cell.file(file), { type: 'removeIfUnused' }),
      ];
    },
    forkChild: ({ context, event }): Told => {
      const { child, home, descriptors, holdsSignals, hasPages } = on(event, 'fork');
      const host = hostOf(context);
      return [
        ...shareWithChild(context, child, { descriptors, holdsSignals, hasPages }),
        tell(cell.process(child, host), {
          type: 'created',
          home,
          parent: context.process,
          descriptors,
          holdsSignals,
        }),
        tell(cell.thread(child), { type: 'started', host }),
      ];
    },
    noteChild: assign(({ event }) => ({ child: on(event, 'fork').child })),
    forgetChild: assign({ child: null }),
    callHomeToFork: ({ context, event }): Told => {
      const { child, home } = on(event, 'fork');
      return callHome(context, 'fork', home, child);
    },
    callHomeToWait: ({ context, event }): Told => {
      const { child, home } = on(event, 'wait');
      return callHome(context, 'wait', home, child);
    },
    callHomeToExit: ({ context, event }): Told =>
      callHome(context, 'exit', on(event, 'finished').home, context.process),
    createChildHere: ({ context, event }): Told => {
      const child = context.child ?? '';
      const host = hostOf(context);
      const { home, descriptors, holdsSignals, hasPages } = on(event, 'homeReplied');
      return [
        ...shareWithChild(context, child, { descriptors, holdsSignals, hasPages }),
        tell(cell.process(child, host), {
          type: 'createdAsVisitor',
          home,
          descriptors,
          holdsSignals,
        }),
        tell(cell.thread(child), { type: 'started', host }),
      ];
    },
    collectChild: ({ context, event }): Told =>
      tell(cell.process(on(event, 'wait').child, hostOf(context)), { type: 'collected' }),
    takeHomeReply: ({ context }): Told => tell(cell.homeCall(context.process), { type: 'taken' }),
    cancelHomeCall: ({ context }): Told =>
      tell(cell.homeCall(context.process), { type: 'cancelled' }),
    callAgain: assign(({ context }) => ({ remaining: restored(context.remaining, 'wait') })),
    noteKill: assign({ isKilled: true }),
    recordFate: ({ context }): Told =>
      tell(cell.fate(context.process), {
        type: 'ended',
        status: context.isKilled ? 'destroyed' : 'exited',
      }),
    freeMemory: ({ context, event }): Told =>
      on(event, 'finished').pagesOn.map((host) =>
        tell(cell.memory(context.process, host), { type: 'dropped' }),
      ),
    exitAtHome: ({ context }): Told =>
      tell(cell.process(context.process, hostOf(context)), {
        type: 'exited',
        status: context.isKilled ? 'destroyed' : 'exited',
      }),
    beginExit: assign({ isExiting: true }),
    cancelMigration: ({ context }): Told =>
      tell(cell.source(context.process), { type: 'processExits' }),
    freeControlBlock: ({ context }): Told =>
      tell(cell.process(context.process, hostOf(context)), { type: 'gone' }),
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
            guard: and(['isUsable', not('isKilled'), not('isLastReference')]),
            actions: ['spend', 'dropReference', 'clearDescriptor'],
          },
          {
            guard: and(['isUsable', not('isKilled'), 'handleIsFree']),
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
        stat: { guard: and(['isUsable', not('isKilled')]), actions: ['spend', 'observeSize'] },
        unlink: { guard: and(['isLinked', not('isKilled')]), actions: ['spend', 'unlinkFile'] },
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
          {
            guard: and(['isAtHome', 'childHasEnded', not('isKilled')]),
            actions: ['spend', 'collectChild'],
          },
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
        killed: { target: 'user', actions: ['noteKill', 'forgetChild'] },
      },
    },
    waiting: {
      on: {
        // The signal to migrate breaks the wait; the process makes the call again where it arrives.
        frozen: { target: 'frozen', actions: ['cancelHomeCall', 'callAgain'] },
        homeReplied: [
          { guard: and(['homeReplied', 'homeKnows']), target: 'user', actions: 'takeHomeReply' },
          { guard: 'homeReplied', target: 'user', actions: ['takeHomeReply', 'noteKill'] },
        ],
        killed: { target: 'user', actions: 'noteKill' },
      },
    },
    exiting: {
      on: {
        closeOnExit: [
          {
            guard: and(['isUsable', not('isLastReference')]),
            actions: ['dropReference', 'clearDescriptor'],
          },
          {
            guard: and(['isUsable', 'handleIsFree']),
            target: 'closing',
            actions: ['noteClose', 'clearDescriptor', 'callClose'],
          },
        ],
        finished: [
          {
            guard: and([not('hasDescriptors'), 'isAtHome']),
            target: 'absent',
            actions: ['recordFate', 'freeMemory', 'exitAtHome', 'forget'],
          },
          {
            guard: and([not('hasDescriptors'), 'homeAwaitsIt']),
            target: 'leaving',
            actions: ['recordFate', 'freeMemory', 'callHomeToExit'],
          },
          {
            guard: not('hasDescriptors'),
            target: 'absent',
            actions: ['recordFate', 'freeMemory', 'freeControlBlock', 'forget'],
          },
        ],
      },
    },
    // A remote process tells its home that it has ended.
    leaving: {
      on: {
        homeReplied: {
          guard: 'homeReplied',
          target: 'absent',
          actions: ['takeHomeReply', 'freeControlBlock', 'forget'],
        },
        killed: { target: 'absent', actions: ['freeControlBlock', 'forget'] },
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

/** What a fork copies or shares on this host, apart from the control block. */
function shareWithChild(
  context: ThreadContext,
  child: Process,
  shared: {
    readonly descriptors: readonly (Stream | null)[];
    readonly holdsSignals: boolean;
    readonly hasPages: boolean;
  },
): readonly ReturnType<typeof tell>[] {
  const host = hostOf(context);
  const { descriptors, holdsSignals, hasPages } = shared;
  const parent = context.process;
  return [
    ...descriptors.flatMap((stream) =>
      stream === null ? [] : [tell(cell.stream(stream, host), { type: 'duplicated' })],
    ),
    ...(hasPages
      ? [
          tell(cell.memory(child, host), { type: 'forked', parent }),
          tell(cell.pages(child), { type: 'forked', parent }),
        ]
      : []),
    tell(cell.fate(child), { type: 'forked', holdsSignals }),
  ];
}

function callHome(
  { process, host }: ThreadContext,
  call: 'exit' | 'wait' | 'fork',
  home: Host,
  child: Process,
): ReturnType<typeof tell> {
  return tell(cell.homeCall(process), { type: 'called', call, home, caller: host, child });
}

function spent(remaining: Remaining, call: string): Remaining {
  if ('next' in remaining) return { next: remaining.next + 1 };
  return { budget: { ...remaining.budget, [call]: (remaining.budget[call] ?? 0) - 1 } };
}

function restored(remaining: Remaining, call: string): Remaining {
  if ('next' in remaining) return { next: remaining.next - 1 };
  return { budget: { ...remaining.budget, [call]: (remaining.budget[call] ?? 0) + 1 } };
}

function called({ call, process }: ThreadContext): NonNullable<ThreadContext['call']> {
  if (call === null) throw new Error(`${process} is in no call`);
  return call;
}

function hostOf({ host, process }: ThreadContext): Host {
  if (host === null) throw new Error(`${process} runs nowhere`);
  return host;
}
