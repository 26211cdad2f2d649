/**
 * A migration on the host the process comes to.
 *
 *     asked         INIT is in flight
 *     accepted      a shell is allocated; the reply is in flight
 *     waiting       for the process's state
 *     transferred   the whole state is in flight
 *     unpacking     one module and one descriptor after the other
 *     moving        a descriptor's MIGRATE call to the I/O server is out
 *     unpacked      all there; the reply is in flight
 *     resuming      RESUME is in flight
 *     resumed       the process runs here; the reply is in flight
 *     destroying    DESTROY is in flight
 *
 * Paper     §2, §5 "Insulating migration is difficult"
 * Kernel    proc/procMigrate.c ProcMigAcceptMigration, ProcMigReceiveProcess,
 *           ProcMigContinueProcess; fs/fsTopMigrate.c Fs_DeencapFileState; fsio/fsioStream.c
 *           Fsio_DeencapStream
 * Observes  `fetched`: the next stream here; `replyTaken`: the server's reply, the handle's lock
 */
import { and, assign, not, setup } from 'xstate';
import { on, tell, type Told } from '../vocabulary/cell.ts';
import { cell, type Host, type Process } from '../vocabulary/ids.ts';
import type { Carried } from './source.machine.ts';

export type TargetContext = {
  readonly process: Process;
  readonly home: Host | null;
  readonly from: Host | null;
  readonly to: Host | null;
  readonly carried: readonly (Carried | null)[];
  /** The descriptor being unpacked. */
  readonly index: number;
  /** Whether this host had the stream at `index` not before. */
  readonly isNew: boolean;
};

export type TargetEvent =
  | { type: 'asked'; from: Host; to: Host; home: Host }
  | { type: 'accepted' }
  | { type: 'acknowledged' }
  | { type: 'transferred'; from: Host; to: Host; carried: readonly (Carried | null)[] }
  | { type: 'received' }
  | { type: 'fetched'; streamIsFree: boolean; streamIsArriving: boolean; isNew: boolean }
  | {
      type: 'replyTaken';
      replied: boolean;
      ok: boolean;
      handleIsFree: boolean;
      cachable: boolean;
      version: number;
      size: number;
      offset: number;
      shared: boolean;
    }
  | { type: 'resuming' }
  | { type: 'continued' }
  | { type: 'destroyed' }
  | { type: 'reaped' };

export function targetContext(process: Process): TargetContext {
  return { process, home: null, from: null, to: null, carried: [], index: 0, isNew: false };
}

