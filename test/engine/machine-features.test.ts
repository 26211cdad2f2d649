// docs/reference/what-a-specification-can-contain.md, "XState machines": each row, tried. What is
// supported does as an actor of XState does; what is refused says so; what is left out changes nothing.

import { describe, expect, test } from '@jest/globals';
import {
  and,
  assign,
  cancel,
  emit,
  enqueueActions,
  forwardTo,
  fromPromise,
  log,
  not,
  or,
  raise,
  sendParent,
  sendTo,
  spawnChild,
  stateIn,
  stopChild,
  type AnyStateMachine,
} from 'xstate';
import { advance, initialLocal, refused, timersDue } from '../../checker/engine/xstate.ts';
import { createSystem, type System } from '../../checker/engine/system.ts';
import { coverageOf } from '../../checker/engine/transition-coverage.ts';
import { explore } from '../../checker/search/explore.ts';
import type { Cell, Event, Local, Protocol } from '../../checker/specification/protocol.ts';
import { canonical } from '../../checker/text/canonical-json.ts';
import type { Json } from '../../checker/text/json.ts';
import { machineOf, walkTwins, type Met, type Sends } from '../support/actor-twin.ts';
import { tableIn } from '../support/doc-tables.ts';

type Case = { readonly how: 'supported' | 'refused' | 'left out'; readonly tried: () => void };

const page = 'docs/reference/what-a-specification-can-contain.md';

describe('the table of the page', () => {
  const rows = tableIn(page, 'XState machines');

  test('has a row for each case', () => {
    expect(rows.map(([feature, how]) => `${feature}: ${how}`).toSorted()).toEqual(
      Object.entries(cases)
        .map(([feature, { how }]) => `${feature}: ${how}`)
        .toSorted(),
    );
  });

  test.each(rows)('%s: %s', (feature) => cases[feature as keyof typeof cases].tried());
});

const n = (change: number) =>
  assign(({ context }) => ({ n: (context as { n: number }).n + change }));
const mark = (letter: string) =>
  assign(({ context }) => ({ way: `${(context as { way: string }).way}${letter}`.slice(-8) }));

