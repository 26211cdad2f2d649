/** One cell of a world: a part, put in its place under a name, and what it holds at first. */
import type { AnyStateMachine } from 'xstate';
import type { KernelPart } from '../part.ts';
import type { Event, Json, Local, Observe } from '../vocabulary/cell.ts';

export type Cell = {
  readonly name: string;
  readonly machine: AnyStateMachine;
  readonly initial: Local;
  readonly offers: (local: Local) => readonly Event[];
  readonly observes: { readonly [eventType: string]: Observe };
};

/** Where no state is named the cell starts in the machine's own first. */
type Initially = { readonly context: Json; readonly state?: string };

export function put<Place>(
  name: string,
  { machine, observes, offers }: KernelPart<Place>,
  place: Place,
  { context, state }: Initially,
): Cell {
  return {
    name,
    machine,
    initial: { value: state ?? firstState(machine), context },
    offers: (local) => offers[local.value as string]?.(local.context, place) ?? [],
    observes: Object.fromEntries(
      Object.entries(observes).map(([type, observe]): [string, Observe] => [
        type,
        (look, event) => observe(look, place, event),
      ]),
    ),
  };
}

/** Where the machine starts, by its table alone: whether it rests there is asked by who checks it. */
function firstState(machine: AnyStateMachine): Json {
  return machine.resolveState({ value: {}, context: {} }).value as Json;
}
