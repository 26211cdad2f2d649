/**
 * Apparent faults of the final kernel, never recorded: they were found by reading its source. Each kernel
 * is the repaired one with one of these faults.
 */
import { and, assign, not } from 'xstate';
import { sprite } from '../kernel.ts';
import type { ReleaseContext } from '../machines/release.machine.ts';
import type { StreamContext } from '../machines/stream.machine.ts';
import type { IoFacts } from '../machines/thread.events.ts';
import { mayBeRequested } from '../machines/source.machine.ts';
import { sourceHasCrashed } from '../machines/target.machine.ts';
import { bootOf } from '../observations/common.ts';
import { just } from '../part.ts';
import { on, send, type Effects } from '../vocabulary/cell.ts';
import { cell } from '../vocabulary/ids.ts';
import { exitIsAnError, forksTwice } from './home-calls.ts';
import { closeWaitsForMigration } from './locks.ts';
import { alsoObserving, partWith } from './replace.ts';
import type { ShippedKernel } from './shipped.ts';
import { silenceIsDeath } from './silences.ts';

const ignore = (): undefined => undefined;

/**
 * A call-back overtakes the reply of the client's migration, and the client treats it as one about a file
 * that it does not have: STALE_HANDLE, and the server strikes the client off.
 */
const struckOffBeforeReply = partWith(sprite.recall, {
  transitions: {
    sent: {
      served: (before) => [
        ...before,
        { guard: and(['handleIsFree', not('openReplyInFlight')]), target: 'unanswered' },
      ],
    },
  },
});

/**
 * A write stream that arrives is judged as an open for writing, whose reply raises the version by one. A
 * migration does not raise it.
 */
const arrivalCountsAsOpen = partWith(sprite.handle, {
  guards: {
    blockIsStale: ({ context, event }) => {
      const { version, mode } = on(event, 'used');
      return context.version < (mode === 'write' ? version - 1 : version);
    },
  },
});

/** The version goes up with the use counts, before the open waits for the consistency round. */
const raisesEarly = partWith(sprite.service, {
  actions: {
    countOpen: ({ context }): Effects => [
      send(cell.file(context.file), { type: 'opened', mode: context.mode }),
      ...(context.mode === 'write'
        ? [send(cell.file(context.file), { type: 'versionRaised' } as const)]
        : []),
    ],
    raiseVersion: () => undefined,
  },
});

/** The reply's flag and offset are written into the stream as they are, though it is shared since. */
const replyUndoesSharing = partWith(sprite.stream, {
  actions: {
    adoptOffset: assign(({ event }) => {
      const { offset, shared } = on(event, 'settled');
      return { offset: shared ? 0 : offset, shared };
    }),
  },
});

/** A second request while one is pending: its target replaces the first. */
const requestedAgain = partWith(sprite.source, {
  adds: {
    guards: {
      isElsewhere: ({ context, event }) => {
        const { isThere, to, host, home } = on(event, 'requested');
        return isThere && host === home && to !== host && to !== context.to;
      },
    },
  },
  offers: {
    pending: (context, place) => [{ type: 'trapped' } as const, ...mayBeRequested(context, place)],
  },
  transitions: {
    pending: {
      requested: {
        guard: 'isElsewhere',
        target: 'asking',
        actions: ['begin', 'makeRequesterWait', 'askTarget'],
      },
    },
  },
});

/** The second target replaces the first, whose shell is orphaned. */
const askedAgainElsewhere = partWith(sprite.target, {
  transitions: {
    waiting: {
      asked: [
        { guard: and(['isUp', 'takesVisitors']), target: 'asked', actions: 'begin' },
        { guard: 'isUp', target: 'refused', actions: 'begin' },
        { target: 'dead', actions: 'begin' },
      ],
    },
  },
});

/**
 * A second request while the state is on its way: the trap waits for ENTIRE's reply without the control
 * block's lock. Afterwards it reads again which target to resume, and finds the second. Here it
 * waits only for a reply to ENTIRE that is in flight, because the model has one target of a process at a
 * time. If the second target refuses, this kernel gives up; the real one resumes the first.
 */
