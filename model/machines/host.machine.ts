/**
 * A workstation, up or down, and the budget of faults. A crash destroys everything that only this host
 * knew; a host that comes up again has another boot identifier, by which others learn that it was away.
 *
 *   States:
 *     up        the host runs
 *     down      it has crashed
 *     counting  the budget of faults: the only state
 *
 * Paper     §3 (failures)
 * Kernel    recov/recovery.c Recov_HostAlive, Recov_RebootRegister
 * Observes  `crashes`: how many crashes the scenario still allows; `reboots`: what the file server
 *           still does about the crash
 * Left out  a host that is up again before the file server has cleaned up after it: the server runs
 *           its crash call-backs when it meets the new boot identifier, before it serves the host.
 *           Other hosts may learn of the crash at any later time
 */
import { assign, setup } from 'xstate';
import type { Scenario } from '../scenarios/scenario.ts';
import type { InScenario, OfHost, PartOf } from '../part.ts';
import { on, send, type Effects, type Observed } from '../vocabulary/cell.ts';
import { cell, type File, type Host, type Process, type Stream } from '../vocabulary/ids.ts';

export type HostContext = {
  readonly host: Host;
  /** The boot identifier: how often this host has come up again. */
  readonly boot: number;
  /** What may be here: set once, from the scenario. */
  readonly processes: readonly Process[];
  readonly streams: readonly Stream[];
  readonly files: readonly File[];
  readonly hasPages: boolean;
};

export type HostEvent =
  | ({ type: 'crashes' } & Observed<{ crashesLeft: boolean }>)
  | ({ type: 'reboots' } & Observed<{ isCleanedUp: boolean; isRecalling: boolean }>);

export const hostMachine = setup({
  types: { context: {} as HostContext, events: {} as HostEvent },
  guards: {
    mayCrash: ({ event }) => on(event, 'crashes').crashesLeft,
    serverHasNoticed: ({ event }) => {
      const { isCleanedUp, isRecalling } = on(event, 'reboots');
      return isCleanedUp && !isRecalling;
    },
  },
  actions: {
    countBoot: assign(({ context }) => ({ boot: context.boot + 1 })),
    loseEverything: ({ context }): Effects => {
      const { host, processes, streams, files, hasPages } = context;
      return [
        send(cell.faults(), { type: 'crashed' }),
        ...processes.map((process) => send(cell.fate(process), { type: 'hostCrashed', host })),
        ...files.map((file) => send(cell.recall(file, host), { type: 'crashed' })),
        ...files.map((file) => send(cell.handle(file, host), { type: 'crashed' })),
        ...streams.map((stream) => send(cell.stream(stream, host), { type: 'crashed' })),
        ...processes.flatMap((process) => [
          send(cell.thread(process), { type: 'hostCrashed', host }),
          send(cell.process(process, host), { type: 'crashed' }),
          ...(hasPages ? [send(cell.memory(process, host), { type: 'crashed' })] : []),
          send(cell.release(process), { type: 'crashed', host }),
          send(cell.service(process), { type: 'hostCrashed', host }),
          send(cell.homeCall(process), { type: 'hostCrashed', host }),
          send(cell.target(process), { type: 'hostCrashed', host }),
          send(cell.source(process), { type: 'hostCrashed', host }),
        ]),
        send(cell.eviction(host), { type: 'crashed' }),
        send(cell.cleanup(host), { type: 'begun' }),
      ];
    },
  },
}).createMachine({
  id: 'host',
  context: { host: '', boot: 0, processes: [], streams: [], files: [], hasPages: false },
  initial: 'up',
  states: {
    up: { on: { crashes: { guard: 'mayCrash', target: 'down', actions: 'loseEverything' } } },
    down: { on: { reboots: { guard: 'serverHasNoticed', target: 'up', actions: 'countBoot' } } },
  },
});

export const hostPart: PartOf<typeof hostMachine, OfHost> = {
  machine: hostMachine,
  observes: {
    crashes: (look) => ({
      crashesLeft: (look(cell.faults()).context as FaultsContext).crashes > 0,
    }),
    reboots: (look, { host, scenario }) => ({
      isCleanedUp: look(cell.cleanup(host)).value === 'idle',
      isRecalling: scenario.files.some((file) => look(cell.recall(file, host)).value !== 'idle'),
    }),
  },
  offers: {
    up: (_, { host, scenario }) => (mayCrash(scenario, host) ? [{ type: 'crashes' }] : []),
    down: (_, { host, scenario }) =>
      mayCrash(scenario, host) && scenario.faults?.reboots === true ? [{ type: 'reboots' }] : [],
  },
};

function mayCrash({ faults }: Scenario, host: Host): boolean {
  return faults?.crashes?.of.includes(host) === true;
}

export type FaultsEvent = { type: 'crashed' } | { type: 'replyLost' };

export type FaultsContext = { readonly crashes: number; readonly losses: number };

/** How many faults are left, of all hosts together. */
export const faultsMachine = setup({
  types: {
    context: {} as FaultsContext,
    events: {} as FaultsEvent,
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

export const faultsPart: PartOf<typeof faultsMachine, InScenario> = {
  machine: faultsMachine,
  observes: {},
  offers: {},
};