export const targetMachine = setup({
  types: { context: {} as TargetContext, events: {} as TargetEvent },
  guards: {
    isBeyondLast: ({ context }) => context.index >= context.carried.length,
    streamIsFree: ({ event }) => on(event, 'fetched').streamIsFree,
    replied: ({ event }) => on(event, 'replyTaken').replied,
    succeeded: ({ event }) => on(event, 'replyTaken').ok,
    handleIsFree: ({ event }) => on(event, 'replyTaken').handleIsFree,
    streamIsNew: ({ context }) => context.isNew,
  },
  actions: {
    ignore: () => undefined,
    begin: assign(({ event }) => {
      const { from, to, home } = on(event, 'asked');
      return { from, to, home };
    }),
    allocateShell: ({ context }): Told =>
      tell(cell.process(context.process, context.to ?? ''), {
        type: 'allocated',
        home: context.home,
      }),
    takeState: assign(({ event }) => {
      const { from, to, carried } = on(event, 'transferred');
      return { from, to, carried };
    }),
    makeRoom: ({ context }): Told =>
      tell(cell.process(context.process, context.to ?? ''), {
        type: 'unpacking',
        descriptors: context.carried.length,
      }),
    skipToFirst: assign(({ context }) => ({ index: nextDescriptor(context.carried, 0) })),
    skipToNext: assign(({ context }) => ({
      index: nextDescriptor(context.carried, context.index + 1),
    })),
    noteWhetherNew: assign(({ event }) => ({ isNew: on(event, 'fetched').isNew })),
    addClient: ({ context }): Told => {
      const { stream, file, mode, offset } = carriedAt(context);
      return tell(cell.stream(stream, context.to ?? ''), { type: 'arrived', file, mode, offset });
    },
    callMigrate: ({ context }): Told => {
      const { stream, file, mode, offset } = carriedAt(context);
      return tell(cell.service(context.process), {
        type: 'migrating',
        caller: context.to,
        file,
        stream,
        mode,
        source: context.from,
        isNew: context.isNew,
        offset,
      });
    },
    attachHandle: ({ context, event }): Told => {
      const { cachable, version, size } = on(event, 'replyTaken');
      const { file, mode } = carriedAt(context);
      return tell(cell.handle(file, context.to ?? ''), {
        type: 'used',
        mode,
        cachable,
        version,
        size,
        opened: false,
      });
    },
    settleStream: ({ context, event }): Told => {
      const { offset, shared } = on(event, 'replyTaken');
      return tell(cell.stream(carriedAt(context).stream, context.to ?? ''), {
        type: 'settled',
        offset,
        shared,
      });
    },
    setDescriptor: ({ context }): Told =>
      tell(cell.process(context.process, context.to ?? ''), {
        type: 'descriptorSet',
        descriptor: context.index,
        stream: carriedAt(context).stream,
      }),
    takeReply: ({ context }): Told => tell(cell.service(context.process), { type: 'taken' }),
    finishUnpacking: ({ context }): Told =>
      tell(cell.process(context.process, context.to ?? ''), { type: 'unpacked' }),
    resumeProcess: ({ context }): Told => [
      tell(cell.process(context.process, context.to ?? ''), { type: 'resumed' }),
      tell(cell.thread(context.process), { type: 'resumed', host: context.to }),
    ],
    freeShell: ({ context }): Told =>
      tell(cell.process(context.process, context.to ?? ''), { type: 'gone' }),
    forget: assign(({ context }) => targetContext(context.process)),
  },
}).createMachine({
  id: 'target',
  context: targetContext(''),
  initial: 'idle',
  states: {
    idle: {
      on: {
        asked: { target: 'asked', actions: 'begin' },
        // A process that comes home needs no leave.
        transferred: { target: 'transferred', actions: 'takeState' },
        destroyed: { actions: 'ignore' },
      },
    },
    asked: { on: { accepted: { target: 'accepted', actions: 'allocateShell' } } },
    accepted: { on: { acknowledged: { target: 'waiting' } } },
    waiting: {
      on: {
        transferred: { target: 'transferred', actions: 'takeState' },
        destroyed: { target: 'destroying' },
      },
    },
    transferred: {
      on: { received: { target: 'unpacking', actions: ['makeRoom', 'skipToFirst'] } },
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
      },
    },
    moving: {
      on: {
        replyTaken: [
          {
            guard: and(['replied', 'succeeded', 'streamIsNew', 'handleIsFree']),
            target: 'unpacking',
            actions: ['attachHandle', 'settleStream', 'setDescriptor', 'takeReply', 'skipToNext'],
          },
          {
            guard: and(['replied', 'succeeded', not('streamIsNew')]),
            target: 'unpacking',
            actions: ['settleStream', 'setDescriptor', 'takeReply', 'skipToNext'],
          },
        ],
      },
    },
    unpacked: { on: { resuming: { target: 'resuming' } } },
    resuming: { on: { continued: { target: 'resumed', actions: 'resumeProcess' } } },
    resumed: { on: { acknowledged: { target: 'idle', actions: 'forget' } } },
    destroying: { on: { reaped: { target: 'idle', actions: ['freeShell', 'forget'] } } },
  },
});

function nextDescriptor(carried: readonly (Carried | null)[], from: number): number {
  const found = carried.findIndex((each, index) => index >= from && each !== null);
  return found < 0 ? carried.length : found;
}

function carriedAt({ carried, index, process }: TargetContext): Carried {
  const held = carried[index];
  if (held === undefined || held === null) throw new Error(`${process} carries no stream`);
  return held;
}
