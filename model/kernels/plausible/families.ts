/** Plausible mistakes in what fork, exit and wait do. */
import { assign } from 'xstate';
import { sprite } from '../../kernel.ts';
import type { ProcessContext } from '../../machines/process.machine.ts';
import { on, send, type Effects } from '../../vocabulary/cell.ts';
import { cell } from '../../vocabulary/ids.ts';
import { partWith } from '../replace.ts';
import type { ShippedKernel } from '../shipped.ts';

const descriptorsTurnedRound = partWith(sprite.process, {
  actions: {
    create: assign(({ event }) => {
      const { home, parent, descriptors, holdsSignals } = on(event, 'created');
      return { home, parent, descriptors: descriptors.toReversed(), holdsSignals };
    }),
  },
});

export const families: readonly ShippedKernel[] = [
  {
    id: 'P-home-is-where-forked',
    title: "a child's home is the host on which it is forked, not its parent's home",
    record: 'invented; the rule of LOCUS',
    kernel: {
      ...sprite,
      thread: partWith(sprite.thread, {
        actions: {
          createChildHere: ({ context, event }): Effects => {
            const { descriptors, holdsSignals } = on(event, 'homeReplied');
            const host = context.host ?? '';
            const child = context.child ?? '';
            return [
              send(cell.process(child, host), {
                type: 'createdAsVisitor',
                home: host,
                descriptors,
                holdsSignals,
              }),
              send(cell.thread(child), { type: 'started', host }),
            ];
          },
        },
      }),
    },
    caughtBy: ['identity-never-changes', 'transparency'],
    scenario: 'wait-away-from-home',
  },
  {
    id: 'P-lost-wake-up',
    title: 'home does not wake a remote parent that waits for a child that has ended',
    record: 'invented',
    terms: ['hang'],
    kernel: {
      ...sprite,
      homeCall: partWith(sprite.homeCall, { guards: { childHasEnded: () => false } }),
    },
    caughtBy: ['nothing-waits-for-ever'],
    scenario: 'wait-away-from-home',
  },
  {
    id: 'P-status-not-sent',
    title: 'a remote parent learns that its child has exited, whatever happened to the child',
    record: 'invented',
    kernel: {
      ...sprite,
      homeCall: partWith(sprite.homeCall, {
        actions: { replyStatus: assign({ status: 'exited' }) },
      }),
    },
    caughtBy: ['transparency'],
    scenario: 'status-from-afar',
  },
  {
    id: 'P-no-such-child',
    title: 'home does not know the parent of a child that is forked away from home',
    record: 'invented',
    kernel: {
      ...sprite,
      process: partWith(sprite.process, {
        actions: {
          createAway: assign(({ event }) => {
            const { home, peer, peerBoot } = on(event, 'createdAway');
            return { home, peer, peerBoot };
          }),
        },
      }),
    },
    caughtBy: ['status-is-reported-once'],
    scenario: 'wait-away-from-home',
  },
  {
    id: 'P-no-zombie',
    title: 'home frees the control block of a child that ends, as if its parent had ended before',
    record: 'invented',
    kernel: {
      ...sprite,
      process: partWith(sprite.process, { guards: { parentLives: () => false } }),
    },
    caughtBy: ['status-is-reported-once'],
    scenario: 'exit-away-from-home',
  },
  {
    id: 'P-zombie-kept',
    title: 'home keeps the control block of a child whose end it has reported',
    record: 'invented',
    kernel: {
      ...sprite,
      homeCall: partWith(sprite.homeCall, { actions: { collectChild: () => undefined } }),
      thread: partWith(sprite.thread, { actions: { collectChild: () => undefined } }),
    },
    caughtBy: ['status-is-reported-once'],
    scenario: 'wait-away-from-home',
  },
  {
    id: 'P-deaf-parent',
    title: 'a parent that waits at home is not woken when its child ends',
    record: 'invented',
    kernel: {
      ...sprite,
      thread: partWith(sprite.thread, { guards: { childHasEnded: () => false } }),
    },
    caughtBy: ['nothing-waits-for-ever'],
    scenario: 'exit-away-from-home',
  },
  {
    id: 'P-orphan-kept',
    title: 'a process that has ended waits for its parent, which has ended, too',
    record: 'invented',
    kernel: {
      ...sprite,
      process: partWith(sprite.process, {
        guards: {
          parentLives: ({ event }) =>
            event.type === 'orphaned' || on(event, 'exited', 'peerCrashNoticed').parentLives,
        },
      }),
    },
    caughtBy: ['nothing-is-left'],
    scenario: 'ends-without-waiting',
  },
  {
    id: 'P-points-nowhere',
    title: 'a visitor that is forked away from home does not know which host is its home',
    record: 'invented',
    kernel: {
      ...sprite,
      process: partWith(sprite.process, {
        actions: {
          createVisitor: assign(({ event }) => {
            const { home, descriptors, holdsSignals } = on(event, 'createdAsVisitor');
            return { home, descriptors, holdsSignals };
          }),
        },
      }),
    },
    caughtBy: ['home-knows-location'],
    scenario: 'wait-away-from-home',
  },
  {
    id: 'P-slots-turned-round',
    title: 'a child gets the descriptors of its parent in the opposite order',
    record: 'invented',
    kernel: { ...sprite, process: descriptorsTurnedRound },
    caughtBy: ['every-module-moves'],
    scenario: 'two-files-travel',
  },
  {
    id: 'P-wait-forgotten',
    title: 'a wait is not repeated after the signal to migrate has interrupted it',
    record: 'invented; the kernel waits with a token for this reason',
    kernel: {
      ...sprite,
      thread: partWith(sprite.thread, { actions: { callAgain: () => undefined } }),
    },
    caughtBy: ['status-is-reported-once'],
    scenario: 'wait-away-from-home',
  },
  {
    id: 'P-killed-by-name',
    title: 'a process that is forked in the slot of a killed process is killed, too',
    record: 'invented',
    kernel: {
      ...sprite,
      thread: partWith(sprite.thread, {
        actions: { forget: assign({ host: null, call: null, child: null, isExiting: false }) },
      }),
    },
    caughtBy: ['status-is-true'],
    scenario: 'fork-again',
  },
  {
    id: 'P-name-kept',
    title: 'the name of a child that is forked away from home can never be used again',
    record: 'invented',
    kernel: {
      ...sprite,
      thread: partWith(sprite.thread, { actions: { forgetChild: () => undefined } }),
    },
    caughtBy: ['nothing-is-left', 'nothing-waits-for-ever'],
    scenario: 'wait-away-from-home',
  },
  {
    id: 'P-stranger-awaited',
    title: "a wait at home for another's child is not refused, and waits",
    record: 'invented',
    kernel: { ...sprite, thread: partWith(sprite.thread, { guards: { isOwnChild: () => true } }) },
    caughtBy: ['nothing-waits-for-ever'],
    scenario: 'waits-for-stranger',
  },
  {
    id: 'P-zombie-for-parent',
    title: 'a child that has ended stays until its parent is gone, though that has ended, too',
    record: 'invented',
    kernel: {
      ...sprite,
      process: partWith(sprite.process, {
        observes: {
          orphaned: (look, { process, host }) => {
            const { parent } = look(cell.process(process, host)).context as ProcessContext;
            return { parentLives: look(cell.process(parent ?? '', host)).value !== 'absent' };
          },
        },
      }),
    },
    caughtBy: ['nothing-is-left'],
    scenario: 'three-generations',
  },
  {
    id: 'P-crash-taken-for-exit',
    title: 'home takes a process whose host has crashed for one that has exited',
    record: 'invented',
    kernel: {
      ...sprite,
      process: partWith(sprite.process, {
        actions: {
          keepDestroyed: assign({ status: 'exited', peer: null, peerBoot: 0, descriptors: [] }),
        },
      }),
    },
    caughtBy: ['status-is-true', 'transparency'],
    scenario: 'status-from-afar',
  },
];