const cases = {
  ...supported('a transition `on` an event, with the first guard that is true', () => {
    const { held, taken } = walk(
      {
        context: { n: 0 },
        initial: 'low',
        states: {
          low: {
            on: {
              up: [{ guard: isN(2), target: 'high', actions: n(-2) }, { actions: n(1) }],
              say: { actions: 'say' },
            },
          },
          high: { on: { down: 'low' } },
        },
      },
      ['up', 'down', 'say'],
      (sends) => ({ actions: { say: () => sends({ to: 'x', event: { type: 'said' } }) } }),
    );
    meets(held, { value: 'high', context: { n: 0 } }, { value: 'low', context: { n: 2 } });
    expect([...taken].toSorted()).toEqual(['down', 'say', 'up']);
  }),
  ...supported('states within states', () => {
    const { held } = walk(
      {
        initial: 'off',
        states: {
          off: { on: { turn: 'on' } },
          on: {
            initial: 'dim',
            on: { turn: 'off' },
            states: { dim: { on: { more: 'bright' } }, bright: { on: { turn: 'dim' } } },
          },
        },
      },
      ['turn', 'more'],
    );
    meets(held, { value: { on: 'bright' }, context: {} }, { value: 'off', context: {} });
  }),
  ...supported('`parallel` states', () => {
    const { held } = walk(
      {
        context: { way: '' },
        type: 'parallel',
        states: {
          a: {
            initial: 'x',
            states: {
              x: { on: { go: { target: 'y', actions: mark('a') } } },
              y: { on: { back: 'x' } },
            },
          },
          b: {
            initial: 'x',
            states: {
              x: { on: { go: { target: 'y', actions: mark('b') } } },
              y: { on: { go: 'x' } },
            },
          },
        },
      },
      ['go', 'back'],
    );
    meets(held, { value: { a: 'y', b: 'x' }, context: { way: 'ab' } });
    // An actor that lives on takes them in the order in which they were entered.
    const late = {
      context: { way: '', n: 0 },
      type: 'parallel',
      on: { tick: { actions: n(1) } },
      states: {
        a: {
          initial: 'x',
          states: {
            x: { on: { move: 'y' } },
            y: { always: { guard: isN(1), target: 'z', actions: mark('a') } },
            z: {},
          },
        },
        b: {
          initial: 'x',
          states: { x: { always: { guard: isN(1), target: 'z', actions: mark('b') } }, z: {} },
        },
      },
    };
    const events = [{ type: 'move' }, { type: 'tick' }];
    const build = (): AnyStateMachine => machineOf({ id: 'm', ...late });
    meets(walkTwins(build, events, { restored: true }).held, {
      value: { a: 'z', b: 'z' },
      context: { way: 'ab', n: 1 },
    });
    expect(() => walkTwins(build, events)).toThrow(/actor .*"way":"ba".*checker .*"way":"ab"/);
  }),
  ...supported('targets by `#id`, `.child` and path', () => {
    const { held } = walk(
      {
        id: 'm',
        initial: 'a',
        on: { home: '.a' },
        states: {
          a: { on: { far: '#deep', path: 'b.d' } },
          b: { initial: 'c', states: { c: { id: 'deep' }, d: {} } },
        },
      },
      ['home', 'far', 'path'],
    );
    meets(held, { value: { b: 'c' }, context: {} }, { value: { b: 'd' }, context: {} });
  }),
  ...supported('`reenter`', () => {
    const { held } = walk(
      {
        context: { n: 0 },
        initial: 'a',
        states: {
          a: {
            entry: n(1),
            exit: n(1),
            on: {
              again: { target: 'a', reenter: true, guard: isBelow(6) },
              still: { target: 'a' },
            },
          },
        },
      },
      ['again', 'still'],
    );
    meets(held, { value: 'a', context: { n: 7 } });
  }),
  ...supported('wildcards, `*` and `job.*`', () => {
    const { taken } = walk(
      {
        context: { way: '' },
        on: {
          'job.*': { actions: mark('j') },
          'job.done': { actions: mark('d') },
          '*': { actions: mark('*') },
        },
      },
      ['job', 'job.done', 'job.late.by', 'other'],
    );
    expect(taken.size).toBe(4);
  }),
  ...supported('a forbidden transition, `pay: undefined` or `pay: {}`', () => {
    const { taken } = walk(
      {
        context: { n: 0 },
        initial: 'a',
        on: { pay: { actions: n(1) }, go: '.a' },
        states: { a: { on: { pay: undefined, next: 'b' } }, b: { on: { pay: {} } } },
      },
      ['pay', 'next', 'go'],
    );
    expect([...taken].toSorted()).toEqual(['go', 'next']);
  }),
  ...supported('`always`', () => {
    const { held } = walk(
      {
        context: { n: 0 },
        initial: 'count',
        states: {
          count: {
            on: { add: { actions: n(1) } },
            always: [
              { guard: isN(3), target: 'full' },
              { guard: ({ event }: { event: Event }) => event.type === 'seen', target: 'over' },
            ],
          },
          full: { on: { add: { target: 'count', actions: n(-3) } } },
          over: { on: { add: 'count' } },
        },
      },
      ['add', 'seen'],
    );
    meets(held, { value: 'full', context: { n: 3 } });
    const eventOnly = machineOf({
      initial: 'a',
      states: {
        a: {
          always: { guard: ({ event }: { event: Event }) => event.type === 'seen', target: 'b' },
        },
        b: {},
      },
    });
    // No transition lists it, and an actor goes on all the same.
    expect(walkTwins(() => eventOnly, [{ type: 'seen' }]).held.size).toBe(2);
  }),
  ...refusedCase('`always` or `raise` without an end', () => {
    const round = {
      initial: 'rest',
      states: {
        rest: { on: { go: 'a' } },
        a: { always: 'b' },
        b: { always: 'a' },
      },
    };
    saysAtRun(
      round,
      ['go'],
      /^cell in state rest of machine m, event go, never comes to rest: after 1000 transitions it still takes m\.\w always, then m\.\w always; end it with a guard$/,
    );
    saysAtRun(
      { on: { go: { actions: raise({ type: 'go' }) } } },
      ['go'],
      /^cell in state \{\} of machine m, event go, never comes to rest/,
    );
    expect(() =>
      initialLocal(
        machineOf({ id: 'm', initial: 'a', states: { a: { always: 'b' }, b: { always: 'a' } } }),
        {},
      ),
    ).toThrow(/^machine m, at its start, never comes to rest/);
  }),
  ...supported('`entry` and `exit` actions', () => {
    const { held } = walk(
      {
        context: { way: '' },
        initial: 'a',
        states: {
          a: { exit: [mark('x'), 'say'], on: { go: { target: 'b', actions: mark('t') } } },
          b: {
            entry: mark('e'),
            initial: 'c',
            states: { c: { entry: mark('c'), on: { go: '#m.a' } } },
          },
        },
      },
      ['go'],
      (sends) => ({
        actions: {
          say: ({ context }: { context: Json }) =>
            sends({ to: 'x', event: { type: 'said', context } }),
        },
      }),
    );
    meets(held, { value: { b: 'c' }, context: { way: 'xtec' } });
  }),
  ...supported('actions of `initial`', () => {
    const { held } = walk(
      {
        context: { n: 0 },
        initial: 'a',
        states: {
          a: { on: { go: 'b' } },
          b: { initial: { target: 'c', actions: n(1) }, states: { c: { on: { go: '#m.a' } } } },
        },
      },
      ['go'],
    );
    meets(held, { value: { b: 'c' }, context: { n: 1 } });
  }),
  ...supported('`entry` and `always` of the state a machine starts in', () => {
    const machine = machineOf({
      id: 'm',
      context: { n: 5 },
      initial: 'a',
      states: {
        a: { entry: n(1), always: { guard: isN(3), target: 'b' }, on: { go: 'b' } },
        b: { entry: n(10) },
      },
    });
    expect(walkTwins(() => machine, [{ type: 'go' }]).held.size).toBe(2);
    // With the context of the cell, and not with that of the machine.
    expect(initialLocal(machine, { n: 2 })).toEqual({ value: 'b', context: { n: 13 } });
    expect(initialLocal(machine, { n: 0 })).toEqual({ value: 'a', context: { n: 1 } });
    expect(() => createSystem(protocol(machine, initialLocal(machine, { n: 0 })))).not.toThrow();
  }),
  ...refusedCase('an effect at the start', () => {
    const machine = machineOf(
      { id: 'm', initial: 'a', states: { a: { entry: 'say' } } },
      { actions: { say: () => ({ to: 'x', event: { type: 'said' } }) } },
    );
    expect(() => initialLocal(machine, {})).toThrow(
      /^machine m, at its start, sends "x" the event said: nothing is delivered before the first step/,
    );
    expect(() => createSystem(protocol(machine, { value: 'a', context: {} }))).toThrow(
      /^cell cell cannot start: machine m, at its start, sends "x" the event said/,
    );
  }),
  ...refusedCase('an `initial` in which the machine would not stay', () => {
    const machine = machineOf({
      id: 'm',
      initial: 'a',
      states: {
        a: { entry: n(1), on: { go: 'b' } },
        b: { always: { guard: isN(1), target: 'a' } },
        c: { initial: 'd', states: { d: {} } },
      },
    });
    const startingIn = (local: Local) => () => createSystem(protocol(machine, local));
    expect(startingIn({ value: 'a', context: { n: 0 } })).toThrow(
      /^cell cell starts where machine m does, without what its entry actions assign: make `initial` with initialLocal$/,
    );
    expect(startingIn({ value: 'b', context: { n: 1 } })).toThrow(
      /^cell cell starts in "b", which machine m leaves at once by `always` for a/,
    );
    expect(startingIn({ value: 'e', context: { n: 1 } })).toThrow(
      /^cell cell starts in "e", which is no state of machine m/,
    );
    expect(startingIn({ value: 'c', context: { n: 1 } })).toThrow(
      /^cell cell starts in "c", which leaves open what is inside: say \{"c":"d"\}$/,
    );
    expect(startingIn({ value: 'b', context: { n: 2 } })).not.toThrow();
  }),
  ...supported('`after`: a timer may go off at any time', () => {
    const config = {
      id: 'm',
      context: { n: 0 },
      initial: 'idle',
      states: {
        idle: { on: { go: 'pending' } },
        pending: {
          on: { done: 'idle' },
          after: { 1000: { target: 'idle', actions: n(1), guard: isBelow(3) } },
        },
      },
    };
    const { taken } = walk(config, ['go', 'done']);
    expect([...taken]).toContain('xstate.after.1000.m.pending');
    // It is offered after what the cell offers itself, and where it is a fault, it is one.
    const system = systemOf(config, ({ value }) => (value === 'idle' ? ['go'] : ['done']), {
      faults: new Set(['xstate.after.1000.m.pending']),
    });
    const row = system.initial();
    system.perform(row, system.delivery('cell', { type: 'go' }));
    const offers = [...system.offers(0, row[0] as number)];
    expect(offers.map((each) => system.eventOf(each).type)).toEqual([
      'done',
      'xstate.after.1000.m.pending',
    ]);
    expect(offers.map((each) => system.isFault(each))).toEqual([false, true]);
    explore(system);
    expect(coverageOf(system).taken).toContain('m pending: after 1000');
  }),
  ...supported('`after` with a named delay, or a delay from a function', () => {
    const { taken } = walk(
      {
        context: { n: 0 },
        initial: 'a',
        states: {
          a: { after: { SHORT: 'b' } },
          b: {
            after: { LONG: { target: 'a', actions: n(1), guard: isBelow(3) } },
            on: { go: 'a' },
          },
        },
      },
      ['go'],
      () => ({
        delays: {
          SHORT: 10,
          LONG: ({ context }: { context: { n: number } }) => 100 * (context.n + 1),
        },
      }),
    );
    expect(taken).toContain('xstate.after.SHORT.m.a');
    expect(taken).toContain('xstate.after.LONG.m.b');
  }),
  ...supported('`after`: the shorter of two timers of one state is first', () => {
    const config = {
      context: { way: '' },
      initial: 'a',
      states: {
        a: { after: { 2000: { actions: mark('2') }, FIRST: { actions: mark('1') }, 3000: 'b' } },
        b: { on: { go: { target: 'a', actions: assign({ way: '' }) } } },
      },
    };
    const { held } = walk(config, ['go'], () => ({ delays: { FIRST: 1000 } }));
    meets(held, {
      value: 'a',
      context: { way: '12' },
      spent: ['xstate.after.2000.m.a', 'xstate.after.FIRST.m.a'],
    });
    expect([...held].filter((each) => each.includes('"way":"2'))).toEqual([]);
    // A timer of Node takes whole milliseconds, and one at least: these go off in the order of starting.
    const alike = { initial: 'a', states: { a: { after: { 1.9: 'b', 1.2: 'c' } }, b: {}, c: {} } };
    expect(timersDue(machineOf({ id: 'm', ...alike }), { value: 'a', context: {} })).toHaveLength(
      2,
    );
    const long = {
      initial: 'a',
      states: { a: { after: { 5: 'b', [2 ** 31]: 'c' } }, b: {}, c: {} },
    };
    expect(timersDue(machineOf({ id: 'm', ...long }), { value: 'a', context: {} })).toHaveLength(2);
    const withDefault = machineOf({ id: 'm', ...config }, { delays: { FIRST: () => 1000 } });
    expect(timersDue(withDefault, { value: 'a', context: { way: '' } })).toHaveLength(2);
  }),
  ...supported('`after`: a timer goes off once, even if its guard is false', () => {
    const { held, taken } = walk(
      {
        context: { n: 0 },
        initial: 'a',
        states: {
          a: {
            after: { 10: { guard: isN(1), target: 'b' } },
            on: {
              add: { actions: n(1), guard: isBelow(2) },
              again: { target: 'a', reenter: true },
            },
          },
          b: {},
        },
      },
      ['add', 'again'],
    );
    const spent = ['xstate.after.10.m.a'];
    meets(
      held,
      { value: 'a', context: { n: 0 }, spent },
      { value: 'a', context: { n: 1 }, spent },
      { value: 'b', context: { n: 1 } },
    );
    expect(taken).toContain('again');
  }),
  ...refusedCase('`after` with a delay that is not provided, or that is not a number', () => {
    const config = {
      initial: 'a',
      states: { a: { after: { LEESE: 'b' } }, b: { on: { go: 'a' } } },
    };
    says(
      config,
      /^state a of machine m: after LEESE names a delay that is not provided \(did you mean "LEASE"\?\), and XState then takes it at once/,
      {
        delays: { LEASE: 3 },
      },
    );
    saysAtRun(
      { ...config, initial: 'b' },
      ['go'],
      /^cell in state b of machine m, event go, starts the timer xstate\.after\.LEESE\.m\.a with the delay undefined, and XState then takes it at once: a delay is a number$/,
      { delays: { LEESE: () => undefined } },
    );
  }),
  ...supported('`history` states, shallow and deep', () => {
    const { held } = walk(
      {
        initial: 'on',
        states: {
          on: {
            initial: 'a',
            on: { leave: 'off' },
            states: {
              a: { on: { next: 'b' } },
              b: {
                initial: 'c',
                states: { c: { on: { next: 'd' } }, d: { on: { next: '#m.on.a' } } },
              },
              shallow: { type: 'history' },
              deep: { type: 'history', history: 'deep' },
              other: { type: 'history', target: 'b' },
            },
          },
          off: { on: { shallow: 'on.shallow', deep: 'on.deep', other: 'on.other' } },
        },
      },
      ['next', 'leave', 'shallow', 'deep', 'other'],
    );
    meets(held, {
      value: { on: { b: 'd' } },
      context: {},
      history: { 'm.on.deep': ['m.on.b.d'], 'm.on.other': ['m.on.b'], 'm.on.shallow': ['m.on.b'] },
    });
  }),
  ...refusedCase('the history of a `parallel` state, as a target from within it', () =>
    saysAtRun(
      {
        initial: 'q',
        states: {
          q: {
            type: 'parallel',
            states: { a: { on: { go: 'h' } }, b: {}, h: { type: 'history' } },
          },
        },
      },
      ['go'],
      /^cell in state \{"q":\{"a":\{\},"b":\{\}\}\} of machine m, event go, leaves XState in states that do not fit together/,
    ),
  ),
  ...supported('`final` states within others, `onDone` and `output`', () => {
    const { held } = walk(
      {
        context: { n: 0 },
        initial: 'work',
        states: {
          work: {
            type: 'parallel',
            states: {
              a: { initial: 'x', states: { x: { on: { a: 'y' } }, y: { type: 'final' } } },
              b: {
                initial: 'x',
                states: { x: { on: { b: 'y' } }, y: { type: 'final', output: { by: 2 } } },
                onDone: {
                  actions: assign(({ event }) => ({
                    n: (event as unknown as { output: { by: number } }).output.by,
                  })),
                },
              },
            },
            onDone: 'rest',
          },
          rest: { on: { again: 'work' } },
        },
      },
      ['a', 'b', 'again'],
    );
    meets(held, { value: 'rest', context: { n: 2 } });
  }),
  ...supported('`final` states of the machine: it takes no more events', () => {
    const config = {
      context: { n: 0 },
      initial: 'a',
      exit: n(1),
      on: { add: { actions: n(1), guard: isBelow(2) } },
      states: {
        a: { on: { end: 'z' }, after: { 5: 'z' } },
        z: { type: 'final', after: { 5: 'a' } },
      },
    };
    const { held } = walk(config, ['add', 'end']);
    meets(held, { value: 'z', context: { n: 1 } }, { value: 'z', context: { n: 3 } });
    const machine = machineOf({ id: 'm', ...config });
    expect(advance(machine, { value: 'z', context: { n: 0 } }, { type: 'add' })).toBe(refused);
    expect(timersDue(machine, { value: 'z', context: { n: 0 } })).toEqual([]);
  }),
  ...leftOut('`output` of the machine', () => {
    const { held } = walk(
      {
        output: () => ({ n: 1 }),
        initial: 'a',
        states: { a: { on: { end: 'z' } }, z: { type: 'final' } },
      },
      ['end'],
    );
    meets(held, { value: 'z', context: {} });
  }),
  ...supported('`assign`', () => {
    const { held } = walk(
      {
        context: { n: 0, list: [] },
        on: {
          put: {
            guard: isBelow(2),
            actions: [
              assign({
                list: ({ context, event }) => [
                  ...(context as { list: Json[] }).list,
                  (event as Event)['what'],
                ],
              }),
              n(1),
            ],
          },
        },
      },
      [
        { type: 'put', what: 'a' },
        { type: 'put', what: 'b' },
      ],
    );
    meets(held, { value: {}, context: { n: 2, list: ['a', 'b'] } });
  }),
  ...refusedCase('`spawn` in `assign`', () => {
    const starts = assign({
      ref: ({ spawn }: { spawn: (src: unknown) => unknown }) => spawn(machineOf({})),
    });
    saysAtRun(
      { on: { go: { actions: starts } } },
      ['go'],
      /^cell in state \{\} of machine m, event go, reads self\.\w+, as actions that start an actor or send it events do: no actor runs here/,
    );
  }),
  ...supported('`raise` without a delay', () => {
    const { held } = walk(
      {
        initial: 'a',
        states: {
          a: {
            on: {
              go: { actions: [raise({ type: 'on' }), raise(() => ({ type: 'on' }))] },
              on: 'b',
            },
          },
          b: { on: { on: 'c' } },
          c: { on: { go: 'a' } },
        },
      },
      ['go', 'on'],
    );
    meets(held, { value: 'c', context: {} });
  }),
  ...refusedCase('`raise` with a delay', () => {
    const later = raise({ type: 'go' }, { delay: 10 });
    says(
      { on: { go: { actions: later } } },
      /^machine m, on go: raise with a delay, which is lost here: write the delay under `after` of a state$/,
    );
    says(
      { initial: 'a', states: { a: { entry: 'later' } } },
      /^state a of machine m, entry: the action "later" is raise with a delay/,
      { actions: { later } },
    );
    enqueues(
      ({ enqueue }) => enqueue.raise({ type: 'go' }, { delay: 10 }),
      /runs raise with a delay/,
    );
  }),
  ...refusedCase('`cancel`', () => {
    says(
      { on: { go: { actions: cancel('x') } } },
      /^machine m, on go: cancel, which has nothing to cancel here/,
    );
    enqueues(({ enqueue }) => enqueue.cancel('x'), /runs cancel, which/);
  }),
  ...supported('`enqueueActions`', () => {
    const { held } = walk(
      {
        context: { n: 0 },
        initial: 'a',
        states: {
          a: {
            on: {
              go: {
                actions: enqueueActions(({ enqueue, check }) => {
                  enqueue.assign({
                    n: ({ context }: { context: { n: number } }) => context.n + 1,
                  });
                  if (check('isFirst')) enqueue.raise({ type: 'next' });
                  enqueue('say');
                }),
              },
              next: 'b',
            },
          },
          b: { on: { go: 'a' } },
        },
      },
      ['go'],
      (sends) => ({
        guards: { isFirst: isN(0) },
        actions: {
          say: ({ context }: { context: Json }) =>
            sends({ to: 'x', event: { type: 'said', context } }),
        },
      }),
      { steps: 5 },
    );
    meets(held, { value: 'b', context: { n: 1 } }, { value: 'a', context: { n: 3 } });
  }),
  ...refusedCase(
    'an action on actors, or an action that is not provided, in `enqueueActions`',
    () => {
      enqueues(
        ({ enqueue }) => enqueue.sendTo(({ self }) => self, { type: 'go' }),
        /runs sendTo \(or sendParent, forwardTo\), which reaches no actor here/,
      );
      enqueues(({ enqueue }) => enqueue.sendParent({ type: 'go' }), /reads self\._parent/);
      enqueues(
        ({ enqueue }) => enqueue.emit({ type: 'go' }),
        /runs emit, which has no listener here/,
      );
      enqueues(
        ({ enqueue }) => enqueue.spawnChild(machineOf({}) as never),
        /reads self\.\w+, as actions that start an actor/,
      );
      enqueues(
        ({ enqueue }) => enqueue.stopChild('x'),
        /runs stopChild, which stops no actor here/,
      );
      enqueues(({ enqueue }) => enqueue('ring'), /runs the action "ring", which is not provided/);
    },
  ),
  ...leftOut('`log`', () => {
    const { held } = walk(
      {
        context: { n: 0 },
        on: { go: { guard: isBelow(2), actions: [log('here'), n(1), log(() => 'there')] } },
      },
      ['go'],
    );
    meets(held, { value: {}, context: { n: 2 } });
  }),
  ...refusedCase('`sendTo`, `sendParent`, `forwardTo`', () => {
    for (const action of [
      sendTo('x', { type: 'go' }),
      sendParent({ type: 'go' }),
      forwardTo('x'),
    ]) {
      says(
        { on: { go: { actions: action } } },
        /^machine m, on go: sendTo \(or sendParent, forwardTo\), which reaches no actor here: an action that returns \{ to: cell, event \} reaches a cell$/,
      );
    }
  }),
  ...refusedCase('`emit`', () =>
    says(
      { on: { go: { actions: emit({ type: 'go' }) } } },
      /^machine m, on go: emit, which has no listener here/,
    ),
  ),
  ...refusedCase('`spawnChild`, `stopChild`', () => {
    says(
      { on: { go: { actions: spawnChild(machineOf({}) as never) } } },
      /^machine m, on go: spawnChild, which starts no actor here: make the actor a cell of its own$/,
    );
    says(
      { on: { go: { actions: stopChild('x') } } },
      /^machine m, on go: stopChild, which stops no actor here/,
    );
  }),
  ...refusedCase('`invoke`', () =>
    says(
      {
        initial: 'a',
        states: {
          a: { invoke: { src: fromPromise(async () => 1), id: 'job', onDone: 'b' } },
          b: {},
        },
      },
      /^state a of machine m: invoke starts the actor "job", and there are no actors here: make it a cell of its own, and its answer an event \(and \d more\)$/,
    ),
  ),
  ...refusedCase('an action or a guard that is not provided', () => {
    says(
      { on: { go: { actions: 'rang' } } },
      /^machine m, on go: the action "rang" is not provided \(did you mean "ring"\?\): give it in setup\(\{ actions \}\) or provide/,
      { actions: { ring: () => undefined } },
    );
    says({ on: { go: { actions: 'toString' } } }, /the action "toString" is not provided/);
    says(
      { initial: 'a', states: { a: { exit: { type: 'rang' } } } },
      /^state a of machine m, exit: the action "rang" is not provided/,
    );
    says(
      { on: { go: { guard: and(['isFre', not('isOpn')]), actions: n(1) } } },
      /^machine m, on go: the guard "isFre" is not provided \(did you mean "isFree"\?\).*\(and 1 more\)$/,
      { guards: { isFree: () => true } },
    );
  }),
  ...refusedCase('an action that returns something else than effects', () => {
    const returning = (said: unknown, shown: RegExp): void =>
      saysAtRun({ on: { go: { actions: 'say' } } }, ['go'], shown, {
        actions: { say: () => said },
      });
    returning(
      Promise.resolve(),
      /^cell in state \{\} of machine m, event go, action say returns a promise \(it may not be async\): return \{ to, event \}, the name of a cell and an event for it, a list of these, or nothing$/,
    );
    returning(null, /returns null:/);
    returning(7, /returns 7:/);
    returning({ to: 'x' }, /returns a record \{ to \}:/);
    returning([{ to: 'cell', event: 'go' }], /sends cell no event, but the text "go":/);
    returning(raise({ type: 'go' }), /returns a function:/);
  }),
  ...refusedCase('an action that reads `self` or `system`', () => {
    const reading = (
      say: (info: {
        self: { send: (event: Event) => void; getSnapshot: () => unknown };
        system: { get: (id: string) => unknown };
      }) => unknown,
      shown: RegExp,
    ): void => saysAtRun({ on: { go: { actions: 'say' } } }, ['go'], shown, { actions: { say } });
    reading(
      ({ self }) => self.send({ type: 'go' }),
      /^cell in state \{\} of machine m, event go, reads self\.send,/,
    );
    reading(({ self }) => self.getSnapshot(), /reads self\.getSnapshot,/);
    reading(({ system }) => system.get('x'), /reads system\.get,/);
  }),
  ...supported('parameters of guards and actions', () => {
    const { held } = walk(
      {
        context: { n: 0 },
        on: {
          go: {
            guard: { type: 'below', params: { most: 3 } },
            actions: [
              {
                type: 'add',
                params: ({ context }: { context: { n: number } }) => ({ by: context.n + 1 }),
              },
              { type: 'say', params: { what: 'x' } },
            ],
          },
        },
      },
      ['go'],
      (sends) => ({
        guards: {
          below: ({ context }: { context: { n: number } }, { most }: { most: number }) =>
            context.n < most,
        },
        actions: {
          add: assign(({ context }, params) => ({
            n: (context as { n: number }).n + (params as { by: number }).by,
          })),
          say: (_: unknown, { what }: { what: string }) =>
            sends({ to: 'x', event: { type: 'said', what } }),
        },
      }),
    );
    meets(held, { value: {}, context: { n: 1 } }, { value: {}, context: { n: 3 } });
  }),
  ...supported('`and`, `or`, `not`, `stateIn`', () => {
    const { held } = walk(
      {
        type: 'parallel',
        states: {
          a: { initial: 'x', states: { x: { on: { a: 'y' } }, y: { on: { a: 'x' } } } },
          b: {
            initial: 'x',
            states: {
              x: { on: { b: { guard: and([stateIn({ a: 'y' }), not('never')]), target: 'y' } } },
              y: { on: { b: { guard: or([stateIn('#m.a.x'), 'never']), target: 'x' } } },
            },
          },
        },
      },
      ['a', 'b'],
      () => ({ guards: { never: () => false } }),
    );
    expect(held.size).toBe(4);
  }),
  ...refusedCase('`stateIn` of a state that does not exist', () => {
    for (const value of ['opne', '#opne', { open: 'wide' }]) {
      says(
        {
          initial: 'open',
          on: { go: { guard: not(stateIn(value)), actions: n(1) } },
          states: { open: {} },
        },
        /^machine m, on go: stateIn\(.*\) names a state that machine m does not have$/,
      );
    }
  }),
  ...refusedCase('a guard that refers to itself', () =>
    says(
      { on: { go: { guard: 'a', actions: n(1) } } },
      /^machine m, on go: the guard "a" refers to itself$/,
      {
        guards: { a: not('b'), b: or(['a']) },
      },
    ),
  ),
  ...leftOut('`context` of the machine, and `input`', () => {
    const machine = machineOf({
      id: 'm',
      context: () => {
        throw new Error('asked');
      },
      initial: 'a',
      states: { a: { entry: n(1) } },
    });
    expect(initialLocal(machine, { n: 1, more: 'x' })).toEqual({
      value: 'a',
      context: { n: 2, more: 'x' },
    });
    expect(() => createSystem(protocol(machine, initialLocal(machine, { n: 1 })))).not.toThrow();
  }),
  ...leftOut('`tags`, `meta`, `description`, `version`, `schemas`, `types`', () => {
    const { held } = walk(
      {
        version: '2',
        schemas: {},
        types: {},
        description: 'a machine',
        initial: 'a',
        states: {
          a: {
            tags: ['x'],
            meta: { y: 1 },
            description: 'first',
            on: { go: { target: 'b', meta: { z: 1 }, description: 'goes' } },
          },
          b: {},
        },
      },
      ['go'],
    );
    expect(held.size).toBe(2);
  }),
  ...supported('`options.maxIterations`', () => {
    const counts = {
      context: { n: 0 },
      on: { go: { actions: n(1) } },
      always: { guard: not(isN(5)), actions: n(1) },
    };
    const within = machineOf({ id: 'm', options: { maxIterations: 7 }, ...counts });
    expect(advance(within, { value: {}, context: { n: 1 } }, { type: 'go' })).toMatchObject({
      next: { context: { n: 5 } },
    });
    const less = machineOf({ id: 'm', options: { maxIterations: 2 }, ...counts });
    expect(() => advance(less, { value: {}, context: { n: 1 } }, { type: 'go' })).toThrow(
      /more than 2 microsteps/,
    );
  }),
  ...refusedCase('a field that XState does not read', () => {
    says(
      { initial: 'a', states: { a: { onn: { go: 'b' } }, b: {} } },
      /^state a of machine m: XState reads no field "onn" \(did you mean "on"\?\): correct it or leave it out$/,
    );
    says(
      { on: { go: { gaurd: 'x', actions: n(1) } } },
      /^machine m, on go: XState reads no field "gaurd" \(did you mean "guard"\?\)/,
    );
    says(
      { initial: 'a', states: { a: { after: { 10: { action: 'x', target: 'b' } } }, b: {} } },
      /^state a of machine m, after 10: XState reads no field "action"/,
    );
    says(
      { initial: 'a', states: { a: { always: { in: 'x', target: 'b' } }, b: {} } },
      /^state a of machine m, always: XState reads no field "in"/,
    );
  }),
  ...refusedCase('a field that XState does not read, of a guard or an action', () => {
    says(
      { on: { go: { guard: { type: 'no', parms: { n: 1 } }, actions: n(1) } } },
      /^machine m, on go, guard: XState reads no field "parms" \(did you mean "params"\?\)/,
    );
    says(
      { on: { go: { actions: { type: 'say', parms: {} } } } },
      /^machine m, on go, actions: XState reads no field "parms"/,
    );
    says({ entry: { type: 'say', parms: {} } }, /^machine m, entry: XState reads no field "parms"/);
    says(
      { initial: { target: 'a', actons: 'say' }, states: { a: {} } },
      /^machine m, initial: XState reads no field "actons" \(did you mean "actions"\?\)/,
    );
  }),
  ...refusedCase('a value that XState does not know', () => {
    says(
      { initial: 'a', states: { a: { type: 'finall' } } },
      /^state a of machine m: type must be one of atomic, compound, parallel, final, history, and is "finall" \(did you mean "final"\?\)$/,
    );
    says(
      { initial: 'a', states: { a: {}, h: { type: 'history', history: 'depe' } } },
      /^state h of machine m: history must be one of shallow, deep, and is "depe"/,
    );
    says(
      { options: { maxIteration: 3 } },
      /^machine m, options: XState reads no field "maxIteration"/,
    );
    says(
      { on: { go: () => ({ target: 'w' }) } },
      /^machine m, on go: XState reads no function as a transition/,
    );
  }),
  ...refusedCase('events of XState’s own, offered, sent or listed', () => {
    const config = {
      initial: 'a',
      states: { a: { after: { 5: 'b' }, on: { go: { actions: 'say' } } }, b: {} },
    };
    const actions = { say: () => ({ to: 'cell', event: { type: 'xstate.after.5.m.a' } }) };
    expect(() => explore(systemOf(config, () => ['xstate.after.5.m.a'], {}, { actions }))).toThrow(
      /^cell in state a of machine m offers xstate\.after\.5\.m\.a, which is XState's own: timers under `after` are offered without being asked for$/,
    );
    saysAtRun(
      config,
      ['go'],
      /action say sends cell the event xstate\.after\.5\.m\.a: such names belong to XState/,
      { actions },
    );
    says(
      { on: { 'xstate.error.actor.job': { actions: n(1) } } },
      /^machine m: on xstate\.error\.actor\.job comes from an actor/,
    );
  }),
  ...refusedCase('a wildcard that never matches', () => {
    for (const type of ['a.*.b', '*.a', 'a*']) {
      says(
        { on: { [type]: { actions: n(1) } } },
        /^machine m: on .* never matches: a wildcard is "\*" alone, or the last part, as in "job\.\*"$/,
      );
    }
  }),
  ...supported('`route`', () => {
    const { held } = walk(
      {
        initial: 'a',
        states: { a: {}, b: { id: 'b', route: {} }, c: { id: 'c', route: { guard: () => false } } },
      },
      [
        { type: 'xstate.route', to: '#b' },
        { type: 'xstate.route', to: '#c' },
      ],
    );
    expect([...held].toSorted()).toEqual([
      '{"context":{},"value":"a"}',
      '{"context":{},"value":"b"}',
    ]);
    says(
      { initial: 'a', states: { a: { route: {} } } },
      /^state a of machine m: route needs an id, or XState ignores it/,
    );
  }),
  ...refusedCase('a name in `provide` that the machine does not have', () => {
    const machine = machineOf(
      { id: 'm', on: { pay: { guard: 'isFree', actions: 'take' } } },
      { guards: { isFree: () => true }, actions: { take: () => undefined } },
    );
    const provided = machine.provide({ guards: { isFre: () => false } } as never);
    expect(() => createSystem(protocol(provided, { value: {}, context: {} }))).toThrow(
      /^machine m: guards has "isFre", which the machine does not use; did you mean "isFree"\? Rename it or leave it out$/,
    );
    const more = machine.provide({ actions: { takeItAllBack: () => undefined } } as never);
    expect(() => createSystem(protocol(more, { value: {}, context: {} }))).not.toThrow();
  }),
} satisfies { readonly [feature: string]: Case };

