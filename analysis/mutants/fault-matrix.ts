/**
 * The matrix of properties and shipped faults: which property catches which fault, which properties would
 * be enough, and which catch nothing that another does not catch.
 */
import { isAsked, ownPropertyIds } from '../../checker/claims/own-properties.ts';
import { smallestCover } from './smallest-cover.ts';
import { faultsOf, type KnownFault } from '../specification/faults.ts';
import type { Loaded } from '../specification/loaded.ts';
import type { ExhaustiveJob, ExhaustiveResult } from '../jobs/jobs.ts';
import type { Pool } from '../jobs/worker-pool.ts';

export type Kill = {
  readonly property: string;
  /** Number of steps of a shortest story. */
  readonly steps: number;
  /** Whether it was written down in advance that this property should catch this fault. */
  readonly expected: boolean;
};

export type FaultRow = {
  readonly fault: string;
  readonly title: string;
  readonly scenario: string;
  readonly states: number;
  /** Whether every state was visited; otherwise a property that caught nothing may have missed the fault. */
  readonly closed: boolean;
  /** In the order of properties. */
  readonly kills: readonly Kill[];
  /** Properties that should catch it, and did not. */
  readonly missedBy: readonly string[];
};

export type Matrix = {
  /** Every property, in order. */
  readonly properties: readonly string[];
  readonly faults: readonly FaultRow[];
  /** A smallest set of properties that catches every fault that any property catches. */
  readonly smallest: readonly string[];
  /** Properties that catch nothing alone: another one catches each of their faults, or they catch none. */
  readonly nothingAlone: readonly { readonly property: string; readonly faults: number }[];
  readonly caughtByOne: readonly { readonly fault: string; readonly property: string }[];
  readonly caughtByNone: readonly string[];
  /** Faults that no property caught before the search met its bound. */
  readonly undecided: readonly string[];
};

/** Explores each fault in its own scenario to the end, and keeps each property's shortest story. */
export async function matrixOf(
  { properties }: Loaded,
  pool: Pool,
  { faults, maxStates }: { readonly faults: readonly KnownFault[]; readonly maxStates: number },
): Promise<Matrix> {
  const ids = properties.map(({ id }) => id);
  const results = await pool.run(
    faults.map(({ id, scenario }): ExhaustiveJob => ({
      kind: 'exhaustive',
      variant: id,
      scenario,
      properties: ids,
      maxStates,
      until: [],
    })),
    'faults',
  );
  const own = ownPropertyIds.filter((id) => results.some(({ applied }) => isAsked(id, applied)));
  const columns = [...ids, ...own];
  return summed(
    columns,
    faults.map((fault, index) => rowOf(fault, results[index], columns)),
  );
}

/** The known faults, or only the named ones. */
export function faultsNamed(spec: Loaded, names: readonly string[]): readonly KnownFault[] {
  return faultsOf(spec).filter(({ id }) => names.length === 0 || names.includes(id));
}

function rowOf(
  { id, title, scenario, caughtBy }: KnownFault,
  result: ExhaustiveResult | undefined,
  columns: readonly string[],
): FaultRow {
  const found = new Map(
    (result?.found ?? []).map(({ violation, steps }) => [violation.property, steps.length]),
  );
  return {
    fault: id,
    title,
    scenario,
    states: result?.states ?? 0,
    closed: result?.ending === 'closed',
    kills: columns.flatMap((property) => {
      const steps = found.get(property);
      return steps === undefined
        ? []
        : [{ property, steps, expected: caughtBy.includes(property) }];
    }),
    missedBy: caughtBy.filter((property) => !found.has(property)),
  };
}

/** The conclusions from the rows. Pure. */
export function summed(columns: readonly string[], faults: readonly FaultRow[]): Matrix {
  const killed = (property: string): readonly FaultRow[] =>
    faults.filter(({ kills }) => kills.some((kill) => kill.property === property));
  const hits = new Map(
    columns.map((property) => [property, new Set(killed(property).map(({ fault }) => fault))]),
  );
  const uncaught = faults.filter(({ kills }) => kills.length === 0);
  return {
    properties: columns,
    faults,
    smallest: smallestCover(hits),
    nothingAlone: columns
      .filter((property) => killed(property).every(({ kills }) => kills.length > 1))
      .map((property) => ({ property, faults: killed(property).length })),
    caughtByOne: faults.flatMap(({ fault, kills }) => {
      const [kill] = kills;
      return kills.length === 1 && kill !== undefined ? [{ fault, property: kill.property }] : [];
    }),
    caughtByNone: uncaught.filter(({ closed }) => closed).map(({ fault }) => fault),
    undecided: uncaught.filter(({ closed }) => !closed).map(({ fault }) => fault),
  };
}
