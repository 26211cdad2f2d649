// Cells, effects and looks at run time; and the errors that the compiler reports for them: each
// `@ts-expect-error` is itself an error if the line below it has none.

import { expect, test } from '@jest/globals';
import { assign, setup } from 'xstate';
import { createSystem } from '../engine/system.ts';
import { explore } from '../search/explore.ts';
import { cell } from './cell.ts';
import type { FactsOf, Given, Held, Observed, StateOf } from './event-types.ts';
import type { Cell, Look } from './protocol.ts';
import { effect, lookAt, type See, type Send } from './typed-names.ts';

type Tank = { readonly litres: number };
type TankEvent =
  | { type: 'fill'; litres: number }
  | ({ type: 'drain'; to: 'sea' | 'river' } & Observed<{ level: 'low' | 'high' }>)
  | { type: 'rest' };

const send: Send<{
  tank: TankEvent;
  [gauge: `gauge ${number}`]: { type: 'rise' } | { type: 'fall'; by: number };
}> = effect;

const tankMachine = setup({
  types: { context: {} as Tank, events: {} as TankEvent },
  guards: { isAllowed: ({ event }) => event.type === 'drain' && event.level === 'high' },
}).createMachine({
  context: { litres: 0 },
  initial: 'shut',
  states: {
    shut: {
      on: {
        fill: {
          target: 'open',
          actions: [
            assign({ litres: ({ event }) => event.litres }),
            () => send('gauge 1', { type: 'rise' }),
          ],
        },
      },
    },
    open: {
      initial: 'wide',
      states: { wide: { on: { rest: 'narrow' } }, narrow: {} },
      on: { drain: { guard: 'isAllowed', target: 'shut' } },
    },
  },
});

const gaugeMachine = setup({
  types: {
    context: {} as { readonly level: number },
    events: {} as { type: 'rise' } | { type: 'fall'; by: number },
  },
}).createMachine({
  context: { level: 0 },
  on: { rise: { actions: assign({ level: ({ context }) => context.level + 1 }) } },
});

const see: See<{ tank: typeof tankMachine; [gauge: `gauge ${number}`]: typeof gaugeMachine }> =
  lookAt;

const observes = {
  drain: (look: Look) =>
    ({ level: see(look, 'gauge 1').context.level > 0 ? 'high' : 'low' }) as const,
};

const tank = cell(tankMachine, {
  name: 'tank',
  offers: {
    shut: ({ litres }) => [1, 2].map((more) => ({ type: 'fill', litres: litres + more })),
    open: [{ type: 'drain', to: 'sea' }],
    'open.wide': () => [{ type: 'rest' }, { type: 'drain', to: 'river' }],
  },
  observes,
});

test('starts in the initial state of its machine, or in the given one', () => {
  expect(tank.initial).toEqual({ value: 'shut', context: { litres: 0 } });
  const given = { name: 'tank', context: { litres: 7 }, initial: 'open', observes } as const;
  expect(cell(tankMachine, given).initial).toEqual({
    value: { open: 'wide' },
    context: { litres: 7 },
  });
});

test('starts after the entry actions of its machine, once, on the context given or its own', () => {
  const counting = setup({ types: { context: {} as { readonly count: number } } }).createMachine({
    context: () => ({ count: 1 }),
    initial: 'begun',
    states: { begun: { entry: assign({ count: ({ context }) => context.count + 1 }) } },
  });
  expect(cell(counting, { name: 'counting' }).initial).toEqual({
    value: 'begun',
    context: { count: 2 },
  });
  const later = cell(counting, { name: 'counting', context: { count: 5 } });
  expect(later.initial).toEqual({ value: 'begun', context: { count: 6 } });
  const asking = setup({
    types: { context: {} as { readonly name: string }, input: {} as { name: string } },
  }).createMachine({ context: ({ input }) => ({ name: input.name }) });
  expect(() => cell(asking, { name: 'asking' })).toThrow(
    /^cell asking, which gives no context: that of its machine, without input, throws: /,
  );
});

