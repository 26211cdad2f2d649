/**
 * Faults that Sprite's authors recorded between 1988 and 1992, each put back into the repaired
 * kernel. `caughtBy` was written down from the record, before the fault was run.
 */
import { on, send, type Effects } from '../vocabulary/cell.ts';
import { cell } from '../vocabulary/ids.ts';
import { sprite } from '../kernel.ts';
import type { ServiceContext } from '../machines/service.events.ts';
import type { ShadowContext } from '../machines/shadow.machine.ts';
import { nextStream } from '../observations/target.ts';
import { strangerWhileSwitching } from './home-calls.ts';
import { fileHeldForAnswers, fileHeldThroughCallBack, shadowHeldForFile } from './locks.ts';
import { partWith } from './replace.ts';
import type { ShippedKernel } from './shipped.ts';
import { closeThenReopen, openThenClose } from './transfers.ts';

const ignore = (): undefined => undefined;

export const recorded: readonly ShippedKernel[] = [
  {
    id: 'R1',
    title: 'the server asks the shared flag, not the source, whether the source is finished',
    record: 'RCS fsioMigrate.c 8.4, fsconsistCache.c 8.3, "double migration", December 1988',
    terms: ['underflow', 'negative count', 'double close'],
    kernel: {
      ...sprite,
      service: partWith(sprite.service, {
        observes: {
          served: (look, place, event) => {
            const { stream } = look(cell.service(place.process)).context as ServiceContext;
            const { shared } = look(cell.shadow(stream)).context as ShadowContext;
            const found = sprite.service.observes.served(look, place, event);
            return { ...found, sourceHasFinished: !shared };
          },
        },
      }),
    },
    caughtBy: ['use-counts-sum-clients', 'shadow-lists-holders', 'entry-matches-handle'],
    scenario: 'double-migration',
    culprit: { at: 'service', action: 'served' },
  },
  {
    id: 'R2',
    title: 'the release call-back does not drop the reference that has moved',
    record: 'RCS fsioStream.c 8.14, July 1989',
    terms: ['leak', 'reference leak'],
    kernel: {
      ...sprite,
      stream: partWith(sprite.stream, {
        guards: { isLastReference: () => false },
        actions: { releaseReference: ignore },
      }),
      release: partWith(sprite.release, { guards: { isLastReference: () => false } }),
    },
    caughtBy: ['references-are-owned'],
    scenario: 'read-during-transfer',
    culprit: { at: 'release', action: 'served' },
  },
  {
    id: 'R3',
    title: 'the mark of a new stream stays, and a later migration counts the host again',
    record: 'RCS fsioStream.c 8.13-8.14, July 1989',
    terms: ['double count'],
    kernel: { ...sprite, stream: partWith(sprite.stream, { actions: { clearNew: ignore } }) },
    caughtBy: ['use-counts-sum-clients', 'entry-matches-handle', 'handle-counts-streams'],
    scenario: 'same-target',
    culprit: { at: 'target', action: 'replyTaken' },
  },
  {
    id: 'R5',
    title: 'the source accounts for a stream when it encapsulates it',
    record: 'redesign of October 1988, fsioPipe.c 6.17; Welch thesis 5.3.1',
    kernel: {
      ...sprite,
      source: partWith(sprite.source, {
        actions: {
          sendEntire: ({ context, event }): Effects => {
            const { carried, holdsSignals } = on(event, 'encapsulated');
            const from = context.from ?? '';
            return [
              send(cell.fate(context.process), { type: 'left' }),
              send(cell.process(context.process, from), { type: 'encapsulated' }),
              ...carried.flatMap((each) =>
                each === null ? [] : [send(cell.stream(each.stream, from), { type: 'released' })],
              ),
              send(cell.target(context.process), {
                type: 'transferred',
                from,
                to: context.to ?? '',
                carried,
                holdsSignals,
              }),
            ];
          },
        },
      }),
      release: partWith(sprite.release, {
        guards: { isLastReference: () => false },
        actions: { giveUpReference: ignore },
      }),
    },
    caughtBy: ['references-are-owned', 'shadow-lists-holders'],
    scenario: 'read-during-transfer',
    culprit: { at: 'source', action: 'encapsulated' },
  },
  {
    id: 'R6',
    title: 'the offset is captured at encapsulation and overwrites a newer one',
    record: 'bug reports 1989#338, #395, #412, #413; RCS fsioStream.c 9.7, May 1990',
    terms: ['lost offset', 'stale offset'],
    kernel: {
      ...sprite,
      service: partWith(sprite.service, {
        actions: {
          moveStream: ({ context, event }): Effects =>
            send(cell.shadow(context.stream), {
              type: 'moved',
              source: context.source,
              target: context.caller,
              sourceInUse: on(event, 'releaseTaken').inUse,
              offset: context.carriedOffset,
            }),
        },
      }),
    },
    caughtBy: ['one-offset'],
    scenario: 'read-during-transfer',
  },
  {
    id: 'R7',
    title: 'the source does not learn that its stream is shared now',
    record: 'RCS fsioStream.c 9.10, November 1990',
    terms: ['lost offset', 'stale offset'],
    kernel: { ...sprite, stream: partWith(sprite.stream, { actions: { markShared: ignore } }) },
    caughtBy: ['one-offset', 'shared-is-known'],
    scenario: 'read-during-transfer',
  },
  {
    id: 'R8',
    title: 'the I/O handle is locked across the call-back to the source',
    record: 'RCS fsioStream.c 8.10, 14 May 1989; Welch thesis 5.4.1',
    terms: ['deadlock', 'circle of waiting', 'hang'],
    kernel: { ...sprite, service: fileHeldThroughCallBack },
    caughtBy: ['no-cycle-of-waiting'],
    scenario: 'close-at-the-source',
  },
  {
    id: 'R8-second',
    title: 'the shadow stream is kept locked while the I/O handle is taken',
    record: 'RCS fsioStream.c 8.11, 18 May 1989',
    terms: ['deadlock', 'circle of waiting', 'hang'],
    kernel: { ...sprite, service: shadowHeldForFile },
    caughtBy: ['no-cycle-of-waiting'],
    scenario: 'double-migration',
  },
  {
    id: 'R10',
    title: 'a late write-back answer erases the last writer although a newer one is recorded',
    record: 'RCS fsconsistCache.c 6.15, September 1988',
    terms: ['stale read', 'stale cache'],
    kernel: { ...sprite, file: partWith(sprite.file, { guards: { isLastWriter: () => true } }) },
    caughtBy: ['reads-see-last-write', 'one-dirty-host'],
    scenario: 'sequential-sharing',
  },
  {
    id: 'R12',
    title: 'the I/O handle stays locked while call-backs are out, although their answers need it',
    record: 'RCS fsconsistCache.c 9.2, 9.12, 9.14, 1989-90; bugs 1990#1275-1279',
    terms: ['deadlock', 'circle of waiting', 'hang'],
    kernel: { ...sprite, service: fileHeldForAnswers },
    caughtBy: ['no-cycle-of-waiting'],
    scenario: 'sequential-sharing',
  },
  {
    id: 'R14',
    title: 'a call-back does not bring the attributes that the old host has cached',
    record: 'bug reports 1989#135, 1990#1203-1205',
    terms: ['stale read', 'stale cache', 'stale attributes'],
    kernel: {
      ...sprite,
      recall: partWith(sprite.recall, { actions: { gatherAttributes: ignore } }),
    },
    caughtBy: ['reads-see-last-write'],
    scenario: 'writer-leaves-reader',
  },
  {
    id: 'R18',
    title: 'a second arrival of a stream goes on before the first has attached the handle',
    record: 'bug report 1990#1751; RCS vmMigrate.c 9.11, 9.12; the final kernel has it still',
    terms: ['race'],
    kernel: {
      ...sprite,
      target: partWith(sprite.target, {
        observes: {
          fetched: (look, place, event) => {
            const found = sprite.target.observes.fetched(look, place, event);
            const isArriving = nextStream(look, place.process)?.value === 'arriving';
            return { ...found, streamIsFree: found.streamIsFree || isArriving };
          },
        },
      }),
    },
    caughtBy: ['handle-counts-streams'],
    scenario: 'same-target',
    culprit: { at: 'target', action: 'fetched' },
  },
  {
    id: 'R19',
    title: 'a remote wait that reaches home before home has switched is answered "no such process"',
    record: 'bugs 1990#851, #1646, logs 32053, 32269; RCS procMigrate.c 9.36, procRpc.c 9.21',
    terms: ['race'],
    kernel: { ...sprite, homeCall: strangerWhileSwitching },
    caughtBy: ['status-is-true'],
    scenario: 'wait-away-from-home',
  },
  {
    id: 'R27',
    title: 'a shell stays for ever when the home that asked for it dies',
    record: 'RCS procMigrate.c 9.4, December 1989; bug report 1989#791',
    terms: ['hang', 'leak', 'orphan'],
    kernel: {
      ...sprite,
      target: partWith(sprite.target, { guards: { shellNotices: () => false } }),
    },
    caughtBy: ['nothing-waits-for-ever', 'nothing-is-left', 'dead-hosts-are-forgotten'],
    scenario: 'crash-during-migration',
  },
  {
    id: 'R44',
    title: 'two closers both delete an unlinked file',
    record: 'RCS fsioFile.c 9.2, 9.24',
    terms: ['double free', 'double delete'],
    kernel: { ...sprite, file: partWith(sprite.file, { guards: { isThere: () => true } }) },
    caughtBy: ['unlinked-lives-until-unused'],
    scenario: 'two-closers',
  },
  {
    id: 'R50',
    title: 'the server does not wake the call that waits when a client dies in a call-back',
    record: 'RCS fsconsistCache.c 8.10',
    terms: ['hang', 'lost wake-up'],
    kernel: {
      ...sprite,
      recall: partWith(sprite.recall, { actions: { reportDeathToRound: ignore } }),
    },
    caughtBy: ['nothing-waits-for-ever', 'dead-hosts-are-forgotten'],
    scenario: 'client-dies-in-recall',
  },
  {
    id: 'R65',
    title: 'a process that exits with a migration pending does not wake its requester',
    record: 'RCS procMigrate.c 9.12, June 1990',
    terms: ['hang', 'lost wake-up'],
    kernel: {
      ...sprite,
      source: partWith(sprite.source, { actions: { wakeRequesterOnExit: ignore } }),
    },
    caughtBy: ['requester-is-woken', 'nothing-waits-for-ever'],
    scenario: 'exit-races-request',
  },
  {
    id: 'R64-1986',
    title: 'files are closed at the source and opened again by name at the target',
    record: 'the paper, section 3; Douglis thesis 5.3.1',
    terms: ['use after free', 'close-reopen'],
    kernel: { ...sprite, service: closeThenReopen },
    caughtBy: ['unlinked-lives-until-unused', 'one-offset'],
    scenario: 'unlinked-travels',
  },
  {
    id: 'R64-1989',
    title: 'files are opened at the target before they are closed at the source',
    record: 'the paper, section 2; Douglis thesis 5.3',
    terms: ['open-close'],
    kernel: { ...sprite, service: openThenClose },
    caughtBy: ['cached-unless-shared'],
    scenario: 'unlinked-travels',
  },
];
