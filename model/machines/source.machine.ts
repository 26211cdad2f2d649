/**
 * A migration on the host the process leaves, home for a new one, the foreign host for a return.
 *
 *     idle          nobody has asked
 *     asking        INIT is out: does the target accept? (not when the process goes home)
 *     pending       asked; the process runs on until it is trapped
 *     sizing        trapped: each module has said how much it has to move
 *     transferring  encapsulated and sent as a whole; past the point of no return
 *     resuming      the target has it all and is told to resume it: from here both copies live
 *     switching     the target has resumed it; this host has not switched away yet
 *
 * Paper     §2, §5 "Insulating migration is difficult"
 * Kernel    proc/procMigrate.c Proc_Migrate, Proc_MigrateTrap; sig/signals.c Sig_Handle
 * Observes  `requested`: where the process is; `replyTaken`: the target; `trapped`: the thread;
 *           `encapsulated`: the streams behind the descriptors
 * Left out  fragments of a large ENTIRE; who waits for the migration (nobody here needs to)
 */
import { and, assign, setup } from 'xstate';
import { on, tell, type Told } from '../vocabulary/cell.ts';
import { cell, type File, type Host, type Mode, type Process, type Stream } from '../vocabulary/ids.ts';

/** One descriptor in transit: all that the target gets to know of a stream. */
export type Carried = {
  readonly stream: Stream;
  readonly file: File;
  readonly mode: Mode;
  readonly offset: number;
};

export type SourceContext = {
  readonly process: Process;
  /** Migrations that may still be asked for. */
  readonly left: number;
  readonly from: Host | null;
  readonly to: Host | null;
};

export type TargetAnswer = 'none' | 'accepted' | 'refused' | 'unpacked' | 'failed' | 'resumed';

export type SourceEvent =
  | { type: 'requested'; to: Host; isThere: boolean; host: Host; home: Host; targetIsFree: boolean }
  | { type: 'replyTaken'; answer: TargetAnswer }
  | { type: 'trapped'; inUserMode: boolean }
  | { type: 'encapsulated'; carried: readonly (Carried | null)[] }
  | { type: 'processExits' }
  | { type: 'switched' };

export function sourceContext(process: Process, left: number): SourceContext {
  return { process, left, from: null, to: null };
}

export const sourceMachine = setup({
  types: { context: {} as SourceContext, events: {} as SourceEvent },
  guards: {
    isThere: ({ event }) => {
      const { isThere, to, host, targetIsFree } = on(event, 'requested');
      return isThere && targetIsFree && to !== host;
    },
    isAtHome: ({ event }) => on(event, 'requested').host === on(event, 'requested').home,
    goesHome: ({ event }) => on(event, 'requested').to === on(event, 'requested').home,
    accepted: ({ event }) => on(event, 'replyTaken').answer === 'accepted',
    unpacked: ({ event }) => on(event, 'replyTaken').answer === 'unpacked',
    resumed: ({ event }) => on(event, 'replyTaken').answer === 'resumed',
    inUserMode: ({ event }) => on(event, 'trapped').inUserMode,
  },
  actions: {
    ignore: () => undefined,
    begin: assign(({ context, event }) => {
      const { host, to } = on(event, 'requested');
      return { from: host, to, left: context.left - 1 };
    }),
    askTarget: ({ context, event }): Told => {
      const { host, home } = on(event, 'requested');
      return tell(cell.target(context.process), {
        type: 'asked',
        from: host,
        to: on(event, 'requested').to,
        home,
      });
    },
    acknowledge: ({ context }): Told => tell(cell.target(context.process), { type: 'acknowledged' }),
    freeze: ({ context }): Told => [
      tell(cell.thread(context.process), { type: 'frozen' }),
      tell(cell.process(context.process, context.from ?? ''), { type: 'frozen' }),
    ],
    sendEntire: ({ context, event }): Told => [
      tell(cell.process(context.process, context.from ?? ''), { type: 'encapsulated' }),
      tell(cell.target(context.process), {
        type: 'transferred',
        from: context.from,
        to: context.to,
        carried: on(event, 'encapsulated').carried,
      }),
    ],
    sendResume: ({ context }): Told => tell(cell.target(context.process), { type: 'resuming' }),
    destroyTarget: ({ context }): Told => tell(cell.target(context.process), { type: 'destroyed' }),
    switchAway: ({ context }): Told =>
      tell(cell.process(context.process, context.from ?? ''), { type: 'departed', to: context.to }),
    finish: assign({ from: null, to: null }),
  },
}).createMachine({
  id: 'source',
  context: sourceContext('', 0),
  initial: 'idle',
  states: {
    idle: {
      on: {
        requested: [
          {
            guard: and(['isThere', 'isAtHome']),
            target: 'asking',
            actions: ['begin', 'askTarget'],
          },
          { guard: and(['isThere', 'goesHome']), target: 'pending', actions: 'begin' },
        ],
        processExits: { actions: 'ignore' },
      },
    },
    asking: {
      on: {
        replyTaken: [
          { guard: 'accepted', target: 'pending', actions: 'acknowledge' },
        ],
      },
    },
    pending: {
      on: {
        trapped: { guard: 'inUserMode', target: 'sizing', actions: 'freeze' },
        processExits: { target: 'idle', actions: ['destroyTarget', 'finish'] },
      },
    },
    sizing: { on: { encapsulated: { target: 'transferring', actions: 'sendEntire' } } },
    transferring: {
      on: {
        replyTaken: { guard: 'unpacked', target: 'resuming', actions: 'sendResume' },
      },
    },
    resuming: {
      on: {
        replyTaken: { guard: 'resumed', target: 'switching', actions: 'acknowledge' },
      },
    },
    switching: {
      on: {
        switched: { target: 'idle', actions: ['switchAway', 'finish'] },
      },
    },
  },
});
