/** One cell of a world: a part, put in its place under a name, and what it holds at first. */
import type { AnyStateMachine } from 'xstate';
import type { InScenario, KernelPart } from '../part.ts';
import type { Event, Json, Local, Observe } from '../vocabulary/cell.ts';
import { nameOf } from '../vocabulary/ids.ts';
import type { KindName } from '../vocabulary/kinds.ts';

export type Cell = {
  readonly name: string;
  readonly machine: AnyStateMachine;
  readonly initial: Local;
  readonly offers: (local: Local) => readonly Event[];
  readonly observes: { readonly [eventType: string]: Observe };
};

/** What a place says of a cell, in the order of its name: "stream p0@A". */
const OF = ['process', 'stream', 'file', 'host'] as const;

/** A part in its place. Where no state is named the cell starts in the machine's own first. */
export function put<Place extends InScenario & { readonly [of in (typeof OF)[number]]?: string }>(
  kind: KindName,
  { machine, observes, offers }: KernelPart<Place>,
  place: Place,
  context: Json,
  state: Json = firstState(machine),
): Cell {
  return {
    name: nameOf(kind, ...OF.flatMap((of) => place[of] ?? [])),
    machine,
    initial: { value: state, context },
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
