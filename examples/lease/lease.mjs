// A lease: the client that holds it may write, and stops when its time is over. Messages can be late
// or lost, so no message can stop a client: both sides have a timer. A client starts its own when it
// asks, the server when it grants. That is later, so the server is never free while a client writes.
import { assign, createMachine, setup } from 'xstate';
import { cell, defineSpecification, effect } from 'sprite-check/checker';

const startTimer = ({ context }) => effect('clock', { type: 'start', timer: context.name });
const ask = ({ context }) => effect(`wire ${context.name}`, { type: 'ask' });
const discard = ({ context }) => effect(`wire ${context.name}`, { type: 'discard' });
const ignore = () => undefined;
const clientMachine = setup({ actions: { whenGranted: ignore } }).createMachine({
  initial: 'idle',
  states: {
    idle: { on: { ask: { target: 'waiting', actions: [startTimer, ask] } } },
    waiting: { on: { granted: { target: 'holding', actions: 'whenGranted' } } },
    holding: {},
  },
  // Messages of its request that are still on their way are dropped.
  on: { timeIsOver: { target: '.idle', actions: discard } },
});
const lateMachine = clientMachine.provide({ actions: { whenGranted: startTimer } });

const grant = ({ event }) => effect(`wire ${event.client}`, { type: 'grant' });
const serverMachine = createMachine({
  initial: 'free',
  states: {
    free: { on: { request: { target: 'leased', actions: [startTimer, grant] } } },
    leased: { on: { request: { actions: ignore }, timeIsOver: 'free' } },
  },
});

const request = ({ context }) => effect('server', { type: 'request', client: context.name });
const answer = ({ context }) => effect(context.name, { type: 'granted' });
const wireMachine = createMachine({
  initial: 'empty',
  states: {
    empty: { on: { ask: 'asking', grant: 'granting' } },
    asking: { on: { arrive: { target: 'empty', actions: request } } },
    granting: { on: { arrive: { target: 'empty', actions: answer } } },
  },
  on: { lose: '.empty', discard: '.empty' },
});

// All timers take the same time: they ring in the order in which they were started.
const isRunning = ({ context }) => context.timers.length > 0;
const ring = ({ context }) => effect(context.timers[0], { type: 'timeIsOver' });
const endFirst = assign({ timers: ({ context }) => context.timers.slice(1) });
const startLast = assign(({ context: { timers }, event: { timer } }) => ({
  timers: [...timers.filter((each) => each !== timer), timer],
}));
const clockMachine = createMachine({
  context: { timers: [] },
  on: { start: { actions: startLast }, ring: { guard: isRunning, actions: [ring, endFirst] } },
});

const oneHolder = {
  id: 'one-holder',
  statement: 'At most one client holds the lease.',
  kind: 'always',
  claims: ({ clients }) => [
    (look) => {
      const holders = clients.filter((client) => look(client).value === 'holding');
      if (holders.length < 2) return undefined;
      return { subject: 'lease', expected: 'one holder', found: holders.join(' and ') };
    },
  ],
  witness: {
    statement: 'the last client holds the lease',
    reached: (scenario) => (look) => look(scenario.clients.at(-1)).value === 'holding',
  },
};

const asking = { idle: [{ type: 'ask' }] };
const arriveOrLose = [{ type: 'arrive' }, { type: 'lose' }];
const onTheWay = { asking: arriveOrLose, granting: arriveOrLose };

export default defineSpecification({
  name: 'lease',
  version: '1',
  variants: [
    { id: 'from-asking', value: clientMachine },
    { id: 'from-the-answer', value: lateMachine, caughtBy: ['one-holder'] },
  ],
  scenarios: [{ name: 'two-clients', clients: ['a', 'b'] }],
  properties: [oneHolder],
  boot: (machine, { clients }) => ({
    name: 'lease',
    faults: new Set(['lose']),
    cells: [
      ...clients.map((name) => cell(machine, { name, context: { name }, offers: asking })),
      cell(serverMachine, { name: 'server', context: { name: 'server' } }),
      ...clients.map((name) =>
        cell(wireMachine, { name: `wire ${name}`, context: { name }, offers: onTheWay }),
      ),
      cell(clockMachine, { name: 'clock', offers: () => [{ type: 'ring' }] }),
    ],
  }),
});
