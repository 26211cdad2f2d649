// What section 2 of the paper says, as sentences about the model: goals and design.

import { describe, expect, test } from '@jest/globals';
import type { MemoryContext } from '../../model/machines/memory.machine.ts';
import type { Look } from '../../model/vocabulary/cell.ts';
import { cell } from '../../model/vocabulary/ids.ts';
import type { World } from '../../model/world.ts';
import { fileIsAtRest } from '../../properties/quiescence.ts';
import { namedScenario, settledOn, worldsOf, type Sentence } from '../support/worlds.ts';

describe('home', () => {
  test('is inherited: the child of a process that is away has the same home', () => {
    const worlds = worldsOf('wait-away-from-home');
    expect(worlds.isPossible(({ process }) => process('q', 'B').is === 'running')).toBe(true);
    expect(worlds.isAlways(({ process }) => ['A', null].includes(process('q', 'B').home))).toBe(
      true,
    );
  });

  test('knows where a process is once it has settled away', () => {
    const worlds = worldsOf('exit-away-from-home');
    expect(worlds.isPossible((world) => settledOn(world, 'q', 'B'))).toBe(true);
    expect(
      worlds.isAlways((world) => {
        const { is, peer } = world.process('q', 'A');
        return !settledOn(world, 'q', 'B') || (is === 'migrated' && peer === 'B');
      }),
    ).toBe(true);
  });

  test('is where a parent waits: a process that ends elsewhere is a zombie at home only', () => {
    const worlds = worldsOf('exit-away-from-home');
    expect(worlds.isPossible(({ process }) => process('q', 'A').is === 'zombie')).toBe(true);
    expect(worlds.isPossible(({ process }) => process('q', 'B').is === 'zombie')).toBe(false);
  });
});

describe('a wait', () => {
  test('takes the child of its caller only: a process without a child learns nothing', () => {
    const worlds = worldsOf('two-parents');
    const hasForked = ({ thread }: World): boolean => callsLeft(thread('r'), 'fork') === 0;
    const hasAsked = ({ thread }: World): boolean =>
      callsLeft(thread('r'), 'wait') === 0 && thread('r').is === 'user';
    const pHasNotAsked = ({ thread }: World): boolean => {
      const { remaining } = thread('p');
      return 'next' in remaining && remaining.next < 2;
    };
    const isReported = ({ fate }: World): boolean => fate('q').reported !== null;
    expect(
      worlds.isPossible((world) => hasForked(world) && hasAsked(world) && isReported(world)),
    ).toBe(true);
    // Refused at once.
    expect(worlds.isPossible((world) => !hasForked(world) && hasAsked(world))).toBe(true);
    expect(
      worlds.isAlways((world) => hasForked(world) || !pHasNotAsked(world) || !isReported(world)),
    ).toBe(true);
  });

  test('is answered about one child: its name is not used again until the answer has arrived', () => {
    const worlds = worldsOf('two-parents');
    const isAnswered = ({ homeCall }: World): boolean =>
      homeCall('p').call === 'wait' && homeCall('p').is === 'replied';
    expect(worlds.isPossible(isAnswered)).toBe(true);
    expect(
      worlds.isAlways(
        (world) => !isAnswered(world) || ['absent', 'leaving'].includes(world.thread('q').is),
      ),
    ).toBe(true);
  });
});

