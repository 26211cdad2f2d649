import { describe, expect, test } from '@jest/globals';
import { setup } from 'xstate';
import { minimig } from '../../examples/minimig/minimig.ts';
import { createPrng } from '../random/prng.ts';
import type { Cell, Protocol } from '../specification/protocol.ts';
import { createSystem, DEEPEST_CASCADE, type System } from './system.ts';

const size = { hosts: 2, files: 1, processes: 2, slots: 1, streams: 2 };

describe('a system', () => {
  test('undoes a step', () => {
    walked(7, (system, row, chosen) => {
      const before = row.slice();
      expect(system.perform(row, chosen)).toBe(true);
      system.undo(row);
      expect(row).toEqual(before);
      system.perform(row, chosen);
    });
  });

  test('takes the deliveries that it lists', () => {
    walked(8, (system, row, chosen) => {
      const listed = system.deliveriesOf(row, chosen);
      const trail = system.trail(row, chosen);
      const expected = row.slice();
      for (const { cell, after } of listed) {
        const index = system.indexOf(cell);
        expected[index] = system.localId(index, after);
      }
      system.perform(row, chosen);
      expect(row).toEqual(expected);
      expect(trail.map((each) => system.eventOf(each).type)).toEqual(
        listed.map(({ event }) => event.type),
      );
    });
  });

  test('runs XState once for each combination of what a delivery reads', () => {
    const system = createSystem(minimig(size));
    const row = system.initial();
    const into = new Int32Array(1024);
    system.enabled(row, into);
    const { machineRuns } = system.statistics();
    for (let again = 0; again < 100; again++) system.enabled(row, into);
    expect(system.statistics().machineRuns).toBe(machineRuns);
  });

  test('reports an event that a cell does not take', () => {
    const system = createSystem(chain('somethingElse'));
    const row = system.initial();
    system.perform(row, system.delivery('link 0', { type: 'pushed' }));
    expect(system.unspecified()).toMatchObject({ cell: 'link 1', why: 'refused' });
  });

  test('lists the deliveries of a step up to one', () => {
    const system = createSystem(fork());
    const row = system.initial();
    const first = system.delivery('link 0', { type: 'pushed' });
    expect(system.trail(row, first)).toEqual([first]);
    expect(system.deliveriesOf(row, first).map(({ cell }) => cell)).toEqual(['link 0']);
    system.perform(row, first);
    expect(system.unspecified()).toMatchObject({ cell: 'link 1', why: 'refused' });
    expect([...row.subarray(1)]).toEqual([...system.initial().subarray(1)]);
  });

  test.each([
    [DEEPEST_CASCADE, undefined],
    [DEEPEST_CASCADE + 1, { cell: 'link 16', why: 'too deep' }],
    [DEEPEST_CASCADE + 9, { cell: 'link 16', why: 'too deep' }],
  ])('%d deliveries, each the effect of the one before: %j', (length, hole) => {
    const system = createSystem(line(length));
    const row = system.initial();
    const first = system.delivery('link 0', { type: 'pushed' });
    system.perform(row, first);
    const found = system.unspecified();
    expect(found && { cell: found.cell, why: found.why }).toEqual(hole);
    expect(system.trail(row, first)).toHaveLength(DEEPEST_CASCADE);
  });

  test('takes effects that never end for a fault', () => {
    const system = createSystem(chain('pushed'));
    const row = system.initial();
    system.perform(row, system.delivery('link 0', { type: 'pushed' }));
    expect(system.unspecified()?.why).toBe('too deep');
    expect(DEEPEST_CASCADE).toBe(16);
  });
});

/** 200 random steps, each taken by the test itself. */
function walked(
  seed: number,
  take: (system: System, row: Int32Array, chosen: number) => void,
): void {
  const system = createSystem(minimig(size));
  const prng = createPrng(seed);
  const row = system.initial();
  const into = new Int32Array(1024);
  for (let step = 0; step < 200; step++) {
    take(system, row, into[prng.below(system.enabled(row, into))] ?? 0);
  }
}

/** Each cell passes an event on to the other, for ever. */
function chain(event: string): Protocol {
  return { name: 'chain', faults: new Set(), cells: [link(0, event, 1), link(1, event, 0)] };
}

/** The first cell sends events to two others; the first of these does not take its event. */
function fork(): Protocol {
  const [first, second, third] = [link(0, 'pushed', 1), link(1, 'pushed'), link(2, 'pushed')];
  const machine = setup({
    actions: {
      passOn: () => [
        { to: 'link 1', event: { type: 'somethingElse' } },
        { to: 'link 2', event: { type: 'pushed' } },
      ],
    },
  }).createMachine({ id: 'fork', on: { pushed: { actions: 'passOn' } } });
  return { name: 'fork', faults: new Set(), cells: [{ ...first, machine }, second, third] };
}

/** Each cell passes an event on to the next; the last one does not. */
function line(length: number): Protocol {
  const cells = Array.from({ length }, (_, index) =>
    link(index, 'pushed', index + 1 < length ? index + 1 : undefined),
  );
  return { name: 'line', faults: new Set(), cells };
}

function link(index: number, type: string, next?: number): Cell {
  const machine = setup({
    actions: {
      passOn: () => (next === undefined ? [] : { to: `link ${next}`, event: { type } }),
    },
  }).createMachine({ id: `link${index}`, on: { pushed: { actions: 'passOn' } } });
  return {
    name: `link ${index}`,
    machine,
    initial: { value: {}, context: {} },
    offers: () => [],
    observes: {},
  };
}
