// On a worker thread: every state of a scenario on the repaired kernel, and the first count there that
// is not what its owners hold.

import { explore } from '../../dist/checker/search/explore.js';
import { instanceIn } from '../../dist/analysis/specification/instance.js';
import { loadedSprite } from '../../dist/testing/sprite.js';

export function imbalances({ variant, scenario, maxStates }) {
  const instance = instanceIn(loadedSprite, { variant, scenario, properties: [] });
  const { found, ending } = explore(instance.system, {
    claims: claimsFor(instance.scenario),
    maxStates,
    stopAt: ({ property }) => property === 'ledger',
  });
  return { found, ending };
}

function claimsFor(scenario) {
  return loadedSprite.accounts(scenario).map(({ subject, counted, count, owners }) => ({
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
