/**
 * Plausible mistakes, never recorded: each shows that a property can fail which no historical fault
 * here makes fail.
 */
import { assign } from 'xstate';
import { sprite } from '../kernel.ts';
import { cleanupMachine } from '../machines/cleanup.machine.ts';
import { fileMachine } from '../machines/file.machine.ts';
import { homeCallMachine } from '../machines/home-call.machine.ts';
import { processMachine } from '../machines/process.machine.ts';
import { serviceMachine } from '../machines/service.machine.ts';
import { shadowMachine } from '../machines/shadow.machine.ts';
import { sourceMachine } from '../machines/source.machine.ts';
import { streamMachine } from '../machines/stream.machine.ts';
import { targetEffects } from '../machines/target.effects.ts';
import { targetMachine } from '../machines/target.machine.ts';
import { threadMachine } from '../machines/thread.machine.ts';
import { on, tell, type Told } from '../vocabulary/cell.ts';
import { cell } from '../vocabulary/ids.ts';
import { firstVisitorOnly } from './evictions.ts';
import type { ShippedKernel } from './shipped.ts';

const descriptorsTurnedRound = processMachine.provide({
  actions: {
    create: assign(({ event }) => {
      const { home, parent, descriptors, holdsSignals } = on(event, 'created');
      return { home, parent, descriptors: descriptors.toReversed(), holdsSignals };
    }),
  },
});

