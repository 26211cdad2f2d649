import { describe, expect, test } from '@jest/globals';
import { deadlockText, NO_DEADLOCK } from './deadlock.ts';
import { isAsked, isOwnProperty, ownAppliedIn } from './own-properties.ts';
import { createSystem } from '../engine/system.ts';
import { createMonitor } from './monitor.ts';
import { checkRandom } from '../random/random-check.ts';
import { createWalker } from '../random/walk.ts';
import { certify } from '../search/certify.ts';
import { explore } from '../search/explore.ts';
import { fewestFaults } from '../search/fewest-faults.ts';
import { pointOfNoReturn } from '../search/point-of-no-return.ts';
import type { Deadlock } from '../specification/protocol.ts';
import { rebaseStory } from '../stories/rebase.ts';
import { whyUnconfirmed } from '../stories/confirm.ts';
import { runSteps } from '../stories/strict-replay.ts';
import { shrink } from '../stories/shrink.ts';
import { oneCell, stateIn, step } from '../../test/support/one-cell.ts';
import { leftHoldsFewerThan, toy } from '../../test/support/toy-protocol.ts';

const ways = {
  open: { close: 'closed', fill: 'full' },
  closed: {},
  full: { pour: 'open', spill: 'wet' },
  wet: { burst: 'closed' },
};

/** `spill` and `burst` are faults. */
function jug(deadlock?: Deadlock) {
  const { deadlock: _, ...rest } = oneCell(ways, { faults: new Set(['spill', 'burst']) });
  return { ...rest, ...(deadlock === undefined ? {} : { deadlock }) };
}

describe('a state in which nothing is enabled', () => {
  test('is violated by itself, with a shortest story', () => {
    expect(explore(createSystem(jug())).found).toEqual([
      {
        steps: [step('close')],
        violation: {
          property: NO_DEADLOCK,
          finding: {
            subject: 'the whole',
            expected: 'a step that can be taken',
            found: 'none: it in closed',
          },
        },
      },
    ]);
  });

  test('is not violated if the check is turned off', () => {
    const system = createSystem(jug({ ignored: 'a jug may stay closed' }));
    expect(explore(system)).toMatchObject({ ending: 'closed', found: [], stuck: 2 });
  });

  test('is violated if the protocol may stop only elsewhere', () => {
    const mayStop = (state: string): Deadlock => ({
      allowedWhen: (look) => stateIn(look) === state,
      because: 'a test',
    });
    // When it is wet, only a fault is enabled: no cell may wait for a fault.
    const { found } = explore(createSystem(jug(mayStop('closed'))));
    expect(found).toMatchObject([
      {
        steps: [step('fill'), step('spill')],
        violation: { finding: { found: 'only faults: it in wet' } },
      },
    ]);
    expect(explore(createSystem(jug(mayStop('wet')))).found).toMatchObject([
      { steps: [step('close')] },
    ]);
  });

  test('does not hide other violations', () => {
    const system = createSystem(toy({ coins: 2, lossy: true, mustGoOn: true }));
    const claims = [leftHoldsFewerThan(2)];
    const { found } = explore(system, { claims, stopAt: false });
    const lengths = found.map(({ violation, steps }) => [violation.property, steps.length]);
    expect(new Map(lengths as [string, number][])).toEqual(
      new Map([
        [NO_DEADLOCK, 4],
        ['left-holds-fewer', 4],
      ]),
    );
  });

  test('names first the cell that refuses its next event', () => {
    // The post has a coin and does not deliver it, so no purse may pay.
    const system = createSystem(toy({ coins: 2, idle: true, mustGoOn: true }));
    expect(explore(system).found[0]?.violation.finding.found).toBe(
      'none: right in open {"coins":1} refuses pay; left in open {"coins":0}; post in carrying {"to":"left"}',
    );
  });

  test('names twelve cells at most, each in few words', () => {
    const { cells, ...rest } = jug();
    const [cell] = cells;
    const many = Array.from({ length: 20 }, (_, index) => ({ ...cell, name: `jug ${index}` }));
    const closed = many.map((each) => ({
      ...each,
      initial: { value: 'closed', context: { of: 'x'.repeat(99) } },
    }));
    const system = createSystem({ ...rest, cells: closed } as unknown as ReturnType<typeof jug>);
    const found = explore(system).found[0]?.violation.finding.found ?? '';
    expect(found.endsWith('; 8 more cells')).toBe(true);
    expect(found.length).toBeLessThan(800);
  });
});

