/**
 * What a kernel with a single host would know of a process: what it has asked for, how it ended, and which
 * parent must still learn that. A ghost: only properties read it.
 *
 *   `asked` is what the process must find wherever it runs; a child gets it from its parent's ghost, not
 *   from the kernel that forked it. `image` is what its kernel had when the process was trapped, and
 *   `imageAfter` what it had if the process continued there, if that differs.
 *
 *   States:
 *     watching  the only state
 *
 * Paper     §1, §2 (transparency; exit and wait at the home)
 * Kernel    none
 * Observes  `forked`: what the parent has asked; `trapped`, `wentOn`: the control block; `hostCrashed`:
 *           whether the crash concerns the process, its target or its parent
 * Left out  nothing
 */
import { assign, setup } from 'xstate';
import { fateObserves } from '../observations/ghosts.ts';
import type { OfProcess, PartOf } from '../part.ts';
import { on, type Observed } from '../vocabulary/cell.ts';
import type { Host, Process, Stream } from '../vocabulary/ids.ts';

/** What a process has of its kernel: the file each descriptor names, and whether its signals are held. */
export type Image = {
  readonly descriptors: readonly (Stream | null)[];
  readonly holdsSignals: boolean;
};

export type FateContext = {
  readonly status: 'exited' | 'destroyed' | null;
  /** What it has asked for: what it opened and has not closed, and its signals. */
  readonly asked: Image;
  /** The child of a wait that it has made away from home, and that has not returned. */
  readonly waitsFor: Process | null;
  /**
   * It may be killed, and is known as destroyed: for good when its home or the host it was on has
   * crashed; when the host it was to go to has, until it goes on where it is.
   */
  readonly mayDie: 'forGood' | 'inMigration' | null;
  /** Its parent, from the fork until the parent has learned the end, or has ended itself. */
  readonly owedTo: Process | null;
  /** The status that `wait` has returned to its parent. */
  readonly reported: 'exited' | 'destroyed' | null;
  /** A parent to which `wait` has denied the child, although it must still learn the child's end. */
  readonly deniedTo: Process | null;
  /** What it had when it was trapped, while a migration can still be given up. */
  readonly image: Image | null;
  /** What it had when it went on instead, where that differs. */
  readonly imageAfter: Image | null;
};

export type FateEvent =
  | { type: 'ended'; status: 'exited' | 'destroyed' }
  | { type: 'heldSignals' }
  | { type: 'opened'; descriptor: number; stream: Stream }
  | { type: 'closed'; descriptor: number }
  | { type: 'waits'; child: Process }
  | { type: 'waitReturned' }
  | ({ type: 'hostCrashed'; host: Host } & Observed<{
      /** Its home, or where it runs, or where it is being forked. */
      isItsOwn: boolean;
      /** Where it runs: it is gone with the host. */
      ranThere: boolean;
      /** The target of a migration that can no longer be broken off. */
      isItsTarget: boolean;
      /** Its home, or where its parent runs. */
      isOfParent: boolean;
    }>)
  | { type: 'reportedTo'; status: 'exited' | 'destroyed' | null; parent: Process }
  | { type: 'deniedTo'; parent: Process }
  | ({ type: 'forked'; parent: Process } & Observed<{ asked: Image }>)
  | { type: 'orphaned' }
  | ({ type: 'trapped' } & Observed<{ image: Image }>)
  | { type: 'left' }
  | ({ type: 'wentOn' } & Observed<{ image: Image }>);

export function fateContext(descriptors: number): FateContext {
  return {
    status: null,
    asked: { descriptors: Array.from({ length: descriptors }, () => null), holdsSignals: false },
    waitsFor: null,
    mayDie: null,
    owedTo: null,
    reported: null,
    deniedTo: null,
    image: null,
    imageAfter: null,
  };
}

function areAlike(one: Image, other: Image): boolean {
  const isSame = (stream: Stream | null, descriptor: number): boolean =>
    stream === other.descriptors[descriptor];
  return (
    one.holdsSignals === other.holdsSignals &&
    one.descriptors.length === other.descriptors.length &&
    one.descriptors.every(isSame)
  );
}

