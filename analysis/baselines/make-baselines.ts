/**
 * The pinned results. For the small scenarios: their counts, the properties they test, the situations they
 * reach, the transitions they take. For the others: the counts of their first states, so that a scenario
 * that collapses is noticed.
 */
import { covered } from '../../checker/engine/transition-coverage.ts';
import { repairedOf, type Loaded } from '../specification/loaded.ts';
import { pinned, pinsText, type PinnedCounts } from './pinned-counts.ts';
import type { ExhaustiveJob, ExhaustiveResult } from '../jobs/jobs.ts';
import type { Pool } from '../jobs/worker-pool.ts';
import { fromHere } from '../files/home.ts';
import { storedNames } from './stored-names.ts';
import { sizeOf } from '../../checker/specification/specification.ts';
import { situationsBy, situationsText } from './scenarios-per-situation.ts';
import { testedBy } from './scenarios-per-property.ts';
import { counted } from '../../checker/text/tables.ts';
import { lostOf, takenList } from './transitions-taken.ts';
import { MAX_STATES, type Part } from './generated-files.ts';

/** Number of first states that are counted in a larger scenario. */
export const BOUND = 20_000;

export async function pins(spec: Loaded, threads: Pool): Promise<Part> {
  const { scenarios, properties, home } = spec;
  const repaired = repairedOf(spec);
  const stored = storedNames(home);
  const results = await threads.run(
    scenarios
      .filter((scenario) => sizeOf(scenario) === 'small')
      .map(({ name }): ExhaustiveJob => ({
        kind: 'exhaustive',
        variant: repaired,
        scenario: name,
        properties: properties.map(({ id }) => id),
        maxStates: MAX_STATES,
        until: [],
        reportSituations: true,
      })),
    'exploring',
  );
  const first = await threads.run(
    scenarios
      .filter((scenario) => sizeOf(scenario) !== 'small')
      .map(({ name }): ExhaustiveJob => ({
        kind: 'exhaustive',
        variant: repaired,
        scenario: name,
        properties: [],
        maxStates: BOUND,
        until: [],
      })),
    'exploring',
  );
  const closed = results.filter(({ ending }) => ending === 'closed');
  const { taken, never } = covered(closed.map(({ coverage }) => coverage));
  const counts = new Map(closed.map((result) => [keyOf(result), countsIn(result)]));
  return {
    files: new Map([
      [stored.counts, pinsText(counts)],
      [stored.bounded, pinsText(new Map(first.map((result) => [keyOf(result), countsIn(result)])))],
      [stored.tested, pinsText(testedBy(closed))],
      ...(spec.coverings === undefined
        ? []
        : [[stored.situations, situationsText(situationsBy(spec.coverings, closed))] as const]),
      [stored.taken, takenList.textOf(taken)],
    ]),
    remarks: [
      ...lostOf(never, takenList.readFrom(fromHere(home, stored.taken))).map(
        (name) => `${name} is no longer taken`,
      ),
      ...[...counts].flatMap(([key, now]) => {
        const before = pinned(fromHere(home, stored.counts), key);
        if (before === undefined || countsText(before) === countsText(now)) return [];
        return [`${key}: ${countsText(before)} became ${countsText(now)}`];
      }),
    ],
    problems: results
      .filter(({ ending }) => ending !== 'closed')
      .map((result) => `${keyOf(result)} did not close (${result.ending})`),
  };

  function keyOf({ scenario }: ExhaustiveResult): string {
    return `${repaired}/${scenario}`;
  }
}

function countsIn({ states, transitions, depth }: ExhaustiveResult): PinnedCounts {
  return { states, transitions, depth };
}

export function countsText({ states, transitions, depth }: PinnedCounts): string {
  const all = [counted(states, 'state'), counted(transitions, 'transition')];
  return `${all.join(', ')}, depth ${depth}`;
}
