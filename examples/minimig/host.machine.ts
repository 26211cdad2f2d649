/**
 * A host and the copies of files in its cache.
 *
 *   A crash loses the copies and sends an event to every process, which decides whether it dies. The
 *   server's wish to drop or flush a copy changes nothing on a host that is down or has no such copy.
 *
 * Specification  MiniMig.tla Spawn, Crash, Reboot; the cache of Access, FOpen, FlushAll, Recompute
 */
import { assertEvent, assign, setup } from 'xstate';
import type { Effect, Observed } from 'sprite-check/checker';

export type Copy = 'none' | 'clean' | 'dirty';
export type Host = { readonly copies: { readonly [file: string]: Copy } };
export type HostEvent =
  | ({ readonly type: 'spawn' } & Observed<{ host: string; freeProcess: string | null }>)
  | ({ readonly type: 'crash' } & Observed<{ host: string; processes: readonly string[] }>)
  | { readonly type: 'reboot' }
  | { readonly type: 'keep'; readonly file: string; readonly copy: Copy }
  | { readonly type: 'drop'; readonly file: string }
  | { readonly type: 'flush'; readonly file: string };

export const hostMachine = setup({
  types: { context: {} as Host, events: {} as HostEvent },
  guards: { aProcessIsFree, copyIsDirty },
  actions: {
    startProcess,
    reportCrash,
    keepCopy: assign(keepCopy),
    dropCopy: assign(dropCopy),
    cleanCopy: assign(cleanCopy),
    loseCopies: assign(loseCopies),
    changeNothing: () => undefined,
  },
}).createMachine({
  id: 'host',
  context: { copies: {} },
  initial: 'up',
  states: {
    up: {
      on: {
        spawn: { guard: 'aProcessIsFree', actions: 'startProcess' },
        crash: { target: 'down', actions: ['loseCopies', 'reportCrash'] },
        keep: { actions: 'keepCopy' },
        drop: { actions: 'dropCopy' },
        flush: [{ guard: 'copyIsDirty', actions: 'cleanCopy' }, { actions: 'changeNothing' }],
      },
    },
    down: {
      on: {
        reboot: { target: 'up' },
        drop: { actions: 'changeNothing' },
        flush: { actions: 'changeNothing' },
      },
    },
  },
});

type Step = { readonly context: Host; readonly event: HostEvent };

function aProcessIsFree({ event }: Step): boolean {
  assertEvent(event, 'spawn');
  return event.freeProcess !== null;
}

function copyIsDirty({ context, event }: Step): boolean {
  assertEvent(event, 'flush');
  return context.copies[event.file] === 'dirty';
}

function startProcess({ event }: Step): Effect | undefined {
  assertEvent(event, 'spawn');
  const { host, freeProcess } = event;
  if (freeProcess === null) return undefined;
  return { to: freeProcess, event: { type: 'start', home: host, host } };
}

function reportCrash({ event }: Step): readonly Effect[] {
  assertEvent(event, 'crash');
  const { host, processes } = event;
  return processes.map((to) => ({ to, event: { type: 'hostCrashed', crashed: host } }));
}

function keepCopy({ context, event }: Step): Host {
  assertEvent(event, 'keep');
  return withCopy(context, event.file, event.copy);
}

function dropCopy({ context, event }: Step): Host {
  assertEvent(event, 'drop');
  return withCopy(context, event.file, 'none');
}

function cleanCopy({ context, event }: Step): Host {
  assertEvent(event, 'flush');
  return withCopy(context, event.file, 'clean');
}

function loseCopies({ context }: Step): Host {
  return {
    copies: Object.fromEntries(Object.keys(context.copies).map((file) => [file, 'none'])),
  };
}

function withCopy({ copies }: Host, file: string, copy: Copy): Host {
  return { copies: { ...copies, [file]: copy } };
}
