/**
 * Ghosts: what a one-host kernel would answer, kept for properties only. Kernel machines take
 * the tag of the next write from them and nothing else; they hold tags and small integers, never histories.
 *
 *   `lastWrite` is a file's data and size as one host would have them: a read must return the last
 *   write, a stat the size it made. `position` is a stream's one offset: each read or write must
 *   use the next. `uses` notes whether a file was ever in use on two hosts at once, where a reference
 *   in transit counts at its source, and the newest version that anybody was told. `pages` is what a
 *   process last wrote to its memory. `fate` is how a process ended and what its parent was told,
 *   whether its signals were held, and its image when it was packed and when it went on. What differs
 *   is kept until a property has seen it.
 *
 *   A file's name has a ghost of its own (name.machine.ts), the visitors of an eviction too
 *   (visitors.machine.ts).
 *
 * Paper     §1, §2 (transparency)
 */
import { assign, setup } from 'xstate';
import { on } from '../vocabulary/cell.ts';
import type { Process, Stream } from '../vocabulary/ids.ts';

export type Difference = {
  readonly what: 'data' | 'size' | 'offset' | 'page';
  readonly expected: number;
  readonly found: number;
};

export type LastWriteContext = {
  readonly data: number;
  /** The newest tag given out. Tags are not used again, even when their data are lost. */
  readonly tag: number;
  readonly size: number;
  readonly difference: Difference | null;
};

export type LastWriteEvent =
  | { type: 'written'; data: number; size: number }
  | { type: 'read'; data: number }
  | { type: 'sized'; size: number }
  /** `block` is the write that died; null where only attributes did. */
  | { type: 'lost'; block: number | null; data: number; size: number };

export const lastWriteContext: LastWriteContext = { data: 0, tag: 0, size: 0, difference: null };

export const lastWriteMachine = setup({
  types: { context: {} as LastWriteContext, events: {} as LastWriteEvent },
  guards: {
    isLastWrite: ({ context, event }) => on(event, 'read').data === context.data,
    wasLastWrite: ({ context, event }) => {
      const { block } = on(event, 'lost');
      return block === null || block === context.data;
    },
    isSize: ({ context, event }) => on(event, 'sized').size === context.size,
  },
  actions: {
    ignore: () => undefined,
    note: assign(({ context, event }) => {
      const { data, size } = on(event, 'written');
      return { data, tag: data, size: Math.max(size, context.size) };
    }),
    noteData: assign(({ context, event }) => ({
      difference: { what: 'data', expected: context.data, found: on(event, 'read').data } as const,
    })),
    noteSize: assign(({ context, event }) => ({
      difference: { what: 'size', expected: context.size, found: on(event, 'sized').size } as const,
    })),
    fallBack: assign(({ event }) => {
      const { data, size } = on(event, 'lost');
      return { data, size };
    }),
  },
}).createMachine({
  id: 'lastWrite',
  context: lastWriteContext,
  initial: 'watching',
  states: {
    watching: {
      on: {
        written: { actions: 'note' },
        read: [
          { guard: 'isLastWrite', actions: 'ignore' },
          { target: 'different', actions: 'noteData' },
        ],
        sized: [
          { guard: 'isSize', actions: 'ignore' },
          { target: 'different', actions: 'noteSize' },
        ],
        // Dirty data died with their host, within the delay: documented.
        lost: [{ guard: 'wasLastWrite', actions: 'fallBack' }, { actions: 'ignore' }],
      },
    },
    different: {
      on: {
        written: { actions: 'note' },
        read: { actions: 'ignore' },
        sized: { actions: 'ignore' },
        lost: { actions: 'ignore' },
      },
    },
  },
});

export type UsesContext = {
  /** Whether the file was ever in use on two hosts at once. */
  readonly everShared: boolean;
  /** The newest version that the server has told anybody. */
  readonly newestVersion: number;
};

export type UsesEvent =
  | { type: 'changed'; opener: string; leaving: string | null; hosts: number }
  | { type: 'versionTold'; version: number };

export const usesContext: UsesContext = { everShared: false, newestVersion: 0 };

