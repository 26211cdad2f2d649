/** What a transition of the thread machine asks of other cells: effects as data, by name. */
import { on, send, type Effects } from '../vocabulary/cell.ts';
import { cell, type Host, type Process, type Stream } from '../vocabulary/ids.ts';
import { closeCalled, closeFinished } from './close.effects.ts';
import type { Status } from './process.machine.ts';
import { dataRead, sizeFound, type ThreadContext, type ThreadEvent } from './thread.events.ts';

type Step = { readonly context: ThreadContext; readonly event: ThreadEvent };

export const threadEffects = {
  callOpen: ({ context }: Step): Effects => {
    const { file, stream, mode } = called(context);
    return send(cell.service(context.process), {
      type: 'opening',
      caller: hostOf(context),
      file,
      stream,
      mode,
    });
  },
  installStream: ({ context, event }: Step): Effects => {
    const { cachable, version, size, stamp } = on(event, 'replyTaken');
    const { descriptor, stream, file, mode } = called(context);
    return [
      send(cell.handle(file, hostOf(context)), {
        type: 'used',
        mode,
        cachable,
        version,
        size,
        stamp,
        opened: true,
      }),
      send(cell.stream(stream, hostOf(context)), { type: 'opened', file, mode }),
      send(cell.position(stream), { type: 'opened' }),
      send(cell.process(context.process, hostOf(context)), {
        type: 'descriptorSet',
        descriptor,
        stream,
      }),
      send(cell.fate(context.process), { type: 'opened', descriptor, stream }),
    ];
  },
  dropReference: ({ context, event }: Step): Effects =>
    send(cell.stream(on(event, 'close', 'closeOnExit').stream, hostOf(context)), {
      type: 'dropped',
    }),
  clearDescriptor: ({ context, event }: Step): Effects => {
    const { descriptor } = on(event, 'close', 'closeOnExit');
    return [
      send(cell.process(context.process, hostOf(context)), {
        type: 'descriptorCleared',
        descriptor,
      }),
      send(cell.fate(context.process), { type: 'closed', descriptor }),
    ];
  },
  callClose: ({ context, event }: Step): Effects => {
    const { process } = context;
    const by = { process, host: hostOf(context), owner: cell.thread(process) };
    return closeCalled(by, on(event, 'close', 'closeOnExit'));
  },
  finishClose: ({ context }: Step): Effects => closeFinished(hostOf(context), called(context)),
  takeReply: ({ context }: Step): Effects => send(cell.service(context.process), { type: 'taken' }),
  readData: ({ context, event }: Step): Effects => {
    const { file, cachable, cachedData } = on(event, 'read');
    const data = dataRead(on(event, 'read'));
    return [
      send(cell.lastWrite(file), { type: 'read', data }),
      ...(cachable && cachedData === null
        ? [send(cell.handle(file, hostOf(context)), { type: 'filled', data })]
        : []),
    ];
  },
  writeData: ({ context, event }: Step): Effects => {
    const { file, cachable, newData, offset } = on(event, 'write');
    const size = offset + 1;
    const handle = cell.handle(file, hostOf(context));
    return [
      send(cell.lastWrite(file), { type: 'written', data: newData, size }),
      ...(cachable
        ? [send(handle, { type: 'wrote', data: newData, size })]
        : [
            send(cell.file(file), { type: 'written', data: newData, size }),
            send(handle, { type: 'wroteThrough', size }),
          ]),
    ];
  },
  moveOffset: ({ context, event }: Step): Effects => {
    const { stream, shared, offset } = on(event, 'read', 'write');
    return [
      send(cell.position(stream), { type: 'used', offset }),
      shared
        ? send(cell.shadow(stream), { type: 'advanced' })
        : send(cell.stream(stream, hostOf(context)), { type: 'advanced' }),
    ];
  },
  observeOwnSize: ({ event }: Step): Effects => {
    const facts = on(event, 'stat');
    return send(cell.lastWrite(facts.file), { type: 'sized', size: sizeFound(facts, true) });
  },
  observeSize: ({ event }: Step): Effects => {
    const facts = on(event, 'stat');
    return send(cell.lastWrite(facts.file), { type: 'sized', size: sizeFound(facts, false) });
  },
  observeName: ({ event }: Step): Effects => {
    const { type, file } = on(event, 'stat', 'unlink');
    return send(cell.name(file), { type: 'looked', call: type, found: true });
  },
  observeNoName: ({ event }: Step): Effects => {
    const { type, file } = on(event, 'stat', 'unlink');
    return send(cell.name(file), { type: 'looked', call: type, found: false });
  },
  observeStatus: ({ context, event }: Step): Effects => {
    const { child, childStatus } = on(event, 'wait');
    return waitReturns(context, child, { type: 'reportedTo', status: childStatus });
  },
  observeStatusFromHome: ({ context, event }: Step): Effects => {
    const { child, status } = on(event, 'homeReplied');
    return waitReturns(context, child, { type: 'reportedTo', status });
  },
  observeNoChild: ({ context, event }: Step): Effects =>
    waitReturns(context, on(event, 'wait').child, { type: 'deniedTo' }),
  observeNoChildFromHome: ({ context, event }: Step): Effects =>
    waitReturns(context, on(event, 'homeReplied').child, { type: 'deniedTo' }),
  holdSignals: ({ context }: Step): Effects => [
    send(cell.process(context.process, hostOf(context)), { type: 'signalsHeld' }),
    send(cell.fate(context.process), { type: 'heldSignals' }),
  ],
  fetchPage: ({ context, event }: Step): Effects => {
    const { page, data, isHere, owedBy } = on(event, 'writePage', 'readPage');
    if (isHere) return undefined;
    return [
      ...(owedBy === null
        ? []
        : [send(cell.memory(context.process, owedBy), { type: 'taken', page })]),
      send(cell.memory(context.process, hostOf(context)), {
        type: 'filled',
        page,
        data: data ?? 0,
      }),
    ];
  },
  observePage: ({ context, event }: Step): Effects => {
    const { page, data } = on(event, 'readPage');
    return send(cell.pages(context.process), { type: 'read', page, data: data ?? 0 });
  },
  dirtyPage: ({ context, event }: Step): Effects => {
    const { page, newData } = on(event, 'writePage');
    return [
      send(cell.memory(context.process, hostOf(context)), {
        type: 'written',
        page,
        data: newData,
      }),
      send(cell.pages(context.process), { type: 'written', page, data: newData }),
    ];
  },
  askForExec: ({ context, event }: Step): Effects =>
    send(cell.source(context.process), {
      type: 'execRequested',
      to: on(event, 'remoteExec').to,
      from: hostOf(context),
    }),
  unlinkFile: ({ event }: Step): Effects => {
    const { file } = on(event, 'unlink');
    return [
      send(cell.name(file), { type: 'removed', call: 'unlink', found: true }),
      send(cell.file(file), { type: 'unlinked' }),
      send(cell.file(file), { type: 'removeIfUnused' }),
    ];
  },
  forkChild: ({ context, event }: Step): Effects => {
    const { child, home, descriptors, holdsSignals, hasPages } = on(event, 'fork');
    const host = hostOf(context);
    return [
      ...shareWithChild(context, child, { descriptors, hasPages }),
      send(cell.fate(child), { type: 'forked', parent: context.process }),
      send(cell.process(child, host), {
        type: 'created',
        home,
        parent: context.process,
        descriptors,
        holdsSignals,
      }),
      send(cell.thread(child), { type: 'started', host }),
    ];
  },
  callHomeToFork: ({ context, event }: Step): Effects => {
    const { child, home } = on(event, 'fork');
    return callHome(context, 'fork', home, child);
  },
  callHomeToWait: ({ context, event }: Step): Effects => {
    const { child, home } = on(event, 'wait');
    return [
      callHome(context, 'wait', home, child),
      send(cell.fate(context.process), { type: 'waits', child }),
    ];
  },
  callHomeToExit: ({ context, event }: Step): Effects =>
    callHome(context, 'exit', on(event, 'finished').home, context.process),
  createChildHere: ({ context, event }: Step): Effects => {
    const child = context.child ?? '';
    const host = hostOf(context);
    const { home, descriptors, holdsSignals, hasPages } = on(event, 'homeReplied');
    return [
      ...shareWithChild(context, child, { descriptors, hasPages }),
      send(cell.process(child, host), {
        type: 'createdAsVisitor',
        home,
        descriptors,
        holdsSignals,
      }),
      send(cell.thread(child), { type: 'started', host }),
    ];
  },
  collectChild: ({ context, event }: Step): Effects =>
    send(cell.process(on(event, 'wait').child, hostOf(context)), { type: 'collected' }),
  takeHomeReply: ({ context }: Step): Effects =>
    send(cell.homeCall(context.process), { type: 'taken' }),
  callHomeAgain: ({ context }: Step): Effects =>
    send(cell.homeCall(context.process), { type: 'calledAgain' }),
  cancelHomeCall: ({ context }: Step): Effects =>
    send(cell.homeCall(context.process), { type: 'canceled' }),
  recordFate: ({ context, event }: Step): Effects => [
    send(cell.fate(context.process), {
      type: 'ended',
      status: context.isKilled ? 'destroyed' : 'exited',
    }),
    ...on(event, 'finished').children.map((child) => send(cell.fate(child), { type: 'orphaned' })),
  ],
  /** Its pages wherever they are, and its swap file. */
  freeMemory: ({ context, event }: Step): Effects => {
    const { pagesOn } = on(event, 'finished');
    if (pagesOn.length === 0) return undefined;
    return [
      ...pagesOn.map((host) => send(cell.memory(context.process, host), { type: 'dropped' })),
      send(cell.swap(context.process), { type: 'cleared' }),
    ];
  },
  exitAtHome: ({ context }: Step): Effects =>
    send(cell.process(context.process, hostOf(context)), {
      type: 'exited',
      status: context.isKilled ? 'destroyed' : 'exited',
    }),
  cancelMigration: ({ context }: Step): Effects =>
    send(cell.source(context.process), { type: 'processExits' }),
  freeControlBlock: ({ context }: Step): Effects =>
    send(cell.process(context.process, hostOf(context)), { type: 'gone' }),
};

