/**
 * The consistency decision for one file at its server, one at a time.
 *
 *   An open, or a stream that arrives by migration, starts a round: the server decides whether the opener
 *   may cache, asks the entry of every other client what its host must do, lists the opener, then waits
 *   for all answers. The monitor is free while the call-backs are out, so closes and answers go on; only
 *   another round waits.
 *
 *   States:
 *     idle      no round
 *     starting  the entries are asked, one after the other, in one section
 *     waiting   call-backs are out
 *
 * Paper     §2 "if a file is open for writing on one host and accessed from another"
 * Kernel    fsconsist/fsconsistCache.c Fsconsist_FileConsistency: StartConsistency, UpdateList,
 *           EndConsistency
 * Observes  `started`: every other client's uses, and the last writer
 * Left out  retries of refused call-backs: a refusal changes nothing and is repeated at once, so here
 *           the call-back waits until it can be served
 */
import { assign, setup } from 'xstate';
import type { OfFile, PartOf } from '../part.ts';
import { on, send, type Effects, type Observed } from '../vocabulary/cell.ts';
import { cell, type File, type Host, type Mode, type Process } from '../vocabulary/ids.ts';
import type { EntryContext } from './entry.machine.ts';
import type { FileContext } from './file.machine.ts';

export type ConsistencyContext = {
  readonly file: File;
  /** The process whose open or migration is being made consistent. */
  readonly forProcess: Process | null;
  readonly waitingFor: readonly Host[];
  /** Whether the opener's host writes the file: by this stream, or by one it has already. */
  readonly openerWrites: boolean;
};

type Others = readonly {
  readonly host: Host;
  readonly references: number;
  readonly writers: number;
}[];

export type ConsistencyEvent =
  | ({
      type: 'started';
      process: Process;
      opener: Host;
      mode: Mode;
      /** False where the opener's host has the stream already: no use is added. */
      isNew: boolean;
      /** The stream has come by migration. */
      arrives: boolean;
    } & Observed<{
      others: Others;
      /** Streams that the opener's host has open for writing already. */
      openerWriters: number;
      lastWriter: Host | null;
    }>)
  | { type: 'awaits'; host: Host }
  | { type: 'proceed'; cachable: boolean }
  | { type: 'answered'; host: Host };

export function consistencyContext(file: File): ConsistencyContext {
  return { file, forProcess: null, waitingFor: [], openerWrites: false };
}

export const consistencyMachine = setup({
  types: { context: {} as ConsistencyContext, events: {} as ConsistencyEvent },
  guards: {
    noHostIsAwaited: ({ context }) => context.waitingFor.length === 0,
    isLastAnswer: ({ context, event }) =>
      context.waitingFor.every((host) => host === on(event, 'answered').host),
  },
  actions: {
    begin: assign(({ event }) => ({ forProcess: on(event, 'started').process })),
    noteWhetherItWrites: assign(({ event }) => {
      const { mode, openerWriters } = on(event, 'started');
      return { openerWrites: mode === 'write' || openerWriters > 0 };
    }),
    considerOthers: ({ context, event }): Effects => {
      const { others, lastWriter, arrives } = on(event, 'started');
      return others.map(({ host }) =>
        send(cell.entry(context.file, host), {
          type: 'considered',
          cachable: mayCache(context.openerWrites, others),
          openerWrites: context.openerWrites,
          arrives,
          lastWriter: lastWriter === host,
        }),
      );
    },
    listOpener: ({ context, event }): Effects => {
      const { opener, mode, isNew, others } = on(event, 'started');
      const cachable = mayCache(context.openerWrites, others);
      return [
        ...(isNew
          ? [send(cell.entry(context.file, opener), { type: 'granted', mode, cachable })]
          : []),
        send(cell.file(context.file), {
          type: 'granted',
          host: opener,
          writes: context.openerWrites,
          cachable,
        }),
      ];
    },
    goOn: ({ context, event }): Effects =>
      send(cell.consistency(context.file), {
        type: 'proceed',
        cachable: mayCache(context.openerWrites, on(event, 'started').others),
      }),
    await: assign(({ context, event }) => ({
      waitingFor: [...context.waitingFor, on(event, 'awaits').host],
    })),
    strikeOff: assign(({ context, event }) => ({
      waitingFor: context.waitingFor.filter((host) => host !== on(event, 'answered').host),
    })),
    wakeService: ({ context }): Effects =>
      send(cell.service(context.forProcess ?? ''), { type: 'consistent' }),
    finish: assign({ forProcess: null, waitingFor: [], openerWrites: false }),
  },
}).createMachine({
  id: 'consistency',
  context: consistencyContext(''),
  initial: 'idle',
  states: {
    idle: {
      on: {
        started: {
          target: 'starting',
          actions: ['begin', 'noteWhetherItWrites', 'considerOthers', 'listOpener', 'goOn'],
        },
      },
    },
    starting: {
      on: {
        awaits: { actions: 'await' },
        proceed: [
          { guard: 'noHostIsAwaited', target: 'idle', actions: ['wakeService', 'finish'] },
          { target: 'waiting' },
        ],
      },
    },
    waiting: {
      on: {
        answered: [
          { guard: 'isLastAnswer', target: 'idle', actions: ['wakeService', 'finish'] },
          { actions: 'strikeOff' },
        ],
      },
    },
  },
});

/** Whether the opener may cache: no other host writes, and it does not write while others use. */
export function mayCache(openerWrites: boolean, others: Others): boolean {
  return others.every(
    ({ references, writers }) => writers === 0 && (!openerWrites || references === 0),
  );
}

export const consistencyPart: PartOf<typeof consistencyMachine, OfFile> = {
  machine: consistencyMachine,
  observes: {
    started: (look, { file, scenario }, { opener }) => ({
      others: scenario.hosts
        .filter((host) => host !== opener)
        .map((host) => {
          const { references, writers } = look(cell.entry(file, host)).context as EntryContext;
          return { host, references, writers };
        }),
      openerWriters: (look(cell.entry(file, opener)).context as EntryContext).writers,
      lastWriter: (look(cell.file(file)).context as FileContext).lastWriter,
    }),
  },
  offers: {},
};
