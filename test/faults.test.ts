// Every shipped fault is caught by a property that was expected to catch it, and the repaired
// kernel violates nothing where it shows: both by visiting every state.

import { afterAll, describe, expect, test } from '@jest/globals';
import { createExplorer, faults, smallScenarios, sprite } from './support/explored.ts';

const explorer = createExplorer();
const SLOW = 60_000;

afterAll(() => explorer.close());

describe('faults', () => {
  const searched = faults.map((fault) => {
    const { id: kernel, caughtBy, scenario } = fault;
    return { ...fault, result: explorer.explored({ kernel, scenario, until: caughtBy }) };
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

describe('the repaired kernel', () => {
  const names = [
    ...new Set([...smallScenarios.map(({ name }) => name), ...faults.map(scenarioOf)]),
  ];
  const searched = names.map((scenario) => ({
    scenario,
    result: explorer.explored({ kernel: sprite, scenario }),
  }));

  test.each(searched)(
    'violates nothing in $scenario',
    async ({ result }) => {
      const { found, ending } = await result;
      expect({ ending, found }).toEqual({ ending: 'closed', found: [] });
    },
    SLOW,
  );
});

function scenarioOf({ scenario }: { readonly scenario: string }): string {
  return scenario;
}