const turnedElsewhere = partWith(sprite.source, {
  adds: {
    guards: {
      mustGoElsewhere: ({ context, event }) => {
        const { to, targetIs } = on(event, 'requested');
        // Only home takes requests to go out.
        const leavesHome = context.hasShell;
        return leavesHome && targetIs === 'unpacked' && to !== context.from && to !== context.to;
      },
    },
    actions: {
      turnElsewhere: assign(({ context, event }) => {
        const { to, toBoot } = on(event, 'requested');
        return { to, toBoot, left: context.left - 1 };
      }),
      askElsewhere: ({ context, event }): Effects =>
        send(cell.target(context.process), {
          type: 'asked',
          from: context.from ?? '',
          to: on(event, 'requested').to,
          home: context.from ?? '',
        }),
    },
    states: {
      askingElsewhere: {
        evicted: [{ guard: 'leavesAnyway', actions: 'ignore' }, { actions: 'noteEviction' }],
        replyTaken: [
          { guard: 'accepted', target: 'resuming', actions: 'sendResume' },
          {
            guard: 'dead',
            target: 'idle',
            actions: [
              'takeBack',
              'killProcess',
              'destroyTarget',
              'reportFailureToEvictor',
              'wakeRequester',
              'finish',
            ],
          },
        ],
      },
    },
  },
  offers: {
    transferring: (context, place) => [
      { type: 'replyTaken' } as const,
      ...mayBeRequested(context, place),
    ],
    askingElsewhere: just('replyTaken'),
  },
  transitions: {
    transferring: {
      requested: {
        guard: 'mustGoElsewhere',
        target: 'askingElsewhere',
        actions: ['turnElsewhere', 'makeRequesterWait', 'askElsewhere'],
      },
    },
  },
});

/** The second target replaces the state that has arrived, and is resumed before it has any. */
const resumedEmpty = partWith(sprite.target, {
  transitions: {
    unpacked: {
      asked: [
        { guard: and(['isUp', 'takesVisitors']), target: 'asked', actions: 'begin' },
        { target: 'dead', actions: 'begin' },
      ],
    },
    accepted: { resuming: { target: 'resuming' } },
  },
});

/** A shell that gets RESUME runs. */
const emptyShellRuns = partWith(sprite.process, {
  transitions: { shell: { resumed: { target: 'running' } } },
});

/** Home notes the present boot identifier of the host of the process. */
const dependsFromNowOn = partWith(
  alsoObserving(sprite.process, 'departed', (look, _, { to }) => ({ bootNow: bootOf(look, to) })),
  {
    actions: {
      pointAtPeer: assign(({ event }) => ({
        peer: on(event, 'departed').to,
        peerBoot: on(event, 'departed').bootNow,
        descriptors: [],
        holdsSignals: false,
      })),
    },
  },
);

/** I/O on a stream that is shared between hosts bypasses the cache, although its host caches the file. */
const sharedGoesPast = partWith(sprite.thread, {
  observes: {
    read: (look, place, event) => pastCache(sprite.thread.observes.read(look, place, event)),
    write: (look, place, event) => pastCache(sprite.thread.observes.write(look, place, event)),
  },
});

function pastCache(found: IoFacts): IoFacts {
  return { ...found, cachable: found.cachable && !found.shared };
}

/** The source reports its offset, whether the source or the server keeps it. */
const reportsAnyOffset = partWith(sprite.release, {
  observes: {
    served: (look, place, event) => {
      const { stream, source } = look(cell.release(place.process)).context as ReleaseContext;
      const { offset } = look(cell.stream(stream ?? '', source ?? '')).context as StreamContext;
      const found = sprite.release.observes.served(look, place, event);
      return { ...found, offset: found.isKnown ? offset : null };
    },
  },
});

/** The server takes that offset unless its own flag says that the server keeps the offset. */
const believesOwnFlag = partWith(sprite.shadow, {
  actions: {
    adoptOffset: assign(({ context, event }) => ({
      offset: context.shared ? context.offset : (on(event, 'moved').offset ?? context.offset),
    })),
  },
});

