// What section 5 of the paper says, as sentences about the model: the lessons.

import { describe, expect, test } from '@jest/globals';
import { advance } from '../../checker/engine/xstate.ts';
import { sprite } from '../../model/kernel.ts';
import type { EvictionContext } from '../../model/machines/eviction.machine.ts';
import { fileContext, type FileContext } from '../../model/machines/file.machine.ts';
import type { Look } from '../../model/vocabulary/cell.ts';
import { cell } from '../../model/vocabulary/ids.ts';
import type { World } from '../../model/world.ts';
import { streamIsAtRest } from '../../properties/quiescence.ts';
import { namedScenario, settledOn, worldsOf, type Sentence } from '../support/worlds.ts';

describe('bookkeeping', () => {
  test('the server updates its references when a stream changes hosts', () => {
    const worlds = worldsOf('unlinked-travels');
    const hasMoved = (world: World): boolean =>
      settledOn(world, 'p', 'B') && world.stream('p0', 'B').is === 'open';
    expect(worlds.isPossible(hasMoved)).toBe(true);
    expect(
      worlds.isAlways(
        (world) =>
          !hasMoved(world) ||
          (world.file('f').references === 1 &&
            world.entry('f', 'A').references === 0 &&
            world.entry('f', 'B').references === 1 &&
            world.shadow('p0').clients.join() === 'B'),
      ),
    ).toBe(true);
  });

  test('there is one reference for each host, however many processes use the stream there', () => {
    const worlds = worldsOf('same-target');
    const bothUse = ({ stream }: World): boolean =>
      stream('p0', 'A').references === 2 && stream('p0', 'B').is === 'absent';
    expect(worlds.isPossible(bothUse)).toBe(true);
    expect(
      worlds.isAlways(
        (world) =>
          !bothUse(world) ||
          (world.handle('f', 'A').references === 1 && world.file('f').references === 1),
      ),
    ).toBe(true);
  });

  test('the server keeps the offset of a stream while several hosts have it', () => {
    const scenario = namedScenario('read-during-transfer');
    const worlds = worldsOf(scenario.name);
    expect(
      worlds.isPossible(({ shadow }) => shadow('p0').shared && shadow('p0').offset === 2),
    ).toBe(true);
    expect(
      worlds.isAlways(
        ({ shadow }, look) =>
          !streamIsAtRest(look, scenario, 'p0') ||
          shadow('p0').shared ||
          shadow('p0').clients.length < 2,
      ),
    ).toBe(true);
  });

  test('the offset comes back to the host that has the stream alone again', () => {
    const worlds = worldsOf('read-during-transfer');
    expect(
      worlds.isPossible(
        (world) =>
          settledOn(world, 'q', 'A') &&
          world.source('q').left === 0 &&
          !world.stream('p0', 'A').shared &&
          world.stream('p0', 'A').offset > 0,
      ),
    ).toBe(true);
  });

  describe('the change of the use count by a migration depends on the other references', () => {
    const cases = [
      { isNew: true, sourceFinished: true, change: 0 },
      { isNew: true, sourceFinished: false, change: 1 },
      { isNew: false, sourceFinished: true, change: -1 },
      { isNew: false, sourceFinished: false, change: 0 },
    ];

    test.each(cases)(
      'new at the target $isNew, gone at the source $sourceFinished: $change',
      ({ change, ...facts }) => {
        const held = { value: 'present', context: { ...fileContext, references: 2 } };
        const moved = advance(sprite.file.machine, held, { type: 'moved', mode: 'read', ...facts });
        if (typeof moved === 'symbol') throw new Error('not taken');
        expect((moved.next.context as FileContext).references).toBe(2 + change);
      },
    );

    // The fourth, with no change on either side, needs three processes that share a stream.
    test('every case that two processes can cause happens', () => {
      const scenarios = ['same-target', 'read-during-transfer'];
      const met = scenarios
        .flatMap((scenario) => worldsOf(scenario).sent())
        .filter(({ to, event }) => to === 'file f' && event.type === 'moved')
        .map(
          ({ event }) =>
            `${JSON.stringify(event['isNew'])} ${JSON.stringify(event['sourceFinished'])}`,
        );
      expect(met).toEqual(expect.arrayContaining(['false true', 'true false', 'true true']));
    });
  });
});

describe('insulating migration', () => {
  test.each([
    ['sprite', false],
    ['missing-signals', true],
  ])('%s: a module without a call-back loses its state, %j', (kernel, isLost) => {
    const worlds = worldsOf('memory-travels', kernel);
    // It has made the call that holds signals: the second of its program.
    const hasForgotten: Sentence = (world) => {
      const { remaining } = world.thread('p');
      const hasHeld = 'next' in remaining && remaining.next >= 2;
      return hasHeld && settledOn(world, 'p', 'B') && !world.process('p', 'B').holdsSignals;
    };
    expect(worlds.isPossible(hasForgotten)).toBe(isLost);
  });
});

describe('hiding remote execution', () => {
  test('an evicted process continues at once at home', () => {
    const worlds = worldsOf('memory-travels');
    // An owner's return counts only where there are visitors.
    const wasEvicted: Sentence = (_, look) =>
      (look(cell.eviction('B')).context as EvictionContext).left === 0;
    expect(
      worlds.isPossible(
        (world, look) => wasEvicted(world, look) && settledOn(world, 'p', 'A') && !isOver(look),
      ),
    ).toBe(true);

    function isOver(look: Look): boolean {
      return look(cell.host('B')).value === 'down' || look(cell.eviction('B')).value === 'waiting';
    }
  });
});

describe('global naming', () => {
  test('a process that is away asks the file server by name, not its home', () => {
    const worlds = worldsOf('memory-travels');
    expect(
      worlds.isPossible(({ thread }) => thread('p').is === 'opening' && thread('p').host === 'B'),
    ).toBe(true);
    expect(
      worlds.isAlways(
        ({ thread, homeCall }) => thread('p').is !== 'opening' || homeCall('p').is === 'idle',
      ),
    ).toBe(true);
  });

  test('a child that is forked away gets its identity from its home', () => {
    const worlds = worldsOf('wait-away-from-home');
    const isForking = ({ thread }: World): boolean => thread('p').is === 'forking';
    expect(worlds.isPossible(isForking)).toBe(true);
    expect(
      worlds.isAlways((world) => !isForking(world) || world.homeCall('p').call === 'fork'),
    ).toBe(true);
  });
});
