/**
 * What is pinned: of the small scenarios their counts, where each property is put to the test, and
 * which transitions they take; of the others the counts of their first states, so that none
 * collapses unsaid.
 */
import { covered } from '../../checker/engine/transition-coverage.ts';
import { scenarios } from '../../model/scenarios/all.ts';
import { properties } from '../../properties/all.ts';
import { pinned, pinsText, type Counts } from './pinned-counts.ts';
import type { ExhaustiveJob, ExhaustiveResult } from '../jobs/jobs.ts';
import type { Pool } from '../jobs/worker-pool.ts';
import { fromHere } from '../files/project-root.ts';
import { sizeOf } from '../../model/scenarios/scenario.ts';
import { testedBy } from './scenarios-per-property.ts';
import { counted } from '../text-tables.ts';
import { lostOf, TAKEN, takenList } from './transitions-taken.ts';
import { MAX_STATES, repaired, type Part } from './generated-files.ts';

export const COUNTS = 'traces/explore.baseline.json';
export const BOUNDED = 'traces/bounded.baseline.json';
export const TESTED = 'traces/properties.baseline.json';

/** States of a scenario that does not close, in the order of the search. */
export const BOUND = 20_000;

export async function pins(threads: Pool): Promise<Part> {
  const results = await threads.run(
    scenarios
      .filter((scenario) => sizeOf(scenario) === 'small')
      .map(({ name }): ExhaustiveJob => ({
        kind: 'exhaustive',
        kernel: repaired,
        scenario: name,
        properties: properties.map(({ id }) => id),
        maxStates: MAX_STATES,
        until: [],
      })),
    'exploring',
  );
  const first = await threads.run(
    scenarios
      .filter((scenario) => sizeOf(scenario) !== 'small')
      .map(({ name }): ExhaustiveJob => ({
        kind: 'exhaustive',
        kernel: repaired,
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
      [COUNTS, pinsText(counts)],
      [BOUNDED, pinsText(new Map(first.map((result) => [keyOf(result), countsIn(result)])))],
      [TESTED, pinsText(testedBy(closed))],
      [TAKEN, takenList.textOf(taken)],
    ]),
    remarks: [
      ...lostOf(never, takenList.readFrom(fromHere(TAKEN))).map(
        (name) => `${name} is taken no more`,
      ),
      ...[...counts].flatMap(([key, now]) => {
        const before = pinned(fromHere(COUNTS), key);
        if (before === undefined || countsText(before) === countsText(now)) return [];
        return [`${key}: ${countsText(before)} became ${countsText(now)}`];
      }),
    ],
    problems: results
      .filter(({ ending }) => ending !== 'closed')
      .map((result) => `${keyOf(result)} did not close (${result.ending})`),
  };
}

function keyOf({ scenario }: ExhaustiveResult): string {
  return `${repaired}/${scenario}`;
}

function countsIn({ states, transitions, depth }: ExhaustiveResult): Counts {
  return { states, transitions, depth };
}

export function countsText({ states, transitions, depth }: Counts): string {
  const all = [counted(states, 'state'), counted(transitions, 'transition')];
  return `${all.join(', ')}, depth ${depth}`;
}
