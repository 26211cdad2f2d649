import { describe, expect, test } from '@jest/globals';
import { explore } from './explore.ts';
import { createMonitor } from '../claims/monitor.ts';
import { pointOfNoReturn } from './point-of-no-return.ts';
import type { Claim } from '../specification/property.ts';
import type { Step } from '../specification/protocol.ts';
import { deliveriesOf, stepsOf } from '../stories/lenient-replay.ts';
import { enabledIn } from '../engine/enabled.ts';
import { createStepper } from '../stories/stepper.ts';
import { createSystem, type System } from '../engine/system.ts';
import { noReturnByForce, worldAfter } from '../../test/oracles/point-of-no-return.ts';
import {
  fewerAreMissing,
  leftHoldsFewerThan,
  somethingCanHappen,
  toy,
  type Toy,
} from '../../test/support/toy-protocol.ts';

/** Ends worlds in which nothing can happen, unless the left purse holds something. */
const leftIsRich: Claim = {
  property: 'left-is-rich',
  kind: 'whenStuck',
  test: (look) =>
    (look('left').context as { coins: number }).coins > 0
      ? undefined
      : { subject: 'left', expected: 'some', found: 'none' },
};

const protocols: readonly { readonly size: Toy; readonly claim: Claim }[] = [
  { size: { coins: 3 }, claim: leftHoldsFewerThan(2) },
  { size: { coins: 1 }, claim: leftHoldsFewerThan(1) },
  { size: { coins: 1, torn: true }, claim: leftHoldsFewerThan(1) },
  { size: { coins: 2, torn: true, lossy: true }, claim: somethingCanHappen },
  { size: { coins: 1, lossy: true }, claim: somethingCanHappen },
  { size: { coins: 2, lossy: true }, claim: leftHoldsFewerThan(2) },
  { size: { coins: 2, idle: true }, claim: somethingCanHappen },
  { size: { coins: 2, idle: true }, claim: leftIsRich },
  { size: { coins: 2, idle: true, torn: true }, claim: fewerAreMissing(1, { coins: 2 }) },
  { size: { coins: 3, idle: true, torn: true }, claim: fewerAreMissing(2, { coins: 3 }) },
  { size: { coins: 3, torn: true, lossy: true }, claim: fewerAreMissing(2, { coins: 3 }) },
  { size: { coins: 1, idle: true, torn: true }, claim: fewerAreMissing(1, { coins: 1 }) },
];

describe('the point of no return is that of brute force', () => {
  test.each(protocols.map((each, index) => ({ index, ...each })))(
    'in protocol $index',
    ({ size, claim }) => {
      const system = createSystem(toy(size));
      for (const steps of storiesOf(system, claim)) {
        const found = pointOfNoReturn(system, [claim], { steps, property: claim.property });
        expect(found).toMatchObject({ kind: 'at', step: noReturnByForce(system, [claim], steps) });
      }
    },
  );

  test('and not always the last step, nor always the first', () => {
    const points = protocols.flatMap(({ size, claim }) => {
      const system = createSystem(toy(size));
      return storiesOf(system, claim).map((steps) => {
        const found = pointOfNoReturn(system, [claim], { steps, property: claim.property });
        return found.kind === 'at' ? steps.length - found.step : -1;
      });
    });
    expect(Math.max(...points)).toBeGreaterThan(1);
    expect(points).toContain(0);
  });
});

test('a search that meets its bound names a later step, and says that it may be an earlier one', () => {
  const claim = leftHoldsFewerThan(1);
  const system = createSystem(toy({ coins: 1 }));
  const [steps = []] = storiesOf(system, claim);
  const story = { steps, property: claim.property };
  expect(pointOfNoReturn(system, [claim], story)).toMatchObject({ kind: 'at', step: 0 });
  expect(pointOfNoReturn(system, [claim], story, { maxStates: 1 })).toMatchObject({
    kind: 'atLatest',
    step: 1,
  });
});

test('the escaping run takes place, violates nothing, and ends', () => {
  const system = createSystem(toy({ coins: 2, lossy: true }));
  const claim = leftHoldsFewerThan(2);
  const [steps = []] = storiesOf(system, claim);
  const found = pointOfNoReturn(system, [claim], { steps, property: claim.property });
  if (found.kind !== 'at' || found.escape === undefined) throw new Error('nothing gets by');
  const stepper = createStepper(system, [claim]);
  stepper.restart();
  const run = [...steps.slice(0, found.step - 1), ...found.escape.steps];
  const said = (deliveriesOf(system, run) ?? []).map((delivery) => stepper.take(delivery));
  expect(said.every((each) => typeof each !== 'string' && each.length === 0)).toBe(true);
  expect(found.escape.ends).not.toBe('unspecified');
});

/** The shortest story, and each that goes on after a detour of one step. */
function storiesOf(system: System, claim: Claim): readonly (readonly Step[])[] {
  const shortest = storyFrom(system, claim, []);
  const stepper = createStepper(system, []);
  stepper.restart();
  const first = enabledIn(system, stepper.row);
  const stories = [shortest, ...first.map((each) => storyFrom(system, claim, [each]))];
  return stories.flatMap((each) => (each === undefined ? [] : [each]));
}

function storyFrom(
  system: System,
  claim: Claim,
  begin: readonly number[],
): readonly Step[] | undefined {
  let level = [begin];
  for (let length = 0; length < 12; length++) {
    const broken = level.find((each) => violates(system, claim, each));
    if (broken !== undefined) return stepsOf(system, broken);
    level = level
      .flatMap((each) => enabledIn(system, worldAfter(system, each)).map((next) => [...each, next]))
      .slice(0, 400);
  }
  const { found } = explore(system, { claims: [claim] });
  return begin.length === 0 ? found[0]?.steps : undefined;
}

function violates(system: System, claim: Claim, story: readonly number[]): boolean {
  const row = worldAfter(system, story);
  const monitor = createMonitor(system, [claim], []);
  const isStuck = enabledIn(system, row).length === 0;
  return monitor.checkAll(row, isStuck).length > 0;
}
