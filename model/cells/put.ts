/** Makes one cell of a world: a part with its place, its name and its initial contents. */
import type { AnyStateMachine } from 'xstate';
import type { InScenario, KernelPart } from '../part.ts';
import type { Event, Json, Local, Observe } from '../vocabulary/cell.ts';
import { nameOf } from '../vocabulary/ids.ts';
import type { KindName } from '../vocabulary/kinds.ts';

export type PlacedCell = {
  readonly name: string;
  readonly machine: AnyStateMachine;
  readonly initial: Local;
  readonly offers: (local: Local) => readonly Event[];
  readonly observes: { readonly [eventType: string]: Observe };
};

/** The words of a cell's name, in order, taken from its place: "stream p0@A". */
const OF = ['process', 'stream', 'file', 'host'] as const;

/** A part in its place. Without a state the cell starts in the machine's initial one. */
export function put<Place extends InScenario & { readonly [of in (typeof OF)[number]]?: string }>(
  kind: KindName,
  { machine, observes, offers }: KernelPart<Place>,
  place: Place,
  context: Json,
  state: Json = firstState(machine),
): PlacedCell {
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

/** The initial state by the machine's table alone; the checker tests whether the machine stays in it. */
function firstState(machine: AnyStateMachine): Json {
  return machine.resolveState({ value: {}, context: {} }).value as Json;
}
