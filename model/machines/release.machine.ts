/**
 * The release call-back: the I/O server asks the source of a migration to give up the reference
 * that has moved, and to say whether it still uses the stream and at which offset.
 *
 *   The last reference takes the host's use of the handle with it. Any other leaves the stream here marked
 *   shared: from then on the server keeps the offset.
 *
 *   States:
 *     idle      no call-back
 *     sent      the message is in flight, or waits at the source
 *     answered  the source has acted; the answer is in flight
 *
 * Paper     §5 "Distributed bookkeeping is difficult"
 * Kernel    fsio/fsioStream.c StreamMigCallback, Fsio_StreamMigCloseNew (FS_RELEASE_NEW)
 * Observes  `sent`: whether the source is up; `served`: the source's stream and its handle's lock; whether
 *           the reference is still in transit, because a source whose migration has failed takes it back
 * Left out  nothing
 */
import { and, assign, not, setup } from 'xstate';
import { isUp } from '../observations/common.ts';
import { just, type OfProcess, type PartOf } from '../part.ts';
import { on, send, type Effects, type Look, type Observed } from '../vocabulary/cell.ts';
import { cell, type Host, type Process, type Stream } from '../vocabulary/ids.ts';
import type { HandleContext } from './handle.machine.ts';
import type { SourceContext } from './source.events.ts';
import type { StreamContext } from './stream.machine.ts';

export type ReleaseContext = {
  readonly process: Process;
  readonly stream: Stream | null;
  readonly source: Host | null;
  readonly inUse: boolean;
  /** The source has taken the reference back: nothing is to be moved. */
  readonly isRefused: boolean;
  /** The offset, if this host kept it. */
  readonly offset: number | null;
};

export type ReleaseEvent =
  | ({ type: 'sent'; stream: Stream; source: Host } & Observed<{ isUp: boolean }>)
  | ({ type: 'served' } & Observed<{
      isKnown: boolean;
      isInTransit: boolean;
      isLastReference: boolean;
      handleIsFree: boolean;
      offset: number | null;
    }>)
  | { type: 'crashed'; host: Host }
  | { type: 'taken' };

export function releaseContext(process: Process): ReleaseContext {
  return { process, stream: null, source: null, inUse: false, isRefused: false, offset: null };
}

export const releaseMachine = setup({
  types: { context: {} as ReleaseContext, events: {} as ReleaseEvent },
  guards: {
    isUp: ({ event }) => on(event, 'sent').isUp,
    isInTransit: ({ event }) => on(event, 'served').isInTransit,
    isKnown: ({ event }) => on(event, 'served').isKnown,
    isLastReference: ({ event }) => on(event, 'served').isLastReference,
    handleIsFree: ({ event }) => on(event, 'served').handleIsFree,
    isOnHost: ({ context, event }) => on(event, 'crashed').host === context.source,
  },
  actions: {
    ignore: () => undefined,
    begin: assign(({ event }) => {
      const { stream, source } = on(event, 'sent');
      return { stream, source };
    }),
    giveUpReference: ({ context }): Effects => [
      send(cell.source(context.process), { type: 'streamReleased', stream: context.stream ?? '' }),
      send(cell.stream(context.stream ?? '', context.source ?? ''), { type: 'released' }),
    ],
    reportOffset: assign(({ event }) => ({ offset: on(event, 'served').offset })),
    reportInUse: assign({ inUse: true }),
    reportRefused: assign({ isRefused: true }),
    reportCrash: assign({ inUse: true, isRefused: false, offset: null }),
    forget: assign(({ context }) => releaseContext(context.process)),
  },
}).createMachine({
  id: 'release',
  context: releaseContext(''),
  initial: 'idle',
  states: {
    idle: {
      on: {
        sent: [
          { guard: 'isUp', target: 'sent', actions: 'begin' },
          { target: 'answered', actions: ['begin', 'reportCrash'] },
        ],
        crashed: { actions: 'ignore' },
      },
    },
    sent: {
      on: {
        served: [
          // The source has taken its reference back: nothing moves.
          { guard: not('isInTransit'), target: 'answered', actions: 'reportRefused' },
          // Others here still use the stream: it stays, and is shared from now on.
          {
            guard: and(['isKnown', not('isLastReference')]),
            target: 'answered',
            actions: ['reportOffset', 'reportInUse', 'giveUpReference'],
          },
          // It was the last use here: the use of the handle goes with it. Otherwise the request
          // waits, because the handle is locked.
          {
            guard: and(['isKnown', 'handleIsFree']),
            target: 'answered',
            actions: ['reportOffset', 'giveUpReference'],
          },
        ],
        crashed: [
          { guard: 'isOnHost', target: 'answered', actions: 'reportCrash' },
          { actions: 'ignore' },
        ],
      },
    },
    // An answer dies with its host. What that host has, the clean-up after it gives up: the server
    // must not give up a use of it on the strength of an answer that it did not get.
    answered: {
      on: {
        taken: { target: 'idle', actions: 'forget' },
        crashed: [{ guard: 'isOnHost', actions: 'reportCrash' }, { actions: 'ignore' }],
      },
    },
  },
});

export const releasePart: PartOf<typeof releaseMachine, OfProcess> = {
  machine: releaseMachine,
  observes: {
    sent: (look, _, { source }) => ({ isUp: isUp(look, source) }),
    served: (look, { process }) => {
      const { stream, source } = look(cell.release(process)).context as ReleaseContext;
      const { unreleased } = look(cell.source(process)).context as SourceContext;
      const held = look(cell.stream(stream ?? '', source ?? ''));
      const context = held.context as StreamContext;
      const isKnown = held.value !== 'absent';
      const isLastReference = context.references === 1;
      return {
        isKnown,
        isInTransit: unreleased.includes(stream),
        isLastReference,
        handleIsFree: isLastReference && isKnown ? handleIsFree(look, context) : true,
        offset: isKnown && !context.shared ? context.offset : null,
      };
    },
  },
  offers: { sent: just('served') },
};

function handleIsFree(look: Look, { file, host }: StreamContext): boolean {
  return (look(cell.handle(file ?? '', host)).context as HandleContext).lockedBy === null;
}
