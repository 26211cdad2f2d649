/**
 * The process control block of one process on one host.
 *
 *   A process away from home has two. The block at home has its identity and its family; the block on the
 *   host where it runs has its state. Each depends on the other's host: home treats a process as destroyed
 *   when its physical host has crashed, and a visitor is killed when its home has crashed. A host has
 *   crashed when it is down or comes with another boot identifier. Descriptors are in a block only while
 *   the process is: at encapsulation they leave.
 *
 *   States:
 *     absent     no control block
 *     shell      allocated by a request to migrate: NEW, foreign, empty
 *     arriving   its state is being unpacked
 *     arrived    complete, waits to be resumed
 *     running    it executes here
 *     frozen     trapped into the kernel to migrate away
 *     migrated   at home, for a process that executes elsewhere
 *     doomed     a visitor whose home has crashed: it is being killed
 *     zombie     at home: it has ended, its parent has not asked yet
 *
 * Paper     §2 (home, identity, family), §5 "Global naming"
 * Kernel    proc/procTypes.h Proc_ControlBlock; proc/procMigrate.c, procRecovery.c, procExit.c
 * Observes  `exited`, `orphaned`: whether the parent lives; `peerCrashNoticed`: whether the parent lives, and
 *           the other host; `createdAsVisitor`, `createdAway`, `allocated`: the boot identifier of the peer
 * Left out  signals, groups, priorities; the process table's slots; children that outlive their
 *           parent have no other
 */
import { and, assign, not, setup } from 'xstate';
import { bootOf, isUp } from '../observations/common.ts';
import { just, type OfProcessOnHost, type PartOf } from '../part.ts';
import type { Scenario } from '../scenarios/scenario.ts';
import { on, send, type Effects, type Look, type Observed } from '../vocabulary/cell.ts';
import { cell, type Host, type Process, type Stream } from '../vocabulary/ids.ts';

/** How a process ended: by itself, or destroyed with a host or a migration ("error code 16"). */
export type Status = 'exited' | 'destroyed';

export type ProcessContext = {
  readonly process: Process;
  readonly host: Host;
  readonly home: Host | null;
  readonly parent: Process | null;
  /** The other host, where there are two control blocks. */
  readonly peer: Host | null;
  /** The other host's boot identifier when this host learned of it. */
  readonly peerBoot: number;
  readonly descriptors: readonly (Stream | null)[];
  readonly status: Status | null;
  /** The signal module's part of the state. */
  readonly holdsSignals: boolean;
};

type Descriptors = readonly (Stream | null)[];

/** Where a peer becomes known: its boot identifier. */
type PeerFacts = { readonly peerBoot: number };

export type ProcessEvent =
  | {
      type: 'created';
      home: Host;
      parent: Process | null;
      descriptors: Descriptors;
      holdsSignals: boolean;
    }
  | ({
      type: 'createdAsVisitor';
      home: Host;
      descriptors: Descriptors;
      holdsSignals: boolean;
    } & Observed<PeerFacts>)
  | ({ type: 'createdAway'; home: Host; parent: Process | null; peer: Host } & Observed<PeerFacts>)
  | ({ type: 'allocated'; home: Host } & Observed<PeerFacts>)
  | { type: 'descriptorSet'; descriptor: number; stream: Stream }
  | { type: 'descriptorCleared'; descriptor: number }
  | { type: 'frozen' }
  | { type: 'encapsulated' }
  | { type: 'restored'; descriptors: Descriptors }
  | { type: 'unpacking'; descriptors: number }
  | { type: 'signalsHeld' }
  | { type: 'unpacked'; holdsSignals: boolean }
  | { type: 'resumed' }
  | { type: 'thawed' }
  | { type: 'departed'; to: Host; toBoot: number }
  | ({ type: 'exited'; status: Status } & Observed<{ parentLives: boolean }>)
  | { type: 'collected' }
  | ({ type: 'orphaned' } & Observed<{ parentLives: boolean }>)
  | ({ type: 'peerCrashNoticed' } & Observed<{
      isUp: boolean;
      boot: number;
      parentLives: boolean;
    }>)
  | { type: 'gone' }
  | { type: 'crashed' };

export function processContext(process: Process, host: Host): ProcessContext {
  return {
    process,
    host,
    home: null,
    parent: null,
    peer: null,
    peerBoot: 0,
    descriptors: [],
    status: null,
    holdsSignals: false,
  };
}

