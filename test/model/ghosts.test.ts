// The records that ghosts keep for properties: each event is sent by hand, without a kernel.

import { describe, expect, test } from '@jest/globals';
import type { AnyStateMachine } from 'xstate';
import { advance, initialLocal, refused } from '../../checker/engine/xstate.ts';
import { type FateContext, fateContext, fateMachine } from '../../model/machines/fate.machine.ts';
import { usesContext, usesMachine } from '../../model/machines/ghosts.machine.ts';
import { visitorsContext, visitorsMachine } from '../../model/machines/visitors.machine.ts';
import type { Event, Json } from '../../model/vocabulary/cell.ts';

const crash = {
  type: 'hostCrashed',
  isItsOwn: false,
  ranThere: false,
  isItsTarget: false,
  isOfParent: false,
};

describe('the fate of a child', () => {
  const asked = { descriptors: ['p.0', null], holdsSignals: true };
  const forked = { type: 'forked', parent: 'p', asked };
  const ended = { type: 'ended', status: 'exited' };
  const reportedTo = (parent: string): Event => ({ type: 'reportedTo', status: 'exited', parent });

  test('is owed to the parent that has forked it', () => {
    expect(fateAfter(forked, ended).owedTo).toBe('p');
  });

  test('is no longer owed to a parent that has learned it', () => {
    expect(fateAfter(forked, ended, reportedTo('p'))).toMatchObject({
      owedTo: null,
      reported: 'exited',
    });
  });

  test('is owed to its parent after another process has learned it', () => {
    expect(fateAfter(forked, ended, reportedTo('r'))).toMatchObject({
      owedTo: 'p',
      reported: 'exited',
    });
  });

  test('is denied to the parent that it is owed to, and to no other', () => {
    const deniedTo = (parent: string): Event => ({ type: 'deniedTo', parent });
    expect(fateAfter(forked, deniedTo('r')).deniedTo).toBeNull();
    expect(fateAfter(forked, deniedTo('p')).deniedTo).toBe('p');
    expect(fateAfter(forked, ended, reportedTo('p'), deniedTo('p')).deniedTo).toBeNull();
  });

  test('is not owed when the parent has ended', () => {
    expect(fateAfter(forked, { type: 'orphaned' }).owedTo).toBeNull();
  });

  test('is not owed when its home, or the host of the parent, has crashed', () => {
    expect(fateAfter(forked, { ...crash, isOfParent: true }).owedTo).toBeNull();
    expect(fateAfter(forked, { ...crash, isItsOwn: true, isOfParent: true })).toMatchObject({
      owedTo: null,
      mayDie: 'forGood',
    });
  });

  test('is owed on after a crash of any other host', () => {
    expect(fateAfter(forked, crash).owedTo).toBe('p');
    expect(fateAfter(forked, { ...crash, isItsOwn: true }).owedTo).toBe('p');
  });

  test('begins again with its name', () => {
    expect(fateAfter(forked, ended, reportedTo('p'), { ...forked, parent: 'r' })).toEqual({
      ...fateContext(0),
      owedTo: 'r',
      asked,
    });
  });
});

describe('what a process has asked for', () => {
  test('is what it opened and has not closed, and its signals', () => {
    const opened = { type: 'opened', descriptor: 1, stream: 'p.1' };
    const held = { type: 'heldSignals' };
    expect(fateAfter(opened, held).asked).toEqual({
      descriptors: [null, 'p.1'],
      holdsSignals: true,
    });
    expect(fateAfter(opened, held, { type: 'closed', descriptor: 1 }).asked).toEqual({
      descriptors: [null, null],
      holdsSignals: true,
    });
  });

  test('is a wait until it returns, or the process ends', () => {
    const waits = { type: 'waits', child: 'q' };
    expect(fateAfter(waits).waitsFor).toBe('q');
    expect(fateAfter(waits, { type: 'waitReturned' }).waitsFor).toBeNull();
    expect(fateAfter(waits, { type: 'ended', status: 'exited' }).waitsFor).toBeNull();
    expect(fateAfter(waits, { type: 'ended', status: 'destroyed' }).waitsFor).toBeNull();
  });
});

describe('a crash excuses that a process is killed', () => {
  const targetCrash = { ...crash, isItsTarget: true };
  const wentOn = { type: 'wentOn', image: null };
  const ended = { type: 'ended', status: 'exited' };

  test('for good, of its home or the host it was on', () => {
    const ownCrash = { ...crash, isItsOwn: true };
    expect(fateAfter(ownCrash, wentOn, ended).mayDie).toBe('forGood');
    expect(fateAfter(ownCrash, targetCrash, wentOn).mayDie).toBe('forGood');
  });

  test('of the host it was going to, until it goes on or ends by itself', () => {
    expect(fateAfter(targetCrash).mayDie).toBe('inMigration');
    expect(fateAfter(targetCrash, wentOn).mayDie).toBeNull();
    expect(fateAfter(targetCrash, ended).mayDie).toBeNull();
    expect(fateAfter(targetCrash, { ...ended, status: 'destroyed' }).mayDie).toBe('inMigration');
  });

  test('of no other host', () => {
    expect(fateAfter(crash).mayDie).toBeNull();
  });
});

describe('the uses of a file', () => {
  const reported = (version: number): Event => ({ type: 'versionReported', version });

  test('keep the newest version that was reported, and none that is older', () => {
    expect(contextAfter(usesMachine, usesContext, [reported(1), reported(2), reported(1)])).toEqual(
      {
        ...usesContext,
        newestVersion: 2,
      },
    );
  });
});

describe('the visitors that an owner has met', () => {
  const began = { type: 'began', present: ['p', 'q'] };
  const left = { type: 'left', process: 'p', isThere: false };
  const stayedAfter = (...events: readonly Event[]): Json =>
    contextAfter(visitorsMachine, visitorsContext, [began, ...events]);

  test('stay until they have gone', () => {
    expect(stayedAfter()).toEqual({ stayed: ['p', 'q'] });
    expect(stayedAfter(left)).toEqual({ stayed: ['q'] });
  });

  test('stay while they are there, whatever is reported', () => {
    expect(stayedAfter({ ...left, isThere: true })).toEqual({ stayed: ['p', 'q'] });
  });

  test('are not asked for when their migration was given up, or the host has crashed', () => {
    expect(stayedAfter({ type: 'stays', process: 'p' })).toEqual({ stayed: ['q'] });
    expect(stayedAfter({ type: 'crashed' })).toEqual({ stayed: [] });
  });
});

function fateAfter(...events: readonly Event[]): FateContext {
  return contextAfter(fateMachine, fateContext(2), events) as FateContext;
}

function contextAfter(machine: AnyStateMachine, first: Json, events: readonly Event[]): Json {
  return events.reduce(
    (local, event) => {
      const advanced = advance(machine, local, event);
      if (advanced === refused) throw new Error(`${event.type} is refused`);
      return advanced.next;
    },
    initialLocal(machine, first),
  ).context;
}
