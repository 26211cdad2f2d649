/** A protocol of one cell, "it", by what leads from each state where: as little as a test may need. */
import { setup, type AnyStateMachine } from 'xstate';
import type { Look, Protocol, Step } from '../../checker/specification/protocol.ts';

export type Ways = { readonly [state: string]: { readonly [event: string]: string } };

/** Begins in the state named first, and may stop anywhere unless `more` says otherwise. */
export function oneCell(ways: Ways, more: Partial<Protocol> = {}): Protocol {
  const [initial = ''] = Object.keys(ways);
  const states = Object.fromEntries(Object.entries(ways).map(([state, on]) => [state, { on }]));
  const machine = setup({}).createMachine({
    id: 'it',
    context: {},
    initial,
    states,
  } as never) as unknown as AnyStateMachine;
  return {
    name: 'one cell',
    faults: new Set(),
    deadlock: { ignored: 'a test' },
    ...more,
    cells: [
      {
        name: 'it',
        machine,
        initial: holding(initial),
        offers: ({ value }) => Object.keys(ways[value as string] ?? {}).map((type) => ({ type })),
        observes: {},
      },
    ],
  };
}

/** What the cell holds in this state. */
export function holding(state: string): {
  readonly value: string;
  readonly context: { readonly [field: string]: never };
} {
  return { value: state, context: {} };
}

export function stateIn(look: Look): string {
  return look('it').value as string;
}

export function step(action: string): Step {
  return { at: 'it', action, params: {} };
}
