/**
 * A stream: an open file, referred to from several hosts and from messages in transit.
 *
 *   A host's first reference opens the file at its server, its last one closes it there. References
 *   in transit count here and nowhere else. A stream to which nothing refers is free again.
 *
 * Specification  MiniMig.tla Acq, Rel, and one slot of FlushAll
 */
import { and, assertEvent, assign, setup } from 'xstate';
import type { Effect } from 'sprite-check/checker';
import type { Mode } from './file.machine.ts';

export type Stream = {
  /** Empty while the stream is free. */
  readonly file: string;
  readonly mode: Mode;
  /** References by host, and `inTransit`; all of them have their count. */
  readonly references: { readonly [place: string]: number };
};
export type StreamEvent =
  | {
      readonly type: 'open';
      readonly file: string;
      readonly mode: Mode;
      readonly place: string;
    }
  | { readonly type: 'acquire'; readonly place: string }
  | { readonly type: 'release'; readonly place: string }
  | { readonly type: 'flush'; readonly place: string };

export const inTransit = 'in transit';

export const streamMachine = setup({
  types: { context: {} as Stream, events: {} as StreamEvent },
  guards: { isFirstOnHost, isLastOnHost, isLastOfAll, isForWriting },
  actions: {
    begin: assign(begin),
    count: assign(count),
    uncount: assign(uncount),
    forget: assign(forget),
    openAtServer,
    closeAtServer,
    flushAtHost,
    changeNothing: () => undefined,
  },
}).createMachine({
  id: 'stream',
  context: { file: '', mode: 'read', references: {} },
  initial: 'free',
  states: {
    free: {
      on: {
        open: { target: 'open', actions: ['begin', 'openAtServer'] },
      },
    },
    open: {
      on: {
        acquire: [
          { guard: 'isFirstOnHost', actions: ['count', 'openAtServer'] },
          { actions: 'count' },
        ],
        release: [
          {
            guard: and(['isLastOfAll', 'isLastOnHost']),
            target: 'free',
            actions: ['closeAtServer', 'forget'],
          },
          { guard: 'isLastOfAll', target: 'free', actions: 'forget' },
          { guard: 'isLastOnHost', actions: ['closeAtServer', 'uncount'] },
          { actions: 'uncount' },
        ],
        flush: [{ guard: 'isForWriting', actions: 'flushAtHost' }, { actions: 'changeNothing' }],
      },
    },
  },
});

export function freeStream(hosts: readonly string[]): Stream {
  return {
    file: '',
    mode: 'read',
    references: Object.fromEntries([...hosts, inTransit].map((place) => [place, 0])),
  };
}

type Step = { readonly context: Stream; readonly event: StreamEvent };

function isFirstOnHost({ context, event }: Step): boolean {
  return event.place !== inTransit && at(context, event.place) === 0;
}

function isLastOnHost({ context, event }: Step): boolean {
  return event.place !== inTransit && at(context, event.place) === 1;
}

function isLastOfAll({ context }: Step): boolean {
  return Object.values(context.references).reduce((sum, here) => sum + here, 0) === 1;
}

function isForWriting({ context }: Step): boolean {
  return context.mode === 'write';
}

function begin({ context, event }: Step): Stream {
  assertEvent(event, 'open');
  return {
    file: event.file,
    mode: event.mode,
    references: { ...context.references, [event.place]: 1 },
  };
}

function count({ context, event }: Step): Partial<Stream> {
  return changed(context, event.place, 1);
}

function uncount({ context, event }: Step): Partial<Stream> {
  return changed(context, event.place, -1);
}

function forget({ context }: Step): Stream {
  return freeStream(Object.keys(context.references).filter((place) => place !== inTransit));
}

function openAtServer({ context, event }: Step): Effect {
  const { file, mode } = context;
  return { to: file, event: { type: 'open', file, mode, host: event.place } };
}

function closeAtServer({ context, event }: Step): Effect {
  const { file, mode } = context;
  return { to: file, event: { type: 'close', file, mode, host: event.place } };
}

function flushAtHost({ context, event }: Step): Effect {
  return { to: event.place, event: { type: 'flush', file: context.file } };
}

function changed({ references }: Stream, place: string, by: 1 | -1): Partial<Stream> {
  return { references: { ...references, [place]: (references[place] ?? 0) + by } };
}

function at({ references }: Stream, place: string): number {
  return references[place] ?? 0;
}