test('offers by state, of a state and of those around it, in the order written', () => {
  const at = (value: string | { open: string }): readonly object[] =>
    tank.offers({ value, context: { litres: 3 } });
  expect(at('shut')).toEqual([
    { type: 'fill', litres: 4 },
    { type: 'fill', litres: 5 },
  ]);
  expect(at({ open: 'narrow' })).toEqual([{ type: 'drain', to: 'sea' }]);
  expect(at({ open: 'wide' })).toEqual([
    { type: 'drain', to: 'sea' },
    { type: 'rest' },
    { type: 'drain', to: 'river' },
  ]);
});

test('offers what a function of the local state says', () => {
  const { offers } = cell(tankMachine, {
    name: 'tank',
    offers: ({ value, context }) =>
      value === 'shut' && context.litres === 0 ? [{ type: 'fill', litres: 1 }] : [],
    observes,
  });
  expect(offers({ value: 'shut', context: { litres: 0 } })).toEqual([{ type: 'fill', litres: 1 }]);
  expect(offers({ value: 'shut', context: { litres: 1 } })).toEqual([]);
});

test('is a cell like any other', () => {
  const cells = [tank, cell(gaugeMachine, { name: 'gauge 1' })];
  const once = { ...tank, offers: (local: Cell['initial']) => tank.offers(local).slice(0, 1) };
  const protocol = { name: 'tank', cells: [once, cells[1] as Cell], faults: new Set<string>() };
  const { states } = explore(createSystem(protocol), { maxDepth: 2 });
  // shut, open after one litre, shut again with it.
  expect(states).toBe(3);
});

test('refuses an unknown state and an unknown option', () => {
  const misspelled = { name: 'tank', offers: { shutt: [{ type: 'rest' }] }, observes } as object;
  expect(() => cell(tankMachine, misspelled as never)).toThrow(
    'cell tank, offers: no state is called "shutt" (did you mean "shut"?)',
  );
  const observe = { name: 'tank', observe: observes } as object;
  expect(() => cell(tankMachine, observe as never)).toThrow(
    'cell tank: no option is called "observe" (did you mean "observes"?)',
  );
});

test('effect makes a plain record, and lookAt reads the cell', () => {
  expect(send('tank', { type: 'drain', to: 'sea' })).toEqual({
    to: 'tank',
    event: { type: 'drain', to: 'sea' },
  });
  const local = { value: 'shut', context: { litres: 1 } };
  expect(see(() => local, 'tank')).toBe(local);
});

