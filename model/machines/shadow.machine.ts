/**
 * The shadow stream: the I/O server's record of one stream.
 *
 *   It has one entry in the client list for each host that has the stream. While one host has it, that
 *   host keeps the offset; while several have it, the server does. A migration takes the reference of the
 *   source away and gives one to the target in one section. It locks the shadow while it asks the source; a
 *   close does not wait for that, so the last client may leave meanwhile, and the shadow stays for the
 *   target.
 *
 *   States:
 *     absent   no host has the stream
 *     present  some host has it, or a migration keeps it
 *
 * Paper     §5 "Distributed bookkeeping is difficult"
 * Kernel    fsio/fsioStream.c Fsio_StreamMigClient, Fsio_StreamClientClose
 * Observes  nothing
 * Left out  references of processes on the file server itself, which runs none here
 */
import { assign, setup } from 'xstate';
import type { OfStream, PartOf } from '../part.ts';
import { on } from '../vocabulary/cell.ts';
import type { Host } from '../vocabulary/ids.ts';

export type ShadowContext = {
  readonly clients: readonly Host[];
  readonly offset: number;
  /** RMT_SHARED: the offset here is the one that counts. */
  readonly shared: boolean;
  /** The service that holds the shadow's lock across a call-back. */
  readonly lockedBy: string | null;
};

export type ShadowEvent =
  | { type: 'opened'; host: Host }
  | { type: 'left'; host: Host }
  | { type: 'moved'; source: Host; target: Host; sourceInUse: boolean; offset: number | null }
  | { type: 'advanced' }
  | { type: 'locked'; owner: string }
  | { type: 'unlocked' };

export const shadowContext: ShadowContext = {
  clients: [],
  offset: 0,
  shared: false,
  lockedBy: null,
};

export const shadowMachine = setup({
  types: { context: {} as ShadowContext, events: {} as ShadowEvent },
  guards: {
    isLastClient: ({ context, event }) =>
      context.lockedBy === null && without(context.clients, on(event, 'left').host).length === 0,
    hasNoClients: ({ context }) => context.clients.length === 0,
    sourceHasFinished: ({ event }) => !on(event, 'moved').sourceInUse,
  },
  actions: {
    ignore: () => undefined,
    addFirst: assign(({ event }) => ({ clients: [on(event, 'opened').host] })),
    removeClient: assign(({ context, event }) => ({
      clients: without(context.clients, on(event, 'left').host),
    })),
    removeSource: assign(({ context, event }) => ({
      clients: without(context.clients, on(event, 'moved').source),
    })),
    adoptOffset: assign(({ context, event }) => ({
      offset: on(event, 'moved').offset ?? context.offset,
    })),
    addTarget: assign(({ context, event }) => ({
      clients: including(context.clients, on(event, 'moved').target),
    })),
    decideSharing: assign(({ context }) => ({ shared: context.clients.length > 1 })),
    moveOffset: assign(({ context }) => ({ offset: context.offset + 1 })),
    lock: assign(({ event }) => ({ lockedBy: on(event, 'locked').owner })),
    unlock: assign({ lockedBy: null }),
    forget: assign(shadowContext),
  },
}).createMachine({
  id: 'shadow',
  context: shadowContext,
  initial: 'absent',
  states: {
    absent: {
      on: {
        opened: { target: 'present', actions: 'addFirst' },
        left: { actions: 'ignore' },
        unlocked: { actions: 'ignore' },
      },
    },
    present: {
      on: {
        left: [
          { guard: 'isLastClient', target: 'absent', actions: 'forget' },
          { actions: 'removeClient' },
        ],
        moved: [
          {
            guard: 'sourceHasFinished',
            actions: ['adoptOffset', 'removeSource', 'addTarget', 'decideSharing'],
          },
          { actions: ['adoptOffset', 'addTarget', 'decideSharing'] },
        ],
        advanced: { actions: 'moveOffset' },
        locked: { actions: 'lock' },
        unlocked: [
          { guard: 'hasNoClients', target: 'absent', actions: 'forget' },
          { actions: 'unlock' },
        ],
      },
    },
  },
});

export const shadowPart: PartOf<typeof shadowMachine, OfStream> = {
  machine: shadowMachine,
  observes: {},
  offers: {},
};

function without(hosts: readonly Host[], host: Host): readonly Host[] {
  return hosts.filter((each) => each !== host);
}

function including(hosts: readonly Host[], host: Host): readonly Host[] {
  return hosts.includes(host) ? hosts : [...hosts, host].toSorted();
}
