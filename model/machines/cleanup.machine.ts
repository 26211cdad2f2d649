/**
 * The file server's clean-up after a client has crashed: it goes through the handles, first those of files,
 * then those of streams, each in its own section.
 *
 *   Either list may be empty. Calls that the server still
 *   serves for that host, or in which the host is the source of a stream, end first: their bookkeeping
 *   names the host.
 *
 *   States:
 *     idle      no crash of this host is being handled
 *     cleaning  sections are still to come
 *
 * Paper     §3 (recovery)
 * Kernel    fsutil/fsutilHandle.c Fsutil_RemoveClient; the clientKill operations
 * Observes  `cleaned`: calls about this host that are not over
 * Left out  nothing
 */
import { and, assign, setup } from 'xstate';
import { just, type OfHost, type PartOf } from '../part.ts';
import { on, send, type Effects, type Observed } from '../vocabulary/cell.ts';
import { cell, type File, type Host, type Stream } from '../vocabulary/ids.ts';
import type { ServiceContext } from './service.events.ts';

export type CleanupContext = {
  readonly host: Host;
  readonly files: readonly File[];
  readonly streams: readonly Stream[];
  readonly index: number;
};

export type CleanupEvent =
  | { type: 'begun' }
  | ({ type: 'cleaned' } & Observed<{ callsAreOver: boolean }>);

export const cleanupMachine = setup({
  types: { context: {} as CleanupContext, events: {} as CleanupEvent },
  guards: {
    callsAreOver: ({ event }) => on(event, 'cleaned').callsAreOver,
    hasNothing: ({ context }) => context.files.length + context.streams.length === 0,
    isLast: ({ context }) => context.index === context.files.length + context.streams.length - 1,
  },
  actions: {
    startOver: assign({ index: 0 }),
    goOn: assign(({ context }) => ({ index: context.index + 1 })),
    killClient: ({ context }): Effects => {
      const file = context.files[context.index];
      if (file === undefined) return undefined;
      return [
        send(cell.entry(file, context.host), { type: 'killed' }),
        send(cell.file(file), { type: 'removeIfUnused' }),
      ];
    },
    leaveStream: ({ context }): Effects => {
      const stream = context.streams[context.index - context.files.length];
      if (stream === undefined) return undefined;
      return send(cell.shadow(stream), { type: 'left', host: context.host });
    },
  },
}).createMachine({
  id: 'cleanup',
  context: { host: '', files: [], streams: [], index: 0 },
  initial: 'idle',
  states: {
    idle: {
      on: {
        begun: [
          { guard: 'hasNothing', actions: 'startOver' },
          { target: 'cleaning', actions: 'startOver' },
        ],
      },
    },
    cleaning: {
      on: {
        cleaned: [
          {
            guard: and(['callsAreOver', 'isLast']),
            target: 'idle',
            actions: ['killClient', 'leaveStream', 'startOver'],
          },
          { guard: 'callsAreOver', actions: ['killClient', 'leaveStream', 'goOn'] },
        ],
      },
    },
  },
});

export const cleanupPart: PartOf<typeof cleanupMachine, OfHost> = {
  machine: cleanupMachine,
  observes: {
    cleaned: (look, { host, scenario }) => ({
      callsAreOver: scenario.processes.every(({ name }) => {
        const service = look(cell.service(name));
        const { caller, source } = service.context as ServiceContext;
        return service.value === 'idle' || (caller !== host && source !== host);
      }),
    }),
  },
  offers: { cleaning: just('cleaned') },
};
