/**
 * Mutual exclusion by clocks: a process sends its request with the clock's time to all others. It enters
 * when acknowledgements, over wires that keep their order, show that no other has an earlier request.
 *
 * Specification  LamportMutex (tlaplus/Examples, lamport_mutex); Lamport 1978
 *
 * Clocks end somewhere: what would bring one further is not delivered.
 */
import { and, assign, setup } from 'xstate';
import { initialLocal } from '../../checker/engine/xstate.ts';
import type { Claim } from '../../checker/specification/property.ts';
import type { Cell, Effect, Local, Protocol } from '../../checker/specification/protocol.ts';

type Message = { readonly is: 'request' | 'ack' | 'release'; readonly time: number };
type Process = {
  readonly clock: number;
  /** When who has asked, by process; zero where it has not. */
  readonly asked: readonly number[];
  /** Who has acknowledged the request, by process. */
  readonly acked: readonly boolean[];
  readonly isInside: boolean;
};
type ProcessEvent = { readonly me: number } & (
  | { readonly type: 'request' | 'enter' | 'exit' }
  | { readonly type: 'arrives'; readonly from: number; readonly message: Message }
);

const processMachine = setup({
  types: { context: {} as Process, events: {} as ProcessEvent },
  guards: {
    hasNotAsked: ({ context, event }) => context.asked[event.me] === 0,
    isAckedByAll: ({ context }) => context.acked.every(Boolean),
    isFirst: ({ context: { asked }, event: { me } }) =>
      asked.every((time, other) => other === me || isBefore(timeOf(asked, me), me, time, other)),
    isInside: ({ context }) => context.isInside,
    isRequest: ({ event }) => event.type === 'arrives' && event.message.is === 'request',
    isAck: ({ event }) => event.type === 'arrives' && event.message.is === 'ack',
  },
  actions: {
    ask: assign(({ context, event: { me } }) => ({
      asked: context.asked.with(me, context.clock),
      acked: context.acked.map((_, other) => other === me),
    })),
    sendRequest: ({ context, event: { me } }) =>
      toAll(context, me, { is: 'request', time: timeOf(context.asked, me) }),
    enter: assign({ isInside: true }),
    leave: assign(({ context, event: { me } }) => ({
      isInside: false,
      asked: context.asked.with(me, 0),
      acked: context.acked.map(() => false),
    })),
    sendRelease: ({ context, event: { me } }) => toAll(context, me, { is: 'release', time: 0 }),
    note: assign(({ context: { clock, asked }, event }) =>
      event.type === 'arrives'
        ? {
            asked: asked.with(event.from, event.message.time),
            clock: Math.max(clock, event.message.time) + 1,
          }
        : {},
    ),
    acknowledge: ({ event }): Effect | undefined =>
      event.type === 'arrives' ? put(event.me, event.from, { is: 'ack', time: 0 }) : undefined,
    noteAck: assign(({ context, event }) =>
      event.type === 'arrives' ? { acked: context.acked.with(event.from, true) } : {},
    ),
    forget: assign(({ context, event }) =>
      event.type === 'arrives' ? { asked: context.asked.with(event.from, 0) } : {},
    ),
  },
}).createMachine({
  id: 'process',
  context: { clock: 1, asked: [], acked: [], isInside: false },
  initial: 'up',
  states: {
    up: {
      on: {
        request: { guard: 'hasNotAsked', actions: ['ask', 'sendRequest'] },
        enter: { guard: and(['isAckedByAll', 'isFirst']), actions: 'enter' },
        exit: { guard: 'isInside', actions: ['leave', 'sendRelease'] },
        arrives: [
          { guard: 'isRequest', actions: ['note', 'acknowledge'] },
          { guard: 'isAck', actions: 'noteAck' },
          { actions: 'forget' },
        ],
      },
    },
  },
});

