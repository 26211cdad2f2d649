/**
 * Faults that this checker found while the model was built, and that the repaired kernel corrects. No
 * record of Sprite names them, and whether the real kernel had them is unknown.
 */
import { assign } from 'xstate';
import { sprite } from '../kernel.ts';
import { entryContext } from '../machines/entry.machine.ts';
import { on } from '../vocabulary/cell.ts';
import { partWith } from './replace.ts';
import type { ShippedKernel } from './shipped.ts';

export const found: readonly ShippedKernel[] = [
  {
    id: 'N1',
    title:
      'a process reads a stream while a reference to it arrives, and the reply undoes the offset',
    record: 'found here; the final kernel has it, read in Fs_Read and Fsio_DeencapStream',
    terms: ['race', 'lost offset'],
    kernel: {
      ...sprite,
      thread: partWith(sprite.thread, { guards: { nothingArrives: () => true } }),
    },
    caughtBy: ['one-offset'],
    scenario: 'read-during-transfer',
  },
  {
    id: 'N2',
    title:
      'a host that writes a file may cache it again when it also opens it to read, beside others',
    record: 'found here; the final kernel has it, read in fsconsistCache.c StartConsistency',
    terms: ['stale read', 'stale cache'],
    kernel: {
      ...sprite,
      consistency: partWith(sprite.consistency, {
        actions: {
          noteWhetherItWrites: assign(({ event }) => ({
            openerWrites: on(event, 'started').mode === 'write',
          })),
        },
      }),
    },
    caughtBy: ['write-shared-is-uncached', 'reads-see-last-write', 'one-dirty-host'],
    scenario: 'reader-beside-writer',
  },
  {
    id: 'N3',
    title: 'a close at the source of a stream that moves removes an unlinked file',
    record: 'found here; the final kernel has it, read in Fsrmt_RpcClose and Fsio_StreamMigClient',
    terms: ['use after free'],
    kernel: {
      ...sprite,
      file: partWith(sprite.file, {
        guards: { isUnused: ({ context }) => context.references === 0 && !context.linked },
      }),
    },
    caughtBy: ['unlinked-lives-until-unused'],
    scenario: 'unlinked-shared-travels',
  },
  {
    id: 'N4',
    title: 'a host drops its own dirty data when the reply to a second open overtakes the first',
    record: 'found here; the final kernel has it, read in Fscache_UpdateFile',
    terms: ['lost update', 'lost write', 'data loss'],
    kernel: {
      ...sprite,
      handle: partWith(sprite.handle, { guards: { isOwnDirtyBlock: () => false } }),
    },
    caughtBy: ['reads-see-last-write'],
    scenario: 'opens-overtake',
  },
  {
    id: 'N5',
    title: 'the reply to a second open undoes the size of a write-through that overtook it',
    record: 'found here, in a random walk of the large scenario office',
    terms: ['lost update', 'lost write'],
    kernel: {
      ...sprite,
      handle: partWith(sprite.handle, {
        actions: {
          adoptSize: assign(({ context, event }) => {
            const { size } = on(event, 'used');
            return { size: context.block?.dirty === true ? Math.max(size, context.size) : size };
          }),
        },
      }),
    },
    caughtBy: ['reads-see-last-write', 'transparency'],
    scenario: 'write-overtakes',
  },
  {
    id: 'N6',
    title:
      'time stamps of opens start again after a last close, and an old reply passes for a new one',
    record: 'found here, in deeper random walks; this model had it',
    terms: ['stale read', 'stale cache'],
    kernel: {
      ...sprite,
      handle: partWith(sprite.handle, {
        actions: {
          uncountUse: assign(({ context, event }) => ({
            references: context.references - 1,
            writers: context.writers - (on(event, 'unused').mode === 'write' ? 1 : 0),
            stamp: context.references === 1 ? 0 : context.stamp,
          })),
        },
      }),
      entry: partWith(sprite.entry, {
        actions: { forget: assign(({ context }) => entryContext(context.file, context.host)) },
      }),
    },
    caughtBy: ['reads-see-last-write'],
    scenario: 'close-overtakes',
  },
  {
    id: 'N7',
    title:
      'a source that a failed call-back has struck off is struck off again when its stream moves',
    record: 'found here, in deeper random walks; this model had it',
    terms: ['double free', 'underflow', 'negative count'],
    kernel: {
      ...sprite,
      service: partWith(sprite.service, { guards: { sourceIsListed: () => true } }),
    },
    caughtBy: ['use-counts-sum-clients', 'no-negative-counts'],
    scenario: 'source-dies-in-recall',
    culprit: { at: 'service', action: 'served' },
  },
  {
    id: 'N8',
    title:
      'the host that a writer leaves keeps its block, if it wrote it back while the stream moved',
    record:
      'found here, by review; the final kernel has it, read in fsconsistCache.c StartConsistency',
    terms: ['stale read', 'stale cache'],
    kernel: { ...sprite, entry: partWith(sprite.entry, { guards: { arrives: () => false } }) },
    caughtBy: ['reads-see-last-write', 'transparency'],
    scenario: 'closes-while-moving',
  },
  {
    id: 'N9',
    title:
      'the server believes LAST_DIRTY_BLOCK from a host that an open reply has not reached yet',
    record: 'found here, by review; the final kernel has it with a close: A55',
    terms: ['lost update', 'lost write'],
    kernel: { ...sprite, entry: partWith(sprite.entry, { guards: { maySoonWrite: () => false } }) },
    caughtBy: ['one-dirty-host', 'reads-see-last-write', 'transparency'],
    scenario: 'writes-back-while-opening',
  },
  {
    id: 'N10',
    title:
      'an evictor finds only visitors that run, not those that arrive or are on their way home',
    record:
      'found here, by review; the kernel marks every foreign control block; this model had it',
    kernel: {
      ...sprite,
      eviction: partWith(sprite.eviction, {
        observes: {
          ownerReturned: (look, place, event) => {
            const all = sprite.eviction.observes.ownerReturned(look, place, event).found;
            return { found: all.filter(({ is }) => is === 'running') };
          },
        },
      }),
    },
    caughtBy: ['eviction-ends'],
    scenario: 'eviction',
  },
  {
    id: 'N11',
    title: 'a wait takes any child that has ended, also one of another parent',
    record: 'found here, in random walks of the large scenario crashes; this model had it',
    kernel: {
      ...sprite,
      homeCall: partWith(sprite.homeCall, { guards: { isOwnChild: () => true } }),
      thread: partWith(sprite.thread, { guards: { isOwnChild: () => true } }),
    },
    caughtBy: ['status-is-reported-once'],
    scenario: 'two-parents',
  },
  {
    id: 'N12',
    title: 'a migration moves a stream of an unlinked file that went with the host it comes from',
    record:
      'found here, in a small scenario for conditions that no fault had tested; this model had it; ' +
      'Fsio_FileMigrate expects the I/O handle',
    terms: ['use after free'],
    kernel: {
      ...sprite,
      service: partWith(sprite.service, { guards: { fileIsThere: () => true } }),
    },
    caughtBy: ['unlinked-lives-until-unused'],
    scenario: 'unlinked-leaves-dying-host',
  },
];