describe('caching', () => {
  test('a file that is only read is cached on several hosts at once', () => {
    const worlds = worldsOf('two-closers');
    expect(
      worlds.isPossible(({ handle }) =>
        ['A', 'B'].every((host) => handle('f', host).references > 0 && handle('f', host).cachable),
      ),
    ).toBe(true);
    expect(worlds.isAlways(({ handle }) => handle('f', 'A').cachable)).toBe(true);
  });

  test('a file that one host reads and writes is cached by that host', () => {
    const worlds = worldsOf('writer-leaves-reader');
    expect(
      worlds.isPossible(
        ({ handle }) => handle('f', 'A').writers === 1 && handle('f', 'A').references === 2,
      ),
    ).toBe(true);
    expect(
      worlds.isAlways(
        ({ handle, thread }) =>
          thread('p').host !== 'A' ||
          handle('f', 'B').references > 0 ||
          thread('p').is === 'frozen' ||
          handle('f', 'A').cachable,
      ),
    ).toBe(true);
  });

  test('a file that one host writes while another uses it is cached by neither', () => {
    const scenario = namedScenario('open-during-reply');
    const worlds = worldsOf(scenario.name);
    const isWriteShared = ({ entry }: World): boolean =>
      entry('f', 'C').writers > 0 &&
      (entry('f', 'A').references > 0 || entry('f', 'B').references > 0);
    const hosts = ['A', 'B', 'C'];
    expect(
      worlds.isPossible((world, look) => isWriteShared(world) && fileIsAtRest(look, scenario, 'f')),
    ).toBe(true);
    expect(
      worlds.isAlways(
        (world, look) =>
          !isWriteShared(world) ||
          !fileIsAtRest(look, scenario, 'f') ||
          hosts.every(
            (host) => world.handle('f', host).references === 0 || !world.handle('f', host).cachable,
          ),
      ),
    ).toBe(true);
  });

  test('with caching disabled, dirty blocks have been flushed and clean ones discarded', () => {
    const worlds = worldsOf('writer-leaves-reader');
    const isDisabled =
      (host: string): Sentence =>
      ({ handle }) =>
        handle('f', host).references > 0 && !handle('f', host).cachable;
    for (const host of ['A', 'B']) {
      expect(worlds.isPossible(isDisabled(host))).toBe(true);
      expect(
        worlds.isAlways(
          (world, look) => !isDisabled(host)(world, look) || world.handle('f', host).block === null,
        ),
      ).toBe(true);
    }
  });

  test('a file that is written loses its caching when its only user migrates: as the paper has it, not as repaired', () => {
    const isDisabled = ({ handle }: World): boolean =>
      handle('f', 'B').references > 0 && !handle('f', 'B').cachable;
    expect(worldsOf('unlinked-travels', 'sprite-1989').isPossible(isDisabled)).toBe(true);
    expect(worldsOf('unlinked-travels').isPossible(isDisabled)).toBe(false);
  });
});

describe('memory', () => {
  const pages = (look: Look, host: string): MemoryContext['pages'] =>
    (look(cell.memory('p', host)).context as MemoryContext).pages;

  test('leaves the source, and the target faults it in', () => {
    const worlds = worldsOf('memory-travels');
    expect(
      worlds.isPossible(
        (world, look) =>
          settledOn(world, 'p', 'B') && pages(look, 'B').some((page) => page !== null),
      ),
    ).toBe(true);
    expect(
      worlds.isAlways(
        (world, look) =>
          !settledOn(world, 'p', 'B') || pages(look, 'A').every((page) => page === null),
      ),
    ).toBe(true);
  });

  test('stays on the source if it is fetched lazily, as Accent does', () => {
    const isOwed = (_: unknown, look: Look): boolean =>
      pages(look, 'B').some((page) => page !== null && 'owedBy' in page);
    expect(worldsOf('memory-travels', 'accent').isPossible(isOwed)).toBe(true);
    expect(worldsOf('memory-travels').isPossible(isOwed)).toBe(false);
  });

  test('a host whose owner has returned holds nothing of a visitor that went home', () => {
    const worlds = worldsOf('memory-travels');
    const hasGone = (world: World): boolean =>
      settledOn(world, 'p', 'A') && world.source('p').left === 0;
    expect(worlds.isPossible(hasGone)).toBe(true);
    expect(
      worlds.isAlways(
        (world, look) =>
          !hasGone(world) ||
          (pages(look, 'B').every((page) => page === null) &&
            world.process('p', 'B').is === 'absent' &&
            world.stream('p0', 'B').is === 'absent'),
      ),
    ).toBe(true);
  });
});

function callsLeft({ remaining }: ReturnType<World['thread']>, call: string): number {
  return 'budget' in remaining ? (remaining.budget[call] ?? 0) : 0;
}