export const usesMachine = setup({
  types: { context: {} as UsesContext, events: {} as UsesEvent },
  guards: {
    onSeveralHosts: ({ event }) => on(event, 'changed').hosts > 1,
    isNewer: ({ context, event }) => on(event, 'versionTold').version > context.newestVersion,
  },
  actions: {
    ignore: () => undefined,
    noteShared: assign({ everShared: true }),
    noteVersion: assign(({ event }) => ({ newestVersion: on(event, 'versionTold').version })),
  },
}).createMachine({
  id: 'uses',
  context: usesContext,
  initial: 'watching',
  states: {
    watching: {
      on: {
        changed: [{ guard: 'onSeveralHosts', actions: 'noteShared' }, { actions: 'ignore' }],
        versionTold: [{ guard: 'isNewer', actions: 'noteVersion' }, { actions: 'ignore' }],
      },
    },
  },
});

export type PagesContext = {
  /** The last write to each page. */
  readonly written: readonly number[];
  readonly difference: Difference | null;
};

export type PagesEvent =
  | { type: 'written'; page: number; data: number }
  | { type: 'read'; page: number; data: number }
  | { type: 'forked'; written: readonly number[] }
  | { type: 'cleared' };

export function pagesContext(pages: number): PagesContext {
  return { written: Array.from({ length: pages }, () => 0), difference: null };
}

/** A process's memory as one host would have it. */
export const pagesMachine = setup({
  types: { context: {} as PagesContext, events: {} as PagesEvent },
  guards: {
    isLastWrite: ({ context, event }) => {
      const { page, data } = on(event, 'read');
      return context.written[page] === data;
    },
  },
  actions: {
    ignore: () => undefined,
    note: assign(({ context, event }) => {
      const { page, data } = on(event, 'written');
      return { written: context.written.with(page, data) };
    }),
    copy: assign(({ event }) => ({ written: on(event, 'forked').written })),
    clear: assign(({ context }) => pagesContext(context.written.length)),
    notePage: assign(({ context, event }) => {
      const { page, data } = on(event, 'read');
      return {
        difference: { what: 'page', expected: context.written[page] ?? 0, found: data } as const,
      };
    }),
  },
}).createMachine({
  id: 'pages',
  context: pagesContext(0),
  initial: 'watching',
  states: {
    watching: {
      on: {
        written: { actions: 'note' },
        read: [
          { guard: 'isLastWrite', actions: 'ignore' },
          { target: 'different', actions: 'notePage' },
        ],
        forked: { actions: 'copy' },
        cleared: { actions: 'clear' },
      },
    },
    different: {
      on: {
        written: { actions: 'ignore' },
        read: { actions: 'ignore' },
        forked: { actions: 'ignore' },
        cleared: { actions: 'ignore' },
      },
    },
  },
});

/** What a migration must leave alone until it cannot go back. */
export type Image = {
  readonly descriptors: readonly (Stream | null)[];
  readonly holdsSignals: boolean;
};

export type FateContext = {
  readonly status: 'exited' | 'destroyed' | null;
  /** Whether the process has asked for signals to be held. */
  readonly holdsSignals: boolean;
  /**
   * It may be killed, and is known as destroyed: for good when its home or the host it was on has
   * crashed; when the host it was to go to has, until it goes on where it is.
   */
  readonly mayDie: 'forGood' | 'inMigration' | null;
  /** Its parent, from the fork on until it has been told, or has ended itself. */
  readonly owedTo: Process | null;
  /** What `wait` has told its parent. */
  readonly told: 'exited' | 'destroyed' | null;
  /** What it had when it was trapped, while a migration can still be given up. */
  readonly image: Image | null;
  /** What it had when it went on instead, where that differs. */
  readonly imageAfter: Image | null;
};

export type FateEvent =
  | { type: 'ended'; status: 'exited' | 'destroyed' }
  | { type: 'heldSignals' }
  | {
      type: 'hostCrashed';
      /** Its home, or where it runs, or where it is being forked. */
      isItsOwn: boolean;
      /** Where a migration that nobody will break off any more is to take it. */
      isItsTarget: boolean;
      /** Its home, or where its parent runs. */
      isOfParent: boolean;
    }
  | { type: 'toldTo'; status: 'exited' | 'destroyed'; parent: Process }
  | { type: 'forked'; parent: Process; holdsSignals: boolean }
  | { type: 'startedAway'; holdsSignals: boolean }
  | { type: 'orphaned' }
  | { type: 'trapped'; image: Image }
  | { type: 'left' }
  | { type: 'wentOn'; image: Image };

export const fateContext: FateContext = {
  status: null,
  holdsSignals: false,
  mayDie: null,
  owedTo: null,
  told: null,
  image: null,
  imageAfter: null,
};

