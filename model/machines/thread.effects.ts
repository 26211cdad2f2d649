/** What a transition of the thread machine asks of other cells: effects as data, by name. */
import { on, tell, type Told } from '../vocabulary/cell.ts';
import { cell, type Host, type Process, type Stream } from '../vocabulary/ids.ts';
import type { Status } from './process.machine.ts';
import { dataRead, sizeFound, type ThreadContext, type ThreadEvent } from './thread.events.ts';

type Step = { readonly context: ThreadContext; readonly event: ThreadEvent };

export const threadEffects = {
  callOpen: ({ context }: Step): Told => {
    const { file, stream, mode } = called(context);
    return tell(cell.service(context.process), {
      type: 'opening',
      caller: hostOf(context),
      file,
      stream,
      mode,
    });
  },
  installStream: ({ context, event }: Step): Told => {
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
      tell(cell.fate(context.process), { type: 'opened', descriptor, stream }),
    ];
  },
  dropReference: ({ context, event }: Step): Told =>
    tell(cell.stream(on(event, 'close', 'closeOnExit').stream, hostOf(context)), {
      type: 'dropped',
    }),
  clearDescriptor: ({ context, event }: Step): Told => {
    const { descriptor } = on(event, 'close', 'closeOnExit');
    return [
      tell(cell.process(context.process, hostOf(context)), {
        type: 'descriptorCleared',
        descriptor,
      }),
      tell(cell.fate(context.process), { type: 'closed', descriptor }),
    ];
  },
  callClose: ({ context, event }: Step): Told => {
    const { stream, file, mode } = on(event, 'close', 'closeOnExit');
    const host = hostOf(context);
    return [
      tell(cell.stream(stream, host), { type: 'closing' }),
      tell(cell.handle(file, host), { type: 'locked', owner: cell.thread(context.process) }),
      tell(cell.handle(file, host), { type: 'unused', mode }),
      tell(cell.service(context.process), { type: 'closing', caller: host, file, stream, mode }),
    ];
  },
  finishClose: ({ context }: Step): Told => {
    const { stream, file } = called(context);
    return [
      tell(cell.handle(file, hostOf(context)), { type: 'unlocked' }),
      tell(cell.stream(stream, hostOf(context)), { type: 'closed' }),
    ];
  },
  takeReply: ({ context }: Step): Told => tell(cell.service(context.process), { type: 'taken' }),
  readData: ({ context, event }: Step): Told => {
    const { file, cachable, cachedData } = on(event, 'read');
    const data = dataRead(on(event, 'read'));
    return [
      tell(cell.lastWrite(file), { type: 'read', data }),
      ...(cachable && cachedData === null
        ? [tell(cell.handle(file, hostOf(context)), { type: 'filled', data })]
        : []),
    ];
  },
  writeData: ({ context, event }: Step): Told => {
    const { file, cachable, newData, offset } = on(event, 'write');
    const size = offset + 1;
    const handle = cell.handle(file, hostOf(context));
    return [
      tell(cell.lastWrite(file), { type: 'written', data: newData, size }),
      ...(cachable
        ? [tell(handle, { type: 'wrote', data: newData, size })]
        : [
            tell(cell.file(file), { type: 'written', data: newData, size }),
            tell(handle, { type: 'wroteThrough', size }),
          ]),
    ];
  },
  moveOffset: ({ context, event }: Step): Told => {
    const { stream, shared, offset } = on(event, 'read', 'write');
    return [
      tell(cell.position(stream), { type: 'used', offset }),
      shared
        ? tell(cell.shadow(stream), { type: 'advanced' })
        : tell(cell.stream(stream, hostOf(context)), { type: 'advanced' }),
    ];
  },
  observeOwnSize: ({ event }: Step): Told => {
    const facts = on(event, 'stat');
    return tell(cell.lastWrite(facts.file), { type: 'sized', size: sizeFound(facts, true) });
  },
  observeSize: ({ event }: Step): Told => {
    const facts = on(event, 'stat');
    return tell(cell.lastWrite(facts.file), { type: 'sized', size: sizeFound(facts, false) });
  },
  observeName: ({ event }: Step): Told => {
    const { type, file } = on(event, 'stat', 'unlink');
    return tell(cell.name(file), { type: 'looked', call: type, found: true });
  },
  observeNoName: ({ event }: Step): Told => {
    const { type, file } = on(event, 'stat', 'unlink');
    return tell(cell.name(file), { type: 'looked', call: type, found: false });
  },
  observeStatus: ({ context, event }: Step): Told => {
    const { child, childStatus } = on(event, 'wait');
    return waitReturns(context, child, { type: 'toldTo', status: childStatus });
  },
  observeStatusFromHome: ({ context, event }: Step): Told => {
    const { child, status } = on(event, 'homeReplied');
    return waitReturns(context, child, { type: 'toldTo', status });
  },
  observeNoChild: ({ context, event }: Step): Told =>
    waitReturns(context, on(event, 'wait').child, { type: 'deniedTo' }),
  observeNoChildFromHome: ({ context, event }: Step): Told =>
    waitReturns(context, on(event, 'homeReplied').child, { type: 'deniedTo' }),
  holdSignals: ({ context }: Step): Told => [
    tell(cell.process(context.process, hostOf(context)), { type: 'signalsHeld' }),
    tell(cell.fate(context.process), { type: 'heldSignals' }),
  ],
  fetchPage: ({ context, event }: Step): Told => {
    const { page, data, isHere, owedBy } = on(event, 'writePage', 'readPage');
    if (isHere) return undefined;
    return [
      ...(owedBy === null
        ? []
        : [tell(cell.memory(context.process, owedBy), { type: 'taken', page })]),
      tell(cell.memory(context.process, hostOf(context)), {
        type: 'filled',
        page,
        data: data ?? 0,
      }),
    ];
  },
  observePage: ({ context, event }: Step): Told => {
    const { page, data } = on(event, 'readPage');
    return tell(cell.pages(context.process), { type: 'read', page, data: data ?? 0 });
  },
  dirtyPage: ({ context, event }: Step): Told => {
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
  askForExec: ({ context, event }: Step): Told =>
    tell(cell.source(context.process), {
      type: 'execRequested',
      to: on(event, 'remoteExec').to,
      from: hostOf(context),
    }),
  unlinkFile: ({ event }: Step): Told => {
    const { file } = on(event, 'unlink');
    return [
      tell(cell.name(file), { type: 'removed', call: 'unlink', found: true }),
      tell(cell.file(file), { type: 'unlinked' }),
      tell(cell.file(file), { type: 'removeIfUnused' }),
    ];
  },
  forkChild: ({ context, event }: Step): Told => {
    const { child, home, descriptors, holdsSignals, hasPages } = on(event, 'fork');
    const host = hostOf(context);
    return [
      ...shareWithChild(context, child, { descriptors, hasPages }),
      tell(cell.fate(child), { type: 'forked', parent: context.process }),
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
  callHomeToFork: ({ context, event }: Step): Told => {
    const { child, home } = on(event, 'fork');
    return callHome(context, 'fork', home, child);
  },
  callHomeToWait: ({ context, event }: Step): Told => {
    const { child, home } = on(event, 'wait');
    return [
      callHome(context, 'wait', home, child),
      tell(cell.fate(context.process), { type: 'waits', child }),
    ];
  },
  callHomeToExit: ({ context, event }: Step): Told =>
    callHome(context, 'exit', on(event, 'finished').home, context.process),
  createChildHere: ({ context, event }: Step): Told => {
    const child = context.child ?? '';
    const host = hostOf(context);
    const { home, descriptors, holdsSignals, hasPages } = on(event, 'homeReplied');
    return [
      ...shareWithChild(context, child, { descriptors, hasPages }),
      tell(cell.process(child, host), {
        type: 'createdAsVisitor',
        home,
        descriptors,
        holdsSignals,
      }),
      tell(cell.thread(child), { type: 'started', host }),
    ];
  },
  collectChild: ({ context, event }: Step): Told =>
    tell(cell.process(on(event, 'wait').child, hostOf(context)), { type: 'collected' }),
  takeHomeReply: ({ context }: Step): Told =>
    tell(cell.homeCall(context.process), { type: 'taken' }),
  callHomeAgain: ({ context }: Step): Told =>
    tell(cell.homeCall(context.process), { type: 'calledAgain' }),
  cancelHomeCall: ({ context }: Step): Told =>
    tell(cell.homeCall(context.process), { type: 'cancelled' }),
  recordFate: ({ context, event }: Step): Told => [
    tell(cell.fate(context.process), {
      type: 'ended',
      status: context.isKilled ? 'destroyed' : 'exited',
    }),
    ...on(event, 'finished').children.map((child) => tell(cell.fate(child), { type: 'orphaned' })),
  ],
  /** Its pages wherever they are, and its swap file. */
  freeMemory: ({ context, event }: Step): Told => {
    const { pagesOn } = on(event, 'finished');
    if (pagesOn.length === 0) return undefined;
    return [
      ...pagesOn.map((host) => tell(cell.memory(context.process, host), { type: 'dropped' })),
      tell(cell.swap(context.process), { type: 'cleared' }),
    ];
  },
  exitAtHome: ({ context }: Step): Told =>
    tell(cell.process(context.process, hostOf(context)), {
      type: 'exited',
      status: context.isKilled ? 'destroyed' : 'exited',
    }),
  cancelMigration: ({ context }: Step): Told =>
    tell(cell.source(context.process), { type: 'processExits' }),
  freeControlBlock: ({ context }: Step): Told =>
    tell(cell.process(context.process, hostOf(context)), { type: 'gone' }),
};

/** What a fork copies or shares on this host, apart from the control block. */
function shareWithChild(
  context: ThreadContext,
  child: Process,
  shared: {
    readonly descriptors: readonly (Stream | null)[];
    readonly hasPages: boolean;
  },
): readonly ReturnType<typeof tell>[] {
  const host = hostOf(context);
  const { descriptors, hasPages } = shared;
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
  ];
}

type Said =
  | { readonly type: 'toldTo'; readonly status: Status | null }
  | { readonly type: 'deniedTo' };

/** A wait returns: it says how the child has ended, or that there is none. */
function waitReturns({ process }: ThreadContext, child: Process, said: Said): Told {
  return [
    tell(cell.fate(child), { ...said, parent: process }),
    tell(cell.fate(process), { type: 'waitReturned' }),
  ];
}

function callHome(
  context: ThreadContext,
  call: 'exit' | 'wait' | 'fork',
  home: Host,
  child: Process,
): ReturnType<typeof tell> {
  return tell(cell.homeCall(context.process), {
    type: 'called',
    call,
    home,
    caller: hostOf(context),
    child,
  });
}

function called({ call, process }: ThreadContext): NonNullable<ThreadContext['call']> {
  if (call === null) throw new Error(`${process} is in no call`);
  return call;
}

function hostOf({ host, process }: ThreadContext): Host {
  if (host === null) throw new Error(`${process} runs nowhere`);
  return host;
}
