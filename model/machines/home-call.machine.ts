/**
 * A call that a remote process makes at its home: fork, exit and wait, which are synchronized there
 * wherever the family runs.
 *
 *   Right after a migration, while both copies live, the process may call before its home has switched it to
 *   migrated. Its home then lets the call wait; it never takes the caller for a stranger.
 *
 *   If a reply is lost, the caller asks again, as long as its home is up. Home recognizes the call by its
 *   number, and answers it again without doing it a second time.
 *
 *   States:
 *     idle      no call
 *     arrived   the call is in flight, or waits at home
 *     replied   home has done it; the reply is in flight
 *     silent    the same, and the reply was lost
 *     repeated  the call is in flight once more
 *
 * Paper     §2 (family, exit and wait at the home), §5
 * Kernel    proc/procRpc.c RpcRemoteCall, Proc_RpcRemoteWait; proc/procRemote.c ProcRemoteExit,
 *           ProcRemoteFork
 * Observes  `served`: the home's control block of the caller and of the child; `replyLost`: how many
 *           losses the scenario still allows
 * Left out  the other forwarded calls: none of them changes what is modeled
 */
import { and, assign, not, setup } from 'xstate';
import { just, type OfProcess, type PartOf } from '../part.ts';
import { mayLoseReplies } from '../scenarios/scenario.ts';
import { on, send, type Effects, type Observed } from '../vocabulary/cell.ts';
import { cell, type Host, type Process } from '../vocabulary/ids.ts';
import type { FaultsContext } from './host.machine.ts';
import type { ProcessContext, Status } from './process.machine.ts';

export type HomeCallContext = {
  readonly process: Process;
  readonly call: 'exit' | 'wait' | 'fork' | null;
  readonly home: Host;
  readonly caller: Host;
  readonly child: Process;
  readonly ok: boolean;
  /** The status in the reply to a wait: how the child ended; null if the caller has no such child. */
  readonly status: Status | null;
};

export type HomeCallEvent =
  | { type: 'called'; call: 'exit' | 'wait' | 'fork'; home: Host; caller: Host; child: Process }
  | ({ type: 'served' } & Observed<{
      isMigrated: boolean;
      /** Of a wait: who is waited for has the caller for its parent. */
      isOwnChild: boolean;
      childHasEnded: boolean;
      childStatus: Status | null;
    }>)
  | ({ type: 'replyLost' } & Observed<{ lossesLeft: boolean }>)
  | { type: 'calledAgain' }
  | { type: 'taken' }
  | { type: 'canceled' }
  | { type: 'hostCrashed'; host: Host };

export function homeCallContext(process: Process): HomeCallContext {
  return { process, call: null, home: '', caller: '', child: '', ok: false, status: null };
}

export const homeCallMachine = setup({
  types: { context: {} as HomeCallContext, events: {} as HomeCallEvent },
  guards: {
    isExit: ({ context }) => context.call === 'exit',
    isWait: ({ context }) => context.call === 'wait',
    isFork: ({ context }) => context.call === 'fork',
    isMigrated: ({ event }) => on(event, 'served').isMigrated,
    isOwnChild: ({ event }) => on(event, 'served').isOwnChild,
    childHasEnded: ({ event }) => on(event, 'served').childHasEnded,
    lossesLeft: ({ event }) => on(event, 'replyLost').lossesLeft,
    isParty: ({ context, event }) => {
      const { host } = on(event, 'hostCrashed');
      return host === context.caller || host === context.home;
    },
  },
  actions: {
    ignore: () => undefined,
    begin: assign(({ event }) => {
      const { call, home, caller, child } = on(event, 'called');
      return { call, home, caller, child };
    }),
    exitAtHome: ({ context }): Effects => [
      send(cell.process(context.process, context.home), { type: 'exited', status: 'exited' }),
    ],
    forkAtHome: ({ context }): Effects => [
      send(cell.fate(context.child), { type: 'forked', parent: context.process }),
      send(cell.process(context.child, context.home), {
        type: 'createdAway',
        home: context.home,
        parent: context.process,
        peer: context.caller,
      }),
    ],
    collectChild: ({ context }): Effects =>
      send(cell.process(context.child, context.home), { type: 'collected' }),
    replyStatus: assign(({ event }) => ({ status: on(event, 'served').childStatus })),
    spendLoss: () => send(cell.faults(), { type: 'replyLost' }),
    replyDone: assign({ ok: true }),
    forget: assign(({ context }) => homeCallContext(context.process)),
  },
}).createMachine({
  id: 'homeCall',
  context: homeCallContext(''),
  initial: 'idle',
  on: {
    hostCrashed: [{ guard: 'isParty', target: '.idle', actions: 'forget' }, { actions: 'ignore' }],
  },
  states: {
    idle: {
      on: {
        called: { target: 'arrived', actions: 'begin' },
        canceled: { actions: 'ignore' },
        hostCrashed: { actions: 'ignore' },
      },
    },
    arrived: {
      on: {
        served: [
          // The caller ends.
          {
            guard: and(['isExit', 'isMigrated']),
            target: 'replied',
            actions: ['exitAtHome', 'replyDone'],
          },
          // Home gives the child its identity.
          {
            guard: and(['isFork', 'isMigrated']),
            target: 'replied',
            actions: ['forkAtHome', 'replyDone'],
          },
          // The child has ended: its status goes to the parent.
          {
            guard: and(['isWait', 'isMigrated', 'isOwnChild', 'childHasEnded']),
            target: 'replied',
            actions: ['collectChild', 'replyStatus', 'replyDone'],
          },
          // The caller has no such child. Otherwise the wait goes on.
          {
            guard: and(['isWait', 'isMigrated', not('isOwnChild')]),
            target: 'replied',
            actions: 'replyDone',
          },
        ],
        canceled: { target: 'idle', actions: 'forget' },
      },
    },
    replied: {
      on: {
        replyLost: { guard: 'lossesLeft', target: 'silent', actions: 'spendLoss' },
        taken: { target: 'idle', actions: 'forget' },
        canceled: { target: 'idle', actions: 'forget' },
      },
    },
    silent: {
      on: {
        calledAgain: { target: 'repeated' },
        canceled: { target: 'idle', actions: 'forget' },
      },
    },
    repeated: {
      on: {
        served: { target: 'replied' },
        canceled: { target: 'idle', actions: 'forget' },
      },
    },
  },
});

export const homeCallPart: PartOf<typeof homeCallMachine, OfProcess> = {
  machine: homeCallMachine,
  observes: {
    served: (look, { process }) => {
      const {
        home,
        call,
        child: waitedFor,
      } = look(cell.homeCall(process)).context as HomeCallContext;
      const found = call === 'wait' ? look(cell.process(waitedFor, home)) : undefined;
      const child = found?.context as ProcessContext | undefined;
      return {
        isMigrated: look(cell.process(process, home)).value === 'migrated',
        isOwnChild: child?.parent === process,
        childHasEnded: found?.value === 'zombie',
        childStatus: child?.status ?? null,
      };
    },
    replyLost: (look) => ({
      lossesLeft: (look(cell.faults()).context as FaultsContext).losses > 0,
    }),
  },
  offers: {
    arrived: just('served'),
    repeated: just('served'),
    replied: (_, { scenario }) => (mayLoseReplies(scenario) ? [{ type: 'replyLost' }] : []),
  },
};
