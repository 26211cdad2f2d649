/**
 * A process: where it lives, what it has open, and how far its migration has come.
 *
 *   A migration hands every stream over in three steps: into the message that carries the process
 *   (encapsulate), out of it on the target (deencapsulate), away from the source (commit). A process
 *   dies with its home, with the host it runs on, and with the target it is flying to. When only the
 *   host it left crashes, it goes on and has nothing more to give up there.
 *
 * Specification  MiniMig.tla, the actions on a process, and what CrashAll does to one
 */
import { and, assertEvent, assign, setup } from 'xstate';
import type { Effect, Observed } from 'sprite-check/checker';
import type { Mode } from './file.machine.ts';
import type { Copy } from './host.machine.ts';
import { inTransit } from './stream.machine.ts';

export type Process = {
  readonly home: string;
  /** Where it runs; during a migration its source, `nowhere` once the source has crashed. */
  readonly host: string;
  readonly target: string;
  /** The stream that each descriptor names, or `null`. */
  readonly slots: readonly (string | null)[];
};
export type ProcessEvent =
  | {
      readonly type: 'start';
      readonly home: string;
      readonly host: string;
      /** Inherited streams; none when spawned. */
      readonly slots?: readonly (string | null)[];
    }
  | ({
      readonly type: 'open';
      readonly slot: number;
      readonly file: string;
      readonly mode: Mode;
    } & Observed<{ freeStream: string | null }>)
  | { readonly type: 'close'; readonly slot: number }
  | ({
      readonly type: 'access';
      readonly slot: number;
      /** What is known of the file behind the slot; `null` for an empty slot. */
    } & Observed<{ use: Use | null }>)
  | ({ readonly type: 'fork' } & Observed<{ freeProcess: string | null }>)
  | { readonly type: 'exit' }
  | ({ readonly type: 'migrate'; readonly target: string } & Observed<{ targetIsUp: boolean }>)
  | { readonly type: 'deencapsulate' }
  | { readonly type: 'commit' }
  | { readonly type: 'hostCrashed'; readonly crashed: string };
export type Use = {
  readonly file: string;
  readonly mode: Mode;
  readonly cachable: boolean;
  readonly copy: Copy;
};

export const nowhere = 'nowhere';

export const processMachine = setup({
  types: { context: {} as Process, events: {} as ProcessEvent },
  guards: {
    slotIsNext,
    slotIsHeld,
    aStreamIsFree,
    aProcessIsFree,
    fileIsCachable,
    copyIsNotEnough,
    targetIsElsewhere,
    targetIsUp,
    livesOnCrashed,
    fliesToCrashed,
    leftCrashed,
  },
  actions: {
    openStream,
    closeStream,
    useCopy,
    startChild,
    acquireInTransit,
    acquireOnHost,
    acquireOnTarget,
    releaseInTransit,
    releaseOnHost,
    releaseOnTarget,
    flushOnHost,
    become: assign(become),
    fillSlot: assign(fillSlot),
    emptySlot: assign(emptySlot),
    aim: assign(aim),
    arrive: assign(arrive),
    forgetSource: assign({ host: nowhere }),
    forget: assign(forget),
    changeNothing: () => undefined,
  },
}).createMachine({
  id: 'process',
  context: { home: nowhere, host: nowhere, target: nowhere, slots: [] },
  initial: 'absent',
  states: {
    absent: {
      entry: 'forget',
      on: {
        start: { target: 'running', actions: 'become' },
        hostCrashed: { actions: 'changeNothing' },
      },
    },
    running: {
      on: {
        open: { guard: and(['slotIsNext', 'aStreamIsFree']), actions: ['openStream', 'fillSlot'] },
        close: { guard: 'slotIsHeld', actions: ['closeStream', 'emptySlot'] },
        access: { guard: and(['fileIsCachable', 'copyIsNotEnough']), actions: 'useCopy' },
        fork: { guard: 'aProcessIsFree', actions: ['startChild', 'acquireOnHost'] },
        exit: { target: 'absent', actions: 'releaseOnHost' },
        migrate: {
          guard: and(['targetIsElsewhere', 'targetIsUp']),
          target: 'encapsulated',
          actions: ['acquireInTransit', 'flushOnHost', 'aim'],
        },
        hostCrashed: [
          { guard: 'livesOnCrashed', target: 'absent', actions: 'releaseOnHost' },
          { actions: 'changeNothing' },
        ],
      },
    },
    encapsulated: {
      on: {
        deencapsulate: { target: 'restoring', actions: ['acquireOnTarget', 'releaseInTransit'] },
        hostCrashed: [
          {
            guard: 'fliesToCrashed',
            target: 'absent',
            actions: ['releaseInTransit', 'releaseOnHost'],
          },
          { guard: 'leftCrashed', actions: ['releaseOnHost', 'forgetSource'] },
          { actions: 'changeNothing' },
        ],
      },
    },
    restoring: {
      on: {
        commit: { target: 'running', actions: ['releaseOnHost', 'arrive'] },
        hostCrashed: [
          {
            guard: 'fliesToCrashed',
            target: 'absent',
            actions: ['releaseOnHost', 'releaseOnTarget'],
          },
          { guard: 'leftCrashed', actions: ['releaseOnHost', 'forgetSource'] },
          { actions: 'changeNothing' },
        ],
      },
    },
  },
});

