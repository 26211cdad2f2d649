/**
 * A ghost: the visitors that an owner met when the eviction of their host began, and that have not gone
 * since. Only properties read it; the evictor has a list of its own.
 *
 *   A visitor that ends, or is killed, counts as gone: no evictor needs to send it home. A visitor whose
 *   migration is given up stays, and that is documented. A visitor that goes and comes again was not met.
 *
 *   States:
 *     watching  the only state
 *
 * Paper     §2 (noninvasive)
 * Kernel    none
 * Observes  `began`: which visitors are there; `left`: whether that one is
 * Left out  nothing
 */
import { assign, setup } from 'xstate';
import { visitorsObserves } from '../observations/eviction.ts';
import type { OfHost, PartOf } from '../part.ts';
import { on, type Observed } from '../vocabulary/cell.ts';
import type { Process } from '../vocabulary/ids.ts';

export type VisitorsContext = { readonly stayed: readonly Process[] };

export type VisitorsEvent =
  | ({ type: 'began' } & Observed<{ present: readonly Process[] }>)
  | ({ type: 'left'; process: Process } & Observed<{ isThere: boolean }>)
  | { type: 'stays'; process: Process }
  | { type: 'crashed' };

export const visitorsContext: VisitorsContext = { stayed: [] };

export const visitorsMachine = setup({
  types: { context: {} as VisitorsContext, events: {} as VisitorsEvent },
  guards: { isThere: ({ event }) => on(event, 'left').isThere },
  actions: {
    ignore: () => undefined,
    note: assign(({ event }) => ({ stayed: on(event, 'began').present })),
    strikeOff: assign(({ context, event }) => ({
      stayed: context.stayed.filter((process) => process !== on(event, 'left', 'stays').process),
    })),
    forget: assign(visitorsContext),
  },
}).createMachine({
  id: 'visitors',
  context: visitorsContext,
  initial: 'watching',
  states: {
    watching: {
      on: {
        began: { actions: 'note' },
        left: [{ guard: 'isThere', actions: 'ignore' }, { actions: 'strikeOff' }],
        stays: { actions: 'strikeOff' },
        crashed: { actions: 'forget' },
      },
    },
  },
});

export const visitorsPart: PartOf<typeof visitorsMachine, OfHost> = {
  machine: visitorsMachine,
  observes: visitorsObserves,
  offers: {},
};
