/**
 * What weaker kernels answer to a call home: from a process that home has not switched away yet, and
 * to one that is asked again.
 */
import { and } from 'xstate';
import type { AnyStateMachine } from 'xstate';
import { homeCallConfig, homeCallSetup, homeCallStates } from '../machines/home-call.machine.ts';
import { on, tell, type Told } from '../vocabulary/cell.ts';
import { cell } from '../vocabulary/ids.ts';

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

/**
 * A fork that is asked for again is done again: home has a child that nobody was told of. The two
 * are alike; the one whose name the caller hears keeps it.
 */
export const forksTwice: AnyStateMachine = homeCallSetup
  .extend({
    guards: { hasSpare: ({ event }) => on(event, 'served').spare !== null },
    actions: {
      forkAgain: ({ context, event }): Told =>
        tell(cell.process(on(event, 'served').spare ?? '', context.home), {
          type: 'createdAway',
          home: context.home,
          parent: context.process,
          peer: context.caller,
        }),
    },
  })
  .createMachine({
    ...homeCallConfig,
    states: {
      ...homeCallStates,
      repeated: {
        on: {
          ...homeCallStates.repeated.on,
          served: [
            { guard: and(['isFork', 'hasSpare']), target: 'replied', actions: 'forkAgain' },
            homeCallStates.repeated.on.served,
          ],
        },
      },
    },
  });
