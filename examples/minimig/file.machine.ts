/**
 * A file as its server sees it: how many streams each host has open, and whether clients may cache.
 *
 *   A file that one host writes while another has it open is write-shared. Then no client caches it.
 *   A file that is not write-shared may be cached; opening it takes away what another host's copy
 *   has that the opener must not miss: a reader needs it written back, a writer needs it gone.
 *   While a file is not cachable no host holds a copy, so opening it has nothing to take away, and
 *   a close can only end write-sharing, never begin it.
 *
 * Specification  MiniMig.tla FOpen, FClose, Recompute, Shared
 */
import { assign, setup } from 'xstate';
import type { Effect } from 'sprite-check/checker';

export type Mode = 'read' | 'write';
/** Streams with a reference on a host, by host; every host has its count. */
export type Counts = { readonly [host: string]: number };
export type File = { readonly readers: Counts; readonly writers: Counts };
export type FileEvent =
  | { readonly type: 'open'; readonly file: string; readonly mode: Mode; readonly host: string }
  | { readonly type: 'close'; readonly file: string; readonly mode: Mode; readonly host: string };

export const fileMachine = setup({
  types: { context: {} as File, events: {} as FileEvent },
  guards: { isForWriting, makesWriteShared, endsWriteSharing },
  actions: {
    count: assign(count),
    uncount: assign(uncount),
    dropCopies,
    dropOtherCopies,
    flushOtherCopies,
  },
}).createMachine({
  id: 'file',
  context: { readers: {}, writers: {} },
  initial: 'cachable',
  states: {
    cachable: {
      on: {
        open: [
          { guard: 'makesWriteShared', target: 'uncachable', actions: 'count' },
          { guard: 'isForWriting', actions: ['count', 'dropOtherCopies'] },
          { actions: ['count', 'flushOtherCopies'] },
        ],
        close: { actions: 'uncount' },
      },
    },
    uncachable: {
      entry: 'dropCopies',
      on: {
        open: { actions: 'count' },
        close: [
          { guard: 'endsWriteSharing', target: 'cachable', actions: 'uncount' },
          { actions: 'uncount' },
        ],
      },
    },
  },
});

/** Some host writes the file, and another has it open. */
export function isWriteShared({ readers, writers }: File): boolean {
  const users = hostsIn(readers).filter((host) => at(readers, host) + at(writers, host) > 0);
  return users.length > 1 && users.some((host) => at(writers, host) > 0);
}

type Step = { readonly context: File; readonly event: FileEvent };

function isForWriting({ event }: Step): boolean {
  return event.mode === 'write';
}

function makesWriteShared(step: Step): boolean {
  return isWriteShared(count(step));
}

function endsWriteSharing(step: Step): boolean {
  return !isWriteShared(uncount(step));
}

function count({ context, event }: Step): File {
  return changed(context, event, 1);
}

function uncount({ context, event }: Step): File {
  return changed(context, event, -1);
}

function changed({ readers, writers }: File, { mode, host }: FileEvent, by: 1 | -1): File {
  return mode === 'read'
    ? { readers: { ...readers, [host]: at(readers, host) + by }, writers }
    : { readers, writers: { ...writers, [host]: at(writers, host) + by } };
}

function dropCopies({ context, event }: Step): readonly Effect[] {
  return hostsIn(context.readers).map((host) => ({
    to: host,
    event: { type: 'drop', file: event.file },
  }));
}

function dropOtherCopies({ context, event }: Step): readonly Effect[] {
  return others({ context, event }).map((host) => ({
    to: host,
    event: { type: 'drop', file: event.file },
  }));
}

function flushOtherCopies({ context, event }: Step): readonly Effect[] {
  return others({ context, event }).map((host) => ({
    to: host,
    event: { type: 'flush', file: event.file },
  }));
}

function others({ context, event }: Step): readonly string[] {
  return hostsIn(context.readers).filter((host) => host !== event.host);
}

function hostsIn(counts: Counts): readonly string[] {
  return Object.keys(counts);
}

function at(counts: Counts, host: string): number {
  return counts[host] ?? 0;
}
