/**
 * One bit keeps apart what is new and what is sent again, over wires that lose messages.
 *
 * Specification  AlternatingBit (tlaplus/Examples, SpecifyingSystems/TLC); Bartlett, Scantlebury,
 *                Wilkinson 1969
 *
 * Either bit and any data may be there at first: the first step chooses. Nothing is put on a full wire.
 */
import { and, assign, not, setup } from 'xstate';
import { initialLocal } from '../../checker/engine/xstate.ts';
import type { Claim } from '../../checker/specification/property.ts';
import type { Cell, Effect, Event, Look, Protocol } from '../../checker/specification/protocol.ts';

type Bit = 0 | 1;
type Message = { readonly bit: Bit; readonly data?: string };
type Sender = { readonly bit: Bit; readonly acked: Bit; readonly sent: string };
type SenderEvent =
  | { readonly type: 'begin'; readonly bit: Bit; readonly sent: string; readonly got: string }
  | { readonly type: 'sendNew'; readonly data: string; readonly isFull: boolean }
  | { readonly type: 'sendAgain'; readonly isFull: boolean }
  | { readonly type: 'arrives'; readonly message: Message };

const senderMachine = setup({
  types: { context: {} as Sender, events: {} as SenderEvent },
  guards: {
    isAcked: ({ context }) => context.bit === context.acked,
    hasRoom: ({ event }) => 'isFull' in event && !event.isFull,
  },
  actions: {
    begin: assign(({ event }) =>
      event.type === 'begin' ? { bit: event.bit, acked: event.bit, sent: event.sent } : {},
    ),
    beginThere: ({ event }): Effect | undefined =>
      event.type === 'begin'
        ? { to: 'receiver', event: { type: 'begin', bit: event.bit, got: event.got } }
        : undefined,
    takeNew: assign(({ context, event }) =>
      event.type === 'sendNew' ? { bit: other(context.bit), sent: event.data } : {},
    ),
    send: ({ context: { bit, sent } }): Effect => put('messages', { bit, data: sent }),
    takeAck: assign(({ event }) => (event.type === 'arrives' ? { acked: event.message.bit } : {})),
  },
}).createMachine({
  id: 'sender',
  context: { bit: 0, acked: 0, sent: '' },
  initial: 'unset',
  states: {
    unset: { on: { begin: { target: 'set', actions: ['begin', 'beginThere'] } } },
    set: {
      on: {
        sendNew: { guard: and(['isAcked', 'hasRoom']), actions: ['takeNew', 'send'] },
        sendAgain: { guard: and([not('isAcked'), 'hasRoom']), actions: 'send' },
        arrives: { actions: 'takeAck' },
      },
    },
  },
});

type Receiver = { readonly bit: Bit; readonly got: string };
type ReceiverEvent =
  | { readonly type: 'begin'; readonly bit: Bit; readonly got: string }
  | { readonly type: 'ack'; readonly isFull: boolean }
  | { readonly type: 'arrives'; readonly message: Message };

const receiverMachine = setup({
  types: { context: {} as Receiver, events: {} as ReceiverEvent },
  guards: { hasRoom: ({ event }) => event.type === 'ack' && !event.isFull },
  actions: {
    begin: assign(({ event }) =>
      event.type === 'begin' ? { bit: event.bit, got: event.got } : {},
    ),
    take: assign(({ context, event }) =>
      event.type === 'arrives'
        ? { bit: event.message.bit, got: event.message.data ?? context.got }
        : {},
    ),
    send: ({ context: { bit } }): Effect => put('acks', { bit }),
  },
}).createMachine({
  id: 'receiver',
  context: { bit: 0, got: '' },
  initial: 'unset',
  states: {
    unset: { on: { begin: { target: 'set', actions: 'begin' } } },
    set: { on: { ack: { guard: 'hasRoom', actions: 'send' }, arrives: { actions: 'take' } } },
  },
});

type Wire = { readonly to: string; readonly queue: readonly Message[] };
type WireEvent =
  | { readonly type: 'put'; readonly message: Message }
  | { readonly type: 'deliver' }
  | { readonly type: 'lose'; readonly at: number };

const wireMachine = setup({
  types: { context: {} as Wire, events: {} as WireEvent },
  actions: {
    put: assign(({ context, event }) => ({
      queue: [...context.queue, ...(event.type === 'put' ? [event.message] : [])],
    })),
    handOver: ({ context: { to, queue } }): Effect => ({
      to,
      event: { type: 'arrives', message: queue[0] ?? { bit: 0 } },
    }),
    dropFirst: assign(({ context }) => ({ queue: context.queue.slice(1) })),
    drop: assign(({ context, event }) => ({
      queue: context.queue.filter((_, at) => event.type !== 'lose' || at !== event.at),
    })),
  },
}).createMachine({
  id: 'wire',
  context: { to: '', queue: [] },
  initial: 'wire',
  states: {
    wire: {
      on: {
        put: { actions: 'put' },
        deliver: { actions: ['handOver', 'dropFirst'] },
        lose: { actions: 'drop' },
      },
    },
  },
});

export type Size = { readonly data: readonly string[]; readonly room: number };

export function alternatingBit({ data, room }: Size): Protocol {
  const isFull = (on: string) => (look: Look) => ({
    isFull: (look(on).context as Wire).queue.length === room,
  });
  const beginnings = ([0, 1] as const).flatMap((bit) =>
    data.flatMap((sent) => data.map((got): Event => ({ type: 'begin', bit, sent, got }))),
  );
  const sending = [...data.map((each) => ({ type: 'sendNew', data: each })), { type: 'sendAgain' }];
  return {
    name: 'AlternatingBit',
    cells: [
      {
        name: 'sender',
        machine: senderMachine,
        initial: initialLocal(senderMachine, { bit: 0, acked: 0, sent: '' }),
        offers: ({ value }) => (value === 'unset' ? beginnings : sending),
        observes: { sendNew: isFull('messages'), sendAgain: isFull('messages') },
      },
      {
        name: 'receiver',
        machine: receiverMachine,
        initial: initialLocal(receiverMachine, { bit: 0, got: '' }),
        offers: ({ value }) => (value === 'unset' ? [] : [{ type: 'ack' }]),
        observes: { ack: isFull('acks') },
      },
      wire('messages', 'receiver'),
      wire('acks', 'sender'),
    ],
    deadlock: { ignored: 'the published specification may stop, too' },
    faults: new Set(['lose']),
  };
}

/** While something is being sent, a receiver with its bit has it. */
export const theBitDistinguishes: Claim = {
  property: 'the-bit-distinguishes',
  kind: 'always',
  test: (look) => {
    const { bit, acked, sent } = look('sender').context as Sender;
    const receiver = look('receiver').context as Receiver;
    if (bit === acked || receiver.bit !== bit || receiver.got === sent) return undefined;
    return { subject: 'receiver', expected: sent, found: receiver.got };
  },
};

function wire(name: string, to: string): Cell {
  return {
    name,
    machine: wireMachine,
    initial: initialLocal(wireMachine, { to, queue: [] }),
    offers: ({ context }) => {
      const { queue } = context as Wire;
      const losses = queue.map((_, at) => ({ type: 'lose', at }));
      return queue.length === 0 ? [] : [{ type: 'deliver' }, ...losses];
    },
    observes: {},
  };
}

function put(wireName: string, message: Message): Effect {
  return { to: wireName, event: { type: 'put', message } };
}

function other(bit: Bit): Bit {
  return bit === 0 ? 1 : 0;
}