/** How a process ended, whom its kernel owes that, what it asked for, what it had when it was trapped. */
export const fateMachine = setup({
  types: { context: {} as FateContext, events: {} as FateEvent },
  guards: {
    isUnchanged: ({ context, event }) =>
      JSON.stringify(on(event, 'wentOn').image) === JSON.stringify(context.image),
    isByItself: ({ event }) => on(event, 'ended').status === 'exited',
    isOwedTo: ({ context, event }) => context.owedTo === on(event, 'toldTo').parent,
    concernsIt: ({ event }) => {
      const { isItsOwn, isItsTarget, isOfParent } = on(event, 'hostCrashed');
      return isItsOwn || isItsTarget || isOfParent;
    },
  },
  actions: {
    ignore: () => undefined,
    noteLoss: assign(({ context, event }) => {
      const { isItsOwn, isItsTarget, isOfParent } = on(event, 'hostCrashed');
      const inMigration = isItsTarget ? 'inMigration' : context.mayDie;
      return {
        mayDie: isItsOwn || context.mayDie === 'forGood' ? 'forGood' : inMigration,
        owedTo: isOfParent ? null : context.owedTo,
      } as const;
    }),
    forgetParent: assign({ owedTo: null }),
    noteTold: assign(({ event }) => ({ told: on(event, 'toldTo').status })),
    note: assign(({ event }) => ({ status: on(event, 'ended').status })),
    noteHeld: assign({ holdsSignals: true }),
    /** A name that is forked again is another process. */
    begin: assign(({ event }) => ({
      ...fateContext,
      owedTo: on(event, 'forked').parent,
      holdsSignals: on(event, 'forked').holdsSignals,
    })),
    inherit: assign(({ event }) => ({ holdsSignals: on(event, 'startedAway').holdsSignals })),
    keepImage: assign(({ event }) => ({ image: on(event, 'trapped').image })),
    dropImage: assign({ image: null }),
    goOn: assign(({ context }) => (context.mayDie === 'inMigration' ? { mayDie: null } : {})),
    noteImage: assign(({ event }) => ({ imageAfter: on(event, 'wentOn').image })),
  },
}).createMachine({
  id: 'fate',
  context: fateContext,
  initial: 'watching',
  states: {
    watching: {
      on: {
        ended: [{ guard: 'isByItself', actions: ['note', 'goOn'] }, { actions: 'note' }],
        heldSignals: { actions: 'noteHeld' },
        hostCrashed: [{ guard: 'concernsIt', actions: 'noteLoss' }, { actions: 'ignore' }],
        toldTo: [
          { guard: 'isOwedTo', actions: ['noteTold', 'forgetParent'] },
          { actions: 'noteTold' },
        ],
        forked: { actions: 'begin' },
        startedAway: { actions: 'inherit' },
        orphaned: { actions: 'forgetParent' },
        trapped: { actions: 'keepImage' },
        left: { actions: 'dropImage' },
        wentOn: [
          { guard: 'isUnchanged', actions: ['dropImage', 'goOn'] },
          { actions: ['noteImage', 'goOn'] },
        ],
      },
    },
  },
});

export type PositionContext = { readonly next: number; readonly difference: Difference | null };

export type PositionEvent = { type: 'opened' } | { type: 'used'; offset: number };

export const positionContext: PositionContext = { next: 0, difference: null };

export const positionMachine = setup({
  types: { context: {} as PositionContext, events: {} as PositionEvent },
  guards: { isNext: ({ context, event }) => on(event, 'used').offset === context.next },
  actions: {
    ignore: () => undefined,
    startAgain: assign({ next: 0 }),
    move: assign(({ context }) => ({ next: context.next + 1 })),
    noteOffset: assign(({ context, event }) => ({
      difference: {
        what: 'offset',
        expected: context.next,
        found: on(event, 'used').offset,
      } as const,
    })),
  },
}).createMachine({
  id: 'position',
  context: positionContext,
  initial: 'watching',
  states: {
    watching: {
      on: {
        opened: { actions: 'startAgain' },
        used: [
          { guard: 'isNext', actions: 'move' },
          { target: 'different', actions: 'noteOffset' },
        ],
      },
    },
    different: {
      on: { opened: { actions: 'ignore' }, used: { actions: 'ignore' } },
    },
  },
});
