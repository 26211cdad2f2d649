import { describe, expect, test } from '@jest/globals';
import { explore } from '../../checker/search/explore.ts';
import { blame, componentFaultsOf } from './component-faults.ts';
import { instanceIn } from '../specification/instance.ts';
import { loadedSprite } from '../../testing/sprite.ts';

const scenario = 'client-dies-in-recall';
const properties = ['use-counts-sum-clients'];
const { system, claims } = instanceIn(loadedSprite, {
  variant: 'sprite-1992',
  scenario,
  properties,
});
const { found } = explore(system, { claims, maxStates: 10_000, stopAt: false });
const stories = found.map(({ violation, steps }) => ({ violation, steps }));
const job = { kind: 'blame', variant: 'sprite-1992', scenario, properties, stories } as const;

describe('a fault is found', () => {
  test('if it alone ends in the same violation', () => {
    expect(blame(loadedSprite, { ...job, alone: ['A1', 'A2', 'A3', 'sprite'] }).shows).toEqual([
      { variant: 'A3', property: 'use-counts-sum-clients' },
    ]);
  });

  test('not if it ends in another', () => {
    const others = stories.map(({ violation, steps }) => ({
      violation: { ...violation, finding: { ...violation.finding, found: 'another' } },
      steps,
    }));
    expect(blame(loadedSprite, { ...job, stories: others, alone: ['A3'] }).shows).toEqual([]);
  });
});

test('an item is named once; an item that no story shows is not seen', () => {
  const shows = [
    { variant: 'A37-second', property: 'p' },
    { variant: 'A37', property: 'q' },
    { variant: 'A37', property: 'p' },
  ];
  const composedOf = ['A2', 'A37', 'A37-second'];
  expect(componentFaultsOf(composedOf, [{ kind: 'blame', scenario: 's', shows }])).toEqual({
    found: [
      { item: 'A37', variant: 'A37', scenario: 's', property: 'q' },
      { item: 'A37', variant: 'A37-second', scenario: 's', property: 'p' },
    ],
    notSeen: ['A2'],
  });
});