export function absentProcess(slots: number): Process {
  return { home: nowhere, host: nowhere, target: nowhere, slots: Array(slots).fill(null) };
}

type Step = { readonly context: Process; readonly event: ProcessEvent };

function slotIsNext({ context, event }: Step): boolean {
  assertEvent(event, 'open');
  return context.slots.indexOf(null) === event.slot;
}

function slotIsHeld({ context, event }: Step): boolean {
  assertEvent(event, 'close');
  return context.slots[event.slot] !== null;
}

function aStreamIsFree({ event }: Step): boolean {
  assertEvent(event, 'open');
  return event.freeStream !== null;
}

function aProcessIsFree({ event }: Step): boolean {
  assertEvent(event, 'fork');
  return event.freeProcess !== null;
}

function fileIsCachable({ event }: Step): boolean {
  assertEvent(event, 'access');
  return event.use?.cachable === true;
}

/** A writer wants its copy dirty; a reader wants any copy. */
function copyIsNotEnough({ event }: Step): boolean {
  assertEvent(event, 'access');
  return event.use?.mode === 'write' ? event.use.copy !== 'dirty' : event.use?.copy === 'none';
}

function targetIsElsewhere({ context, event }: Step): boolean {
  assertEvent(event, 'migrate');
  return event.target !== context.host;
}

function targetIsUp({ event }: Step): boolean {
  assertEvent(event, 'migrate');
  return event.targetIsUp;
}

function livesOnCrashed({ context, event }: Step): boolean {
  assertEvent(event, 'hostCrashed');
  return event.crashed === context.host || event.crashed === context.home;
}

function fliesToCrashed({ context, event }: Step): boolean {
  assertEvent(event, 'hostCrashed');
  return event.crashed === context.target || event.crashed === context.home;
}

function leftCrashed({ context, event }: Step): boolean {
  assertEvent(event, 'hostCrashed');
  return event.crashed === context.host;
}

function openStream({ context, event }: Step): Effect | undefined {
  assertEvent(event, 'open');
  const { file, mode, freeStream } = event;
  if (freeStream === null) return undefined;
  return { to: freeStream, event: { type: 'open', file, mode, place: context.host } };
}

function closeStream({ context, event }: Step): readonly Effect[] {
  assertEvent(event, 'close');
  return toStreams([context.slots[event.slot] ?? null], 'release', context.host);
}

function useCopy({ context, event }: Step): Effect | undefined {
  assertEvent(event, 'access');
  if (event.use === null) return undefined;
  const { file, mode } = event.use;
  return { to: context.host, event: { type: 'keep', file, copy: copyAfter(mode) } };
}

function copyAfter(mode: Mode): Copy {
  return mode === 'write' ? 'dirty' : 'clean';
}

function startChild({ context, event }: Step): Effect | undefined {
  assertEvent(event, 'fork');
  const { home, host, slots } = context;
  if (event.freeProcess === null) return undefined;
  return { to: event.freeProcess, event: { type: 'start', home, host, slots } };
}

function acquireInTransit({ context }: Step): readonly Effect[] {
  return toStreams(context.slots, 'acquire', inTransit);
}

function acquireOnHost({ context }: Step): readonly Effect[] {
  return toStreams(context.slots, 'acquire', context.host);
}

function acquireOnTarget({ context }: Step): readonly Effect[] {
  return toStreams(context.slots, 'acquire', context.target);
}

function releaseInTransit({ context }: Step): readonly Effect[] {
  return toStreams(context.slots, 'release', inTransit);
}

/** Nothing is left to release on a source that has crashed. */
function releaseOnHost({ context }: Step): readonly Effect[] {
  return context.host === nowhere ? [] : toStreams(context.slots, 'release', context.host);
}

function releaseOnTarget({ context }: Step): readonly Effect[] {
  return toStreams(context.slots, 'release', context.target);
}

function flushOnHost({ context }: Step): readonly Effect[] {
  return toStreams(context.slots, 'flush', context.host);
}

function toStreams(
  slots: readonly (string | null)[],
  type: 'acquire' | 'release' | 'flush',
  place: string,
): readonly Effect[] {
  return slots
    .filter((stream) => stream !== null)
    .map((stream) => ({ to: stream, event: { type, place } }));
}

function become({ context, event }: Step): Partial<Process> {
  assertEvent(event, 'start');
  return { home: event.home, host: event.host, slots: event.slots ?? context.slots };
}

function fillSlot({ context, event }: Step): Partial<Process> {
  assertEvent(event, 'open');
  return { slots: context.slots.with(event.slot, event.freeStream) };
}

function emptySlot({ context, event }: Step): Partial<Process> {
  assertEvent(event, 'close');
  return { slots: context.slots.with(event.slot, null) };
}

function aim({ event }: Step): Partial<Process> {
  assertEvent(event, 'migrate');
  return { target: event.target };
}

function arrive({ context }: Step): Partial<Process> {
  return { host: context.target, target: nowhere };
}

function forget({ context }: Step): Process {
  return absentProcess(context.slots.length);
}
