/**
 * One client in a file's client list at the server: its uses, and whether it caches the file.
 *
 *   `considered` is the consistency table: another host opens the file (or receives it by migration), and
 *   this client's entry decides what its host must do first. An entry without uses may stay: the data of a
 *   closed file remain in the client's cache.
 *
 *     this client       the file stays cachable            the file becomes uncachable
 *     does not cache    nothing                            nothing
 *     closed, wrote     write back (drop it too, if the    write back and drop
 *                       opener writes)
 *     closed, read      nothing: its version shows it      nothing
 *                       (drop, if a writer arrives)
 *     writes            cannot be                          write back and drop
 *     reads, wrote      write back                         write back and drop
 *     reads             nothing                            drop
 *
 *   A migration does not raise the version. So when a writer arrives by migration, the version does not
 *   reveal what it writes.
 *
 *   `flushed`, and LAST_DIRTY_BLOCK in `closed`: the host says that it has no dirty block any more. The
 *   server does not believe it while the host is listed with other uses (`closed`), or with uses for
 *   writing (`flushed`): the reply to an open may be on its way to it.
 *
 *   States:
 *     unlisted  the client has no entry
 *     listed    the client uses the file, or may cache it
 *
 * Paper     §2 (sequential and concurrent write-sharing)
 * Kernel    fsconsist/fsconsistCache.c StartConsistency, EndConsistency; fsconsistIOClient.c
 * Observes  `closed`, `departed`: whether this host wrote last
 * Left out  mapped files (R and A items about mapping need state that comes later)
 */
import { and, assign, not, setup } from 'xstate';
import type { OfFileOnHost, PartOf } from '../part.ts';
import { on, send, type Effects, type Look, type Observed } from '../vocabulary/cell.ts';
import { cell, type File, type Host, type Mode } from '../vocabulary/ids.ts';
import type { FileContext } from './file.machine.ts';

export type EntryContext = {
  readonly file: File;
  readonly host: Host;
  readonly references: number;
  readonly writers: number;
  readonly cached: boolean;
  /** Grants so far: the open time stamp that orders replies to this client. */
  readonly stamp: number;
};

export type EntryEvent =
  | {
      type: 'considered';
      cachable: boolean;
      openerWrites: boolean;
      /** The opener's stream has come by migration. */
      arrives: boolean;
      lastWriter: boolean;
    }
  | { type: 'granted'; mode: Mode; cachable: boolean }
  | ({ type: 'closed'; mode: Mode; lastDirtyBlock: boolean } & Observed<{ lastWriter: boolean }>)
  | ({ type: 'departed'; mode: Mode } & Observed<{ lastWriter: boolean }>)
  | { type: 'answered'; invalidated: boolean; lastWriter: boolean }
  | { type: 'flushed' }
  | { type: 'struckOff' }
  | { type: 'killed' };

export function entryContext(file: File, host: Host): EntryContext {
  return { file, host, references: 0, writers: 0, cached: false, stamp: 0 };
}

