// Properties name themselves and the faults they catch; all of it is true. That what they name as to
// be reached is reached: scenarios.test.ts.

import { readdirSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { properties } from '../../properties/all.ts';
import { neverAlone } from '../../properties/never-alone.ts';
import { kernels } from '../../model/kernels/all.ts';
import { createExplorer, everyProperty, faults, smallScenarios } from '../support/explored.ts';

const explorer = createExplorer();
const SLOW = 120_000;

afterAll(() => explorer.close());

test('there is one property for each file, of its name', () => {
  const ending = '.property.ts';
  const files = readdirSync(new URL('../../properties/', import.meta.url))
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length));
  expect(everyProperty.toSorted()).toEqual(files.toSorted());
});

test('of every property a story is stored that violates it: it can fail, and regress would notice', () => {
  const stories = readdirSync(new URL('../../traces/faults/', import.meta.url));
  const unstored = everyProperty.filter(
    (id) => !stories.some((file) => file.endsWith(`-${id}.trace.json`)),
  );
  expect(unstored).toEqual([]);
});

test('every fault is named by a property that catches it', () => {
  const named = new Set(properties.flatMap(({ catches }) => catches));
  expect(faults.map(({ id }) => id).filter((id) => !named.has(id))).toEqual([]);
});

test('of every property a fault is shipped that it alone is expected to catch, or it says why not', () => {
  const alone = faults.flatMap(({ caughtBy }) => (caughtBy.length === 1 ? caughtBy : []));
  const neither = everyProperty.filter((id) => !alone.includes(id) && !(id in neverAlone));
  expect(neither).toEqual([]);
  expect(Object.keys(neverAlone).filter((id) => !everyProperty.includes(id))).toEqual([]);
});

test('every property that is expected to catch a fault exists', () => {
  const expected = faults.flatMap(({ caughtBy }) => caughtBy);
  expect(expected.filter((id) => !everyProperty.includes(id))).toEqual([]);
});

describe('the faults that a property names', () => {
  const named = properties.flatMap(({ id, catches }) =>
    catches.map((fault) => ({ property: id, fault })),
  );

  test.each(named)(
    '$property catches $fault',
    async ({ property, fault }) => {
      expect(kernels.map(({ id }) => id)).toContain(fault);
      expect(await firstScenarioOf(fault, property)).toBeDefined();
    },
    SLOW,
  );
});

/** The fault's own scenario first; it shows there if anywhere. */
async function firstScenarioOf(fault: string, property: string): Promise<string | undefined> {
  const own = kernels.find(({ id }) => id === fault)?.scenario;
  const names = smallScenarios.map(({ name }) => name);
  for (const scenario of new Set([...(own === undefined ? [] : [own]), ...names])) {
    // oxlint-disable-next-line no-await-in-loop -- the next only where this one found nothing
    const { found } = await explorer.explored({
      variant: fault,
      scenario,
      properties: [property],
      until: [property],
    });
    if (found.some(({ violation }) => violation.property === property)) return scenario;
  }
  return undefined;
}
