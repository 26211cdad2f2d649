/**
 * The smallest candidate on a ring is elected: each candidate sends its number round the ring, and a node
 * passes a number on if it is smaller than its own.
 *
 * Specification  ChangRoberts (tlaplus/Examples, chang_roberts); Chang, Roberts 1979
 *
 * Any node may be a candidate: the first step chooses. Numbers in transit are a set, one bit for each.
 */
import { and, assign, setup } from 'xstate';
import { initialLocal } from '../../checker/engine/xstate.ts';
import type { Claim } from '../../checker/specification/property.ts';
import type { Cell, Effect, Local, Protocol } from '../../checker/specification/protocol.ts';

type Node = {
  readonly number: number;
  readonly next: string;
  readonly runs: boolean;
  readonly hasBegun: boolean;
  readonly inbox: number;
};
type NodeEvent =
  | { readonly type: 'isChosen' }
  | { readonly type: 'begin'; readonly allAreChosen: boolean }
  | { readonly type: 'isSent' | 'read'; readonly number: number };

const nodeMachine = setup({
  types: { context: {} as Node, events: {} as NodeEvent },
  guards: {
    runs: ({ context }) => context.runs,
    allAreChosen: ({ event }) => event.type === 'begin' && event.allAreChosen,
    isSmaller: ({ context, event }) => numberIn(event) < context.number,
    isItsOwn: ({ context, event }) => numberIn(event) === context.number,
  },
  actions: {
    run: assign({ runs: true }),
    begin: assign({ hasBegun: true }),
    put: assign(({ context, event }) => ({ inbox: context.inbox | (1 << numberIn(event)) })),
    take: assign(({ context, event }) => ({ inbox: context.inbox & ~(1 << numberIn(event)) })),
    passOn: ({ context, event }): Effect => sent(context.next, numberIn(event)),
    sendOwn: ({ context }): Effect => sent(context.next, context.number),
  },
}).createMachine({
  id: 'node',
  context: { number: 0, next: '', runs: false, hasBegun: false, inbox: 0 },
  initial: 'lost',
  on: {
    isSent: { actions: 'put' },
    begin: [
      { guard: and(['allAreChosen', 'runs']), actions: ['begin', 'sendOwn'] },
      { guard: 'allAreChosen', actions: 'begin' },
    ],
  },
  states: {
    lost: {
      on: {
        isChosen: { target: 'candidate', actions: 'run' },
        read: { actions: ['take', 'passOn'] },
      },
    },
    candidate: {
      on: {
        read: [
          { guard: 'isSmaller', target: 'lost', actions: ['take', 'passOn'] },
          { guard: 'isItsOwn', target: 'won', actions: 'take' },
          { actions: 'take' },
        ],
      },
    },
    won: {
      on: {
        read: [
          { guard: 'isSmaller', target: 'lost', actions: ['take', 'passOn'] },
          { actions: 'take' },
        ],
      },
    },
  },
});

type Choice = { readonly type: 'choose'; readonly who: readonly string[] };

const choiceMachine = setup({
  types: { context: {}, events: {} as Choice },
  actions: {
    chooseThem: ({ event }): readonly Effect[] =>
      event.who.map((to) => ({ to, event: { type: 'isChosen' } })),
  },
}).createMachine({
  id: 'choice',
  context: {},
  initial: 'open',
  states: { open: { on: { choose: { target: 'made', actions: 'chooseThem' } } }, made: {} },
});

export function election(nodes: number): Protocol {
  const names = Array.from({ length: nodes }, (_, number) => nameOf(number));
  const choices = subsets(names).map((who) => ({ type: 'choose', who }));
  return {
    name: 'ChangRoberts',
    cells: [
      {
        name: 'choice',
        machine: choiceMachine,
        initial: initialLocal(choiceMachine, {}),
        offers: ({ value }) => (value === 'open' ? choices : []),
        observes: {},
      },
      ...names.map((name, number): Cell => {
        const next = nameOf((number + 1) % nodes);
        const context: Node = { number, next, runs: false, hasBegun: false, inbox: 0 };
        return {
          name,
          machine: nodeMachine,
          initial: initialLocal(nodeMachine, context),
          offers: (local) => offersOf(local, nodes),
          observes: { begin: (look) => ({ allAreChosen: look('choice').value === 'made' }) },
        };
      }),
    ],
    deadlock: { ignored: 'the published specification may stop, too' },
    faults: new Set(),
  };
}

/** The winner was a candidate, all others have lost, and no smaller one was a candidate. */
export function theSmallestWins(nodes: number): Claim {
  return {
    property: 'the-smallest-wins',
    kind: 'always',
    test: (look) => {
      const all = Array.from({ length: nodes }, (_, number) => look(nameOf(number)));
      const winner = all.findIndex(({ value }) => value === 'won');
      if (winner < 0) return undefined;
      const isRight =
        all.findIndex(({ context }) => (context as Node).runs) === winner &&
        all.every(({ value }, number) => number === winner || value === 'lost');
      if (isRight) return undefined;
      return { subject: nameOf(winner), expected: 'smallest of those that stood', found: 'won' };
    },
  };
}

function offersOf({ context }: Local, nodes: number): ReturnType<Cell['offers']> {
  const { hasBegun, inbox } = context as Node;
  if (!hasBegun) return [{ type: 'begin' }];
  const numbers = Array.from({ length: nodes }, (_, number) => number);
  return numbers
    .filter((number) => (inbox & (1 << number)) !== 0)
    .map((number) => ({ type: 'read', number }));
}

function numberIn(event: NodeEvent): number {
  return 'number' in event ? event.number : -1;
}

function sent(to: string, number: number): Effect {
  return { to, event: { type: 'isSent', number } };
}

function nameOf(number: number): string {
  return `node ${number}`;
}

function subsets(of: readonly string[]): readonly (readonly string[])[] {
  return of.reduce<readonly (readonly string[])[]>(
    (sets, each) => [...sets, ...sets.map((set) => [...set, each])],
    [[]],
  );
}
