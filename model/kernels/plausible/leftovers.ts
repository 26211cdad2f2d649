/** Plausible mistakes that leave something behind: a record, a count, a mark, a call that waits. */
import { assign } from 'xstate';
import { sprite } from '../../kernel.ts';
import type { FileContext } from '../../machines/file.machine.ts';
import { sourceContext } from '../../machines/source.events.ts';
import { hasPages, hostOf, isDirty, pagesOf } from '../../observations/common.ts';
import { on, send, type Effects } from '../../vocabulary/cell.ts';
import { cell } from '../../vocabulary/ids.ts';
import { insteadOf, partWith } from '../replace.ts';
import type { ShippedKernel } from '../shipped.ts';

const nothing = (): undefined => undefined;

/** The last reference and its use of the handle go; the stream stays, with no references. */
const staysWithoutHandle = partWith(sprite.stream, {
  transitions: {
    open: {
      released: [
        { guard: 'isLastReference', actions: 'giveUpHandle' },
        { actions: ['releaseReference', 'markShared'] },
      ],
    },
  },
});

/** A process looks at its signals only when it makes a call. */
const looksInCallsOnly = partWith(sprite.thread, {
  offers: {
    user: (context, place) => {
      const calls = sprite.thread.offers.user?.({ ...context, isKilled: false }, place) ?? [];
      return context.isKilled && calls.length > 0 ? [{ type: 'died' } as const] : calls;
    },
  },
});

/** A remote exec waits for clean pages as a migration does, but it never flushes them. */
const execsWithCleanPages = partWith(sprite.thread, {
  observes: {
    remoteExec: (look, place, event) => {
      const { mayExec } = sprite.thread.observes.remoteExec(look, place, event);
      const { process, scenario } = place;
      const pages = hasPages(scenario) ? pagesOf(look, process, hostOf(look, process)) : [];
      return { mayExec: mayExec && !pages.some((page) => page !== null && isDirty(page)) };
    },
  },
});

const opensByName = partWith(sprite.thread, {
  observes: {
    open: (look, place, event) => {
      const { isFree } = sprite.thread.observes.open(look, place, event);
      return { isFree: isFree && (look(cell.file(event.file)).context as FileContext).linked };
    },
  },
});

const closesLast = partWith(sprite.thread, {
  observes: {
    close: (look, place, event) => {
      const facts = sprite.thread.observes.close(look, place, event);
      return { ...facts, isOpen: facts.isOpen && facts.isLastReference };
    },
  },
});

