/**
 * Hints for the author of a protocol at the end of a successful search: events that are offered but
 * never possible, and causes of a slow search.
 *
 *   If a guard refuses an offer in every state, the guard may be wrong, and properties may hold only for
 *   that reason. If XState runs very often for a machine, its cells contain too much: a set of messages
 *   in one cell has a local state for each subset, while one cell for each message has two.
 */
import type { System } from './system.ts';

export type Hints = {
  /** By cell and type of event: events that the cell offered and that were enabled in no state. */
  readonly neverEnabled: readonly { readonly cell: string; readonly event: string }[];
  /** The worst first. */
  readonly growing: readonly Growing[];
};

/** A machine whose local states, or runs of XState, grow with the search. */
export type Growing = {
  readonly machine: string;
  readonly cells: readonly string[];
  /** Number of local states of its cells, all together. */
  readonly locals: number;
  /** How often XState ran for it. */
  readonly runs: number;
};

/** A run of XState takes as long as some twenty steps of a search; fewer runs are no burden. */
const FEWEST_RUNS = 2000;
const STATES_PER_RUN = 10;

/** Called after a search of so many states, also after one that reached its bound. */
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
