/**
 * The process control block of one process on one host.
 *
 *   A process that is away from home has two: at home the one that gives it its identity, where it
 *   runs the one that holds its state. Descriptors are here only while the process is: at
 *   encapsulation they leave with it.
 *
 *     shell      allocated by a request to migrate: NEW, foreign, empty
 *     arriving   its state is being unpacked
 *     arrived    complete, waits to be resumed
 *     running    here it executes
 *     frozen     trapped into the kernel to migrate away; its state is here or on its way
 *     migrated   at home, for a process that executes elsewhere
 *
 * Paper     §2 (home, identity), §5 "Global naming"
 * Kernel    proc/procTypes.h Proc_ControlBlock; proc/procMigrate.c
 * Observes  nothing
 * Left out  signals, groups, priorities; the process table's slots
 */
import { assign, setup } from 'xstate';
import { on } from '../vocabulary/cell.ts';
import type { Host, Process, Stream } from '../vocabulary/ids.ts';

export type ProcessContext = {
  readonly process: Process;
  readonly host: Host;
  readonly home: Host | null;
  /** The other host, where there are two control blocks. */
  readonly peer: Host | null;
  readonly descriptors: readonly (Stream | null)[];
};

export type ProcessEvent =
  | { type: 'created'; home: Host; descriptors: readonly (Stream | null)[] }
  | { type: 'allocated'; home: Host }
  | { type: 'descriptorSet'; descriptor: number; stream: Stream }
  | { type: 'descriptorCleared'; descriptor: number }
  | { type: 'frozen' }
  | { type: 'encapsulated' }
  | { type: 'unpacking'; descriptors: number }
  | { type: 'unpacked' }
  | { type: 'resumed' }
  | { type: 'thawed' }
  | { type: 'departed'; to: Host }
  | { type: 'gone' }
  | { type: 'crashed' };

export function processContext(process: Process, host: Host): ProcessContext {
  return { process, host, home: null, peer: null, descriptors: [] };
}

export const processMachine = setup({
  types: { context: {} as ProcessContext, events: {} as ProcessEvent },
  guards: { leavesHome: ({ context }) => context.home === context.host },
  actions: {
    create: assign(({ event }) => {
      const { home, descriptors } = on(event, 'created');
      return { home, descriptors };
    }),
    allocate: assign(({ event }) => {
      const { home } = on(event, 'allocated');
      return { home, peer: home };
    }),
    setDescriptor: assign(({ context, event }) => {
      const { descriptor, stream } = on(event, 'descriptorSet');
      return { descriptors: context.descriptors.with(descriptor, stream) };
    }),
    clearDescriptor: assign(({ context, event }) => ({
      descriptors: context.descriptors.with(on(event, 'descriptorCleared').descriptor, null),
    })),
    emptyDescriptors: assign(({ context }) => ({
      descriptors: context.descriptors.map(() => null),
    })),
    makeRoom: assign(({ event }) => ({
      descriptors: Array.from({ length: on(event, 'unpacking').descriptors }, () => null),
    })),
    pointAtPeer: assign(({ event }) => ({ peer: on(event, 'departed').to, descriptors: [] })),
    clearPeerAtHome: assign(({ context }) => ({
      peer: context.home === context.host ? null : context.peer,
    })),
    forget: assign(({ context }) => processContext(context.process, context.host)),
  },
}).createMachine({
  id: 'process',
  context: processContext('', ''),
  initial: 'absent',
  on: {
    crashed: { target: '.absent', actions: 'forget' },
    gone: { target: '.absent', actions: 'forget' },
  },
  states: {
    absent: {
      on: {
        created: { target: 'running', actions: 'create' },
        allocated: { target: 'shell', actions: 'allocate' },
      },
    },
    shell: { on: { unpacking: { target: 'arriving', actions: 'makeRoom' } } },
    arriving: {
      on: {
        descriptorSet: { actions: 'setDescriptor' },
        unpacked: { target: 'arrived' },
      },
    },
    arrived: { on: { resumed: { target: 'running', actions: 'clearPeerAtHome' } } },
    running: {
      on: {
        descriptorSet: { actions: 'setDescriptor' },
        descriptorCleared: { actions: 'clearDescriptor' },
        frozen: { target: 'frozen' },
      },
    },
    frozen: {
      on: {
        encapsulated: { actions: 'emptyDescriptors' },
        thawed: { target: 'running' },
        departed: [
          { guard: 'leavesHome', target: 'migrated', actions: 'pointAtPeer' },
          { target: 'absent', actions: 'forget' },
        ],
      },
    },
    migrated: { on: { unpacking: { target: 'arriving', actions: 'makeRoom' } } },
  },
});
