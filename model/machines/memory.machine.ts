/**
 * The pages of one process on one host, and its swap file on the backing store.
 *
 *   A page is absent here (the backing store has it), clean, or dirty; or a host that the process has left
 *   must still send it, in a kernel that leaves pages behind. When a migration is sized, the dirty pages are
 *   written to the backing store and the clean ones dropped; encapsulation gives the segment up. At the
 *   target every page is faulted in when it is touched. The swap file goes when the process ends.
 *
 *   States:
 *     ready  the only state of both
 *
 * Paper     §2 (virtual memory), §4.2
 * Kernel    vm/vmMigrate.c Vm_InitiateMigration, EncapSegment; vm/vmPage.c
 * Observes  `forked`: the parent's pages
 * Left out  segments and their sharing; which page is replaced when memory is short; the removal of the
 *           swap file of a process that is lost with a host: it stays
 */
import { assign, setup } from 'xstate';
import type { OfProcess, OfProcessOnHost, PartOf } from '../part.ts';
import { on, send, type Effects, type Observed } from '../vocabulary/cell.ts';
import { cell, type Host, type Process } from '../vocabulary/ids.ts';

/** The write whose data a page holds; `owedBy` names the host where it still is. */
export type Page =
  | null
  | { readonly data: number; readonly dirty: boolean }
  | { readonly owedBy: Host };

export type MemoryContext = {
  readonly process: Process;
  readonly host: Host;
  readonly pages: readonly Page[];
};

export type MemoryEvent =
  | { type: 'written'; page: number; data: number }
  | { type: 'filled'; page: number; data: number }
  | { type: 'taken'; page: number }
  | { type: 'cleaned'; page: number; data: number }
  | ({ type: 'forked'; parent: Process } & Observed<{ pages: readonly Page[] }>)
  | { type: 'owed'; pages: readonly Page[] }
  | { type: 'dropped' }
  | { type: 'crashed' };

export function memoryContext(process: Process, host: Host, pages: number): MemoryContext {
  return { process, host, pages: Array.from({ length: pages }, () => null) };
}

export const memoryMachine = setup({
  types: { context: {} as MemoryContext, events: {} as MemoryEvent },
  actions: {
    dirtyPage: assign(({ context, event }) => {
      const { page, data } = on(event, 'written');
      return { pages: context.pages.with(page, { data, dirty: true }) };
    }),
    fillPage: assign(({ context, event }) => {
      const { page, data } = on(event, 'filled');
      return { pages: context.pages.with(page, { data, dirty: false }) };
    }),
    removePage: assign(({ context, event }) => ({
      pages: context.pages.with(on(event, 'taken').page, null),
    })),
    cleanPage: assign(({ context, event }) => {
      const { page, data } = on(event, 'cleaned');
      return { pages: context.pages.with(page, { data, dirty: false }) };
    }),
    writeToStore: ({ context, event }): Effects => {
      const { page, data } = on(event, 'cleaned');
      return send(cell.swap(context.process), { type: 'stored', page, data });
    },
    copyPages: assign(({ event }) => ({ pages: on(event, 'forked').pages })),
    oweSome: assign(({ context, event }) => ({
      pages: on(event, 'owed').pages.map((page, index) => {
        // What this host owed to others, it has.
        const isOwn = page !== null && 'owedBy' in page && page.owedBy === context.host;
        return isOwn ? (context.pages[index] ?? null) : page;
      }),
    })),
    dropPages: assign(({ context }) => ({ pages: context.pages.map(() => null) })),
  },
}).createMachine({
  id: 'memory',
  context: memoryContext('', '', 0),
  initial: 'ready',
  states: {
    ready: {
      on: {
        written: { actions: 'dirtyPage' },
        filled: { actions: 'fillPage' },
        taken: { actions: 'removePage' },
        cleaned: { actions: ['cleanPage', 'writeToStore'] },
        forked: { actions: 'copyPages' },
        owed: { actions: 'oweSome' },
        dropped: { actions: 'dropPages' },
        crashed: { actions: 'dropPages' },
      },
    },
  },
});

/** A child starts with its parent's pages, as they are on the host where it is forked. */
export const memoryPart: PartOf<typeof memoryMachine, OfProcessOnHost> = {
  machine: memoryMachine,
  observes: {
    forked: (look, { host }, { parent }) => {
      const { pages } = look(cell.memory(parent, host)).context as MemoryContext;
      const { pages: stored } = look(cell.swap(parent)).context as SwapContext;
      return {
        pages: pages.map((page, index) => ({
          data: page !== null && 'data' in page ? page.data : (stored[index] ?? 0),
          dirty: true,
        })),
      };
    },
  },
  offers: {},
};

export type SwapContext = { readonly pages: readonly number[] };

export type SwapEvent = { type: 'stored'; page: number; data: number } | { type: 'cleared' };

export function swapContext(pages: number): SwapContext {
  return { pages: Array.from({ length: pages }, () => 0) };
}

/** The swap file: on the file server, never cached on clients. */
export const swapMachine = setup({
  types: { context: {} as SwapContext, events: {} as SwapEvent },
  actions: {
    store: assign(({ context, event }) => {
      const { page, data } = on(event, 'stored');
      return { pages: context.pages.with(page, data) };
    }),
    clear: assign(({ context }) => swapContext(context.pages.length)),
  },
}).createMachine({
  id: 'swap',
  context: swapContext(0),
  initial: 'ready',
  states: { ready: { on: { stored: { actions: 'store' }, cleared: { actions: 'clear' } } } },
});

export const swapPart: PartOf<typeof swapMachine, OfProcess> = {
  machine: swapMachine,
  observes: {},
  offers: {},
};
