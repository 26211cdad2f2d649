// On a worker thread: every state of a scenario on the repaired kernel, and the first count there that
// is not what its owners hold.

import { explore } from '../../dist/checker/search/explore.js';
import { subjectOf } from '../../dist/analysis/specification/instance.js';
import { accountsOf } from '../../dist/model/ledger.js';

export function imbalances({ kernel, scenario, maxStates }) {
  const subject = subjectOf({ kernel, scenario, properties: [] });
  const { found, ending } = explore(subject.system, {
    claims: claimsFor(subject.scenario),
    maxStates,
    stopAt: ({ property }) => property === 'ledger',
  });
  return { found, ending };
}

function claimsFor(scenario) {
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
