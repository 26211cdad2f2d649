/**
 * A stream on one client host: fork and dup share it.
 *
 *   References are the descriptors on this host, and those on their way from it: encapsulation changes
 *   nothing here. The offset counts only while no other host has the stream. Only the last reference
 *   concerns the I/O server. While a reference arrives, no process here reads or writes: the reply carries
 *   the offset, which a read or write in the meantime would make old.
 *
 *   States:
 *     absent    this host does not have the stream
 *     arriving  its first reference here arrives by migration
 *     open      this host has it
 *     closing   its last reference is being closed
 *
 * Paper     §2, §5 "Distributed bookkeeping is difficult"
 * Kernel    fsio/fsioStream.c Fsio_StreamAddClient, Fsio_StreamMigCloseNew, Fsio_DeencapStream
 * Observes  nothing
 * Left out  the stream's lock: what it protects is `closing` (held across the CLOSE call) and
 *           `arriving` (a stream whose handle is not attached yet); all else here is one section
 */
import { assign, setup } from 'xstate';
import type { OfStreamOnHost, PartOf } from '../part.ts';
import { on, send, type Effects } from '../vocabulary/cell.ts';
import { cell, type File, type Host, type Mode } from '../vocabulary/ids.ts';

export type StreamContext = {
  readonly host: Host;
  readonly file: File | null;
  readonly mode: Mode | null;
  readonly references: number;
  readonly offset: number;
  /** RMT_SHARED: more than one host has it, so the I/O server keeps the offset. */
  readonly shared: boolean;
  /** References whose MIGRATE call is out: the stream is locked for reads and writes. */
  readonly arriving: number;
  /** Shared by a release since a reference began to arrive: the reply must not undo it. */
  readonly sharedMeanwhile: boolean;
  /** NEW_STREAM: this host had it not before the migration that is under way. */
  readonly isNew: boolean;
};

export type StreamEvent =
  | { type: 'opened'; file: File; mode: Mode }
  | { type: 'duplicated' }
  | { type: 'dropped' }
  | { type: 'closing' }
  | { type: 'closed' }
  | { type: 'arrived'; file: File; mode: Mode; offset: number }
  | { type: 'settled'; offset: number; shared: boolean }
  | { type: 'abandoned' }
  | { type: 'released' }
  | { type: 'advanced' }
  | { type: 'crashed' };

export function streamContext(host: Host): StreamContext {
  return {
    host,
    file: null,
    mode: null,
    references: 0,
    offset: 0,
    shared: false,
    arriving: 0,
    sharedMeanwhile: false,
    isNew: false,
  };
}

export const streamMachine = setup({
  types: { context: {} as StreamContext, events: {} as StreamEvent },
  guards: { isLastReference: ({ context }) => context.references === 1 },
  actions: {
    begin: assign(({ context, event }) => {
      const { file, mode } = on(event, 'opened');
      return { ...streamContext(context.host), file, mode, references: 1 };
    }),
    beginArriving: assign(({ context, event }) => {
      const { file, mode, offset } = on(event, 'arrived');
      return { ...streamContext(context.host), file, mode, offset, references: 1 };
    }),
    markNew: assign({ isNew: true }),
    clearNew: assign({ isNew: false }),
    addReference: assign(({ context }) => ({ references: context.references + 1 })),
    dropReference: assign(({ context }) => ({ references: context.references - 1 })),
    releaseReference: assign(({ context }) => ({ references: context.references - 1 })),
    markShared: assign(({ context }) => ({
      shared: true,
      sharedMeanwhile: context.arriving > 0,
    })),
    beginWait: assign(({ context }) => ({ arriving: context.arriving + 1 })),
    endWait: assign(({ context }) => ({
      arriving: context.arriving - 1,
      sharedMeanwhile: context.arriving > 1 && context.sharedMeanwhile,
    })),
    adoptOffset: assign(({ context, event }) => {
      const { offset, shared } = on(event, 'settled');
      const remains = shared || context.sharedMeanwhile;
      // If the server keeps the offset, this one has no meaning.
      return { offset: remains ? 0 : offset, shared: remains };
    }),
    moveOffset: assign(({ context }) => ({ offset: context.offset + 1 })),
    forget: assign(({ context }) => streamContext(context.host)),
    giveUpHandle: ({ context }): Effects =>
      send(cell.handle(context.file as File, context.host), {
        type: 'unused',
        mode: context.mode ?? 'read',
      }),
  },
}).createMachine({
  id: 'stream',
  context: streamContext(''),
  initial: 'absent',
  on: { crashed: { target: '.absent', actions: 'forget' } },
  states: {
    absent: {
      on: {
        opened: { target: 'open', actions: 'begin' },
        arrived: { target: 'arriving', actions: ['beginArriving', 'beginWait', 'markNew'] },
      },
    },
    arriving: {
      on: {
        arrived: { actions: ['addReference', 'beginWait'] },
        settled: { target: 'open', actions: ['adoptOffset', 'endWait', 'clearNew'] },
        abandoned: { target: 'absent', actions: 'forget' },
      },
    },
    open: {
      on: {
        duplicated: { actions: 'addReference' },
        dropped: { actions: 'dropReference' },
        closing: { target: 'closing', actions: 'dropReference' },
        arrived: { actions: ['addReference', 'beginWait'] },
        settled: { actions: ['adoptOffset', 'endWait'] },
        // The reference that did not move is closed with the others of its process.
        abandoned: { actions: 'endWait' },
        released: [
          { guard: 'isLastReference', target: 'absent', actions: ['giveUpHandle', 'forget'] },
          { actions: ['releaseReference', 'markShared'] },
        ],
        advanced: { actions: 'moveOffset' },
      },
    },
    closing: {
      on: { closed: { target: 'absent', actions: 'forget' } },
    },
  },
});

export const streamPart: PartOf<typeof streamMachine, OfStreamOnHost> = {
  machine: streamMachine,
  observes: {},
  offers: {},
};