/** Never called: only the compiler reads it. */
export function refusedByTheCompiler(look: Look): void {
  const name = 'tank';
  // An event that the machine does not have.
  // @ts-expect-error
  cell(tankMachine, { name, observes, offers: { shut: [{ type: 'fil', litres: 1 }] } });
  // A parameter missing, misspelled, of another type, or superfluous.
  // @ts-expect-error
  cell(tankMachine, { name, observes, offers: { shut: [{ type: 'fill' }] } });
  // @ts-expect-error
  cell(tankMachine, { name, observes, offers: { shut: () => [{ type: 'fill', liters: 1 }] } });
  // @ts-expect-error
  cell(tankMachine, { name, observes, offers: { shut: () => [{ type: 'fill', litres: '1' }] } });
  // @ts-expect-error
  cell(tankMachine, { name, observes, offers: { shut: () => [{ type: 'rest', litres: 1 }] } });
  const each = [1, 2];
  cell(tankMachine, {
    name,
    observes,
    // @ts-expect-error
    offers: { shut: () => each.map((litres) => ({ type: 'fill', litres, more: 1 })) },
  });
  // @ts-expect-error
  cell(tankMachine, { name, observes, offers: () => [{ type: 'rest', litres: 1 }] });
  // An observed fact must not be given.
  const drain = { type: 'drain', to: 'sea', level: 'low' } as const;
  // @ts-expect-error
  cell(tankMachine, { name, observes, offers: { open: () => [drain] } });
  // A state that the machine does not have, and one that is not within that one.
  // @ts-expect-error
  cell(tankMachine, { name, observes, offers: { shutt: [{ type: 'rest' }] } });
  // @ts-expect-error
  cell(tankMachine, { name, observes, offers: { 'open.shut': [{ type: 'rest' }] } });
  // A missing fact, with all others or alone.
  // @ts-expect-error
  cell(tankMachine, { name });
  // @ts-expect-error
  cell(tankMachine, { name, observes: {} });
  // A fact that is misspelled, of another type, or superfluous; one named `type`, or like a parameter.
  // @ts-expect-error
  cell(tankMachine, { name, observes: { drain: () => ({ leval: 'low' }) } });
  // @ts-expect-error
  cell(tankMachine, { name, observes: { drain: () => ({ level: 'middle' }) } });
  // @ts-expect-error
  cell(tankMachine, { name, observes: { drain: () => ({ level: 'low', depth: 1 }) } });
  // @ts-expect-error
  cell(tankMachine, { name, observes: { drain: () => ({ level: 'low', type: 'fill' }) } });
  // @ts-expect-error
  cell(tankMachine, { name, observes: { drain: () => ({ level: 'low', to: 'sea' }) } });
  // An event without observations, and a name that is not an event.
  // @ts-expect-error
  cell(tankMachine, { name, observes: { ...observes, rest: () => ({ level: 'low' }) } });
  // @ts-expect-error
  cell(gaugeMachine, { name, observes: { rise: () => ({ level: 'low' }) } });
  // An observation sees the given parameters of the event.
  // @ts-expect-error
  cell(tankMachine, { name, observes: { drain: (_, { level }) => ({ level }) } });
  // The initial context and state.
  // @ts-expect-error
  cell(tankMachine, { name, observes, context: { liters: 1 } });
  // @ts-expect-error
  cell(tankMachine, { name, observes, initial: 'ajar' });
  // @ts-expect-error
  cell(tankMachine, { name, observes, initial: { open: 'shut' } });
  // An unknown option.
  // @ts-expect-error
  cell(tankMachine, { name, observes, offer: { shut: [{ type: 'rest' }] } });

  // Effects: the name, the event, its parameters.
  // @ts-expect-error
  send('tnak', { type: 'rest' });
  // @ts-expect-error
  send('gauge one', { type: 'rise' });
  // @ts-expect-error
  send('gauge 1', { type: 'rest' });
  // @ts-expect-error
  send('gauge 2', { type: 'fall' });
  // @ts-expect-error
  send('tank', { type: 'fill', liters: 1 });
  // @ts-expect-error
  send('tank', { type: 'rest', litres: 1 });
  // @ts-expect-error
  send('tank', { type: 'drain', to: 'sea', level: 'low' });

  // Looks: the name, the local state.
  // @ts-expect-error
  see(look, 'gauge');
  // @ts-expect-error
  send('tank', { type: 'fill', litres: see(look, 'tank').context.liters });
  // @ts-expect-error
  send('tank', { type: 'fill', litres: see(look, 'tank').value === 'ajar' ? 1 : 2 });
}

/** Compares types in both directions. */
export const types: readonly [
  Same<FactsOf<TankEvent>, { level: 'low' | 'high' }>,
  Same<
    Given<TankEvent>,
    { type: 'fill'; litres: number } | { type: 'drain'; to: 'sea' | 'river' } | { type: 'rest' }
  >,
  Same<StateOf<typeof tankMachine>, 'shut' | 'open' | 'open.wide' | 'open.narrow'>,
  Same<Held<typeof tankMachine>['context'], Tank>,
] = [true, true, true, true];

type Same<A, B> = [A, B] extends [B, A] ? true : false;
