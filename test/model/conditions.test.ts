// A sample of what `npm run mutants:claims` does in full: what is taken out of a property is missed,
// unless `claim-conditions.known.json` says why it need not be. What is listed exists.

import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { instrumented } from '../../maintenance/conditions/sites.ts';
import {
  activate,
  blanked,
  isLeftOut,
  NO_SITE,
  taken,
  takeTouched,
} from '../../maintenance/conditions/switch.ts';
import { knownSurvivors } from '../../maintenance/guard-mutant-list.ts';

const program = fileURLToPath(
  new URL('../../dist/maintenance/condition-mutants.js', import.meta.url),
);
const SAMPLE = ['version-never-decreases', 'shared-is-known'];
const SLOW = 120_000;

test(
  'every condition that is removed from two properties is noticed or listed, and every listed name exists',
  () => {
    const { status, stdout } = spawnSync(process.execPath, [program, 'claims', ...SAMPLE], {
      encoding: 'utf8',
    });
    expect(stdout).not.toMatch(/NOT EXPLAINED|missed now|not there any more/);
    expect(status).toBe(0);
  },
  SLOW,
);

test.each(['claim', 'machine'])('every reason of a %s begins with its kind', (what) => {
  const known = knownSurvivors(
    fileURLToPath(new URL(`${what}-conditions.known.json`, import.meta.url)),
  );
  const kinds = /^(equivalent|implied|witness|for the compiler|missing|open): ./;
  expect([...known].filter(([, reason]) => !kinds.test(reason))).toEqual([]);
});

test('a chain is split into its operands; a finding and a claim are removed as a whole', () => {
  const text = `
    const p = {
      claims: (s) => [...s.files.map((f) => (look) => {
        if (a(f) && b(f)) return { subject: f, expected: 'x', found: 'y' };
        return undefined;
      })],
    };`;
  const { sites } = instrumented({ file: 'properties/p.property.ts', text }, 0);
  expect(sites.map(({ name }) => name.replace(/^p claims: /, '').slice(0, 22))).toEqual([
    '...s.files.map((f) => ',
    'a(f) && b(f), taken as',
    'a(f), taken as true',
    'b(f), taken as true',
    'finding left out',
  ]);
});

test('the shorthand `{ page }` keeps its key', () => {
  const text = `const e = { take: ({ page }) => send(cell.memory(p), { type: 'taken', page }) };`;
  const { text: written, sites } = instrumented({ file: 'model/machines/m.ts', text }, 7);
  expect(sites.map(({ id, name }) => [id, name])).toEqual([
    [7, 'model/machines/m take: taken: page, blank'],
  ]);
  expect(written).toContain('page: blanked(7, page)');
});

test('only one change is active, and it records where it made a difference', () => {
  takeTouched();
  activate(1);
  expect(taken(1, false, true)).toBe(true);
  expect(taken(2, false, true)).toBe(false);
  expect(taken(3, true, true)).toBe(true);
  expect(isLeftOut(4)).toBe(false);
  expect([blanked(1, true), blanked(5, 2), blanked(6, null)]).toEqual([false, 2, null]);
  activate(NO_SITE);
  expect([...takeTouched()]).toEqual([1, 2, 4, 5]);
});