type How = Case['how'];

function supported<Name extends string>(name: Name, tried: () => void): Record<Name, Case> {
  return one(name, 'supported', tried);
}

function refusedCase<Name extends string>(name: Name, tried: () => void): Record<Name, Case> {
  return one(name, 'refused', tried);
}

function leftOut<Name extends string>(name: Name, tried: () => void): Record<Name, Case> {
  return one(name, 'left out', tried);
}

function one<Name extends string>(name: Name, how: How, tried: () => void): Record<Name, Case> {
  return { [name]: { how, tried } } as Record<Name, Case>;
}

/** Walks of an actor and of the checker, which must hold the same all the time. */
function walk(
  config: object,
  events: readonly (string | Event)[],
  implementations: (sends: Sends) => object = () => ({}),
  options: { readonly steps?: number } = {},
): Met {
  return walkTwins(
    (sends) => machineOf({ id: 'm', ...config }, implementations(sends)),
    events.map((event) => (typeof event === 'string' ? { type: event } : event)),
    options,
  );
}

function meets(held: ReadonlySet<string>, ...locals: readonly Local[]): void {
  expect([...held]).toEqual(expect.arrayContaining(locals.map((local) => canonical(local))));
}

function isN(wanted: number) {
  return ({ context }: { context: object }): boolean => (context as { n: number }).n === wanted;
}

