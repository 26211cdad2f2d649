// Claims about steps, in every search; see also search/searches-by-force.test.ts.

import { describe, expect, test } from '@jest/globals';
import { createMonitor } from './monitor.ts';
import { createSystem } from '../engine/system.ts';
import { checkRandom } from '../random/random-check.ts';
import { certify } from '../search/certify.ts';
import { explore } from '../search/explore.ts';
import { pointOfNoReturn } from '../search/point-of-no-return.ts';
import {
  claimOnStep,
  claimsOf,
  type Claim,
  type Property,
  type StepClaim,
} from '../specification/property.ts';
import { rebaseStory } from '../stories/rebase.ts';
import { replayTrace } from '../stories/replay-verdict.ts';
import { runSteps } from '../stories/strict-replay.ts';
import type { Trace } from '../stories/trace-format.ts';
import { oneCell, stateIn, step } from '../../test/support/one-cell.ts';
import { toy } from '../../test/support/toy-protocol.ts';

/** Off and on, and from on also to broken. */
const lamp = oneCell({
  off: { turn: 'on' },
  on: { turn: 'off', kick: 'broken', drop: 'broken' },
  broken: { mend: 'off' },
});

function never(from: string, to: string): StepClaim {
  return (before, _, after) =>
    stateIn(before) === from && stateIn(after) === to
      ? { subject: 'it', expected: `not from ${from} to ${to}`, found: `${from} to ${to}` }
      : undefined;
}

describe('a claim about steps', () => {
  const claims = [claimOnStep('unbroken', never('on', 'broken'))];

  test('is violated by the last step of a shortest story', () => {
    const { found, ending } = explore(createSystem(lamp), { claims });
    expect(ending).toBe('violated');
    expect(found).toEqual([
      {
        steps: [step('turn'), step('kick')],
        violation: {
          property: 'unbroken',
          finding: { subject: 'it', expected: 'not from on to broken', found: 'on to broken' },
        },
      },
    ]);
  });

  test('is evaluated for a step to a known state', () => {
    const back = [claimOnStep('stays-on', never('on', 'off'))];
    const { found } = explore(createSystem(lamp), { claims: back });
    expect(found[0]?.steps).toEqual([step('turn'), step('turn')]);
  });

  test('is evaluated for a step that changes nothing', () => {
    const idle = oneCell({ here: { wait: 'here' } });
    const { found } = explore(createSystem(idle), {
      claims: [claimOnStep('p', never('here', 'here'))],
    });
    expect(found[0]?.steps).toEqual([step('wait')]);
  });

  test('gets the event if it asks', () => {
    const byDrop: StepClaim = (before, { cell, event }, after) =>
      event.type === 'drop'
        ? never('on', 'broken')(before, { cell, event, delivered: [] }, after)
        : undefined;
    const { found } = explore(createSystem(lamp), { claims: [claimOnStep('undropped', byDrop)] });
    expect(found[0]?.steps).toEqual([step('turn'), step('drop')]);
  });

  test('gets all deliveries if it asks', () => {
    const delivered: string[][] = [];
    const claim: StepClaim = (_, taken) => {
      delivered.push(taken.delivered.map(({ to, event }) => `${to} ${event.type}`));
      return undefined;
    };
    const system = createSystem(toy({ coins: 1 }));
    explore(system, { claims: [claimOnStep('p', claim)] });
    expect(new Set(delivered.map((each) => each.join(', ')))).toEqual(
      new Set([
        'right pay, post carry',
        'left pay, post carry',
        'post deliver, left receive',
        'post deliver, right receive',
      ]),
    );
  });

  test('that throws is reported with its property', () => {
    const throwing: StepClaim = () => {
      throw new Error('no such purse');
    };
    expect(() => explore(createSystem(lamp), { claims: [claimOnStep('wild', throwing)] })).toThrow(
      'property wild throws: no such purse',
    );
  });

  test('is evaluated once for all steps that it cannot distinguish', () => {
    let asked = 0;
    const claim: StepClaim = (before) => {
      asked++;
      return before('post').value === 'lost' ? { subject: '', expected: '', found: '' } : undefined;
    };
    const system = createSystem(toy({ coins: 30 }));
    const { transitions } = explore(system, { claims: [claimOnStep('p', claim)] });
    expect(transitions).toBeGreaterThan(60);
    expect(asked).toBe(2);
  });

  test('is seen by a replay, at its step and not before', () => {
    const system = createSystem(lamp);
    const steps = [step('turn'), step('turn'), step('turn'), step('drop'), step('mend')];
    expect(runSteps(system, claims, { steps }).seen).toMatchObject({
      step: 4,
      violation: { property: 'unbroken' },
    });
    expect(runSteps(system, claims, { steps: [step('turn'), step('turn')] }).seen).toBeUndefined();
  });

  test('is seen by walks, which are shrunk and certified', () => {
    const system = createSystem(lamp);
    const { found } = checkRandom(system, claims, [], { runs: 50, seed: 1 });
    if (found === undefined) throw new Error('no walk breaks the lamp');
    expect(found.violation.property).toBe('unbroken');
    expect(found.steps).toHaveLength(2);
    const longer = [step('turn'), step('turn'), ...found.steps];
    const certified = certify(system, claims, { ...found, steps: longer });
    expect(certified).toMatchObject({ replaced: true, certificate: { kind: 'shortest' } });
    expect(certified.steps).toHaveLength(2);
  });

  test('replays as a trace, and is found again nearby', () => {
    const system = createSystem(lamp);
    const run = { steps: [step('turn'), step('kick')] };
    const { lastWorld, seen } = runSteps(system, claims, run);
    const trace = {
      verdict: 'violated',
      property: 'unbroken',
      finding: seen?.violation.finding,
      lastWorld,
      ...run,
    } as unknown as Trace;
    expect(replayTrace(system, claims, trace)).toMatchObject({
      kind: 'violated as stored',
      sameWorld: true,
    });
    const stale = { steps: [step('turn'), step('stamp')], property: 'unbroken' };
    expect(rebaseStory(system, claims, stale)).toMatchObject({
      kind: 'rebased',
      edits: [{ kind: 'changed', old: 2, now: 2 }],
    });
  });

  test('dooms a state all of whose steps violate it', () => {
    const bound = oneCell({
      start: { go: 'hall', leave: 'out' },
      hall: { on: 'edge' },
      edge: { slip: 'out' },
      out: {},
    });
    const system = createSystem(bound);
    const steps = [step('go'), step('on'), step('slip')];
    const fell = [claimOnStep('no-fall', never('edge', 'out'))];
    expect(pointOfNoReturn(system, fell, { steps, property: 'no-fall' })).toMatchObject({
      kind: 'at',
      step: 1,
      escape: { steps: [step('leave')], ends: 'nothing is left' },
    });
  });
});

