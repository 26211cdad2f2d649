/**
 * One file-system call that the I/O server serves: OPEN, CLOSE, or MIGRATE of one stream.
 *
 *   In each state the server holds no monitor, and something else may happen:
 *
 *   States:
 *     idle        no call
 *     arrived     the request is in flight, or waits for a lock
 *     counted     OPEN: the file's use counts have the use; it waits for the consistency round before it
 *     calling     MIGRATE: the source is being asked to release its reference
 *     accounting  MIGRATE: the stream has moved; the file's use counts have not
 *     consulting  OPEN, MIGRATE: consistency call-backs are out
 *     checking    CLOSE: uses are given up; does an unlinked file go?
 *     replied     the reply is in flight
 *
 *   A migration holds the shadow stream while it calls the source, never the I/O handle: a close
 *   at the source may hold that host's handle and want the server's.
 *
 * Paper     §2, §5 "Distributed bookkeeping is difficult"
 * Kernel    fsrmt Fsrmt_RpcOpen, Fsrmt_RpcClose, Fsrmt_RpcMigrateStream; fsio/fsioStream.c
 *           Fsio_StreamMigClient; fsio/fsioMigrate.c Fsio_MigrateUseCounts; fsconsist
 *           Fsconsist_MigrateConsistency
 * Observes  `served`: locks, the shadow's clients, the consistency round, the file and its name;
 *           `consistent`: what the reply says; `releaseTaken`: the source's answer
 * Left out  a full disk
 */
import { and, assign, not, or, setup } from 'xstate';
import { just, type OfProcess, type PartOf } from '../part.ts';
import { type Look, on } from '../vocabulary/cell.ts';
import { cell } from '../vocabulary/ids.ts';
import type { EntryContext } from './entry.machine.ts';
import type { FileContext } from './file.machine.ts';
import type { ReleaseContext } from './release.machine.ts';
import { serviceEffects } from './service.effects.ts';
import {
  refusal,
  type ServiceContext,
  serviceContext,
  type ServiceEvent,
} from './service.events.ts';
import type { ShadowContext } from './shadow.machine.ts';

