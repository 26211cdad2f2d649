// What is said to be impossible is reached in no scenario that was written for something else either.
// The small scenarios are explored to their end by scenarios.test.ts.

import { afterAll, expect, test } from '@jest/globals';
import { sizeOf } from '../../checker/specification/specification.ts';
import { scenarios } from '../../model/scenarios/all.ts';
import spriteSpecification from '../../sprite/specification.ts';
import { createExplorer, sprite } from '../support/explored.ts';

const BEGINNING = 6000;
const explorer = createExplorer();
const general = scenarios.filter((scenario) => sizeOf(scenario) === 'general');

afterAll(() => explorer.close());

test.each(general)(
  'the beginning of $name reaches nothing impossible',
  async ({ name }) => {
    const { situations = {} } = await explorer.explored({
      variant: sprite,
      scenario: name,
      properties: [],
      maxStates: BEGINNING,
      reportSituations: true,
    });
    for (const { id, impossible, situations: listed } of spriteSpecification.coverings ?? []) {
      const reached = situations[id] ?? [];
      const wrong = reached.filter(
        (each) => !listed.includes(each) || impossible(each) !== undefined,
      );
      expect(wrong).toEqual([]);
    }
  },
  60_000,
);
