// In the repaired kernel every count equals its owners, in every state of every small scenario: so
// where they differ, a kernel is wrong and not the table.

import { afterAll, describe, expect, test } from '@jest/globals';
import { createThreads, smallScenarios, sprite } from '../support/explored.ts';

const SLOW = 60_000;
/** Far beyond what a small scenario has. */
const MAX_STATES = 500_000;

const threads = createThreads('ledger.mjs', 'imbalances');

afterAll(() => threads.destroy());

describe('every count equals its owners in', () => {
  const searched = smallScenarios.map(({ name: scenario }) => ({
    scenario,
    result: threads.run({ variant: sprite, scenario, maxStates: MAX_STATES }) as Promise<unknown>,
  }));

  test.each(searched)(
    '$scenario',
    async ({ result }) => {
      expect(await result).toEqual({ ending: 'closed', found: [] });
    },
    SLOW,
  );
});
