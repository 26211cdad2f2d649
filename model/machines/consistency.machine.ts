/**
 * The consistency decision for one file at its server, one at a time.
 *
 *   An open, or a stream that arrives by migration, starts a round: decide whether the opener may
 *   cache, have every other client's entry say what its host must do, list the opener, then wait
 *   for all answers. The monitor is free while the call-backs are out, so closes and answers go on;
 *   only another round waits.
 *
 * Paper     §2 "if a file is open for writing on one host and accessed from another"
 * Kernel    fsconsist/fsconsistCache.c Fsconsist_FileConsistency: StartConsistency, UpdateList,
 *           EndConsistency
 * Observes  `started`: every other client's uses, and the last writer
 * Left out  retries of refused call-backs: a refusal changes nothing and is repeated at once, so
 *           here the call-back waits until it can be served
 */
import { assign, setup } from 'xstate';
import { on, tell, type Look, type Observes, type Told } from '../vocabulary/cell.ts';
import { cell, type File, type Host, type Mode, type Process } from '../vocabulary/ids.ts';
import type { EntryContext } from './entry.machine.ts';
import type { FileContext } from './file.machine.ts';

export type ConsistencyContext = {
  readonly file: File;
  /** The process whose open or migration is being made consistent. */
  readonly forProcess: Process | null;
  readonly waitingFor: readonly Host[];
};

type Others = readonly { readonly host: Host; readonly references: number; readonly writers: number }[];

export type ConsistencyEvent =
  | {
      type: 'started';
      process: Process;
      opener: Host;
      mode: Mode;
      /** False where the opener's host has the stream already: no use is added. */
      isNew: boolean;
      others: Others;
      lastWriter: Host | null;
    }
  | { type: 'awaits'; host: Host }
  | { type: 'proceed'; cachable: boolean }
  | { type: 'answered'; host: Host };

export function consistencyContext(file: File): ConsistencyContext {
  return { file, forProcess: null, waitingFor: [] };
}

type Started = Extract<ConsistencyEvent, { type: 'started' }>;

export const consistencyMachine = setup({
  types: { context: {} as ConsistencyContext, events: {} as ConsistencyEvent },
  guards: {
    nobodyIsAwaited: ({ context }) => context.waitingFor.length === 0,
    isLastAnswer: ({ context, event }) =>
      context.waitingFor.every((host) => host === on(event, 'answered').host),
  },
  actions: {
    begin: assign(({ event }) => ({ forProcess: on(event, 'started').process })),
    considerOthers: ({ context, event }): Told => {
      const started = on(event, 'started');
      return started.others.map(({ host }) => consider(context.file, host, started));
    },
    listOpener: ({ context, event }): Told => {
      const started = on(event, 'started');
      const { opener, mode, isNew } = started;
      const cachable = mayCache(started);
      return [
        ...(isNew ? [tell(cell.entry(context.file, opener), { type: 'granted', mode, cachable })] : []),
        tell(cell.file(context.file), { type: 'granted', host: opener, mode, cachable }),
      ];
    },
    goOn: ({ context, event }): Told =>
      tell(cell.consistency(context.file), {
        type: 'proceed',
        cachable: mayCache(on(event, 'started')),
      }),
    await: assign(({ context, event }) => ({
      waitingFor: [...context.waitingFor, on(event, 'awaits').host],
    })),
    strikeOff: assign(({ context, event }) => ({
      waitingFor: context.waitingFor.filter((host) => host !== on(event, 'answered').host),
    })),
    wakeService: ({ context }): Told =>
      tell(cell.service(context.forProcess ?? ''), { type: 'consistent' }),
    finish: assign({ forProcess: null, waitingFor: [] }),
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
          actions: ['begin', 'considerOthers', 'listOpener', 'goOn'],
        },
      },
    },
    starting: {
      on: {
        awaits: { actions: 'await' },
        proceed: [
          { guard: 'nobodyIsAwaited', target: 'idle', actions: ['wakeService', 'finish'] },
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

/** Whether the opener may cache: nobody else writes, and it does not write while others use. */
export function mayCache({ mode, others }: Pick<Started, 'mode' | 'others'>): boolean {
  return others.every(
    ({ references, writers }) => writers === 0 && (mode === 'read' || references === 0),
  );
}

function consider(file: File, host: Host, started: Started): ReturnType<typeof tell> {
  return tell(cell.entry(file, host), {
    type: 'considered',
    cachable: mayCache(started),
    openerWrites: started.mode === 'write',
    lastWriter: started.lastWriter === host,
  });
}

export function consistencyObserves(file: File, clients: readonly Host[]): Observes {
  return {
    started: (look: Look, event) => ({
      others: clients
        .filter((host) => host !== event['opener'])
        .map((host) => {
          const { references, writers } = look(cell.entry(file, host)).context as EntryContext;
          return { host, references, writers };
        }),
      lastWriter: (look(cell.file(file)).context as FileContext).lastWriter,
    }),
  };
}
