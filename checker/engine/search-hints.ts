/**
 * What whoever wrote a protocol should know at the end of a search that went well: what cannot
 * happen though it is offered, and what makes the search slow.
 *
 *   An offer that no guard ever lets through may be a guard too many; what it would break holds for
 *   that reason. A machine for which XState runs again and again holds too much in one cell: a set
 *   of messages in one cell has as many local states as it has subsets, one cell a message has two.
 */
import type { System } from './system.ts';

export type Hints = {
  /** By cell and type of event: no event of this type that the cell offered was enabled anywhere. */
  readonly neverEnabled: readonly { readonly cell: string; readonly event: string }[];
  /** The worst first. */
  readonly growing: readonly Growing[];
};

/** A machine whose local states, or runs of XState, grow with the search. */
export type Growing = {
  readonly machine: string;
  readonly cells: readonly string[];
  /** Local states that its cells were met in, all together. */
  readonly locals: number;
  /** How often XState ran for it. */
  readonly runs: number;
};

/** A run of XState takes as long as some twenty steps of a search; fewer runs are no burden. */
const FEWEST_RUNS = 2000;
const STATES_PER_RUN = 10;

/** After a search that has met so many states. Where it met its bound: so far. */
export function hintsOf(system: System, states: number): Hints {
  return { neverEnabled: neverEnabled(system), growing: growing(system, states) };
}

function neverEnabled(system: System): Hints['neverEnabled'] {
  return system.protocol.cells.flatMap(({ name }, cell) => {
    const { offered, enabled } = system.offersMet(cell);
    const happened = typesOf(system, enabled);
    const never = [...typesOf(system, offered)].filter((type) => !happened.has(type));
    return never.map((event) => ({ cell: name, event }));
  });
}

function typesOf(system: System, deliveries: ReadonlySet<number>): ReadonlySet<string> {
  return new Set([...deliveries].map((delivery) => system.eventOf(delivery).type));
}

function growing(system: System, states: number): readonly Growing[] {
  const { cells } = system.protocol;
  return [...new Set(cells.map(({ machine }) => machine))]
    .map((machine) => ({
      machine: machine.id,
      cells: cells.filter((cell) => cell.machine === machine).map(({ name }) => name),
      locals: system.localsOf(cells.findIndex((cell) => cell.machine === machine)),
      runs: system.runsOf(machine),
    }))
    .filter(({ runs }) => runs >= FEWEST_RUNS && runs * STATES_PER_RUN >= states)
    .toSorted((a, b) => b.runs - a.runs);
}
