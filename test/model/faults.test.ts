// Every shipped fault is caught by a property that was expected to catch it, in a small scenario:
// scenarios.test.ts visits every state of that on the repaired kernel, which violates nothing there.

import { afterAll, describe, expect, test } from '@jest/globals';
import { createExplorer, faults, smallScenarios } from '../support/explored.ts';

const explorer = createExplorer();
const SLOW = 60_000;

afterAll(() => explorer.close());

test('every fault shows in a small scenario', () => {
  const small = smallScenarios.map(({ name }) => name);
  expect(faults.filter(({ scenario }) => !small.includes(scenario))).toEqual([]);
});

describe('faults', () => {
  const searched = faults.map((fault) => {
    const { id: variant, caughtBy, scenario } = fault;
    return { ...fault, result: explorer.explored({ variant, scenario, until: caughtBy }) };
  });

  test.each(searched)(
    '$id is caught by one of $caughtBy',
    async ({ caughtBy, result }) => {
      const { found } = await result;
      const violated = found.map(({ violation }) => violation.property);
      expect(violated.filter((property) => caughtBy.includes(property))).not.toEqual([]);
    },
    SLOW,
  );
});
