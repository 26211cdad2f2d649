/**
 * A table of reusable entries: the processes of the protocol, or its streams.
 *
 *   New work takes the lowest free entry. What is free could be read off the entries themselves,
 *   but then every spawn, fork and open would have to look at all of them; one look here is enough.
 *   The table follows from the other cells, so it makes no world differ from another.
 *
 * Specification  MiniMig.tla LowAbsent, LowFree
 */
import { assertEvent, assign, setup } from 'xstate';

export type Table = { readonly entries: readonly Entry[] };
export type Entry = { readonly name: string; readonly free: boolean };
export type TableEvent =
  | { readonly type: 'take'; readonly entry: string }
  | { readonly type: 'giveBack'; readonly entry: string };

export const tableMachine = setup({
  types: { context: {} as Table, events: {} as TableEvent },
  actions: { markTaken: assign(markTaken), markFree: assign(markFree) },
}).createMachine({
  id: 'table',
  context: { entries: [] },
  initial: 'present',
  states: {
    present: {
      on: {
        take: { actions: 'markTaken' },
        giveBack: { actions: 'markFree' },
      },
    },
  },
});

export function tableOf(names: readonly string[]): Table {
  return { entries: names.map((name) => ({ name, free: true })) };
}

export function lowestFree({ entries }: Table): string | null {
  return entries.find(({ free }) => free)?.name ?? null;
}

type Step = { readonly context: Table; readonly event: TableEvent };

function markTaken({ context, event }: Step): Table {
  assertEvent(event, 'take');
  return withFree(context, event.entry, false);
}

function markFree({ context, event }: Step): Table {
  assertEvent(event, 'giveBack');
  return withFree(context, event.entry, true);
}

function withFree({ entries }: Table, name: string, free: boolean): Table {
  return { entries: entries.map((entry) => (entry.name === name ? { name, free } : entry)) };
}