/** What a fork copies or shares on this host, apart from the control block. */
function shareWithChild(
  context: ThreadContext,
  child: Process,
  shared: {
    readonly descriptors: readonly (Stream | null)[];
    readonly hasPages: boolean;
  },
): readonly ReturnType<typeof send>[] {
  const host = hostOf(context);
  const { descriptors, hasPages } = shared;
  const parent = context.process;
  return [
    ...descriptors.flatMap((stream) =>
      stream === null ? [] : [send(cell.stream(stream, host), { type: 'duplicated' })],
    ),
    ...(hasPages
      ? [
          send(cell.memory(child, host), { type: 'forked', parent }),
          send(cell.pages(child), { type: 'forked', parent }),
        ]
      : []),
  ];
}

type Said =
  | { readonly type: 'reportedTo'; readonly status: Status | null }
  | { readonly type: 'deniedTo' };

/** A wait returns: it says how the child has ended, or that there is none. */
function waitReturns({ process }: ThreadContext, child: Process, said: Said): Effects {
  return [
    send(cell.fate(child), { ...said, parent: process }),
    send(cell.fate(process), { type: 'waitReturned' }),
  ];
}

function callHome(
  context: ThreadContext,
  call: 'exit' | 'wait' | 'fork',
  home: Host,
  child: Process,
): ReturnType<typeof send> {
  return send(cell.homeCall(context.process), {
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
