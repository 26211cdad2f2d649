/**
 * Which transitions of a protocol's machines were taken, and which never: a property may hold
 * because what would break it cannot happen any more.
 *
 *   One transition is one way out of a state, for an event, of itself (`always`), when a timer goes
 *   off or what is inside has come to its end: where several are guarded, each counts.
 *   What a claim by removal tries counts as taken.
 */
import type { AnyTransitionDefinition } from 'xstate';
import { fieldOf, nodesOf, transitionsOf } from '../machines/machine-walk.ts';
import type { System } from './system.ts';

/** By name, "thread user: stat 2 of 3", in order. */
export type Coverage = { readonly taken: readonly string[]; readonly never: readonly string[] };

export function coverageOf(system: System): Coverage {
  const machines = new Set(system.protocol.cells.map(({ machine }) => machine));
  const all = [...machines].flatMap(nodesOf).flatMap(transitionsOf);
  const taken = system.taken();
  const names = (isTaken: boolean): readonly string[] =>
    all.filter((each) => taken.has(each) === isTaken).map(nameOf);
  return { taken: names(true), never: names(false) };
}

/** Of several searches: taken in one of them is taken. */
export function covered(searches: readonly Coverage[]): Coverage {
  const taken = new Set(searches.flatMap((each) => each.taken));
  const never = new Set(searches.flatMap((each) => each.never).filter((each) => !taken.has(each)));
  return { taken: [...taken].toSorted(), never: [...never].toSorted() };
}

/** A transition of the whole machine is told without a state. */
function nameOf(transition: AnyTransitionDefinition): string {
  const { source, eventType } = transition;
  const others =
    eventType === '' ? (source.always ?? []) : (source.transitions.get(eventType) ?? []);
  const which = others.length > 1 ? ` ${others.indexOf(transition) + 1} of ${others.length}` : '';
  const field = fieldOf(transition).replace(/^on /, '');
  return `${[source.machine.id, ...source.path].join(' ')}: ${field}${which}`;
}
