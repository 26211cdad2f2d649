// A counter of two bits, each a cell of its own, mapped to a number from 0 to 3.

import { describe, expect, test } from '@jest/globals';
import { assign, setup } from 'xstate';
import { refinement } from './refinement.ts';
import { initialLocal } from '../engine/xstate.ts';
import { createSystem } from '../engine/system.ts';
import { explore } from '../search/explore.ts';
import type { Cell, Effect, Look, Protocol } from '../specification/protocol.ts';
import { holding, oneCell } from '../../test/support/one-cell.ts';

const bitMachine = setup({
  types: { context: {} as { readonly tries: number }, events: {} as { type: string } },
  actions: {
    carry: (): Effect => ({ to: 'high', event: { type: 'tick' } }),
    tryAgain: assign({ tries: ({ context }) => (context.tries + 1) % 2 }),
  },
}).createMachine({
  id: 'bit',
  context: { tries: 0 },
  initial: 'zero',
  states: {
    zero: { on: { tick: 'one', look: { actions: 'tryAgain' } } },
    one: { on: { tick: { target: 'zero' }, carry: { target: 'zero', actions: 'carry' } } },
  },
});

/** Counts by 1. A careless one forgets to carry. */
function bits(careless = false, low = 'zero'): Protocol {
  const bit = (name: string, offers: Cell['offers']): Cell => ({
    name,
    machine: bitMachine,
    initial: {
      ...initialLocal(bitMachine, { tries: 0 }),
      ...(name === 'low' ? { value: low } : {}),
    },
    offers,
    observes: {},
  });
  return {
    name: 'bits',
    faults: new Set(),
    cells: [
      bit('low', ({ value }) =>
        value === 'zero'
          ? [{ type: 'tick' }, { type: 'look' }]
          : [{ type: careless ? 'tick' : 'carry' }],
      ),
      bit('high', () => []),
    ],
  };
}

const numbers = oneCell({
  n0: { next: 'n1' },
  n1: { next: 'n2' },
  n2: { next: 'n3' },
  n3: { next: 'n0' },
});

function worth(look: Look): number {
  return (look('high').value === 'one' ? 2 : 0) + (look('low').value === 'one' ? 1 : 0);
}

function counts(look: Look) {
  return { it: holding(`n${worth(look)}`) };
}

const { claims } = refinement({ property: 'counts', abstract: numbers, map: counts });

describe('refinement', () => {
  test('holds if each step is a step of the abstract protocol, or leaves its state unchanged', () => {
    const { ending, states } = explore(createSystem(bits()), { claims });
    expect({ ending, states }).toEqual({ ending: 'closed', states: 8 });
  });

  test('is violated by the first step that the abstract protocol cannot take', () => {
    const { found } = explore(createSystem(bits(true)), { claims });
    expect(found).toMatchObject([
      {
        steps: [{ action: 'tick' }, { action: 'tick' }],
        violation: {
          property: 'counts',
          finding: {
            subject: 'one cell',
            expected: 'one step from it n1, or none',
            found: 'it n0',
          },
        },
      },
    ]);
  });

  test('is violated if its start is no start of the abstract protocol', () => {
    const { found } = explore(createSystem(bits(false, 'one')), { claims });
    expect(found).toMatchObject([
      { steps: [], violation: { finding: { expected: 'to begin as it n0', found: 'it n1' } } },
    ]);
  });

  test('may begin in any start of the abstract protocol', () => {
    const starts = ['n0', 'n1'].map((name) => ({ name, cells: { it: holding(name) } }));
    const several = refinement({
      property: 'counts',
      abstract: { ...numbers, starts },
      map: counts,
    });
    const begun = createSystem(bits(false, 'one'));
    expect(explore(begun, { claims: several.claims }).found).toEqual([]);
  });

  test('takes one step with its whole cascade, and not two', () => {
    // Counts by 2: the abstract protocol needs two steps for one of these.
    const twice = refinement({
      property: 'counts',
      abstract: numbers,
      map: (look) => ({ it: holding(`n${(2 * worth(look)) % 4}`) }),
    });
    expect(explore(createSystem(bits()), { claims: twice.claims }).found).toMatchObject([
      { steps: [{ action: 'tick' }] },
    ]);
    // Bits refine themselves: a carry is one step, and a cascade.
    const itself = refinement({
      property: 'counts',
      abstract: bits(),
      map: (look) => ({ low: look('low'), high: look('high') }),
    });
    expect(explore(createSystem(bits()), { claims: itself.claims })).toMatchObject({
      ending: 'closed',
      found: [],
    });
  });

  test.each([
    [
      { its: holding('n0') },
      'names the cell "its": one cell has no such cell (did you mean "it"?)',
    ],
    [{}, 'leaves out the cell "it" of one cell'],
  ])('refuses a map of %j', (held, why) => {
    const odd = refinement({ property: 'counts', abstract: numbers, map: () => held });
    expect(() => explore(createSystem(bits()), { claims: odd.claims })).toThrow(
      `property counts: its map ${why}`,
    );
  });
});
