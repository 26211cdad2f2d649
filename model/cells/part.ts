/** One cell of a world: a machine, where it starts, what it offers of itself and what it observes. */
import type { AnyStateMachine } from 'xstate';
import type { Event, Json, Local, Observes } from '../vocabulary/cell.ts';

export type Cell = {
  readonly name: string;
  readonly machine: AnyStateMachine;
  readonly initial: Local;
  readonly offers: (local: Local) => readonly Event[];
  readonly observes: Observes;
};

type Part = {
  readonly state?: string;
  readonly offers?: Offers;
  readonly observes?: Observes;
};

/** Events a cell may take of itself, by the name of its state. */
export type Offers = { readonly [state: string]: (context: Json) => readonly Event[] };

export function part(
  name: string,
  machine: AnyStateMachine,
  context: Json,
  extra: Part = {},
): Cell {
  const offers = extra.offers ?? {};
  return {
    name,
    machine,
    initial: { value: extra.state ?? firstState(machine), context },
    offers: (local) => offers[local.value as string]?.(local.context) ?? [],
    observes: extra.observes ?? {},
  };
}

/** Where the machine starts, by its table alone: whether it rests there is asked by who checks it. */
function firstState(machine: AnyStateMachine): Json {
  return machine.resolveState({ value: {}, context: {} }).value as Json;
}

/** An offer of one event, always. */
export function just(type: string): () => readonly Event[] {
  const events = [{ type }];
  return () => events;
}