/** In the middle of a call the server finishes it, whether the caller still lives or not. */
export const serviceMachine = setup({
  types: { context: {} as ServiceContext, events: {} as ServiceEvent },
  guards: {
    isOpen: ({ context }) => context.call === 'open',
    isClose: ({ context }) => context.call === 'close',
    isMigrate: ({ context }) => context.call === 'migrate',
    callerIsGone: ({ context }) => context.callerIsGone,
    callerCrashed: ({ context, event }) => context.caller === on(event, 'hostCrashed').host,
    fileIsFree: ({ event }) => on(event, 'served').fileIsFree,
    shadowIsFree: ({ event }) => on(event, 'served').shadowIsFree,
    sourceIsClient: ({ event }) => on(event, 'served').sourceIsClient,
    roundIsIdle: ({ event }) => on(event, 'served').roundIsIdle,
    nameIsThere: ({ event }) => on(event, 'served').isLinked,
    /** In the clean-up after the source its last use may have gone, and the file with it. */
    fileIsThere: ({ event }) => on(event, 'served').fileIsThere,
    sourceHasAnswered: ({ event }) => on(event, 'releaseTaken').answered,
    sourceRefused: ({ event }) => on(event, 'releaseTaken').isRefused,
    sourceHasFinished: ({ event }) => on(event, 'served').sourceHasFinished,
    /** It is not when a call-back has found it dead since: then its uses are gone already. */
    sourceIsListed: ({ event }) => on(event, 'served').sourceIsListed,
  },
  actions: {
    ...serviceEffects,
    ignore: () => undefined,
    begin: assign(({ context, event }) => {
      const { type, caller, file, stream, mode } = on(event, 'opening', 'closing', 'migrating');
      const call = type === 'opening' ? 'open' : type === 'closing' ? 'close' : 'migrate';
      return { ...serviceContext(context.process), call, caller, file, stream, mode } as const;
    }),
    noteLastBlock: assign(({ event }) => ({
      lastDirtyBlock: on(event, 'closing').lastDirtyBlock,
    })),
    beginMigrating: assign(({ event }) => {
      const { source, isNew, offset } = on(event, 'migrating');
      return { source, isNew, carriedOffset: offset };
    }),
    noteAnswer: assign(({ event }) => ({ sourceInUse: on(event, 'releaseTaken').inUse })),
    replyFound: assign(({ event }) => {
      const { cachable, version, size, stamp, offset, shared } = on(event, 'consistent');
      return { reply: { ok: true, cachable, version, size, stamp, offset, shared } };
    }),
    replyDone: assign({ reply: { ...refusal, ok: true } }),
    replyRefused: assign({ reply: refusal }),
    noteCallerGone: assign({ callerIsGone: true }),
    forget: assign(({ context }) => serviceContext(context.process)),
  },
}).createMachine({
  id: 'service',
  context: serviceContext(''),
  initial: 'idle',
  on: {
    hostCrashed: [{ guard: 'callerCrashed', actions: 'noteCallerGone' }, { actions: 'ignore' }],
  },
  states: {
    idle: {
      on: {
        opening: { target: 'arrived', actions: 'begin' },
        closing: { target: 'arrived', actions: ['begin', 'noteLastBlock'] },
        migrating: { target: 'arrived', actions: ['begin', 'beginMigrating'] },
        hostCrashed: { actions: 'ignore' },
      },
    },
    arrived: {
      on: {
        served: [
          // OPEN of a name that is gone: an error.
          {
            guard: and(['isOpen', not('nameIsThere')]),
            target: 'replied',
            actions: ['observeNoName', 'replyRefused'],
          },
          // OPEN: the use is counted while the handle is locked.
          {
            guard: and(['isOpen', 'fileIsFree']),
            target: 'counted',
            actions: ['observeName', 'countOpen'],
          },
          // CLOSE leaves the shadow and gives its use up.
          {
            guard: and(['isClose', 'fileIsFree']),
            target: 'checking',
            actions: ['leaveShadow', 'giveUpUse'],
          },
          // MIGRATE, but the source has no such stream any more.
          {
            guard: and([
              'isMigrate',
              'shadowIsFree',
              or([not('sourceIsClient'), not('fileIsThere')]),
            ]),
            target: 'replied',
            actions: 'replyRefused',
          },
          // MIGRATE: the shadow is locked while the source is asked. Otherwise the request waits
          // for a lock.
          {
            guard: and(['isMigrate', 'shadowIsFree']),
            target: 'calling',
            actions: ['lockShadow', 'reserveUse', 'callSource'],
          },
        ],
        // A request dies with the host that sent it.
        hostCrashed: [
          { guard: 'callerCrashed', target: 'idle', actions: 'forget' },
          { actions: 'ignore' },
        ],
      },
    },
    counted: {
      on: {
        // The version goes up when the round begins: no reply has it whose data are older.
        served: {
          guard: 'roundIsIdle',
          target: 'consulting',
          actions: ['noteUse', 'raiseVersion', 'makeConsistent'],
        },
      },
    },
    checking: {
      on: {
        checked: [
          { guard: 'callerIsGone', target: 'idle', actions: ['removeIfUnused', 'forget'] },
          { target: 'replied', actions: ['removeIfUnused', 'replyDone'] },
        ],
      },
    },
    calling: {
      on: {
        releaseTaken: [
          // The source keeps its reference, and the target has crashed: the call ends.
          {
            guard: and(['sourceHasAnswered', 'sourceRefused', 'callerIsGone']),
            target: 'idle',
            actions: [
              'unlockShadow',
              'dropReservation',
              'removeIfUnused',
              'acknowledgeRelease',
              'forget',
            ],
          },
          // The source keeps its reference: the migration of the stream fails.
          {
            guard: and(['sourceHasAnswered', 'sourceRefused']),
            target: 'replied',
            actions: [
              'unlockShadow',
              'dropReservation',
              'removeIfUnused',
              'acknowledgeRelease',
              'replyRefused',
            ],
          },
          // The stream moves from source to target. Otherwise the answer is not there yet.
          {
            guard: 'sourceHasAnswered',
            target: 'accounting',
            actions: ['noteAnswer', 'moveStream', 'unlockShadow', 'acknowledgeRelease'],
          },
        ],
      },
    },
    accounting: {
      on: {
        served: [
          {
            guard: and(['fileIsFree', 'roundIsIdle', 'sourceHasFinished', 'sourceIsListed']),
            target: 'consulting',
            actions: [
              'noteUse',
              'dropReservation',
              'countMoveFinished',
              'removeSource',
              'makeConsistent',
            ],
          },
          {
            guard: and(['fileIsFree', 'roundIsIdle']),
            target: 'consulting',
            actions: ['noteUse', 'dropReservation', 'countMove', 'makeConsistent'],
          },
        ],
      },
    },
    consulting: {
      on: {
        consistent: [
          // OPEN of a caller that has crashed: the clean-up after it needs the shadow.
          {
            guard: and(['isOpen', 'callerIsGone']),
            target: 'idle',
            actions: ['createShadow', 'forget'],
          },
          // MIGRATE of a target that has crashed: the shadow exists already.
          { guard: 'callerIsGone', target: 'idle', actions: 'forget' },
          // OPEN: the stream gets its shadow.
          {
            guard: 'isOpen',
            target: 'replied',
            actions: ['createShadow', 'noteVersion', 'replyFound'],
          },
          // MIGRATE has a shadow already.
          { target: 'replied', actions: ['noteVersion', 'replyFound'] },
        ],
      },
    },
    replied: {
      on: {
        taken: { target: 'idle', actions: 'forget' },
        hostCrashed: [
          { guard: 'callerCrashed', target: 'idle', actions: 'forget' },
          { actions: 'ignore' },
        ],
      },
    },
  },
});

