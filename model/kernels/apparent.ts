/**
 * Weaknesses of the final kernel that nobody recorded: found by reading its source. Each kernel is
 * the repaired one with that one weakness left in.
 */
import { and, not } from 'xstate';
import { sprite } from '../kernel.ts';
import { entryMachine } from '../machines/entry.machine.ts';
import { recallConfig, recallSetup, recallStates } from '../machines/recall.machine.ts';
import { tell, type Told } from '../vocabulary/cell.ts';
import { cell } from '../vocabulary/ids.ts';
import { closeWaitsForMigration } from './locks.ts';
import type { ShippedKernel } from './shipped.ts';

const ignore = (): undefined => undefined;

/**
 * A client takes a call-back that overtook its migration's reply for one about a file it does not
 * have: STALE_HANDLE, and the server strikes it off.
 */
const struckOffBeforeReply = recallSetup.createMachine({
  ...recallConfig,
  states: {
    ...recallStates,
    sent: {
      on: {
        served: [
          {
            guard: and(['handleIsFree', not('openReplyInFlight'), not('migrationReplyInFlight')]),
            target: 'answered',
            actions: ['writeDataBack', 'gatherAttributes', 'applyToCache'],
          },
          { guard: and(['handleIsFree', not('openReplyInFlight')]), target: 'unanswered' },
        ],
        crashed: { target: 'unanswered' },
      },
    },
  },
});

export const apparent: readonly ShippedKernel[] = [
  {
    id: 'A3',
    title: "a client struck off in a call-back keeps its counts in the file's summary",
    record: 'read in fsconsistCache.c ClientCommand, ConsistTimeout',
    kernel: { ...sprite, entry: entryMachine.provide({ actions: { subtractStruckOff: ignore } }) },
    caughtBy: ['use-counts-sum-clients', 'unlinked-lives-until-unused'],
    scenario: 'client-dies-in-recall',
  },
  {
    id: 'A7',
    title: "a call-back that overtakes a migration's reply strikes the new client off",
    record: 'read in fsprefix open bookkeeping, fsconsistCache.c Fsconsist_RpcConsist',
    kernel: { ...sprite, recall: struckOffBeforeReply },
    caughtBy: ['entry-matches-handle', 'reads-see-last-write', 'write-shared-is-uncached'],
    scenario: 'open-during-reply',
  },
  {
    id: 'A39',
    title: 'CLOSE holds the I/O handle while it waits for a migration of its stream',
    record: 'read in fsrmt Fsrmt_RpcClose against fsio Fsio_StreamMigClient',
    kernel: { ...sprite, service: closeWaitsForMigration },
    caughtBy: ['no-cycle-of-waiting'],
    scenario: 'three-party-close',
  },
  {
    id: 'A43',
    title: 'dirty data are dropped unwritten on a host that reads and was the last to write',
    record: 'read in fsconsistCache.c StartConsistency, case 5',
    kernel: {
      ...sprite,
      entry: entryMachine.provide({
        actions: {
          recallDirtyReader: ({ context }): Told => [
            tell(cell.consistency(context.file), { type: 'awaits', host: context.host }),
            tell(cell.recall(context.file, context.host), {
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
];
