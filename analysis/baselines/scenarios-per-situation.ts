/**
 * The small scenarios that reach each situation of the specification's tables, and the situations that some
 * given scenarios reach. They are pinned, because to compute a table takes a minute.
 */
import { existsSync } from 'node:fs';
import { z } from 'zod';
import type { Covering } from '../../checker/specification/covering.ts';
import { readStored } from '../files/read-stored-json.ts';
import type { ExhaustiveResult } from '../jobs/jobs.ts';

const name = z.string().min(1).max(200);
export const situationsSchema = z.record(name, z.record(name, z.array(name).max(10_000)));

/** By covering, then by situation, the scenarios in order. */
export type SituationsPinned = z.infer<typeof situationsSchema>;

const stored = {
  schema: situationsSchema,
  expected: 'for each table, a list of scenarios for each situation',
  maxBytes: 4 * 1024 * 1024,
  maxDepth: 5,
};

/** Empty where there is no file yet. */
export function situationsIn(file: string): SituationsPinned {
  return existsSync(file) ? readStored(file, stored) : {};
}

/** The same for the searches of this run; a situation that none reaches is left out. */
export function situationsBy(
  coverings: readonly Pick<Covering<never>, 'id'>[],
  results: readonly Pick<ExhaustiveResult, 'scenario' | 'situations'>[],
): SituationsPinned {
  return Object.fromEntries(
    coverings.map(({ id }) => {
      const found = results.flatMap(({ scenario, situations }) =>
        (situations?.[id] ?? []).map((situation) => ({ situation, scenario })),
      );
      const named = [...new Set(found.map(({ situation }) => situation))].toSorted();
      return [
        id,
        Object.fromEntries(
          named.map((situation) => [
            situation,
            found
              .filter((each) => each.situation === situation)
              .map(({ scenario }) => scenario)
              .toSorted(),
          ]),
        ),
      ];
    }),
  );
}

/** A line for each situation. */
export function situationsText(pinned: SituationsPinned): string {
  const tables = Object.entries(pinned).map(([id, table]) => {
    const lines = Object.entries(table).map(
      ([situation, scenarios]) => `    ${JSON.stringify(situation)}: ${JSON.stringify(scenarios)}`,
    );
    return `  ${JSON.stringify(id)}: {\n${lines.join(',\n')}\n  }`;
  });
  return `{\n${tables.join(',\n')}\n}\n`;
}

/** The situations of one table that some scenarios reach. */
export type Reach = {
  readonly what: string;
  readonly page: string;
  /** How many situations can be reached. */
  readonly possible: number;
  readonly reached: number;
  readonly missed: readonly string[];
};

export function reachOf(
  { what, page, id, situations, impossible }: Covering<never>,
  pinned: SituationsPinned,
  scenarios: readonly string[],
): Reach {
  const asked = new Set(scenarios);
  const possible = situations.filter((each) => impossible(each) === undefined);
  const missed = possible.filter(
    (each) => pinned[id]?.[each]?.some((scenario) => asked.has(scenario)) !== true,
  );
  return {
    what,
    page,
    possible: possible.length,
    reached: possible.length - missed.length,
    missed,
  };
}
