/** What earlier kernels answered to a call from a process that home had not switched away yet. */
import { and } from 'xstate';
import type { AnyStateMachine } from 'xstate';
import { homeCallConfig, homeCallSetup, homeCallStates } from '../machines/home-call.machine.ts';

const { arrived } = homeCallStates;

/** "No such process": and the caller is killed. */
export const strangerWhileSwitching: AnyStateMachine = homeCallSetup.createMachine({
  ...homeCallConfig,
  states: {
    ...homeCallStates,
    arrived: {
      on: {
        ...arrived.on,
        served: [
          { guard: and(['isWait', 'isSwitching']), target: 'replied', actions: 'replyNoPeer' },
          ...arrived.on.served,
        ],
      },
    },
  },
});

/** An exit is noted as an error of the migration, and answered as if all were well. */
export const exitIsAnError: AnyStateMachine = homeCallSetup.createMachine({
  ...homeCallConfig,
  states: {
    ...homeCallStates,
    arrived: {
      on: {
        ...arrived.on,
        served: [
          {
            guard: and(['isExit', 'isSwitching']),
            target: 'replied',
            actions: ['noteMigrationError', 'replyDone'],
          },
          ...arrived.on.served,
        ],
      },
    },
  },
});