describe('beside claims about states', () => {
  /** The left path is expanded before the state on the right is checked. */
  const fork = oneCell({
    fork: { left: 'left', right: 'right' },
    left: { on: 'end' },
    right: {},
    end: {},
  });
  const right: Claim = {
    property: 'both',
    kind: 'always',
    test: (look) =>
      stateIn(look) === 'right'
        ? { subject: 'it', expected: 'not right', found: 'right' }
        : undefined,
  };
  const claims = [right, claimOnStep('both', never('left', 'end'))];

  test.each([undefined, false as const])(
    'the story is a shortest of either (stopAt: %s)',
    (stopAt) => {
      const { found } = explore(createSystem(fork), {
        claims,
        ...(stopAt === undefined ? {} : { stopAt }),
      });
      expect(found).toMatchObject([{ steps: [step('right')] }]);
    },
  );

  test('the story is shortest also in a state without steps', () => {
    const stuck: Claim = { ...right, kind: 'whenStuck' };
    const { found } = explore(createSystem(fork), { claims: [stuck, ...claims.slice(1)] });
    expect(found).toMatchObject([{ steps: [step('right')] }]);
  });
});

describe('a property', () => {
  const property: Property<null> = {
    id: 'p',
    statement: 'The lamp is not broken.',
    kind: 'onEveryStep',
    claimsOnStep: () => [never('on', 'broken')],
    witness: { statement: 'it is on', reached: () => (look) => stateIn(look) === 'on' },
  };

  test('may claim something of steps alone', () => {
    expect(claimsOf([property], null).map(({ kind }) => kind)).toEqual(['onEveryStep']);
  });

  test('may claim something of steps and of states, and both are checked', () => {
    const claims = claimsOf([{ ...property, claims: () => [() => undefined] }], null);
    expect(claims.map(({ kind }) => kind)).toEqual(['always', 'onEveryStep']);
  });
});

test('a claim about starts is evaluated in no other state', () => {
  const isOff: Claim = {
    property: 'begins-off',
    kind: 'atStart',
    test: (look) =>
      stateIn(look) === 'off'
        ? undefined
        : { subject: 'it', expected: 'off', found: stateIn(look) },
  };
  expect(explore(createSystem(lamp), { claims: [isOff] }).found).toEqual([]);
  const starts = ['off', 'on'].map((name) => ({
    name,
    cells: { it: { value: name, context: {} } },
  }));
  const system = createSystem({ ...lamp, starts });
  expect(explore(system, { claims: [isOff] }).found).toMatchObject([{ start: 'on', steps: [] }]);
});

test('without a claim about steps, none is evaluated', () => {
  const system = createSystem(lamp);
  expect(createMonitor(system, [], []).watchesSteps).toBe(false);
  expect(createMonitor(system, [claimOnStep('p', never('on', 'off'))], []).watchesSteps).toBe(true);
});