describe('the reason that a protocol gives for such states', () => {
  test('is reported', () => {
    expect(deadlockText(jug())).toBeUndefined();
    expect(deadlockText(jug({ ignored: 'jugs end' }))).toBe('no-deadlock is not checked: jugs end');
    expect(deadlockText(jug({ allowedWhen: () => true, because: 'jugs end' }))).toBe(
      'no-deadlock allows some states: jugs end',
    );
  });

  test.each([
    [{ ignored: ' ' }, 'found no reason'],
    [{ ignored: true }, 'found no reason'],
    [{ allowedWhen: () => true }, 'found no reason'],
    [{ because: 'jugs end' }, 'found { because }'],
    [{ ignored: 'a', allowedWhen: () => true }, 'found { ignored, allowedWhen }'],
    [{}, 'found {}'],
  ])('is refused without one: %j', (deadlock, found) => {
    const system = createSystem(jug(deadlock as never));
    expect(() => explore(system)).toThrow(
      `one cell: expected deadlock to be { ignored: why } or { allowedWhen, because: why }, ${found}`,
    );
  });
});

describe('its story', () => {
  const system = createSystem(jug());
  const property = NO_DEADLOCK;

  test('is confirmed, shrunk and certified', () => {
    const long = { steps: [step('fill'), step('pour'), step('close')], property };
    const shrunk = shrink(system, [], long);
    expect(shrunk).toMatchObject({ steps: [step('close')], violation: { property } });
    if (shrunk === undefined) return;
    expect(whyUnconfirmed(jug(), [], shrunk)).toBeUndefined();
    expect(certify(system, [], shrunk)).toMatchObject({
      certificate: { kind: 'shortest' },
      replaced: false,
    });
    expect(certify(system, [], { ...shrunk, steps: long.steps })).toMatchObject({
      replaced: true,
      steps: [step('close')],
    });
  });

  test('violates it after its last step, unless the protocol can go on', () => {
    expect(runSteps(system, [], { steps: [step('close')] }).seen).toMatchObject({
      step: 1,
      violation: { property },
    });
    expect(runSteps(system, [], { steps: [step('fill')] }).seen).toBeUndefined();
  });

  test('of another property is not mistaken for it', () => {
    const pipe = createSystem(toy({ coins: 1, lossy: true, mustGoOn: true }));
    const lost = [
      { at: 'right', action: 'pay', params: { to: 'left' } },
      { at: 'post', action: 'lose', params: {} },
    ];
    const claims = [leftHoldsFewerThan(1)];
    expect(shrink(pipe, claims, { steps: lost, property: 'left-holds-fewer' })).toBeUndefined();
    expect(shrink(pipe, claims, { steps: lost, property })?.steps).toEqual(lost);
    expect(fewestFaults(pipe, claims, 'left-holds-fewer')).toMatchObject({ faults: 0 });
    expect(fewestFaults(pipe, [], property)).toMatchObject({ faults: 1, steps: lost });
  });

  test('is found by walks, which meet it before a fault can come', () => {
    const { found } = checkRandom(system, [], [], { runs: 50, seed: 1 });
    expect(found?.violation.property).toBe(property);
    const ignoring = createSystem(jug({ ignored: 'a test' }));
    const walker = createWalker(ignoring, createMonitor(ignoring, [], []));
    expect(walker.walk(1)).not.toBe('violated');
  });

  test('is found again nearby, and has a point of no return', () => {
    const steps = [step('fill'), step('pour'), step('shut')];
    expect(rebaseStory(system, [], { steps, property })).toMatchObject({
      steps: [step('fill'), step('pour'), step('close')],
    });
    const fallen = { steps: [step('fill'), step('spill')], property };
    expect(pointOfNoReturn(system, [], fallen)).toMatchObject({
      kind: 'at',
      step: 2,
      escape: { ends: 'goes round' },
    });
  });
});

test('the properties of the checker itself', () => {
  expect(['no-deadlock', 'every-event-is-specified', 'never'].map(isOwnProperty)).toEqual([
    true,
    true,
    false,
  ]);
  expect(ownAppliedIn(jug())).toEqual([NO_DEADLOCK]);
  expect(ownAppliedIn(jug({ ignored: 'a test' }))).toEqual([]);
  expect(isAsked('every-event-is-specified', [])).toBe(true);
  expect(isAsked(NO_DEADLOCK, [])).toBe(false);
});