export const processMachine = setup({
  types: { context: {} as ProcessContext, events: {} as ProcessEvent },
  guards: {
    leavesHome: ({ context }) => context.home === context.host,
    parentLives: ({ event }) => on(event, 'exited', 'peerCrashNoticed', 'orphaned').parentLives,
    peerHasCrashed: ({ context, event }) => {
      const noticed = on(event, 'peerCrashNoticed');
      return !noticed.isUp || noticed.boot !== context.peerBoot;
    },
  },
  actions: {
    create: assign(({ event }) => {
      const { home, parent, descriptors, holdsSignals } = on(event, 'created');
      return { home, parent, descriptors, holdsSignals };
    }),
    createVisitor: assign(({ event }) => {
      const { home, peerBoot, descriptors, holdsSignals } = on(event, 'createdAsVisitor');
      return { home, peer: home, peerBoot, descriptors, holdsSignals };
    }),
    createAway: assign(({ event }) => {
      const { home, parent, peer, peerBoot } = on(event, 'createdAway');
      return { home, parent, peer, peerBoot };
    }),
    allocate: assign(({ event }) => {
      const { home, peerBoot } = on(event, 'allocated');
      return { home, peer: home, peerBoot };
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
    takeBack: assign(({ event }) => ({ descriptors: on(event, 'restored').descriptors })),
    makeRoom: assign(({ event }) => ({
      descriptors: Array.from({ length: on(event, 'unpacking').descriptors }, () => null),
    })),
    holdSignals: assign({ holdsSignals: true }),
    takeSignalState: assign(({ event }) => ({ holdsSignals: on(event, 'unpacked').holdsSignals })),
    pointAtPeer: assign(({ event }) => ({
      peer: on(event, 'departed').to,
      peerBoot: on(event, 'departed').toBoot,
      descriptors: [],
      holdsSignals: false,
    })),
    clearPeerAtHome: assign(({ context }) =>
      context.home === context.host ? { peer: null, peerBoot: 0 } : {},
    ),
    keepStatus: assign(({ event }) => ({
      status: on(event, 'exited').status,
      peer: null,
      peerBoot: 0,
      descriptors: [],
      holdsSignals: false,
    })),
    keepDestroyed: assign({ status: 'destroyed', peer: null, peerBoot: 0, descriptors: [] }),
    killVisitor: ({ context }): Effects => send(cell.thread(context.process), { type: 'killed' }),
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
        createdAsVisitor: { target: 'running', actions: 'createVisitor' },
        createdAway: { target: 'migrated', actions: 'createAway' },
        allocated: { target: 'shell', actions: 'allocate' },
      },
    },
    shell: { on: { unpacking: { target: 'arriving', actions: 'makeRoom' } } },
    arriving: {
      on: {
        descriptorSet: { actions: 'setDescriptor' },
        descriptorCleared: { actions: 'clearDescriptor' },
        unpacked: { target: 'arrived', actions: 'takeSignalState' },
        exited: [
          { guard: 'parentLives', target: 'zombie', actions: 'keepStatus' },
          { target: 'absent', actions: 'forget' },
        ],
      },
    },
    arrived: {
      on: {
        resumed: { target: 'running', actions: 'clearPeerAtHome' },
        descriptorCleared: { actions: 'clearDescriptor' },
        exited: [
          { guard: 'parentLives', target: 'zombie', actions: 'keepStatus' },
          { target: 'absent', actions: 'forget' },
        ],
      },
    },
    running: {
      on: {
        descriptorSet: { actions: 'setDescriptor' },
        descriptorCleared: { actions: 'clearDescriptor' },
        signalsHeld: { actions: 'holdSignals' },
        frozen: { target: 'frozen' },
        exited: [
          { guard: 'parentLives', target: 'zombie', actions: 'keepStatus' },
          { target: 'absent', actions: 'forget' },
        ],
        peerCrashNoticed: { guard: 'peerHasCrashed', target: 'doomed', actions: 'killVisitor' },
      },
    },
    // A visitor whose home has crashed: it is being killed.
    doomed: {
      on: {
        descriptorSet: { actions: 'setDescriptor' },
        descriptorCleared: { actions: 'clearDescriptor' },
      },
    },
    frozen: {
      on: {
        encapsulated: { actions: 'emptyDescriptors' },
        thawed: { target: 'running' },
        restored: { target: 'running', actions: 'takeBack' },
        exited: [
          { guard: 'parentLives', target: 'zombie', actions: 'keepStatus' },
          { target: 'absent', actions: 'forget' },
        ],
        departed: [
          { guard: 'leavesHome', target: 'migrated', actions: 'pointAtPeer' },
          { target: 'absent', actions: 'forget' },
        ],
      },
    },
    migrated: {
      on: {
        unpacking: { target: 'arriving', actions: 'makeRoom' },
        exited: [
          { guard: 'parentLives', target: 'zombie', actions: 'keepStatus' },
          { target: 'absent', actions: 'forget' },
        ],
        peerCrashNoticed: [
          {
            guard: and(['peerHasCrashed', 'parentLives']),
            target: 'zombie',
            actions: 'keepDestroyed',
          },
          { guard: 'peerHasCrashed', target: 'absent', actions: 'forget' },
        ],
      },
    },
    zombie: {
      on: {
        collected: { target: 'absent', actions: 'forget' },
        orphaned: { guard: not('parentLives'), target: 'absent', actions: 'forget' },
      },
    },
  },
});

export const processPart: PartOf<typeof processMachine, OfProcessOnHost> = {
  machine: processMachine,
  observes: {
    exited: (look, place) => ({ parentLives: parentLives(look, place) }),
    orphaned: (look, place) => ({ parentLives: parentLives(look, place) }),
    createdAsVisitor: (look, _, { home }) => ({ peerBoot: bootOf(look, home) }),
    createdAway: (look, _, { peer }) => ({ peerBoot: bootOf(look, peer) }),
    allocated: (look, _, { home }) => ({ peerBoot: bootOf(look, home) }),
    peerCrashNoticed: (look, place) => {
      const peer = self(look, place).peer ?? '';
      return {
        isUp: isUp(look, peer),
        boot: bootOf(look, peer),
        parentLives: parentLives(look, place),
      };
    },
  },
  offers: {
    zombie: just('orphaned'),
    migrated: (_, { scenario }) => noticesCrash(scenario),
    running: ({ peer }, { scenario }) => (peer === null ? [] : noticesCrash(scenario)),
  },
};

function noticesCrash({ faults }: Scenario): readonly { readonly type: 'peerCrashNoticed' }[] {
  return faults?.crashes === undefined ? [] : [{ type: 'peerCrashNoticed' }];
}

function parentLives(look: Look, place: OfProcessOnHost): boolean {
  const { parent, home } = self(look, place);
  if (parent === null || home === null) return false;
  const state = look(cell.process(parent, home)).value;
  return state !== 'absent' && state !== 'zombie';
}

function self(look: Look, { process, host }: OfProcessOnHost): ProcessContext {
  return look(cell.process(process, host)).context as ProcessContext;
}
