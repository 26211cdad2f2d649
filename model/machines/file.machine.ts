/**
 * A file at its server: the summary use counts, the server's data and attributes, and the last writer.
 *
 *   The summary is the sum over the client list, stored apart from it. The name may be gone while the file
 *   is open; the last reference on any host removes the file, once.
 *
 *   States:
 *     present  the only state; whether the file has a name is in the context
 *
 * Paper     §2, §3 (unlinked files), §5
 * Kernel    fsio/fsioFile.c Fsio_FileNameOpen, Fsio_FileCloseInt; fsio/fsioMigrate.c
 *           Fsio_MigrateUseCounts; fsconsist/fsconsist.h Fsconsist_Info
 * Observes  nothing
 * Left out  execution uses; disk and directories
 */
import { and, assign, not, setup } from 'xstate';
import type { OfFile, PartOf } from '../part.ts';
import { on } from '../vocabulary/cell.ts';
import type { Host, Mode } from '../vocabulary/ids.ts';

export type FileContext = {
  readonly references: number;
  readonly writers: number;
  /** Streams that are moving to a new host: their uses are not counted yet. */
  readonly reserved: number;
  /** The write whose data the server has. */
  readonly data: number;
  readonly size: number;
  readonly version: number;
  /** The host that may have the newest data. */
  readonly lastWriter: Host | null;
  readonly linked: boolean;
  /** How often the file was taken off the disk. Once is right. */
  readonly removals: number;
  /** The service that holds the handle's lock across a wait. */
  readonly lockedBy: string | null;
};

export type FileEvent =
  | { type: 'opened'; mode: Mode }
  | { type: 'versionRaised' }
  | { type: 'granted'; host: Host; writes: boolean; cachable: boolean }
  | { type: 'closed'; mode: Mode }
  | { type: 'reserved' }
  | { type: 'unreserved' }
  | { type: 'moved'; mode: Mode; isNew: boolean; sourceFinished: boolean }
  | { type: 'uncounted'; references: number; writers: number }
  | { type: 'written'; data: number; size: number }
  | { type: 'sized'; size: number }
  | { type: 'flushed'; host: Host }
  | { type: 'unlinked' }
  | { type: 'removeIfUnused' }
  | { type: 'locked'; owner: string }
  | { type: 'unlocked' };

export const fileContext: FileContext = {
  references: 0,
  writers: 0,
  reserved: 0,
  data: 0,
  size: 0,
  version: 0,
  lastWriter: null,
  linked: true,
  removals: 0,
  lockedBy: null,
};

export const fileMachine = setup({
  types: { context: {} as FileContext, events: {} as FileEvent },
  guards: {
    mayDirty: ({ event }) => {
      const { writes, cachable } = on(event, 'granted');
      return writes && cachable;
    },
    targetIsNew: ({ event }) => on(event, 'moved').isNew,
    sourceFinished: ({ event }) => on(event, 'moved').sourceFinished,
    isLastWriter: ({ context, event }) => context.lastWriter === on(event, 'flushed').host,
    isUnused: ({ context }) =>
      context.references === 0 && context.reserved === 0 && !context.linked,
    isThere: ({ context }) => context.removals === 0,
  },
  actions: {
    ignore: () => undefined,
    countUse: assign(({ context, event }) =>
      counted(context, on(event, 'opened', 'moved').mode, 1),
    ),
    uncountUse: assign(({ context, event }) =>
      counted(context, on(event, 'closed', 'moved').mode, -1),
    ),
    uncountAll: assign(({ context, event }) => {
      const { references, writers } = on(event, 'uncounted');
      return {
        references: context.references - references,
        writers: context.writers - writers,
      };
    }),
    reserve: assign(({ context }) => ({ reserved: context.reserved + 1 })),
    unreserve: assign(({ context }) => ({ reserved: context.reserved - 1 })),
    raiseVersion: assign(({ context }) => ({ version: context.version + 1 })),
    rememberWriter: assign(({ event }) => ({ lastWriter: on(event, 'granted').host })),
    forgetWriter: assign({ lastWriter: null }),
    takeData: assign(({ event }) => ({ data: on(event, 'written').data })),
    takeSize: assign(({ context, event }) => ({
      size: Math.max(context.size, on(event, 'written', 'sized').size),
    })),
    dropName: assign({ linked: false }),
    remove: assign(({ context }) => ({ removals: context.removals + 1, lastWriter: null })),
    lock: assign(({ event }) => ({ lockedBy: on(event, 'locked').owner })),
    unlock: assign({ lockedBy: null }),
  },
}).createMachine({
  id: 'file',
  context: fileContext,
  initial: 'present',
  states: {
    present: {
      on: {
        opened: { actions: 'countUse' },
        // An open for writing.
        versionRaised: { actions: 'raiseVersion' },
        granted: [{ guard: 'mayDirty', actions: 'rememberWriter' }, { actions: 'ignore' }],
        closed: { actions: 'uncountUse' },
        reserved: { actions: 'reserve' },
        unreserved: { actions: 'unreserve' },
        moved: [
          // The target is a new user, and the source remains one: one more.
          { guard: and(['targetIsNew', not('sourceFinished')]), actions: 'countUse' },
          // The source has finished, and the target was a user already: one fewer.
          { guard: and([not('targetIsNew'), 'sourceFinished']), actions: 'uncountUse' },
          // One came and one went, or neither.
          { actions: 'ignore' },
        ],
        uncounted: { actions: 'uncountAll' },
        written: { actions: ['takeData', 'takeSize'] },
        sized: { actions: 'takeSize' },
        flushed: [{ guard: 'isLastWriter', actions: 'forgetWriter' }, { actions: 'ignore' }],
        unlinked: { actions: 'dropName' },
        removeIfUnused: [
          { guard: and(['isUnused', 'isThere']), actions: 'remove' },
          { actions: 'ignore' },
        ],
        locked: { actions: 'lock' },
        unlocked: { actions: 'unlock' },
      },
    },
  },
});

export const filePart: PartOf<typeof fileMachine, OfFile> = {
  machine: fileMachine,
  observes: {},
  offers: {},
};

function counted(context: FileContext, mode: Mode, by: 1 | -1): Partial<FileContext> {
  return {
    references: context.references + by,
    writers: context.writers + (mode === 'write' ? by : 0),
  };
}