type Wire = { readonly from: number; readonly to: number; readonly queue: readonly Message[] };
type WireEvent =
  | { readonly type: 'put'; readonly message: Message }
  | { readonly type: 'deliver'; readonly clock: number; readonly lastClock: number };

const wireMachine = setup({
  types: { context: {} as Wire, events: {} as WireEvent },
  guards: {
    mayArrive: ({ context, event }) => {
      const [first] = context.queue;
      if (first === undefined || event.type !== 'deliver') return false;
      return first.is !== 'request' || Math.max(first.time, event.clock) < event.lastClock;
    },
  },
  actions: {
    put: assign(({ context, event }) => ({
      queue: [...context.queue, ...(event.type === 'put' ? [event.message] : [])],
    })),
    handOver: ({ context: { from, to, queue } }): readonly Effect[] =>
      queue
        .slice(0, 1)
        .map((message) => ({ to: nameOf(to), event: { type: 'arrives', me: to, from, message } })),
    drop: assign(({ context }) => ({ queue: context.queue.slice(1) })),
  },
}).createMachine({
  id: 'wire',
  context: { from: 0, to: 0, queue: [] },
  initial: 'wire',
  states: {
    wire: {
      on: {
        put: { actions: 'put' },
        deliver: { guard: 'mayArrive', actions: ['handOver', 'drop'] },
      },
    },
  },
});

export type Size = { readonly processes: number; readonly lastClock: number };

export function lamportMutex({ processes, lastClock }: Size): Protocol {
  const all = Array.from({ length: processes }, (_, index) => index);
  return {
    name: 'LamportMutex',
    cells: [
      ...all.map((me): Cell => {
        const offered = ['request', 'enter', 'exit'].map((type) => ({ type, me }));
        const asked = all.map(() => 0);
        const acked = all.map(() => false);
        return {
          name: nameOf(me),
          machine: processMachine,
          initial: initialLocal(processMachine, { clock: 1, asked, acked, isInside: false }),
          offers: () => offered,
          observes: {},
        };
      }),
      ...all.flatMap((from) =>
        all
          .filter((to) => to !== from)
          .map((to): Cell => ({
            name: wireOf(from, to),
            machine: wireMachine,
            initial: initialLocal(wireMachine, { from, to, queue: [] }),
            offers: ({ context }) =>
              (context as Wire).queue.length === 0 ? [] : [{ type: 'deliver' }],
            observes: { deliver: (look) => ({ clock: look(nameOf(to), clockOf), lastClock }) },
          })),
      ),
    ],
    deadlock: { ignored: 'the published specification may stop, too' },
    faults: new Set(),
  };
}

export function oneIsInside({ processes }: Size): Claim {
  return {
    property: 'one-is-inside',
    kind: 'always',
    test: (look) => {
      const inside = Array.from({ length: processes }, (_, index) => nameOf(index)).filter((name) =>
        look(name, isInside),
      );
      return inside.length < 2
        ? undefined
        : { subject: 'processes', expected: 'at most one inside', found: inside.join() };
    },
  };
}

/** Whether my request comes before the other's, if the other has one. */
function isBefore(mine: number, me: number, time: number, other: number): boolean {
  return time === 0 || mine < time || (mine === time && me < other);
}

function toAll({ asked }: Process, me: number, message: Message): readonly Effect[] {
  return asked.flatMap((_, other) => (other === me ? [] : [put(me, other, message)]));
}

function put(from: number, to: number, message: Message): Effect {
  return { to: wireOf(from, to), event: { type: 'put', message } };
}

function timeOf(asked: readonly number[], process: number): number {
  return asked[process] ?? 0;
}

function clockOf({ context }: Local): number {
  return (context as Process).clock;
}

function isInside({ context }: Local): boolean {
  return (context as Process).isInside;
}

function nameOf(process: number): string {
  return `process ${process}`;
}

function wireOf(from: number, to: number): string {
  return `wire ${from} to ${to}`;
}