export const leftovers: readonly ShippedKernel[] = [
  {
    id: 'P-migration-kept',
    title: 'the source keeps a migration that is over, and with it the host that the process left',
    record: "invented; a residual dependency in the paper's sense",
    kernel: {
      ...sprite,
      source: partWith(sprite.source, {
        actions: {
          finish: assign(({ context }) => ({
            ...sourceContext(context.process, context.left),
            from: context.from,
          })),
        },
      }),
    },
    caughtBy: ['no-residual-dependency'],
    scenario: 'unlinked-travels',
  },
  {
    id: 'P-call-kept',
    title: 'the server does not forget a call whose reply has been taken',
    record: 'invented',
    kernel: {
      ...sprite,
      service: partWith(sprite.service, {
        transitions: { replied: { taken: { target: 'idle' } } },
      }),
    },
    caughtBy: ['no-residual-dependency'],
    scenario: 'unlinked-travels',
  },
  {
    id: 'P-stream-kept',
    title:
      'a source that releases the last reference of a stream gives up the handle, not the stream',
    record: 'invented',
    kernel: { ...sprite, stream: staysWithoutHandle },
    caughtBy: ['references-are-owned', 'handle-counts-streams', 'nothing-is-left'],
    culprit: { at: 'release', action: 'served' },
    scenario: 'exit-races-request',
  },
  {
    id: 'P-handle-kept',
    title: 'a source that releases the last reference of a stream keeps its use of the handle',
    record: 'invented',
    kernel: {
      ...sprite,
      stream: partWith(sprite.stream, { actions: { giveUpHandle: nothing } }),
    },
    caughtBy: ['handle-counts-streams', 'entry-matches-handle', 'nothing-is-left'],
    culprit: { at: 'release', action: 'served' },
    scenario: 'exit-races-request',
  },
  {
    id: 'P-summary-kept',
    title: "a close is subtracted from the client's entry, but not from the file's summary",
    record: 'invented',
    kernel: {
      ...sprite,
      entry: partWith(sprite.entry, { actions: { uncountInSummary: nothing } }),
    },
    caughtBy: ['use-counts-sum-clients', 'nothing-is-left'],
    culprit: { at: 'service', action: 'served' },
    scenario: 'exit-races-request',
  },
  {
    id: 'P-served-uncleaned',
    title: 'a host that is up again is served before the server has cleaned up after its crash',
    record: 'invented; the reason why the server runs its crash call-backs first',
    kernel: {
      ...sprite,
      host: partWith(sprite.host, {
        guards: { serverHasNoticed: ({ event }) => !on(event, 'reboots').isRecalling },
      }),
    },
    caughtBy: ['nothing-is-left'],
    scenario: 'reboots-in-recall',
  },
  {
    id: 'P-served-while-awaited',
    title: 'a host that is up again is served while the server still waits for its old answer',
    record: 'invented; the reason why the server runs its crash call-backs first',
    kernel: {
      ...sprite,
      host: partWith(sprite.host, {
        guards: { serverHasNoticed: ({ event }) => on(event, 'reboots').isCleanedUp },
      }),
    },
    caughtBy: ['nothing-is-left'],
    scenario: 'reboots-in-recall',
  },
  {
    id: 'P-kill-unseen',
    title: 'a process that makes no more calls does not see that it is killed',
    record: 'invented; signals are looked at on every return to user mode for this reason',
    kernel: { ...sprite, thread: looksInCallsOnly },
    caughtBy: ['nothing-waits-for-ever'],
    scenario: 'home-dies-in-wait',
  },
  {
    id: 'P-exec-waits-for-flush',
    title: 'a remote exec waits until the memory that it gives up has been written out',
    record: 'invented',
    kernel: { ...sprite, thread: execsWithCleanPages },
    caughtBy: ['nothing-waits-for-ever'],
    scenario: 'execs-after-travel',
  },
  {
    id: 'P-written-stays-dirty',
    title: 'a block that has been written back stays marked dirty',
    record: 'invented',
    kernel: {
      ...sprite,
      handle: partWith(sprite.handle, { actions: { cleanBlock: nothing } }),
    },
    caughtBy: ['one-dirty-host', 'nothing-goes-on-for-ever'],
    scenario: 'delayed-writes',
  },
  {
    id: 'P-runs-unmarked',
    title: 'a process is resumed at its target, but its control block is not marked as running',
    record: 'invented',
    kernel: {
      ...sprite,
      target: partWith(sprite.target, {
        actions: {
          resumeProcess: ({ context }): Effects =>
            send(cell.thread(context.process), { type: 'resumed', host: context.to ?? '' }),
        },
      }),
    },
    caughtBy: ['one-runnable-copy', 'home-knows-location'],
    scenario: 'requested-twice',
  },
  {
    id: 'P-block-kept',
    title: 'a host that a process has left for its home keeps its control block',
    record: 'invented',
    kernel: {
      ...sprite,
      process: partWith(sprite.process, {
        transitions: {
          frozen: {
            departed: (before) => insteadOf(before, 'absent', { actions: 'emptyDescriptors' }),
          },
        },
      }),
    },
    caughtBy: ['no-residual-dependency'],
    scenario: 'unlinked-travels',
  },
  {
    id: 'P-handle-stays-locked',
    title: 'a close does not unlock the handle when the server has answered it',
    record: 'invented',
    kernel: {
      ...sprite,
      thread: partWith(sprite.thread, {
        actions: {
          finishClose: ({ context }): Effects =>
            send(cell.stream(context.call?.stream ?? '', context.host ?? ''), { type: 'closed' }),
        },
      }),
    },
    caughtBy: ['nothing-waits-for-ever'],
    scenario: 'two-closers',
  },
  {
    id: 'P-shadow-stays-locked',
    title: 'a migration does not unlock the shadow stream when the source has answered',
    record: 'invented',
    kernel: {
      ...sprite,
      service: partWith(sprite.service, { actions: { unlockShadow: nothing } }),
    },
    caughtBy: ['nothing-waits-for-ever'],
    scenario: 'close-at-the-source',
  },
  {
    id: 'P-reservation-kept',
    title: 'the use that a stream reserves while it moves is not given up when it has moved',
    record: 'invented',
    kernel: {
      ...sprite,
      service: partWith(sprite.service, { actions: { dropReservation: nothing } }),
    },
    caughtBy: ['nothing-waits-for-ever'],
    scenario: 'close-at-the-source',
  },
  {
    id: 'P-mark-of-sharing-kept',
    title: 'the note that a stream was shared during one arrival is still there at the next',
    record: 'invented',
    kernel: {
      ...sprite,
      stream: partWith(sprite.stream, {
        actions: { endWait: assign(({ context }) => ({ arriving: context.arriving - 1 })) },
      }),
    },
    caughtBy: ['nothing-waits-for-ever'],
    scenario: 'sharers-change-places',
  },
  {
    id: 'P-dead-uses-kept',
    title:
      'the clean-up after a crash removes a client from the list, but not its uses from the summary',
    record: 'invented; near to A3',
    kernel: {
      ...sprite,
      entry: partWith(sprite.entry, { actions: { subtractFromSummary: nothing } }),
    },
    caughtBy: ['use-counts-sum-clients'],
    culprit: { at: 'cleanup', action: 'cleaned' },
    scenario: 'source-dies-in-recall',
  },
  {
    id: 'P-source-stays-listed',
    title:
      'the server counts a stream at its target and leaves its source on the list, finished or not',
    record: 'invented; near to R1',
    kernel: {
      ...sprite,
      service: partWith(sprite.service, { guards: { sourceHasFinished: () => false } }),
    },
    caughtBy: ['entry-matches-handle'],
    culprit: { at: 'service', action: 'served' },
    scenario: 'close-at-the-source',
  },
  {
    id: 'P-pages-left',
    title: 'a source keeps the pages of a process that has left it, though they are written out',
    record: "invented; a residual dependency in the paper's sense",
    kernel: {
      ...sprite,
      source: partWith(sprite.source, { actions: { giveUpMemory: nothing } }),
    },
    caughtBy: ['no-residual-dependency'],
    scenario: 'memory-travels',
  },
  {
    id: 'P-answers-the-dead',
    title: 'the server answers a call although the host that has made it is gone, and waits',
    record: 'invented',
    kernel: {
      ...sprite,
      service: partWith(sprite.service, { guards: { callerIsGone: () => false } }),
    },
    caughtBy: ['nothing-waits-for-ever'],
    scenario: 'crash-during-migration',
  },
  {
    id: 'P-stream-never-closed',
    title: 'a stream is still being closed when the server has answered its close',
    record: 'invented',
    kernel: {
      ...sprite,
      thread: partWith(sprite.thread, {
        actions: {
          finishClose: ({ context }): Effects =>
            send(cell.handle(context.call?.file ?? '', context.host ?? ''), { type: 'unlocked' }),
        },
      }),
    },
    caughtBy: ['nothing-waits-for-ever'],
    scenario: 'two-closers',
  },
  {
    id: 'P-writers-kept',
    title: "a use that ends is subtracted from a client's uses, but not from its uses for writing",
    record: 'invented',
    kernel: {
      ...sprite,
      entry: partWith(sprite.entry, {
        actions: {
          uncountUse: assign(({ context }) => ({ references: context.references - 1 })),
        },
      }),
    },
    caughtBy: ['use-counts-sum-clients', 'entry-matches-handle'],
    culprit: { at: 'service', action: 'served' },
    scenario: 'requested-on-the-way',
  },
  {
    id: 'P-open-waits-for-name',
    title: 'an open of a file that has lost its name waits for the name instead of being refused',
    record: 'invented',
    kernel: { ...sprite, thread: opensByName },
    caughtBy: ['nothing-waits-for-ever'],
    scenario: 'two-streams-move',
  },
  {
    id: 'P-close-waits-for-sharer',
    title: 'a close waits until no other process on its host has the stream',
    record: 'invented',
    kernel: { ...sprite, thread: closesLast },
    caughtBy: ['nothing-waits-for-ever'],
    scenario: 'unlinked-shared-travels',
  },
];