export const entryMachine = setup({
  types: { context: {} as EntryContext, events: {} as EntryEvent },
  guards: {
    cachesNot: ({ context }) => !context.cached,
    staysCachable: ({ event }) => on(event, 'considered').cachable,
    wroteLast: ({ event }) => on(event, 'considered').lastWriter,
    openerWrites: ({ event }) => on(event, 'considered').openerWrites,
    arrives: ({ event }) => on(event, 'considered').arrives,
    hasUses: ({ context }) => context.references > 0,
    hasWriters: ({ context }) => context.writers > 0,
    /** By the server's books, which a close or a move may not have reached yet. */
    maySoonWrite: ({ context }) => context.writers > 0,
    lastUseCloses: ({ context }) => context.references === 1,
    mayHoldDirtyData: ({ event }) => on(event, 'closed', 'departed', 'answered').lastWriter,
    /** LAST_DIRTY_BLOCK with the host's last use, by the server's books: an open may be on its way. */
    isLastBlock: ({ context, event }) =>
      on(event, 'closed').lastDirtyBlock && context.references === 1,
    isCached: ({ context }) => context.cached,
    invalidated: ({ event }) => on(event, 'answered').invalidated,
  },
  actions: {
    ignore: () => undefined,
    recallWriteBack: ({ context }): Effects => recall(context, true, false),
    recallInvalidate: ({ context }): Effects => recall(context, false, true),
    recallBoth: ({ context }): Effects => recall(context, true, true),
    recallDirtyReader: ({ context }): Effects => recall(context, true, true),
    countUse: assign(({ context, event }) => ({
      references: context.references + 1,
      writers: context.writers + (on(event, 'granted').mode === 'write' ? 1 : 0),
    })),
    setCached: assign(({ context, event }) => ({
      cached: on(event, 'granted').cachable,
      stamp: context.stamp + 1,
    })),
    uncountUse: assign(({ context, event }) => ({
      references: context.references - 1,
      writers: context.writers - (on(event, 'closed', 'departed').mode === 'write' ? 1 : 0),
    })),
    clearCached: assign({ cached: false }),
    uncountInSummary: ({ context, event }): Effects =>
      send(cell.file(context.file), { type: 'closed', mode: on(event, 'closed').mode }),
    subtractStruckOff: ({ context }): Effects =>
      send(cell.file(context.file), {
        type: 'uncounted',
        references: context.references,
        writers: context.writers,
      }),
    subtractFromSummary: ({ context }): Effects =>
      send(cell.file(context.file), {
        type: 'uncounted',
        references: context.references,
        writers: context.writers,
      }),
    forgetAsWriter: ({ context }): Effects =>
      send(cell.file(context.file), { type: 'flushed', host: context.host }),
    /** Stamps go on: a reply to an earlier use may still be on its way. */
    forget: assign(({ context }) => ({
      ...entryContext(context.file, context.host),
      stamp: context.stamp,
    })),
  },
}).createMachine({
  id: 'entry',
  context: entryContext('', ''),
  initial: 'unlisted',
  states: {
    unlisted: {
      on: {
        considered: { actions: 'ignore' },
        granted: { target: 'listed', actions: ['countUse', 'setCached'] },
        // A host that was struck off closes: STALE_HANDLE, nothing to do.
        closed: { actions: 'ignore' },
        departed: { actions: 'ignore' },
        flushed: { actions: 'ignore' },
        struckOff: { actions: 'ignore' },
        killed: { actions: 'ignore' },
      },
    },
    listed: {
      on: {
        considered: [
          // A client that does not cache need not do anything.
          { guard: 'cachesNot', actions: 'ignore' },
          // It closed after it wrote, and the opener writes: it writes back and drops.
          {
            guard: and(['staysCachable', 'wroteLast', 'openerWrites']),
            actions: 'recallBoth',
          },
          // It wrote last and the file stays cachable: it writes back.
          { guard: and(['staysCachable', 'wroteLast']), actions: 'recallWriteBack' },
          // A writer arrives without a new version: the old block must go.
          {
            guard: and(['staysCachable', 'openerWrites', 'arrives']),
            actions: 'recallInvalidate',
          },
          // The file stays cachable, and the version shows whether the block is old.
          { guard: 'staysCachable', actions: 'ignore' },
          // From here on the file becomes uncachable. A writer writes back and drops.
          { guard: 'hasWriters', actions: 'recallBoth' },
          // A reader that wrote last has dirty data: it writes back and drops.
          { guard: and(['hasUses', 'wroteLast']), actions: 'recallDirtyReader' },
          // A reader drops.
          { guard: 'hasUses', actions: 'recallInvalidate' },
          // It has closed, but its dirty data may still be there.
          { guard: 'wroteLast', actions: 'recallBoth' },
          // It has closed, and its block is clean.
          { actions: 'ignore' },
        ],
        granted: { actions: ['countUse', 'setCached'] },
        closed: [
          // Its last use, and it keeps nothing: its entry goes.
          {
            guard: and(['lastUseCloses', not('isCached'), not('mayHoldDirtyData')]),
            target: 'unlisted',
            actions: ['uncountInSummary', 'forget'],
          },
          // The same, and nothing dirty is left there: the host is no longer the last writer.
          {
            guard: and(['isLastBlock', 'lastUseCloses', not('isCached')]),
            target: 'unlisted',
            actions: ['uncountInSummary', 'forgetAsWriter', 'forget'],
          },
          // It may keep a clean block, and is no longer the last writer.
          { guard: 'isLastBlock', actions: ['uncountInSummary', 'uncountUse', 'forgetAsWriter'] },
          // It has other uses, or a dirty block.
          { actions: ['uncountInSummary', 'uncountUse'] },
        ],
        // A stream has left by migration: the summary is Fsio_MigrateUseCounts' business.
        departed: [
          {
            guard: and(['lastUseCloses', not('isCached'), not('mayHoldDirtyData')]),
            target: 'unlisted',
            actions: 'forget',
          },
          { actions: 'uncountUse' },
        ],
        answered: [
          // The client has dropped its last data and uses: its entry goes.
          {
            guard: and(['invalidated', not('hasUses'), not('mayHoldDirtyData')]),
            target: 'unlisted',
            actions: 'forget',
          },
          // The client no longer caches the file.
          { guard: 'invalidated', actions: 'clearCached' },
          // The client has only written back.
          { actions: 'ignore' },
        ],
        flushed: [
          // The reply to an open for writing may be on its way to the host.
          { guard: 'maySoonWrite', actions: 'ignore' },
          // Without uses and without a cache, nothing keeps the entry.
          {
            guard: and([not('hasUses'), 'cachesNot']),
            target: 'unlisted',
            actions: ['forgetAsWriter', 'forget'],
          },
          // The host is no longer the last writer.
          { actions: 'forgetAsWriter' },
        ],
        // A call-back failed.
        struckOff: {
          target: 'unlisted',
          actions: ['subtractStruckOff', 'forgetAsWriter', 'forget'],
        },
        // The host is known to have crashed.
        killed: {
          target: 'unlisted',
          actions: ['subtractFromSummary', 'forgetAsWriter', 'forget'],
        },
      },
    },
  },
});

function recall(
  { file, host }: EntryContext,
  writeBack: boolean,
  invalidate: boolean,
): readonly ReturnType<typeof send>[] {
  return [
    send(cell.consistency(file), { type: 'awaits', host }),
    send(cell.recall(file, host), { type: 'sent', writeBack, invalidate }),
  ];
}

export const entryPart: PartOf<typeof entryMachine, OfFileOnHost> = {
  machine: entryMachine,
  observes: { closed: lastWriter, departed: lastWriter },
  offers: {},
};

function lastWriter(look: Look, { file, host }: OfFileOnHost): { lastWriter: boolean } {
  return { lastWriter: (look(cell.file(file)).context as FileContext).lastWriter === host };
}
