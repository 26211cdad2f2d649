/**
 * The steps of a story that another protocol, in the same world, would not take, or would take to
 * another world.
 *
 *   Each step is compared by itself, from the world in which the story takes it. A world that the other
 *   cannot have (with a state that it does not have) is not compared.
 */
import { canonical } from '../text/canonical-json.ts';
import { eventOf, type Local, type Step, type Story } from '../specification/protocol.ts';
import type { System } from '../engine/system.ts';

export type Parting = {
  /** Counted from 1. */
  readonly step: number;
  readonly how: 'refused' | 'differs';
  /** The cells that would have another local state, with that local state. */
  readonly instead: readonly { readonly cell: string; readonly local: Local }[];
};

/** The steps must be possible in `system`; both systems have the same cells. */
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

/** The local states after the step; undefined if this system cannot have that world. */
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
    // XState throws if its machine does not have the state.
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
