/**
 * Ghosts: the answers of a kernel with one host, for properties. Kernel machines read only one thing from
 * them: `thread` observes the tag of the next write. They contain tags and small integers, never histories.
 *
 *   `lastWrite` has the data and size of a file on one host: a read must return the last write, a stat the
 *   size that it made. `position` is the one offset of a stream: each read or write must use the next.
 *   `uses` records whether a file was ever in use on two hosts at once, where a reference in transit counts
 *   at its source, and the newest version that a host was given. `pages` is what a process last wrote to
 *   its memory. A difference is kept until a property has seen it.
 *
 *   Three ghosts have files of their own: a process's fate (fate.machine.ts), a file's name
 *   (name.machine.ts), the visitors of an eviction (visitors.machine.ts).
 *
 *   States:
 *     watching   no answer differed; for `uses`, the only state
 *     different  a kernel gave another answer
 *
 * Paper     §1, §2 (transparency)
 * Kernel    none
 * Observes  `lost`: the server's data when newer data are lost; `forked`: the parent's pages; `changed`: the
 *           hosts that use the file
 * Left out  nothing
 */
import { assign, setup } from 'xstate';
import { lastWriteObserves, pagesObserves, usesObserves } from '../observations/ghosts.ts';
import type { OfFile, OfProcess, OfStream, PartOf } from '../part.ts';
import { on, type Observed } from '../vocabulary/cell.ts';
import type { Host, Process } from '../vocabulary/ids.ts';

export type OffsetDifference = {
  readonly what: 'data' | 'size' | 'offset' | 'page';
  readonly expected: number;
  readonly found: number;
};

export type LastWriteContext = {
  readonly data: number;
  /** The newest tag given out. Tags are not used again, even when their data are lost. */
  readonly tag: number;
  readonly size: number;
  readonly difference: OffsetDifference | null;
};

export type LastWriteEvent =
  | { type: 'written'; data: number; size: number }
  | { type: 'read'; data: number }
  | { type: 'sized'; size: number }
  /** `block` is the write that died; null where only attributes did. */
  | ({ type: 'lost'; block: number | null } & Observed<{ data: number; size: number }>);

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

export const lastWritePart: PartOf<typeof lastWriteMachine, OfFile> = {
  machine: lastWriteMachine,
  observes: lastWriteObserves,
  offers: {},
};

export type UsesContext = {
  /** Whether the file was ever in use on two hosts at once. */
  readonly everShared: boolean;
  /** The newest version that the server has sent to a host. */
  readonly newestVersion: number;
};

export type UsesEvent =
  | ({ type: 'changed'; opener: Host; leaving: Host | null } & Observed<{ hosts: number }>)
  | { type: 'versionReported'; version: number };

export const usesContext: UsesContext = { everShared: false, newestVersion: 0 };

export const usesMachine = setup({
  types: { context: {} as UsesContext, events: {} as UsesEvent },
  guards: {
    onSeveralHosts: ({ event }) => on(event, 'changed').hosts > 1,
    isNewer: ({ context, event }) => on(event, 'versionReported').version > context.newestVersion,
  },
  actions: {
    ignore: () => undefined,
    noteShared: assign({ everShared: true }),
    noteVersion: assign(({ event }) => ({ newestVersion: on(event, 'versionReported').version })),
  },
}).createMachine({
  id: 'uses',
  context: usesContext,
  initial: 'watching',
  states: {
    watching: {
      on: {
        changed: [{ guard: 'onSeveralHosts', actions: 'noteShared' }, { actions: 'ignore' }],
        versionReported: [{ guard: 'isNewer', actions: 'noteVersion' }, { actions: 'ignore' }],
      },
    },
  },
});

export const usesPart: PartOf<typeof usesMachine, OfFile> = {
  machine: usesMachine,
  observes: usesObserves,
  offers: {},
};

export type PagesContext = {
  /** The last write to each page. */
  readonly written: readonly number[];
  readonly difference: OffsetDifference | null;
};

export type PagesEvent =
  | { type: 'written'; page: number; data: number }
  | { type: 'read'; page: number; data: number }
  | ({ type: 'forked'; parent: Process } & Observed<{ written: readonly number[] }>)
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

export const pagesPart: PartOf<typeof pagesMachine, OfProcess> = {
  machine: pagesMachine,
  observes: pagesObserves,
  offers: {},
};

export type PositionContext = {
  readonly next: number;
  readonly difference: OffsetDifference | null;
};

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

export const positionPart: PartOf<typeof positionMachine, OfStream> = {
  machine: positionMachine,
  observes: {},
  offers: {},
};