export const fateMachine = setup({
  types: { context: {} as FateContext, events: {} as FateEvent },
  guards: {
    isUnchanged: ({ context, event }) =>
      context.image !== null && areAlike(on(event, 'wentOn').image, context.image),
    isByItself: ({ event }) => on(event, 'ended').status === 'exited',
    isOwedTo: ({ context, event }) => context.owedTo === on(event, 'reportedTo', 'deniedTo').parent,
    concernsIt: ({ event }) => {
      const { isItsOwn, isItsTarget, isOfParent } = on(event, 'hostCrashed');
      return isItsOwn || isItsTarget || isOfParent;
    },
    ranThere: ({ event }) => on(event, 'hostCrashed').ranThere,
  },
  actions: {
    ignore: () => undefined,
    noteLoss: assign(({ context, event }) => {
      const { isItsOwn, isItsTarget, isOfParent } = on(event, 'hostCrashed');
      const inMigration = isItsTarget ? 'inMigration' : context.mayDie;
      return {
        mayDie: isItsOwn || context.mayDie === 'forGood' ? 'forGood' : inMigration,
        owedTo: isOfParent ? null : context.owedTo,
      } as const;
    }),
    forgetParent: assign({ owedTo: null }),
    noteReported: assign(({ event }) => ({ reported: on(event, 'reportedTo').status })),
    noteDenied: assign(({ event }) => ({ deniedTo: on(event, 'deniedTo').parent })),
    note: assign(({ event }) => ({ status: on(event, 'ended').status })),
    noteHeld: assign(({ context }) => ({ asked: { ...context.asked, holdsSignals: true } })),
    noteOpened: assign(({ context, event }) => {
      const { descriptor, stream } = on(event, 'opened');
      return { asked: naming(context.asked, descriptor, stream) };
    }),
    noteClosed: assign(({ context, event }) => ({
      asked: naming(context.asked, on(event, 'closed').descriptor, null),
    })),
    noteWait: assign(({ event }) => ({ waitsFor: on(event, 'waits').child })),
    endWait: assign({ waitsFor: null }),
    /** What it asked for means nothing when it is gone. */
    forgetCalls: assign(({ context }) => ({
      asked: fateContext(context.asked.descriptors.length).asked,
      waitsFor: null,
    })),
    /** A name that is forked again is another process. */
    begin: assign(({ event }) => {
      const { parent, asked } = on(event, 'forked');
      return { ...fateContext(0), owedTo: parent, asked };
    }),
    keepImage: assign(({ event }) => ({ image: on(event, 'trapped').image })),
    dropImage: assign({ image: null }),
    goOn: assign(({ context }) => (context.mayDie === 'inMigration' ? { mayDie: null } : {})),
    noteImage: assign(({ event }) => ({ imageAfter: on(event, 'wentOn').image })),
  },
}).createMachine({
  id: 'fate',
  context: fateContext(0),
  initial: 'watching',
  states: {
    watching: {
      on: {
        ended: [
          { guard: 'isByItself', actions: ['note', 'forgetCalls', 'goOn'] },
          { actions: ['note', 'forgetCalls'] },
        ],
        heldSignals: { actions: 'noteHeld' },
        opened: { actions: 'noteOpened' },
        closed: { actions: 'noteClosed' },
        waits: { actions: 'noteWait' },
        waitReturned: { actions: 'endWait' },
        hostCrashed: [
          // The host on which it ran: its calls are lost with it.
          { guard: 'ranThere', actions: ['noteLoss', 'forgetCalls'] },
          // Its home, its target, or its parent.
          { guard: 'concernsIt', actions: 'noteLoss' },
          // Another host.
          { actions: 'ignore' },
        ],
        reportedTo: [
          { guard: 'isOwedTo', actions: ['noteReported', 'forgetParent'] },
          { actions: 'noteReported' },
        ],
        deniedTo: [{ guard: 'isOwedTo', actions: 'noteDenied' }, { actions: 'ignore' }],
        forked: { actions: 'begin' },
        orphaned: { actions: 'forgetParent' },
        trapped: { actions: 'keepImage' },
        left: { actions: 'dropImage' },
        wentOn: [
          { guard: 'isUnchanged', actions: ['dropImage', 'goOn'] },
          { actions: ['noteImage', 'goOn'] },
        ],
      },
    },
  },
});

export const fatePart: PartOf<typeof fateMachine, OfProcess> = {
  machine: fateMachine,
  observes: fateObserves,
  offers: {},
};

function naming(asked: Image, descriptor: number, stream: Stream | null): Image {
  return { ...asked, descriptors: asked.descriptors.with(descriptor, stream) };
}