function isBelow(limit: number) {
  return ({ context }: { context: object }): boolean => (context as { n: number }).n < limit;
}

/** Refused before the search starts. */
function says(config: object, said: RegExp, implementations: object = {}): void {
  expect(() => systemOf(config, () => [], {}, implementations)).toThrow(said);
}

/** Refused where a run shows it. */
function saysAtRun(
  config: object,
  events: readonly string[],
  said: RegExp,
  implementations: object = {},
): void {
  const system = systemOf(config, () => events, {}, implementations);
  expect(() => explore(system)).toThrow(said);
}

function enqueues(collect: Parameters<typeof enqueueActions>[0], said: RegExp): void {
  saysAtRun({ on: { go: { actions: enqueueActions(collect) } } }, ['go'], said);
}

function systemOf(
  config: object,
  offers: (local: Local) => readonly string[],
  more: object = {},
  implementations: object = {},
): System {
  const machine = machineOf({ id: 'm', ...config }, implementations);
  const { value } = machine.resolveState({ value: {}, context: {} });
  const context = (machine.config.context ?? { n: 0 }) as Json;
  const plain = protocol(machine, { value: value as Json, context });
  const offering = (cell: Cell): Cell => ({
    ...cell,
    offers: (local) => offers(local).map((type) => ({ type })),
  });
  return createSystem({ ...plain, cells: plain.cells.map(offering), ...more });
}

function protocol(machine: AnyStateMachine, initial: Local): Protocol {
  return {
    name: 'protocol',
    cells: [{ name: 'cell', machine, initial, offers: () => [], observes: {} }],
    faults: new Set(),
  };
}
