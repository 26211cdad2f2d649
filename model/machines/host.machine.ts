/**
 * A workstation: up or down. A crash takes with it everything that this host alone knew.
 *
 * Paper     §3 (failures)
 * Kernel    recov/recovery.c
 * Observes  `crashes`: how many crashes the scenario still allows
 */
import { assign, setup } from 'xstate';
import { tell, type Observes, type Told } from '../vocabulary/cell.ts';
import { cell, type File, type Host, type Process, type Stream } from '../vocabulary/ids.ts';

export type HostContext = {
  readonly host: Host;
  /** What may be here: set once, from the scenario. */
  readonly processes: readonly Process[];
  readonly streams: readonly Stream[];
  readonly files: readonly File[];
  readonly hasPages: boolean;
};

export type HostEvent = { type: 'crashes'; crashesLeft: boolean };

export const hostMachine = setup({
  types: { context: {} as HostContext, events: {} as HostEvent },
  guards: { mayCrash: ({ event }) => event.crashesLeft },
  actions: {
    loseEverything: ({ context }): Told => {
      const { host, processes, streams, files, hasPages } = context;
      return [
        tell('faults', { type: 'crashed' }),
        ...files.map((file) => tell(cell.recall(file, host), { type: 'crashed' })),
        ...files.map((file) => tell(cell.handle(file, host), { type: 'crashed' })),
        ...streams.map((stream) => tell(cell.stream(stream, host), { type: 'crashed' })),
        ...processes.flatMap((process) => [
          tell(cell.thread(process), { type: 'hostCrashed', host }),
          tell(cell.process(process, host), { type: 'crashed' }),
          ...(hasPages ? [tell(cell.memory(process, host), { type: 'crashed' })] : []),
          tell(cell.release(process), { type: 'crashed', host }),
          tell(cell.service(process), { type: 'hostCrashed', host }),
          tell(cell.homeCall(process), { type: 'hostCrashed', host }),
          tell(cell.target(process), { type: 'hostCrashed', host }),
          tell(cell.source(process), { type: 'hostCrashed', host }),
        ]),
        tell(cell.eviction(host), { type: 'crashed' }),
        tell(cell.cleanup(host), { type: 'begun' }),
      ];
    },
  },
}).createMachine({
  id: 'host',
  context: { host: '', processes: [], streams: [], files: [], hasPages: false },
  initial: 'up',
  states: {
    up: { on: { crashes: { guard: 'mayCrash', target: 'down', actions: 'loseEverything' } } },
    down: {},
  },
});

export type FaultsContext = { readonly crashes: number; readonly losses: number };

/** How many faults are left, of all hosts together. */
export const faultsMachine = setup({
  types: {
    context: {} as FaultsContext,
    events: {} as { type: 'crashed' } | { type: 'replyLost' },
  },
  actions: {
    spendCrash: assign(({ context }) => ({ crashes: context.crashes - 1 })),
    spendLoss: assign(({ context }) => ({ losses: context.losses - 1 })),
  },
}).createMachine({
  id: 'faults',
  context: { crashes: 0, losses: 0 },
  initial: 'counting',
  states: {
    counting: {
      on: { crashed: { actions: 'spendCrash' }, replyLost: { actions: 'spendLoss' } },
    },
  },
});

export const hostObserves: Observes = {
  crashes: (look) => ({ crashesLeft: (look('faults').context as FaultsContext).crashes > 0 }),
};
