/**
 * Have all nodes finished? A token goes down a ring of nodes, from each to the one below, and turns
 * black at a node that woke another one behind the token.
 *
 * Specification  EWD840 (tlaplus/Examples, ewd840); Dijkstra, Feijen, van Gasteren 1983
 *
 * Nodes may begin in any state and the token anywhere: the first step chooses.
 */
import { and, assign, not, setup } from 'xstate';
import { initialLocal } from '../../checker/engine/xstate.ts';
import type { Claim } from '../../checker/specification/property.ts';
import type { Cell, Effect, Event, Protocol } from '../../checker/specification/protocol.ts';

type Color = 'white' | 'black';
type Node = { readonly color: Color };
type NodeEvent =
  | { readonly type: 'begins'; readonly isActive: boolean; readonly color: Color }
  | { readonly type: 'wakes'; readonly other: string; readonly isAbove: boolean }
  | { readonly type: 'finishes' | 'isWoken' | 'isLeft' };

const nodeMachine = setup({
  types: { context: {} as Node, events: {} as NodeEvent },
  guards: {
    isActive: ({ event }) => event.type === 'begins' && event.isActive,
    isAbove: ({ event }) => event.type === 'wakes' && event.isAbove,
  },
  actions: {
    takeColor: assign(({ event }) => (event.type === 'begins' ? { color: event.color } : {})),
    blacken: assign({ color: 'black' }),
    whiten: assign({ color: 'white' }),
    wake: ({ event }): Effect | undefined =>
      event.type === 'wakes' ? { to: event.other, event: { type: 'isWoken' } } : undefined,
    ignore: () => undefined,
  },
}).createMachine({
  id: 'node',
  context: { color: 'white' },
  initial: 'unset',
  states: {
    unset: {
      on: {
        begins: [
          { guard: 'isActive', target: 'active', actions: 'takeColor' },
          { target: 'passive', actions: 'takeColor' },
        ],
      },
    },
    active: {
      on: {
        wakes: [{ guard: 'isAbove', actions: ['blacken', 'wake'] }, { actions: 'wake' }],
        finishes: { target: 'passive' },
        isWoken: { actions: 'ignore' },
        isLeft: { actions: 'whiten' },
      },
    },
    passive: { on: { isWoken: { target: 'active' }, isLeft: { actions: 'whiten' } } },
  },
});

type Token = { readonly at: number; readonly color: Color; readonly top: number };
type TokenEvent =
  | { readonly type: 'choose'; readonly at: number; readonly begins: readonly Event[] }
  | { readonly type: 'pass'; readonly isActive: boolean; readonly isBlack: boolean };

const tokenMachine = setup({
  types: { context: {} as Token, events: {} as TokenEvent },
  guards: {
    isAtBottom: ({ context }) => context.at === 0,
    isInconclusive: ({ context, event }) =>
      context.color === 'black' || (event.type === 'pass' && event.isBlack),
    nodeIsActive: ({ event }) => event.type === 'pass' && event.isActive,
  },
  actions: {
    put: assign(({ event }) => (event.type === 'choose' ? { at: event.at } : {})),
    beginAll: ({ event }): readonly Effect[] =>
      event.type === 'choose'
        ? event.begins.map((each, at) => ({ to: nameOf(at), event: each }))
        : [],
    leave: ({ context }): Effect => ({ to: nameOf(context.at), event: { type: 'isLeft' } }),
    startAgain: assign(({ context }) => ({ at: context.top, color: 'white' as const })),
    goDown: assign(({ context, event }) => ({
      at: context.at - 1,
      color: event.type === 'pass' && event.isBlack ? 'black' : context.color,
    })),
  },
}).createMachine({
  id: 'token',
  context: { at: 0, color: 'black', top: 0 },
  initial: 'unset',
  states: {
    unset: { on: { choose: { target: 'set', actions: ['put', 'beginAll'] } } },
    set: {
      on: {
        pass: [
          { guard: and(['isAtBottom', 'isInconclusive']), actions: ['leave', 'startAgain'] },
          {
            guard: and([not('isAtBottom'), not(and(['nodeIsActive', not('isInconclusive')]))]),
            actions: ['leave', 'goDown'],
          },
        ],
      },
    },
  },
});

export function termination(nodes: number): Protocol {
  const places = Array.from({ length: nodes }, (_, at) => at);
  const begins = combinations(nodes);
  const token: Token = { at: 0, color: 'black', top: nodes - 1 };
  return {
    name: 'EWD840',
    cells: [
      {
        name: 'token',
        machine: tokenMachine,
        initial: initialLocal(tokenMachine, token),
        offers: ({ value }) =>
          value === 'unset'
            ? places.flatMap((at) => begins.map((each) => ({ type: 'choose', at, begins: each })))
            : [{ type: 'pass' }],
        observes: {
          pass: (look) => {
            const { value, context } = look(nameOf((look('token').context as Token).at));
            return { isActive: value === 'active', isBlack: (context as Node).color === 'black' };
          },
        },
      },
      ...places.map((at): Cell => {
        const others = places.filter((each) => each !== at);
        const offered = [
          ...others.map((other) => ({ type: 'wakes', other: nameOf(other), isAbove: other > at })),
          { type: 'finishes' },
        ];
        return {
          name: nameOf(at),
          machine: nodeMachine,
          initial: initialLocal(nodeMachine, { color: 'white' }),
          offers: ({ value }) => (value === 'active' ? offered : []),
          observes: {},
        };
      }),
    ],
    deadlock: { ignored: 'the published specification may stop, too' },
    faults: new Set(),
  };
}

/** A white token at a white, passive bottom: everybody has finished. */
export function detectsTermination(nodes: number): Claim {
  return {
    property: 'detects-termination',
    kind: 'always',
    test: (look) => {
      const { value, context } = look('token');
      const bottom = look(nameOf(0));
      const { at, color } = context as Token;
      const isDetected = value === 'set' && at === 0 && color === 'white';
      if (!isDetected || bottom.value !== 'passive') return undefined;
      if ((bottom.context as Node).color === 'black') return undefined;
      const active = Array.from({ length: nodes }, (_, each) => nameOf(each)).filter(
        (each) => look(each).value === 'active',
      );
      return active.length === 0
        ? undefined
        : { subject: 'token', expected: 'all passive', found: active.join() };
    },
  };
}

function nameOf(at: number): string {
  return `node ${at}`;
}

/** Every way in which so many nodes may begin. */
function combinations(nodes: number): readonly (readonly Event[])[] {
  if (nodes === 0) return [[]];
  const one = [true, false].flatMap((isActive) =>
    ['white', 'black'].map((color) => ({ type: 'begins', isActive, color })),
  );
  return combinations(nodes - 1).flatMap((rest) => one.map((each) => [...rest, each]));
}
