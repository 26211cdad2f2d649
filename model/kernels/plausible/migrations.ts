/** Plausible mistakes in what source, target and evictor do with a process and its memory. */
import { assign } from 'xstate';
import { sprite } from '../../kernel.ts';
import { sourceEffects } from '../../machines/source.effects.ts';
import { sourceContext } from '../../machines/source.events.ts';
import { visitorsAmong } from '../../machines/eviction.machine.ts';
import { mayBeRequested } from '../../machines/source.machine.ts';
import { on, send, type Effects } from '../../vocabulary/cell.ts';
import { cell } from '../../vocabulary/ids.ts';
import { partWith } from '../replace.ts';
import type { ShippedKernel } from '../shipped.ts';
import { silenceIsFailure, silenceIsRefusal } from '../silences.ts';

/** A complete copy that is destroyed closes its streams. */
const arrivedInVain = partWith(sprite.target, {
  transitions: { unpacked: { destroyed: { target: 'closing' } } },
});

/** A second request to the host that has a shell for the process already. */
const asksThereAgain = partWith(sprite.source, {
  adds: {
    guards: {
      isThereAgain: ({ context, event }) => {
        const { isThere, to, host, home } = on(event, 'requested');
        return isThere && host === home && to === context.to;
      },
    },
  },
  offers: {
    pending: (context, place) => [{ type: 'trapped' } as const, ...mayBeRequested(context, place)],
  },
  transitions: {
    pending: {
      requested: {
        guard: 'isThereAgain',
        target: 'asking',
        actions: ['begin', 'makeRequesterWait', 'askTarget'],
      },
    },
  },
});

