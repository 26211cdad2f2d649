/** Evictors that look for fewer visitors than there are. */
import { assign } from 'xstate';
import type { AnyStateMachine } from 'xstate';
import {
  evictionMachine,
  type EvictionContext,
  type EvictionEvent,
  type Found,
  visitorsAmong,
} from '../machines/eviction.machine.ts';
import { on, tell, type Told } from '../vocabulary/cell.ts';
import { cell, type Host, type Process } from '../vocabulary/ids.ts';

type Choice = (found: readonly Found[], host: Host) => readonly Process[];
type Step = { readonly context: EvictionContext; readonly event: EvictionEvent };

/** Only the first that it finds. */
export const firstVisitorOnly: AnyStateMachine = evicts((found, host) =>
  visitorsAmong(found, host).slice(0, 1),
);

/** Those that run already, and are not on their way home. */
export const runningVisitorsOnly: AnyStateMachine = evicts((found, host) =>
  visitorsAmong(
    found.filter(({ is }) => is === 'running'),
    host,
  ),
);

function evicts(choice: Choice): AnyStateMachine {
  const chosen = ({ context, event }: Step): readonly Process[] =>
    choice(on(event, 'ownerReturned').found, context.host);
  return evictionMachine.provide({
    guards: { hasVisitors: (step) => chosen(step).length > 0 },
    actions: {
      begin: assign((step) => ({ left: step.context.left - 1, awaited: chosen(step) })),
      askVisitors: (step): Told =>
        chosen(step).map((process) =>
          tell(cell.source(process), { type: 'evicted', from: step.context.host }),
        ),
    },
  });
}
