/**
 * The eviction of a host's visitors when its owner returns, and the sleep of a requester of a migration.
 *
 *   The evictor asks every visitor to go home and waits until all visitors that were there are gone: each
 *   reports to it, whether it went home, ended, or failed to go. A visitor that is still arriving goes when
 *   it has been resumed, if it ever is; the evictor also awaits a visitor that is already on its way home.
 *
 *   States:
 *     idle     evictor: no eviction
 *     waiting  evictor: visitors have not gone yet; requester: its migration is not over
 *     awake    requester: it waits for no migration
 *
 * Paper     §1, §2 (noninvasive), §5 "Hiding remote execution"
 * Kernel    proc/procMigrate.c Proc_EvictForeignProcs, WaitForEviction, ProcMigEvictionComplete;
 *           Proc_WaitForMigration
 * Observes  `ownerReturned`: the control blocks here, and whether their processes end already
 * Left out  an evictor that is interrupted
 */
import { assign, setup } from 'xstate';
import { evictionObserves } from '../observations/eviction.ts';
import type { OfHost, OfProcess, PartOf } from '../part.ts';
import { on, send, type Effects, type Observed } from '../vocabulary/cell.ts';
import { cell, type Host, type Process } from '../vocabulary/ids.ts';

export type EvictionContext = {
  readonly host: Host;
  /** How often the owner may still return. */
  readonly left: number;
  /** The visitors that have not gone yet. */
  readonly awaited: readonly Process[];
};

/** A process as the evictor finds it on its host. */
export type FoundVisitor = {
  readonly process: Process;
  /** The state of its control block here. */
  readonly is: string;
  readonly home: Host | null;
  readonly isExiting: boolean;
  readonly isKilled: boolean;
};

export type EvictionEvent =
  | ({ type: 'ownerReturned' } & Observed<{ found: readonly FoundVisitor[] }>)
  | { type: 'left'; process: Process; inVain?: boolean }
  | { type: 'crashed' };

export function evictionContext(host: Host, left: number): EvictionContext {
  return { host, left, awaited: [] };
}

export const evictionMachine = setup({
  types: { context: {} as EvictionContext, events: {} as EvictionEvent },
  guards: {
    hasVisitors: (step) => visitors(step).length > 0,
    wasLast: ({ context, event }) =>
      context.awaited.every((process) => process === on(event, 'left').process),
  },
  actions: {
    ignore: () => undefined,
    begin: assign((step) => ({ left: step.context.left - 1, awaited: visitors(step) })),
    askVisitors: (step): Effects =>
      visitors(step).map((process) =>
        send(cell.source(process), { type: 'evicted', from: step.context.host }),
      ),
    noteBeginning: ({ context }): Effects => send(cell.visitors(context.host), { type: 'began' }),
    noteLeft: ({ context, event }): Effects => {
      const { process, inVain } = on(event, 'left');
      return send(cell.visitors(context.host), {
        type: inVain === true ? 'stays' : 'left',
        process,
      });
    },
    noteCrash: ({ context }): Effects => send(cell.visitors(context.host), { type: 'crashed' }),
    strikeOff: assign(({ context, event }) => ({
      awaited: context.awaited.filter((process) => process !== on(event, 'left').process),
    })),
    forget: assign(({ context }) => evictionContext(context.host, context.left)),
  },
}).createMachine({
  id: 'eviction',
  context: evictionContext('', 0),
  initial: 'idle',
  states: {
    idle: {
      on: {
        ownerReturned: {
          guard: 'hasVisitors',
          target: 'waiting',
          actions: ['noteBeginning', 'begin', 'askVisitors'],
        },
        left: { actions: 'ignore' },
        crashed: { actions: 'forget' },
      },
    },
    waiting: {
      on: {
        left: [
          { guard: 'wasLast', target: 'idle', actions: ['noteLeft', 'forget'] },
          { actions: ['noteLeft', 'strikeOff'] },
        ],
        crashed: { target: 'idle', actions: ['noteCrash', 'forget'] },
      },
    },
  },
});

const ARRIVING = ['shell', 'arriving', 'arrived'];

function visitors({
  context,
  event,
}: {
  readonly context: EvictionContext;
  readonly event: EvictionEvent;
}): readonly Process[] {
  return visitorsAmong(on(event, 'ownerReturned').found, context.host);
}

/** Who must go: every visitor, but for those that end anyway. */
export function visitorsAmong(found: readonly FoundVisitor[], host: Host): readonly Process[] {
  return found
    .filter(
      ({ is, home, isExiting, isKilled }) =>
        home !== host &&
        (is === 'frozen' || ARRIVING.includes(is) || (is === 'running' && !isExiting && !isKilled)),
    )
    .map(({ process }) => process);
}

export const evictionPart: PartOf<typeof evictionMachine, OfHost> = {
  machine: evictionMachine,
  observes: evictionObserves,
  offers: { idle: ({ left }) => (left > 0 ? [{ type: 'ownerReturned' }] : []) },
};

export type RequesterEvent = { type: 'waits' } | { type: 'woken' };

/** The requester of a migration sleeps until it is over, however it ends. */
export type RequesterContext = { readonly process: Process };

export const requesterMachine = setup({
  types: {
    context: {} as RequesterContext,
    events: {} as RequesterEvent,
  },
  actions: { ignore: () => undefined },
}).createMachine({
  id: 'requester',
  context: { process: '' },
  initial: 'awake',
  states: {
    awake: { on: { waits: { target: 'waiting' }, woken: { actions: 'ignore' } } },
    waiting: { on: { woken: { target: 'awake' }, waits: { actions: 'ignore' } } },
  },
});

export const requesterPart: PartOf<typeof requesterMachine, OfProcess> = {
  machine: requesterMachine,
  observes: {},
  offers: {},
};
