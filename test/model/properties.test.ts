// Properties name themselves and the faults they catch; all of it is true. That what they name as to
// be reached is reached: scenarios.test.ts.

import { readdirSync } from 'node:fs';
import { afterAll, describe, expect, test } from '@jest/globals';
import { properties } from '../../properties/all.ts';
import { neverAlone } from '../../properties/never-alone.ts';
import { kernels } from '../../model/kernels/all.ts';
import { propertiesFor } from '../../analysis/specification/instance.ts';
import type { Scenario } from '../../model/scenarios/scenario.ts';
import { loadedSprite } from '../../testing/sprite.ts';
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

test('every property has a stored story that violates it, so regress would notice', () => {
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

test('every property has a shipped fault that it alone must catch, or a reason why not', () => {
  const alone = faults.flatMap(({ caughtBy }) => (caughtBy.length === 1 ? caughtBy : []));
  const neither = everyProperty.filter((id) => !alone.includes(id) && !(id in neverAlone));
  expect(neither).toEqual([]);
  expect(Object.keys(neverAlone).filter((id) => !everyProperty.includes(id))).toEqual([]);
});

test('every property that is expected to catch a fault exists', () => {
  const expected = faults.flatMap(({ caughtBy }) => caughtBy);
  expect(expected.filter((id) => !everyProperty.includes(id))).toEqual([]);
});

test('what a property names as a fault is a kernel', () => {
  const known = kernels.map(({ id }) => id);
  const named = properties.flatMap(({ catches }) => catches);
  expect(named.filter((id) => !known.includes(id))).toEqual([]);
});

/** The other pairs have a stored story, and stories/traces.test.ts replays it. */
describe('the properties that name a fault, and have no stored story of it, catch it', () => {
  const stories = readdirSync(new URL('../../traces/faults/', import.meta.url));
  const named = kernels.map(({ id }) => ({
    fault: id,
    expected: properties
      .filter(({ catches }) => catches.includes(id))
      .map((each) => each.id)
      .filter((property) => !stories.includes(`${id}-${property}.trace.json`)),
  }));

  test.each(named.filter(({ expected }) => expected.length > 0))(
    '$fault: $expected',
    async ({ fault, expected }) => expect(await missedIn(fault, expected)).toEqual([]),
    SLOW,
  );
});

/** The properties that catch the fault in no small scenario. Its own comes first: most show there. */
async function missedIn(variant: string, expected: readonly string[]): Promise<readonly string[]> {
  const own = kernels.find(({ id }) => id === variant)?.scenario;
  const ownFirst = smallScenarios.toSorted(
    (a, b) => Number(b.name === own) - Number(a.name === own),
  );
  let missed = expected;
  for (const scenario of ownFirst) {
    const asked = missed.filter((id) => isClaimedIn(scenario, id));
    if (asked.length === 0) continue;
    // oxlint-disable-next-line no-await-in-loop -- the next only where this one found nothing
    const { found } = await explorer.explored({
      variant,
      scenario: scenario.name,
      properties: asked,
      until: asked,
    });
    const caught = new Set(found.map(({ violation }) => violation.property));
    missed = missed.filter((property) => !caught.has(property));
  }
  return missed;
}

function isClaimedIn(scenario: Scenario, property: string): boolean {
  return propertiesFor(loadedSprite, scenario).some(({ id }) => id === property);
}
