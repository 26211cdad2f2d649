/**
 * Ghosts: what a one-host kernel would answer, kept for properties only. No kernel machine reads
 * them; they hold tags and small integers, never histories.
 *
 *   `lastWrite` is a file's data and size as one host would have them: a read must return the last
 *   write, a stat the size it made. `position` is a stream's one offset: each read or write must
 *   use the next. `uses` notes whether a file was ever in use on two hosts at once; a reference in
 *   transit counts at its source. What differs is kept until a property has seen it.
 *
 * Paper     §1, §2 (transparency)
 */
import { assign, setup } from 'xstate';
import { on } from '../vocabulary/cell.ts';

export type Difference = {
  readonly what: 'data' | 'size' | 'offset';
  readonly expected: number;
  readonly found: number;
};

export type LastWriteContext = {
  readonly data: number;
  readonly size: number;
  readonly difference: Difference | null;
};

export type LastWriteEvent =
  | { type: 'written'; data: number; size: number }
  | { type: 'read'; data: number }
  | { type: 'sized'; size: number }
  | { type: 'lost'; data: number; size: number };

export const lastWriteContext: LastWriteContext = { data: 0, size: 0, difference: null };

export const lastWriteMachine = setup({
  types: { context: {} as LastWriteContext, events: {} as LastWriteEvent },
  guards: {
    isLastWrite: ({ context, event }) => on(event, 'read').data === context.data,
    isSize: ({ context, event }) => on(event, 'sized').size === context.size,
  },
  actions: {
    ignore: () => undefined,
    note: assign(({ context, event }) => {
      const { data, size } = on(event, 'written');
      return { data, size: Math.max(size, context.size) };
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
        lost: { actions: 'fallBack' },
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
};

export type UsesEvent = {
  type: 'changed';
  opener: string;
  leaving: string | null;
  hosts: number;
};

export const usesContext: UsesContext = { everShared: false };

export const usesMachine = setup({
  types: { context: {} as UsesContext, events: {} as UsesEvent },
  guards: { onSeveralHosts: ({ event }) => event.hosts > 1 },
  actions: { ignore: () => undefined, noteShared: assign({ everShared: true }) },
}).createMachine({
  id: 'uses',
  context: usesContext,
  initial: 'watching',
  states: {
    watching: {
      on: {
        changed: [
          { guard: 'onSeveralHosts', actions: 'noteShared' },
          { actions: 'ignore' },
        ],
      },
    },
  },
});

export type FateContext = { readonly status: 'exited' | 'destroyed' | null };

export type FateEvent = { type: 'ended'; status: 'exited' | 'destroyed' };

/** How a process really ended. */
export const fateMachine = setup({
  types: { context: {} as FateContext, events: {} as FateEvent },
  actions: { note: assign(({ event }) => ({ status: event.status })) },
}).createMachine({
  id: 'fate',
  context: { status: null },
  initial: 'watching',
  states: { watching: { on: { ended: { actions: 'note' } } } },
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
        used: [{ guard: 'isNext', actions: 'move' }, { target: 'different', actions: 'noteOffset' }],
      },
    },
    different: {
      on: { opened: { actions: 'ignore' }, used: { actions: 'ignore' } },
    },
  },
});