export const servicePart: PartOf<typeof serviceMachine, OfProcess> = {
  machine: serviceMachine,
  observes: {
    served: (look, place) => {
      const { call, file, stream, source, sourceInUse } = self(look, place);
      const { lockedBy, linked, removals } = look(cell.file(file)).context as FileContext;
      const round = look(cell.consistency(file)).value;
      const shadow = look(cell.shadow(stream)).context as ShadowContext;
      return {
        fileIsFree: lockedBy === null,
        isLinked: linked,
        fileIsThere: removals === 0,
        roundIsIdle: call === 'close' || round === 'idle',
        shadowIsFree: shadow.lockedBy === null,
        sourceIsClient: call === 'migrate' && shadow.clients.includes(source),
        sourceIsListed: call === 'migrate' && look(cell.entry(file, source)).value === 'listed',
        sourceHasFinished: !sourceInUse,
      };
    },
    releaseTaken: (look, { process }) => {
      const release = look(cell.release(process));
      const { inUse, isRefused, offset } = release.context as ReleaseContext;
      return { answered: release.value === 'answered', isRefused, inUse, offset };
    },
    consistent: (look, place) => {
      const { file, stream, caller } = self(look, place);
      const { version, size } = look(cell.file(file)).context as FileContext;
      const { cached, stamp } = look(cell.entry(file, caller)).context as EntryContext;
      const { offset, shared } = look(cell.shadow(stream)).context as ShadowContext;
      return { cachable: cached, version, size, stamp, offset, shared };
    },
  },
  offers: {
    arrived: just('served'),
    counted: just('served'),
    checking: just('checked'),
    calling: just('releaseTaken'),
    accounting: just('served'),
  },
};

function self(look: Look, { process }: OfProcess): ServiceContext {
  return look(cell.service(process)).context as ServiceContext;
}
