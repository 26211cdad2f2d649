/**
 * The I/O handle of a file on one client host, with the host's cached block of the file.
 *
 *   Use counts are one for each stream on this host, not one for each process. The cached block names the
 *   write whose data it contains; dirty means that the file server does not have it yet. Data survive the
 *   last close: the block stays, clean or dirty, until it is recalled.
 *
 *   States:
 *     ready  the only state
 *
 * Paper     §2 (caching), §5
 * Kernel    fsrmt/fsrmtFile.c FsrmtFileClose, FsrmtFileMigOpen, Fscache_UpdateFile;
 *           fscache/fscacheBlocks.c; fsconsist/fsconsistCache.c ProcessConsist
 * Observes  nothing
 * Left out  more than one block a file: consistency is decided for whole files. Reading a block
 *           from the server is one step with the read that needs it: a simplification, because the
 *           kernel holds no lock over a read. A17 needs the steps
 */
import { and, assign, not, or, setup } from 'xstate';
import type { OfFileOnHost, PartOf } from '../part.ts';
import { on, send, type Effects } from '../vocabulary/cell.ts';
import { cell, type File, type Host, type Mode } from '../vocabulary/ids.ts';

/** The write whose data the block holds, and whether the file server has them. */
export type Block = { readonly data: number; readonly dirty: boolean };

export type HandleContext = {
  readonly host: Host;
  readonly file: File;
  readonly references: number;
  readonly writers: number;
  readonly cachable: boolean;
  readonly version: number;
  readonly block: Block | null;
  readonly size: number;
  /** The newest reply that this host has seen about the file. */
  readonly stamp: number;
  /** The activity that holds the handle's lock across a call to the server. */
  readonly lockedBy: string | null;
};

export type HandleEvent =
  | {
      type: 'used';
      mode: Mode;
      cachable: boolean;
      version: number;
      size: number;
      stamp: number;
      opened: boolean;
    }
  | { type: 'unused'; mode: Mode }
  | { type: 'filled'; data: number }
  | { type: 'wrote'; data: number; size: number }
  /** Past the cache: the server has the data, this host knows the size. */
  | { type: 'wroteThrough'; size: number }
  | { type: 'recalled'; writeBack: boolean; invalidate: boolean }
  | { type: 'writeBack' }
  | { type: 'locked'; owner: string }
  | { type: 'unlocked' }
  | { type: 'crashed' };

export function handleContext(file: File, host: Host): HandleContext {
  return {
    host,
    file,
    references: 0,
    writers: 0,
    cachable: true,
    version: 0,
    block: null,
    size: 0,
    stamp: 0,
    lockedBy: null,
  };
}