export const plausible: readonly ShippedKernel[] = [
  {
    id: 'P-two-copies',
    title: 'home goes on with its copy of the process instead of switching away',
    record: 'invented',
    kernel: {
      ...sprite,
      source: sourceMachine.provide({
        actions: {
          switchAway: ({ context }): Told =>
            tell(cell.process(context.process, context.from ?? ''), { type: 'thawed' }),
        },
      }),
    },
    caughtBy: ['one-runnable-copy'],
    scenario: 'requested-twice',
  },
  {
    id: 'P-home-is-where-forked',
    title: "a child's home is the host on which it is forked, not its parent's home",
    record: 'invented; the rule of LOCUS',
    kernel: {
      ...sprite,
      thread: threadMachine.provide({
        actions: {
          createChildHere: ({ context, event }): Told => {
            const { descriptors, holdsSignals } = on(event, 'homeReplied');
            const host = context.host ?? '';
            const child = context.child ?? '';
            return [
              tell(cell.process(child, host), {
                type: 'createdAsVisitor',
                home: host,
                descriptors,
                holdsSignals,
              }),
              tell(cell.thread(child), { type: 'started', host }),
            ];
          },
        },
      }),
    },
    caughtBy: ['identity-never-changes', 'transparency'],
    scenario: 'wait-away-from-home',
  },
  {
    id: 'P-early-encapsulation',
    title: 'descriptors are given up when the process is trapped, before a module can refuse',
    record: 'invented',
    kernel: {
      ...sprite,
      source: sourceMachine.provide({
        actions: {
          freeze: ({ context }): Told => {
            const block = cell.process(context.process, context.from ?? '');
            return [
              tell(cell.fate(context.process), { type: 'trapped' }),
              tell(cell.thread(context.process), { type: 'frozen' }),
              tell(block, { type: 'frozen' }),
              tell(block, { type: 'encapsulated' }),
            ];
          },
        },
      }),
    },
    caughtBy: ['aborted-changes-nothing', 'references-are-owned'],
    scenario: 'exit-races-request',
    culprit: { at: 'source', action: 'trapped' },
  },
  {
    id: 'P-lost-wake-up',
    title: 'home does not wake a remote parent that waits for a child that has ended',
    record: 'invented',
    kernel: {
      ...sprite,
      homeCall: homeCallMachine.provide({ guards: { childHasEnded: () => false } }),
    },
    caughtBy: ['nothing-waits-for-ever'],
    scenario: 'wait-away-from-home',
  },
  {
    id: 'P-endless-clean-up',
    title: 'the clean-up after a crash waits for calls that are over',
    record: 'invented',
    kernel: {
      ...sprite,
      cleanup: cleanupMachine.provide({ guards: { callsAreOver: () => false } }),
    },
    caughtBy: ['nothing-waits-for-ever'],
    scenario: 'client-dies-in-recall',
  },
  {
    id: 'P-quick-reboot',
    title: 'a host that was down and is up again is taken for one that was up all the time',
    record: 'invented; the reason why every RPC carries a boot identifier',
    kernel: {
      ...sprite,
      process: processMachine.provide({
        guards: { peerHasCrashed: ({ event }) => !on(event, 'peerCrashNoticed').isUp },
      }),
    },
    caughtBy: ['nothing-waits-for-ever'],
    scenario: 'host-comes-back',
  },
  {
    id: 'P-dependency-kept',
    title: 'a process that has come home still depends on the host it left',
    record: "invented; a residual dependency in the paper's sense",
    kernel: {
      ...sprite,
      process: processMachine.provide({ actions: { clearPeerAtHome: () => undefined } }),
    },
    caughtBy: ['removal-changes-nothing', 'status-is-true'],
    scenario: 'crash-during-migration',
  },
  {
    id: 'P-status-not-sent',
    title: 'a remote parent is told that its child has exited, whatever happened to it',
    record: 'invented',
    kernel: {
      ...sprite,
      homeCall: homeCallMachine.provide({
        actions: { replyStatus: assign({ status: 'exited' }) },
      }),
    },
    caughtBy: ['transparency'],
    scenario: 'status-from-afar',
  },
  {
    id: 'P-no-zombie',
    title: 'home frees the control block of a child that ends, as if its parent had ended before',
    record: 'invented',
    kernel: {
      ...sprite,
      process: processMachine.provide({ guards: { parentLives: () => false } }),
    },
    caughtBy: ['status-is-told-once'],
    scenario: 'exit-away-from-home',
  },
  {
    id: 'P-zombie-kept',
    title: 'home keeps the control block of a child whose end it has told',
    record: 'invented',
    kernel: {
      ...sprite,
      homeCall: homeCallMachine.provide({ actions: { collectChild: () => undefined } }),
      thread: threadMachine.provide({ actions: { collectChild: () => undefined } }),
    },
    caughtBy: ['status-is-told-once'],
    scenario: 'wait-away-from-home',
  },
  {
    id: 'P-deaf-parent',
    title: 'a parent that waits at home is not woken when its child ends',
    record: 'invented',
    kernel: {
      ...sprite,
      thread: threadMachine.provide({ guards: { childHasEnded: () => false } }),
    },
    caughtBy: ['nothing-waits-for-ever'],
    scenario: 'exit-away-from-home',
  },
  {
    id: 'P-version-forgotten',
    title: 'the server counts the version of a file anew when its last user has closed it',
    record: 'invented; the version stands on the disk for this reason',
    kernel: {
      ...sprite,
      file: fileMachine.provide({
        actions: {
          uncountUse: assign(({ context, event }) => {
            const { mode } = on(event, 'closed', 'moved');
            const references = context.references - 1;
            const writers = context.writers - (mode === 'write' ? 1 : 0);
            return { references, writers, version: references === 0 ? 0 : context.version };
          }),
        },
      }),
    },
    caughtBy: ['version-never-decreases'],
    scenario: 'sequential-sharing',
  },
  {
    id: 'P-first-visitor-only',
    title: 'an evictor asks the first visitor that it finds to go, and no other',
    record: 'invented',
    kernel: { ...sprite, eviction: firstVisitorOnly },
    caughtBy: ['eviction-ends'],
    scenario: 'eviction',
  },
  {
    id: 'P-killed-on-arrival',
    title: 'a process that is resumed where it came to is killed there, for no reason',
    record: 'invented',
    kernel: {
      ...sprite,
      target: targetMachine.provide({
        actions: {
          resumeProcess: ({ context }): Told => [
            tell(cell.process(context.process, context.to ?? ''), { type: 'resumed' }),
            tell(cell.thread(context.process), { type: 'resumed', host: context.to }),
            tell(cell.thread(context.process), { type: 'killed' }),
          ],
        },
      }),
    },
    caughtBy: ['status-is-true'],
    scenario: 'exit-away-from-home',
  },
  {
    id: 'P-given-up-quietly',
    title: 'a reference that did not move is dropped where it came to, without a close',
    record: 'invented; this model had it',
    kernel: {
      ...sprite,
      target: targetMachine.provide({
        actions: {
          abandonStream: ({ context }): Told => {
            const stream = context.carried[context.index]?.stream ?? '';
            const here = cell.stream(stream, context.to ?? '');
            const abandoned = tell(here, { type: 'abandoned' });
            return context.isNew ? abandoned : [abandoned, tell(here, { type: 'dropped' })];
          },
          setDescriptor: (step): Told =>
            on(step.event, 'replyTaken').ok ? targetEffects.setDescriptor(step) : undefined,
        },
      }),
    },
    caughtBy: ['shadow-lists-holders'],
    culprit: { at: 'target', action: 'replyTaken' },
    scenario: 'given-up-beside-another',
  },
  {
    id: 'P-swap-kept',
    title: 'a process that ends gives up its pages and leaves its swap file',
    record: 'invented; this model had it',
    kernel: {
      ...sprite,
      thread: threadMachine.provide({
        actions: {
          freeMemory: ({ context, event }): Told =>
            on(event, 'finished').pagesOn.map((host) =>
              tell(cell.memory(context.process, host), { type: 'dropped' }),
            ),
        },
      }),
    },
    caughtBy: ['nothing-is-left'],
    scenario: 'memory-travels',
  },
  {
    id: 'P-pages-kept',
    title: 'a process that ends leaves its pages where it ran',
    record: 'invented',
    kernel: {
      ...sprite,
      thread: threadMachine.provide({ actions: { freeMemory: () => undefined } }),
    },
    caughtBy: ['nothing-is-left'],
    scenario: 'memory-travels',
  },
  {
    id: 'P-orphan-kept',
    title: 'a process that has ended waits for a parent that has ended, too',
    record: 'invented',
    kernel: {
      ...sprite,
      process: processMachine.provide({
        guards: {
          parentLives: ({ event }) =>
            event.type === 'orphaned' || on(event, 'exited', 'peerCrashNoticed').parentLives,
        },
      }),
    },
    caughtBy: ['nothing-is-left'],
    scenario: 'nobody-asks',
  },
  {
    id: 'P-record-kept',
    title: 'home keeps its dependency on the host of a process that has ended there',
    record: 'invented',
    kernel: {
      ...sprite,
      process: processMachine.provide({
        actions: {
          keepStatus: assign(({ event }) => ({
            status: on(event, 'exited').status,
            descriptors: [],
            holdsSignals: false,
          })),
        },
      }),
    },
    caughtBy: ['nothing-is-left'],
    scenario: 'exit-away-from-home',
  },
  {
    id: 'P-shadow-stays',
    title: 'a shadow stream stays when its last client has closed it',
    record: 'invented',
    kernel: {
      ...sprite,
      shadow: shadowMachine.provide({ guards: { isLastClient: () => false } }),
    },
    caughtBy: ['shadow-lists-holders'],
    scenario: 'close-at-the-source',
  },
  {
    id: 'P-alone-too-soon',
    title: 'the server takes a stream for private as soon as one of its sharers has closed it',
    record: 'invented',
    kernel: {
      ...sprite,
      shadow: shadowMachine.provide({
        actions: {
          removeClient: assign(({ context, event }) => ({
            clients: context.clients.filter((host) => host !== on(event, 'left').host),
            shared: false,
          })),
        },
      }),
    },
    caughtBy: ['shared-is-known'],
    scenario: 'one-of-three-closes',
  },
  {
    id: 'P-points-nowhere',
    title: 'a visitor that is forked away from home does not know whose visitor it is',
    record: 'invented',
    kernel: {
      ...sprite,
      process: processMachine.provide({
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
    id: 'P-open-by-number',
    title:
      'a client opens a file by the number it knows from before, whether its name is there or not',
    record: 'invented',
    kernel: {
      ...sprite,
      service: serviceMachine.provide({ guards: { nameIsThere: () => true } }),
    },
    caughtBy: ['transparency'],
    scenario: 'two-closers',
  },
  {
    id: 'P-slots-closed-up',
    title: 'descriptors are unpacked one after the other, and the gaps between them are lost',
    record: 'invented',
    kernel: {
      ...sprite,
      target: targetMachine.provide({
        actions: {
          setDescriptor: ({ context }): Told => {
            const { carried, index, process, to } = context;
            return tell(cell.process(process, to ?? ''), {
              type: 'descriptorSet',
              descriptor: carried.slice(0, index).filter((each) => each !== null).length,
              stream: carried[index]?.stream ?? '',
            });
          },
        },
      }),
    },
    caughtBy: ['every-module-moves'],
    scenario: 'two-files-travel',
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
    title: 'a wait that the signal to migrate breaks off is not made again',
    record: 'invented; the kernel waits with a token for this reason',
    kernel: {
      ...sprite,
      thread: threadMachine.provide({ actions: { callAgain: () => undefined } }),
    },
    caughtBy: ['status-is-told-once'],
    scenario: 'wait-away-from-home',
  },
  {
    id: 'P-stream-stays-locked',
    title: 'a stream that was open here before a reference arrived stays locked afterwards',
    record: 'invented',
    kernel: {
      ...sprite,
      stream: streamMachine.provide({
        actions: {
          endWait: assign(({ context }) =>
            context.isNew ? { arriving: context.arriving - 1 } : {},
          ),
        },
      }),
    },
    caughtBy: ['nothing-waits-for-ever'],
    scenario: 'same-target',
  },
  {
    id: 'P-stat-refused',
    title: 'a stat that meets a call-back is refused instead of waiting for it',
    record: 'invented',
    kernel: {
      ...sprite,
      thread: threadMachine.provide({
        guards: {
          isLinked: ({ event }) => {
            const { type, isLinked } = on(event, 'stat', 'unlink');
            return isLinked && !(type === 'stat' && on(event, 'stat').isAsking);
          },
        },
      }),
    },
    caughtBy: ['transparency'],
    scenario: 'writer-leaves-reader',
  },
];
