/**
 * The I/O server's call with other lock orders: `sprite` never holds a file while it waits, and the
 * earlier kernels below did.
 */
import { and, not, or } from 'xstate';
import { sprite } from '../kernel.ts';
import type { ServiceContext } from '../machines/service.events.ts';
import { just } from '../part.ts';
import { send, type Effects } from '../vocabulary/cell.ts';
import { cell } from '../vocabulary/ids.ts';
import { insteadOf, partWith } from './replace.ts';

type Step = { readonly context: ServiceContext };

const locking = {
  lockFile: ({ context }: Step): Effects =>
    send(cell.file(context.file), { type: 'locked', owner: cell.service(context.process) }),
  unlockFile: ({ context }: Step): Effects => send(cell.file(context.file), { type: 'unlocked' }),
};

/** MIGRATE keeps the I/O handle locked through its call-back to the source. */
export const fileHeldThroughCallBack = partWith(sprite.service, {
  adds: { actions: locking },
  transitions: {
    arrived: {
      served: (before) =>
        insteadOf(before, 'calling', {
          guard: and(['isMigrate', 'shadowIsFree', 'fileIsFree']),
          target: 'calling',
          actions: ['lockFile', 'lockShadow', 'reserveUse', 'callSource'],
        }),
    },
    calling: {
      releaseTaken: {
        guard: 'sourceHasAnswered',
        target: 'accounting',
        actions: ['noteAnswer', 'moveStream', 'unlockShadow', 'unlockFile', 'acknowledgeRelease'],
      },
    },
  },
});

/** MIGRATE takes the I/O handle, then the shadow, and keeps the shadow until it has the handle again. */
export const shadowHeldForFile = partWith(sprite.service, {
  adds: {
    actions: locking,
    states: {
      holding: {
        served: [
          {
            guard: and(['shadowIsFree', or([not('sourceIsClient'), not('fileIsThere')])]),
            target: 'replied',
            actions: ['unlockFile', 'replyRefused'],
          },
          {
            guard: 'shadowIsFree',
            target: 'calling',
            actions: ['lockShadow', 'unlockFile', 'reserveUse', 'callSource'],
          },
        ],
      },
    },
  },
  offers: { holding: just('served') },
  transitions: {
    arrived: {
      // `holding` asks whether the source is a client; the first three transitions stay.
      served: (before) => [
        ...before.slice(0, 3),
        { guard: and(['isMigrate', 'fileIsFree']), target: 'holding', actions: 'lockFile' },
      ],
    },
    calling: {
      releaseTaken: {
        guard: 'sourceHasAnswered',
        target: 'accounting',
        actions: ['noteAnswer', 'moveStream', 'acknowledgeRelease'],
      },
    },
    accounting: {
      served: [
        {
          guard: and(['fileIsFree', 'roundIsIdle', 'sourceHasFinished']),
          target: 'consulting',
          actions: [
            'unlockShadow',
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
          actions: ['unlockShadow', 'noteUse', 'dropReservation', 'countMove', 'makeConsistent'],
        },
      ],
    },
  },
});

/** CLOSE takes the I/O handle first and keeps it while it waits for a migration of its stream. */
export const closeWaitsForMigration = partWith(sprite.service, {
  adds: {
    actions: locking,
    states: {
      closing: {
        served: {
          guard: 'shadowIsFree',
          target: 'checking',
          actions: ['leaveShadow', 'giveUpUse', 'unlockFile'],
        },
      },
    },
  },
  offers: { closing: just('served') },
  transitions: {
    arrived: {
      served: (before) =>
        insteadOf(before, 'checking', {
          guard: and(['isClose', 'fileIsFree']),
          target: 'closing',
          actions: 'lockFile',
        }),
    },
  },
});

/** OPEN keeps the I/O handle locked while it waits for answers whose handling needs it. */
export const fileHeldForAnswers = partWith(sprite.service, {
  adds: { actions: locking },
  transitions: {
    arrived: {
      served: (before) =>
        insteadOf(before, 'counted', {
          guard: and(['isOpen', 'fileIsFree']),
          target: 'counted',
          actions: ['observeName', 'countOpen', 'lockFile'],
        }),
    },
    consulting: {
      consistent: [
        { guard: 'callerIsGone', target: 'idle', actions: ['unlockFile', 'forget'] },
        {
          guard: 'isOpen',
          target: 'replied',
          actions: ['unlockFile', 'createShadow', 'replyFound'],
        },
        { target: 'replied', actions: 'replyFound' },
      ],
    },
  },
});
