/**
 * The I/O server's call with other lock orders: the same table with single states replaced.
 *
 *   `sprite` never holds a file while it waits. Earlier kernels did, in the three ways here.
 */
import { and, not } from 'xstate';
import type { AnyStateMachine } from 'xstate';
import { serviceConfig, serviceSetup, serviceStates } from '../machines/service.machine.ts';

const { arrived } = serviceStates;
const [refusedOpen, open, close, refusedMigrate, migrate] = arrived.on.served;
const whenCallerCrashes = arrived.on.hostCrashed;

/** MIGRATE keeps the I/O handle locked through its call-back to the source. */
export const fileHeldThroughCallBack: AnyStateMachine = serviceSetup.createMachine({
  ...serviceConfig,
  states: {
    ...serviceStates,
    arrived: {
      on: {
        hostCrashed: whenCallerCrashes,
        served: [
          refusedOpen,
          open,
          close,
          refusedMigrate,
          {
            guard: and(['isMigrate', 'shadowIsFree', 'fileIsFree']),
            target: 'calling',
            actions: ['lockFile', 'lockShadow', 'reserveUse', 'callSource'],
          },
        ],
      },
    },
    calling: {
      on: {
        releaseTaken: {
          guard: 'sourceHasAnswered',
          target: 'accounting',
          actions: ['noteAnswer', 'moveStream', 'unlockShadow', 'unlockFile', 'acknowledgeRelease'],
        },
      },
    },
  },
});

/** MIGRATE takes the I/O handle, then the shadow; and keeps the shadow until it has the handle again. */
export const shadowHeldForFile: AnyStateMachine = serviceSetup.createMachine({
  ...serviceConfig,
  states: {
    ...serviceStates,
    arrived: {
      on: {
        hostCrashed: whenCallerCrashes,
        served: [
          refusedOpen,
          open,
          close,
          {
            guard: and(['isMigrate', 'fileIsFree']),
            target: 'holding',
            actions: 'lockFile',
          },
        ],
      },
    },
    holding: {
      on: {
        served: [
          {
            guard: and(['shadowIsFree', not('sourceIsClient')]),
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
    calling: {
      on: {
        releaseTaken: {
          guard: 'sourceHasAnswered',
          target: 'accounting',
          actions: ['noteAnswer', 'moveStream', 'acknowledgeRelease'],
        },
      },
    },
    accounting: {
      on: {
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
  },
});

/** CLOSE takes the I/O handle first and keeps it while it waits for a migration of its stream. */
export const closeWaitsForMigration: AnyStateMachine = serviceSetup.createMachine({
  ...serviceConfig,
  states: {
    ...serviceStates,
    arrived: {
      on: {
        hostCrashed: whenCallerCrashes,
        served: [
          refusedOpen,
          open,
          { guard: and(['isClose', 'fileIsFree']), target: 'closing', actions: 'lockFile' },
          refusedMigrate,
          migrate,
        ],
      },
    },
    closing: {
      on: {
        served: {
          guard: 'shadowIsFree',
          target: 'checking',
          actions: ['leaveShadow', 'giveUpUse', 'unlockFile'],
        },
      },
    },
  },
});

/** OPEN keeps the I/O handle locked while it waits for answers whose handling needs it. */
export const fileHeldForAnswers: AnyStateMachine = serviceSetup.createMachine({
  ...serviceConfig,
  states: {
    ...serviceStates,
    arrived: {
      on: {
        hostCrashed: whenCallerCrashes,
        served: [
          refusedOpen,
          {
            guard: and(['isOpen', 'fileIsFree', 'roundIsIdle']),
            target: 'consulting',
            actions: ['observeName', 'noteUse', 'countOpen', 'lockFile', 'makeConsistent'],
          },
          close,
          refusedMigrate,
          migrate,
        ],
      },
    },
    consulting: {
      on: {
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
  },
});