export const handleMachine = setup({
  types: { context: {} as HandleContext, events: {} as HandleEvent },
  guards: {
    blockIsStale: ({ context, event }) => {
      const { version, mode, opened } = on(event, 'used');
      // An open for writing has raised the version itself; a migration has not.
      const own = opened && mode === 'write' ? version - 1 : version;
      return context.version < own;
    },
    /** Dirty data are the newest there are: the version was raised by another open on this host. */
    isOwnDirtyBlock: ({ context }) => context.block?.dirty === true,
    isOvertaken: ({ context, event }) => on(event, 'used').stamp < context.stamp,
    mayNotCache: ({ event }) => !on(event, 'used').cachable,
    mustInvalidate: ({ event }) => on(event, 'recalled').invalidate,
    mustWriteBack: ({ event }) => on(event, 'recalled').writeBack,
    isDirtyAndFree: ({ context }) => context.block?.dirty === true && context.lockedBy === null,
    /** There may be more dirty data soon: this host remains the last writer. */
    isOpenForWriting: ({ context }) => context.writers > 0,
    isDirty: ({ context }) => context.block?.dirty === true,
  },
  actions: {
    reportLoss: ({ context }): Effects =>
      send(cell.lastWrite(context.file), { type: 'lost', block: context.block?.data ?? null }),
    countUse: assign(({ context, event }) => {
      const { mode, cachable, version, stamp } = on(event, 'used');
      return {
        stamp,
        references: context.references + 1,
        writers: context.writers + (mode === 'write' ? 1 : 0),
        cachable,
        version,
      };
    }),
    /** Files only grow: a write from here may have overtaken this reply. */
    adoptSize: assign(({ context, event }) => ({
      size: Math.max(on(event, 'used').size, context.size),
    })),
    countOlderUse: assign(({ context, event }) => ({
      references: context.references + 1,
      writers: context.writers + (on(event, 'used').mode === 'write' ? 1 : 0),
    })),
    uncountUse: assign(({ context, event }) => ({
      references: context.references - 1,
      writers: context.writers - (on(event, 'unused').mode === 'write' ? 1 : 0),
    })),
    keepBlock: assign(({ event }) => ({
      block: { data: on(event, 'filled').data, dirty: false },
    })),
    dirtyBlock: assign(({ context, event }) => {
      const { data, size } = on(event, 'wrote');
      return { block: { data, dirty: true }, size: Math.max(size, context.size) };
    }),
    noteSize: assign(({ context, event }) => ({
      size: Math.max(on(event, 'wroteThrough').size, context.size),
    })),
    cleanBlock: assign(({ context }) => ({
      block: context.block === null ? null : { ...context.block, dirty: false },
    })),
    dropBlock: assign({ block: null }),
    stopCaching: assign({ cachable: false }),
    sendBlockHome: ({ context }): Effects =>
      send(cell.file(context.file), {
        type: 'written',
        data: context.block?.data ?? 0,
        size: context.size,
      }),
    /** As far as this host knows: a reply that lets it write may be on its way. */
    sayItWasTheLast: ({ context }): Effects =>
      send(cell.entry(context.file, context.host), { type: 'flushed' }),
    lock: assign(({ event }) => ({ lockedBy: on(event, 'locked').owner })),
    unlock: assign({ lockedBy: null }),
    forget: assign(({ context }) => handleContext(context.file, context.host)),
  },
}).createMachine({
  id: 'handle',
  context: handleContext('', ''),
  initial: 'ready',
  states: {
    ready: {
      on: {
        used: [
          // A newer reply has overtaken this one, and knew more.
          { guard: 'isOvertaken', actions: 'countOlderUse' },
          // The block is of an older version, or may not be cached any more: it goes.
          {
            guard: or([and(['blockIsStale', not('isOwnDirtyBlock')]), 'mayNotCache']),
            actions: ['dropBlock', 'countUse', 'adoptSize'],
          },
          // The block may stay.
          { actions: ['countUse', 'adoptSize'] },
        ],
        unused: { actions: 'uncountUse' },
        filled: { actions: 'keepBlock' },
        wrote: { actions: 'dirtyBlock' },
        wroteThrough: { actions: 'noteSize' },
        recalled: [
          { guard: 'mustInvalidate', actions: ['dropBlock', 'stopCaching'] },
          { guard: 'mustWriteBack', actions: 'cleanBlock' },
        ],
        writeBack: [
          {
            guard: and(['isDirtyAndFree', 'isOpenForWriting']),
            actions: ['sendBlockHome', 'cleanBlock'],
          },
          {
            guard: 'isDirtyAndFree',
            actions: ['sendBlockHome', 'sayItWasTheLast', 'cleanBlock'],
          },
        ],
        locked: { actions: 'lock' },
        unlocked: { actions: 'unlock' },
        crashed: [{ guard: 'isDirty', actions: ['reportLoss', 'forget'] }, { actions: 'forget' }],
      },
    },
  },
});

export const handlePart: PartOf<typeof handleMachine, OfFileOnHost> = {
  machine: handleMachine,
  observes: {},
  offers: {
    ready: (_, { scenario }) => (scenario.delayedWrites === true ? [{ type: 'writeBack' }] : []),
  },
};