export const migrations: readonly ShippedKernel[] = [
  {
    id: 'P-two-copies',
    title: 'home goes on with its copy of the process instead of switching away',
    record: 'invented',
    kernel: {
      ...sprite,
      source: partWith(sprite.source, {
        actions: {
          switchAway: ({ context }): Effects =>
            send(cell.process(context.process, context.from ?? ''), { type: 'thawed' }),
        },
      }),
    },
    caughtBy: ['one-runnable-copy'],
    scenario: 'requested-twice',
  },
  {
    id: 'P-second-shell',
    title:
      'a host that is asked twice for one process allocates a second shell, and the first is left',
    record: 'invented',
    kernel: {
      ...sprite,
      source: asksThereAgain,
      target: partWith(sprite.target, {
        transitions: { waiting: { asked: { guard: 'isUp', target: 'asked', actions: 'begin' } } },
      }),
      // A host has one control block for a process here: the second takes its place.
      process: partWith(sprite.process, {
        transitions: { shell: { allocated: { actions: 'allocate' } } },
      }),
    },
    caughtBy: ['home-knows-location'],
    scenario: 'requested-twice',
  },
  {
    id: 'P-early-encapsulation',
    title: 'descriptors are given up when the process is trapped, before a module can refuse',
    record: 'invented',
    kernel: {
      ...sprite,
      source: partWith(sprite.source, {
        actions: {
          freeze: ({ context }): Effects => {
            const block = cell.process(context.process, context.from ?? '');
            return [
              send(cell.fate(context.process), { type: 'trapped' }),
              send(cell.thread(context.process), { type: 'frozen' }),
              send(block, { type: 'frozen' }),
              send(block, { type: 'encapsulated' }),
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
    id: 'P-quick-reboot',
    title: 'a host that was down and is up again is taken for one that was up all the time',
    record: 'invented; the reason why every RPC carries a boot identifier',
    kernel: {
      ...sprite,
      process: partWith(sprite.process, {
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
      process: partWith(sprite.process, { actions: { clearPeerAtHome: () => undefined } }),
    },
    caughtBy: ['removal-changes-nothing', 'status-is-true'],
    scenario: 'crash-during-migration',
  },
  {
    id: 'P-first-visitor-only',
    title: 'an evictor asks the first visitor that it finds to go, and no other',
    record: 'invented',
    kernel: {
      ...sprite,
      eviction: partWith(sprite.eviction, {
        observes: {
          ownerReturned: (look, place, event) => {
            const { found } = sprite.eviction.observes.ownerReturned(look, place, event);
            const [first] = visitorsAmong(found, place.host);
            return { found: found.filter(({ process }) => process === first) };
          },
        },
      }),
    },
    caughtBy: ['eviction-ends'],
    scenario: 'eviction',
  },
  {
    id: 'P-killed-on-arrival',
    title: 'a process that is resumed at its target is killed there, for no reason',
    record: 'invented',
    kernel: {
      ...sprite,
      target: partWith(sprite.target, {
        actions: {
          resumeProcess: ({ context }): Effects => [
            send(cell.process(context.process, context.to ?? ''), { type: 'resumed' }),
            send(cell.thread(context.process), { type: 'resumed', host: context.to ?? '' }),
            send(cell.thread(context.process), { type: 'killed' }),
          ],
        },
      }),
    },
    caughtBy: ['status-is-true'],
    scenario: 'exit-away-from-home',
  },
  {
    id: 'P-swap-kept',
    title: 'a process that ends gives up its pages and leaves its swap file',
    record: 'invented; this model had it',
    kernel: {
      ...sprite,
      thread: partWith(sprite.thread, {
        actions: {
          freeMemory: ({ context, event }): Effects =>
            on(event, 'finished').pagesOn.map((host) =>
              send(cell.memory(context.process, host), { type: 'dropped' }),
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
      thread: partWith(sprite.thread, { actions: { freeMemory: () => undefined } }),
    },
    caughtBy: ['nothing-is-left'],
    scenario: 'memory-travels',
  },
  {
    id: 'P-record-kept',
    title: 'home keeps its dependency on the host of a process that has ended there',
    record: 'invented',
    kernel: {
      ...sprite,
      process: partWith(sprite.process, {
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
    id: 'P-slots-closed-up',
    title: 'descriptors are unpacked one after the other, and the gaps between them are lost',
    record: 'invented',
    kernel: {
      ...sprite,
      target: partWith(sprite.target, {
        actions: {
          setDescriptor: ({ context }): Effects => {
            const { carried, index, process, to } = context;
            return send(cell.process(process, to ?? ''), {
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
    id: 'P-silence-is-refusal',
    title: 'a reply to INIT that is lost is taken for a refusal, and the shell is forgotten',
    record: 'invented',
    kernel: { ...sprite, source: silenceIsRefusal },
    caughtBy: ['nothing-waits-for-ever'],
    scenario: 'lost-reply',
  },
  {
    id: 'P-silence-is-failure',
    title: 'a reply to ENTIRE that is lost is taken for a failure, and the process is killed',
    record: 'the RPCs of a migration are not retried: Welch thesis 6.5.3',
    kernel: { ...sprite, source: silenceIsFailure, target: arrivedInVain },
    caughtBy: ['status-is-true'],
    scenario: 'lost-reply',
  },
  {
    id: 'P-asks-for-ever',
    title: 'a target that is asked again for a lost reply does not give it',
    record: 'invented',
    terms: ['livelock'],
    kernel: {
      ...sprite,
      target: partWith(sprite.target, { actions: { repeatReply: () => undefined } }),
    },
    caughtBy: ['nothing-goes-on-for-ever'],
    scenario: 'lost-reply',
  },
  {
    id: 'P-sleeps-on',
    title: 'the requester of a migration sleeps on through the eviction that follows at once',
    record: 'invented',
    kernel: {
      ...sprite,
      source: partWith(sprite.source, {
        actions: {
          wakeRequester: (step): Effects =>
            step.event.type === 'switched' && step.context.evictFrom !== null
              ? undefined
              : sourceEffects.wakeRequester(step),
        },
      }),
    },
    caughtBy: ['requester-is-woken'],
    scenario: 'eviction',
  },
  {
    id: 'P-leaves-again',
    title:
      'an eviction that a migration put off is still pending after that migration has been aborted',
    record: 'invented',
    kernel: {
      ...sprite,
      source: partWith(sprite.source, {
        actions: {
          finish: assign(({ context }) => ({
            ...sourceContext(context.process, context.left),
            evictFrom: context.evictFrom,
          })),
        },
      }),
    },
    caughtBy: ['requester-is-woken'],
    scenario: 'owner-returns-early',
  },
  {
    id: 'P-boot-not-noted',
    title: 'a process that comes home does not note which boot of its host sends it',
    record: 'invented; the reason why every RPC carries a boot identifier',
    kernel: {
      ...sprite,
      target: partWith(sprite.target, {
        actions: {
          takeState: assign(({ event }) => {
            const { from, to, carried, holdsSignals, home } = on(event, 'transferred');
            return { from, to, carried, holdsSignals, home };
          }),
        },
      }),
    },
    caughtBy: ['nothing-waits-for-ever'],
    scenario: 'home-comes-back',
  },
  {
    id: 'P-home-moves',
    title:
      'the home of a process that has left takes the host that the process runs on for its home',
    record: 'invented',
    kernel: {
      ...sprite,
      process: partWith(sprite.process, {
        actions: {
          pointAtPeer: assign(({ event }) => {
            const { to, toBoot } = on(event, 'departed');
            return { home: to, peer: to, peerBoot: toBoot, descriptors: [], holdsSignals: false };
          }),
        },
      }),
    },
    caughtBy: ['identity-never-changes'],
    scenario: 'requested-twice',
  },
  {
    id: 'P-visitor-freed',
    title: 'a visitor whose home has crashed loses its control block before it has ended',
    record: 'invented',
    kernel: {
      ...sprite,
      process: partWith(sprite.process, {
        transitions: {
          running: {
            peerCrashNoticed: {
              guard: 'peerHasCrashed',
              target: 'absent',
              actions: ['killVisitor', 'forget'],
            },
          },
        },
      }),
    },
    caughtBy: ['one-runnable-copy'],
    scenario: 'home-dies-in-wait',
  },
];
