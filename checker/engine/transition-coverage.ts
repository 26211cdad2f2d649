/**
 * The machine transitions that were taken, and those that never were: a property can hold only because
 * the event that would break it no longer happens.
 *
 *   A transition is one way out of a state: for an event, by `always`, by a timer, or because an inner
 *   state has ended. Each guarded alternative counts. A transition that only a claim by removal tries
 *   counts as taken.
 */
import type { AnyStateMachine, AnyTransitionDefinition } from 'xstate';
import { fieldOf, nodesOf, transitionsOf } from '../machines/machine-walk.ts';
import type { Cell } from '../specification/protocol.ts';
import { partsOf } from '../text/cell-names.ts';
import type { System } from './system.ts';

/** By name, "thread user: stat 2 of 3", in order. */
export type Coverage = { readonly taken: readonly string[]; readonly never: readonly string[] };

export function coverageOf(system: System): Coverage {
  const machines = machineNames(system.protocol.cells);
  const all = [...machines.keys()].flatMap(nodesOf).flatMap(transitionsOf);
  const taken = system.taken();
  const names = (isTaken: boolean): readonly string[] =>
    all
      .filter((each) => taken.has(each) === isTaken)
      .map((each) => nameOf(each, machines.get(each.source.machine) ?? ''));
  return { taken: names(true), never: names(false) };
}

/** The result of several searches: a transition is taken if one of them took it. */
export function covered(searches: readonly Coverage[]): Coverage {
  const taken = new Set(searches.flatMap((each) => each.taken));
  const never = new Set(searches.flatMap((each) => each.never).filter((each) => !taken.has(each)));
  return { taken: [...taken].toSorted(), never: [...never].toSorted() };
}

/** The id that XState gives a machine without one. */
const NAMELESS = '(machine)';

/** The name of a machine: its id, or the kind of its first cell, with a number if the name is taken. */
function machineNames(cells: readonly Cell[]): ReadonlyMap<AnyStateMachine, string> {
  const names = new Map<AnyStateMachine, string>();
  for (const { name, machine } of cells) {
    if (names.has(machine)) continue;
    const own = machine.id === NAMELESS ? partsOf(name).kind : machine.id;
    const others = [...names.values()].filter((each) => each.split('#', 1)[0] === own).length;
    names.set(machine, others === 0 ? own : `${own}#${others + 1}`);
  }
  return names;
}

/** A transition of the whole machine is named without a state. */
function nameOf(transition: AnyTransitionDefinition, machine: string): string {
  const { source, eventType } = transition;
  const others =
    eventType === '' ? (source.always ?? []) : (source.transitions.get(eventType) ?? []);
  const which = others.length > 1 ? ` ${others.indexOf(transition) + 1} of ${others.length}` : '';
  const field = fieldOf(transition).replace(/^on /, '');
  return `${[machine, ...source.path].join(' ')}: ${field}${which}`;
}
