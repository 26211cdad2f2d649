/**
 * Where a story parts from another protocol: the steps that the other, in the same world, would not
 * take, or would take to another world.
 *
 *   Each step is compared by itself, from the world in which the story takes it. A world that the
 *   other cannot be in (a state it does not have) is not compared.
 */
import { canonical } from '../text/canonical-json.ts';
import { eventOf, type Local, type Step, type Story } from '../specification/protocol.ts';
import type { System } from '../engine/system.ts';

export type Parting = {
  /** Counted from 1. */
  readonly step: number;
  readonly how: 'refused' | 'differs';
  /** The cells that would hold something else, and what. */
  readonly instead: readonly { readonly cell: string; readonly local: Local }[];
};

/** The steps must take place in `system`; both have the same cells. */
export function partings(
  system: System,
  other: System,
  { start, steps }: Story,
): readonly Parting[] {
  const row = system.initial(start);
  return steps.flatMap((step, index): readonly Parting[] => {
    const before = system.protocol.cells.map((_, cell) => local(system, cell, row));
    const isTaken = take(system, row, step);
    const there = isTaken === 'unspecified' ? undefined : takeFrom(other, before, step);
    if (there === undefined) return [];
    if (there === 'refused') return [{ step: index + 1, how: there, instead: [] }];
    const instead = other.protocol.cells.flatMap(({ name }, cell) =>
      canonical(there[cell] as Local) === canonical(local(system, cell, row))
        ? []
        : [{ cell: name, local: there[cell] as Local }],
    );
    return instead.length === 0 ? [] : [{ step: index + 1, how: 'differs', instead }];
  });
}

/** What the cells hold after the step; undefined where this system cannot be in that world. */
function takeFrom(
  system: System,
  before: readonly Local[],
  step: Step,
): readonly Local[] | 'refused' | undefined {
  try {
    const row = Int32Array.from(before, (held, cell) => system.localId(cell, held));
    const taken = take(system, row, step);
    if (taken === 'unspecified') return undefined;
    return taken === 'refused' ? taken : before.map((_, cell) => local(system, cell, row));
  } catch {
    // XState throws where its machine has no such state.
    return undefined;
  }
}

function take(system: System, row: Int32Array, step: Step): 'taken' | 'refused' | 'unspecified' {
  const cell = system.indexOf(step.at);
  const delivery = system.delivery(step.at, eventOf(step));
  if (!system.offers(cell, row[cell] as number).includes(delivery)) return 'refused';
  if (!system.perform(row, delivery)) return 'refused';
  if (system.unspecified() === undefined) return 'taken';
  system.undo(row);
  return 'unspecified';
}

function local(system: System, cell: number, row: Int32Array): Local {
  return system.local(cell, row[cell] as number);
}
