// A finding says what differs: its two halves are read side by side, and nothing else is.

import { expect, test } from '@jest/globals';
import { partWith, sprite, type Kernel } from '../../testing/library.ts';
import { explore } from '../../checker/search/explore.ts';
import { claimsOf, type Finding, type Property } from '../../checker/specification/property.ts';
import { instanceWith } from '../../analysis/specification/instance.ts';
import { boot } from '../../model/boot.ts';
import { sharersChangePlaces } from '../../model/scenarios/streams.ts';
import { statusFromAfar } from '../../model/scenarios/crashes.ts';
import type { Scenario } from '../../model/scenarios/scenario.ts';
import { cell } from '../../model/vocabulary/ids.ts';
import type { Json, Local } from '../../model/vocabulary/cell.ts';
import { everyModuleMoves } from '../../properties/every-module-moves.property.ts';
import { homeKnowsLocation } from '../../properties/home-knows-location.property.ts';
import { nothingWaitsForEver } from '../../properties/nothing-waits-for-ever.property.ts';
import { shadowListsHolders } from '../../properties/shadow-lists-holders.property.ts';
import { transparency } from '../../properties/transparency.property.ts';
import { loadedSprite } from '../../testing/sprite.ts';

/** p at home on A, which has f open. */
const scenario: Scenario = {
  name: 'own',
  title: 'p opens f, and may go to B',
  hosts: ['A', 'B'],
  files: ['f'],
  descriptors: 1,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: { script: [{ call: 'open', file: 'f', mode: 'read', descriptor: 0 }] },
      migrations: { to: ['B'], times: 1 },
    },
  ],
};

type Held = { readonly value?: string } & { readonly [field: string]: Json };

/** What a property finds in the first state, with some of what cells hold replaced. */
function foundIn(
  property: Property<Scenario>,
  replaced: { readonly [cell: string]: Held },
): readonly (Finding | undefined)[] {
  const cells = new Map<string, Local>(
    boot(sprite, scenario).cells.map(({ name, initial }) => {
      const { value = initial.value, ...fields } = replaced[name] ?? {};
      return [name, { value, context: { ...(initial.context as object), ...fields } }];
    }),
  );
  return claimsOf([property], scenario)
    .map(({ test: claim }) => claim((name: string) => cells.get(name) as Local))
    .filter((finding) => finding !== undefined);
}

test('a process with too few descriptors, or too many', () => {
  const expected = 'room for descriptors: 1';
  const finding = { subject: 'process p on A', expected };
  expect(foundIn(everyModuleMoves, { [cell.process('p', 'A')]: { descriptors: [] } })).toEqual([
    { ...finding, found: 'room for descriptors: 0' },
  ]);
  const two = { [cell.process('p', 'A')]: { descriptors: [null, null] } };
  expect(foundIn(everyModuleMoves, two)).toEqual([
    { ...finding, found: 'room for descriptors: 2' },
  ]);
});

test('a home that knows of another host', () => {
  const world = {
    [cell.process('p', 'A')]: { value: 'migrated', home: 'A', peer: null },
    [cell.process('p', 'B')]: { value: 'running', home: 'A', peer: 'A', descriptors: [null] },
  };
  expect(foundIn(homeKnowsLocation, world)).toEqual([
    {
      subject: 'process p on B',
      expected: 'A knows it is here',
      found: 'home has it on no host',
    },
  ]);
});

test('a stream that is marked although none of its references arrives', () => {
  const world = {
    [cell.thread('p')]: { remaining: { next: 1 } },
    [cell.stream('p0', 'A')]: { sharedMeanwhile: true },
  };
  expect(foundIn(nothingWaitsForEver, world)).toEqual([
    {
      subject: 'stream p0@A',
      expected: 'no reference on its way at the end',
      found: 'none, and still marked as shared meanwhile',
    },
  ]);
});

/** The first violation of a property, over all states. */
function firstFinding(
  kernel: Kernel,
  property: Property<Scenario>,
  own: Scenario,
): Finding | undefined {
  const { system, claims } = instanceWith(loadedSprite, kernel, {
    scenario: own,
    asked: [property],
  });
  const stopAt = (violation: { readonly property: string }): boolean =>
    violation.property === property.id;
  return explore(system, { claims, stopAt }).found.find(({ violation }) => stopAt(violation))
    ?.violation.finding;
}

test('a parent that learns of the end of a child which runs', () => {
  const process = partWith(sprite.process, { guards: { peerHasCrashed: () => true } });
  expect(firstFinding({ ...sprite, process }, transparency, statusFromAfar)).toEqual({
    subject: 'wait for q',
    expected: 'none yet: q runs',
    found: 'destroyed',
  });
});

test('hosts in another order are the same hosts', () => {
  const turned = { ...sharersChangePlaces, hosts: sharersChangePlaces.hosts.toReversed() };
  expect(firstFinding(sprite, shadowListsHolders, turned)).toBeUndefined();
});
