/**
 * A ghost: a file's name as a kernel with one host would have it. Every open, stat and unlink reports what
 * it found at the moment when it takes effect: an open at the server, the others where they are made.
 *
 *   States:
 *     watching   no call found anything else
 *     different  a call found a name that is gone, or missed one
 *
 * Paper     §1, §2 (transparency)
 * Kernel    none
 * Observes  nothing
 * Left out  names that come back: no call of the model makes one
 */
import { assign, setup } from 'xstate';
import type { OfFile, PartOf } from '../part.ts';

export type NameCall = 'open' | 'stat' | 'unlink';

export type NameContext = {
  readonly isThere: boolean;
  /** The first call that found what was not so: it succeeded, or it was refused. */
  readonly wrong: { readonly call: NameCall; readonly succeeded: boolean } | null;
};

export type NameEvent =
  | { type: 'looked'; call: NameCall; found: boolean }
  /** By an unlink, which found it. */
  | { type: 'removed'; call: 'unlink'; found: true };

export const nameContext: NameContext = { isThere: true, wrong: null };

export const nameMachine = setup({
  types: { context: {} as NameContext, events: {} as NameEvent },
  guards: { isSo: ({ context, event }) => event.found === context.isThere },
  actions: {
    ignore: () => undefined,
    remove: assign({ isThere: false }),
    noteWrong: assign(({ event }) => ({ wrong: { call: event.call, succeeded: event.found } })),
  },
}).createMachine({
  id: 'name',
  context: nameContext,
  initial: 'watching',
  states: {
    watching: {
      on: {
        looked: [
          { guard: 'isSo', actions: 'ignore' },
          { target: 'different', actions: 'noteWrong' },
        ],
        removed: [
          { guard: 'isSo', actions: 'remove' },
          { target: 'different', actions: 'noteWrong' },
        ],
      },
    },
    different: { on: { looked: { actions: 'ignore' }, removed: { actions: 'ignore' } } },
  },
});

export const namePart: PartOf<typeof nameMachine, OfFile> = {
  machine: nameMachine,
  observes: {},
  offers: {},
};
