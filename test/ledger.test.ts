// In the repaired kernel every count equals its owners, in every state of every small scenario: so
// where they differ, a kernel is wrong and not the table.

import { describe, expect, test } from '@jest/globals';
import { explore } from '../checker/explore.ts';
import type { Claim } from '../checker/property.ts';
import { createSystem } from '../checker/system.ts';
import { boot } from '../model/boot.ts';
import { sprite } from '../model/kernel.ts';
import { accountsOf } from '../model/ledger.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { smallScenarios } from './support/explored.ts';

const SLOW = 60_000;
/** Far beyond what a small scenario has. */
const MAX_STATES = 500_000;

describe('every count equals its owners in', () => {
  test.each(smallScenarios.map((scenario) => ({ name: scenario.name, scenario })))(
    '$name',
    ({ scenario }) => {
      const system = createSystem(boot(sprite, scenario));
      const { found, ending } = explore(system, {
        claims: claimsFor(scenario),
        maxStates: MAX_STATES,
        stopAt: ({ property }) => property === 'ledger',
      });
      expect({ ending, found }).toEqual({ ending: 'closed', found: [] });
    },
    SLOW,
  );
});

function claimsFor(scenario: Scenario): readonly Claim[] {
  return accountsOf(scenario).map(({ subject, counted, count, owners }) => ({
    property: 'ledger',
    kind: 'always',
    test: (look) => {
      const owned = owners(look);
      const expected = owned.reduce((sum, { uses }) => sum + uses, 0);
      const found = count(look);
      if (found === expected) return undefined;
      const who = owned.map((each) => each.who).join(', ');
      return {
        subject: `${subject} ${counted}`,
        expected: `${expected}: ${who}`,
        found: `${found}`,
      };
    },
  }));
}