export const apparent: readonly ShippedKernel[] = [
  {
    id: 'A1',
    title: 'references in transit are lost when the transfer fails',
    record: 'read in Fs_EncapFileState and the failure label of Proc_MigrateTrap',
    terms: ['leak', 'reference leak'],
    kernel: {
      ...sprite,
      source: partWith(sprite.source, {
        actions: {
          takeBack: ({ context }): Effects =>
            send(cell.process(context.process, context.from ?? ''), {
              type: 'restored',
              descriptors: context.unreleased.map(() => null),
            }),
        },
      }),
    },
    caughtBy: ['references-are-owned', 'nothing-is-left'],
    scenario: 'crash-during-migration',
    culprit: { at: 'source', action: 'replyTaken' },
  },
  {
    id: 'A2',
    title: 'a half-arrived process is reaped without closing its streams',
    record: 'read in Proc_DestroyMigratedProc, case NEW',
    terms: ['leak', 'reference leak'],
    kernel: {
      ...sprite,
      target: partWith(sprite.target, { guards: { nothingToClose: () => true } }),
    },
    caughtBy: ['references-are-owned', 'nothing-is-left'],
    scenario: 'crash-during-migration',
    culprit: { at: 'target', action: 'closed' },
  },
  {
    id: 'A3',
    title: "a client struck off in a call-back keeps its counts in the file's summary",
    record: 'read in fsconsistCache.c ClientCommand, ConsistTimeout',
    terms: ['leak', 'count leak'],
    kernel: {
      ...sprite,
      entry: partWith(sprite.entry, { actions: { subtractStruckOff: ignore } }),
    },
    caughtBy: ['use-counts-sum-clients', 'unlinked-lives-until-unused'],
    scenario: 'client-dies-in-recall',
    culprit: { at: 'recall', action: 'failed' },
  },
  {
    id: 'A7',
    title: "a call-back that overtakes a migration's reply strikes the new client off",
    record: 'read in fsprefix open bookkeeping, fsconsistCache.c Fsconsist_RpcConsist',
    terms: ['race', 'stale read', 'stale cache'],
    kernel: { ...sprite, recall: struckOffBeforeReply },
    caughtBy: ['entry-matches-handle', 'reads-see-last-write', 'write-shared-is-uncached'],
    scenario: 'open-during-reply',
    culprit: { at: 'recall', action: 'served' },
  },
  {
    id: 'A8',
    title: 'a process that exits with a migration pending leaves its shell at the target',
    record: 'read in ExitProcessInt',
    terms: ['hang', 'leak', 'orphan'],
    kernel: { ...sprite, source: partWith(sprite.source, { actions: { destroyShell: ignore } }) },
    caughtBy: ['nothing-waits-for-ever', 'nothing-is-left', 'dead-hosts-are-forgotten'],
    scenario: 'exit-races-request',
  },
  {
    id: 'A9',
    title: 'an eviction that fails or is aborted is awaited for ever',
    record: 'read in AbortMigration and the failure label of Proc_MigrateTrap',
    terms: ['hang'],
    kernel: {
      ...sprite,
      source: partWith(sprite.source, { actions: { reportFailureToEvictor: ignore } }),
    },
    caughtBy: ['eviction-ends', 'nothing-waits-for-ever'],
    scenario: 'eviction',
  },
  {
    id: 'A12',
    title:
      'home depends on the host of a process only after the switch, and misses an earlier crash',
    record: 'read in Proc_MigrateTrap, steps 14-16',
    terms: ['hang', 'race'],
    kernel: { ...sprite, process: dependsFromNowOn },
    caughtBy: ['home-knows-location', 'nothing-waits-for-ever', 'nothing-is-left'],
    scenario: 'forks-after-reboot',
  },
  {
    id: 'A37',
    title: 'a second request to migrate is accepted while the first is pending',
    record: 'read in Proc_Migrate',
    terms: ['race'],
    kernel: { ...sprite, source: requestedAgain, target: askedAgainElsewhere },
    caughtBy: ['home-knows-location', 'nothing-is-left'],
    scenario: 'requested-twice',
  },
  {
    id: 'A37-second',
    title:
      'a second request is accepted while the state is on its way, and an empty shell is resumed',
    record: 'read in Proc_Migrate and Proc_MigrateTrap, steps 10-14',
    terms: ['race'],
    kernel: { ...sprite, source: turnedElsewhere, target: resumedEmpty, process: emptyShellRuns },
    caughtBy: ['nothing-is-left', 'every-module-moves'],
    scenario: 'requested-on-the-way',
  },
  {
    id: 'A39',
    title: 'CLOSE holds the I/O handle while it waits for a migration of its stream',
    record: 'read in fsrmt Fsrmt_RpcClose against fsio Fsio_StreamMigClient',
    terms: ['deadlock', 'circle of waiting', 'hang'],
    kernel: { ...sprite, service: closeWaitsForMigration },
    caughtBy: ['no-cycle-of-waiting'],
    scenario: 'three-party-close',
  },
  {
    id: 'A40',
    title: 'a process that comes home does not depend on the host it leaves until it is resumed',
    record: 'read in DeencapProcState',
    terms: ['hang'],
    kernel: {
      ...sprite,
      target: partWith(sprite.target, {
        guards: {
          arrivedNotices: (step) => step.context.home !== step.context.to && sourceHasCrashed(step),
        },
      }),
    },
    caughtBy: ['nothing-waits-for-ever', 'home-knows-location', 'dead-hosts-are-forgotten'],
    scenario: 'crash-during-migration',
  },
  {
    id: 'A43',
    title: 'dirty data are dropped unwritten on a host that reads and was the last to write',
    record: 'read in fsconsistCache.c StartConsistency, case 5',
    terms: ['lost update', 'lost write', 'data loss'],
    kernel: {
      ...sprite,
      entry: partWith(sprite.entry, {
        actions: {
          recallDirtyReader: ({ context }): Effects => [
            send(cell.consistency(context.file), { type: 'awaits', host: context.host }),
            send(cell.recall(context.file, context.host), {
              type: 'sent',
              writeBack: false,
              invalidate: true,
            }),
          ],
        },
      }),
    },
    caughtBy: ['reads-see-last-write'],
    scenario: 'writer-leaves-reader',
  },
  {
    id: 'A46',
    title: 'home takes a fork that is repeated after a lost reply for a new one, and forks twice',
    record: 'read in Proc_DoRemoteCall and ProcRemoteFork',
    terms: ['retry', 'duplicate request', 'leak', 'orphan'],
    kernel: { ...sprite, homeCall: forksTwice },
    caughtBy: ['home-knows-location', 'nothing-is-left'],
    scenario: 'fork-asked-again',
  },
  {
    id: 'A48',
    title: 'a lost reply to RESUME kills the process at home while it runs on at the target',
    record: 'read in Proc_MigrateTrap, steps 14-17',
    terms: ['split brain', 'retry', 'false death'],
    kernel: { ...sprite, source: silenceIsDeath },
    caughtBy: ['home-knows-location'],
    scenario: 'lost-reply',
  },
  {
    id: 'A49',
    title: 'an exit that reaches home before home has switched loses its status',
    record: 'read in RpcRemoteCall',
    terms: ['race', 'lost status'],
    kernel: { ...sprite, homeCall: exitIsAnError },
    caughtBy: ['status-is-true', 'transparency'],
    scenario: 'exit-away-from-home',
  },
  {
    id: 'A53',
    title: 'a writer that arrives by migration keeps a cached block that is one version old',
    record: 'read in Fsio_FileMigrate, FsrmtFileMigOpen, Fscache_UpdateFile',
    terms: ['stale read', 'stale cache'],
    kernel: { ...sprite, handle: arrivalCountsAsOpen },
    caughtBy: ['reads-see-last-write', 'transparency'],
    scenario: 'reader-joins-arrival',
  },
  {
    id: 'A54',
    title: 'reads of a stream that is shared between hosts bypass the cache of their host',
    record: 'read in FsrmtFileRead, FsrmtFileWrite',
    terms: ['stale read', 'stale cache'],
    kernel: { ...sprite, thread: sharedGoesPast },
    caughtBy: ['reads-see-last-write', 'transparency'],
    scenario: 'shared-once',
  },
  {
    id: 'A55',
    title: 'a close with LAST_DIRTY_BLOCK is believed while an open of the same host is answered',
    record: 'read in FsrmtFileClose, Fsconsist_Close',
    terms: ['lost update', 'lost write'],
    kernel: {
      ...sprite,
      entry: partWith(sprite.entry, {
        guards: { isLastBlock: ({ event }) => on(event, 'closed').lastDirtyBlock },
      }),
    },
    caughtBy: ['reads-see-last-write', 'one-dirty-host'],
    scenario: 'closes-while-opening',
  },
  {
    id: 'A56',
    title:
      'an open for writing raises the version before its round, and another reply has it early',
    record: 'read in Fsio_FileNameOpen, Fscache_GetCachedAttr',
    terms: ['race', 'stale read', 'stale cache'],
    kernel: { ...sprite, service: raisesEarly },
    caughtBy: ['reads-see-last-write', 'transparency'],
    scenario: 'reads-before-writer',
  },
  {
    id: 'A57',
    title: 'a source reports its offset although the stream is shared, and the server takes it',
    record: 'read in Fsio_StreamMigClient, StreamMigCallback',
    terms: ['lost offset', 'stale offset'],
    kernel: { ...sprite, release: reportsAnyOffset, shadow: believesOwnFlag },
    caughtBy: ['one-offset'],
    scenario: 'sharers-change-places',
  },
  {
    id: 'A58',
    title: 'the reply to the migration of a stream undoes that the stream is shared since',
    record: 'read in Fsio_DeencapStream',
    terms: ['race', 'lost offset', 'stale offset'],
    kernel: { ...sprite, stream: replyUndoesSharing },
    caughtBy: ['shared-is-known', 'one-offset'],
    scenario: 'sharers-change-places',
  },
];
