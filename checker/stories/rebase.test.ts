import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { canonical } from '../text/canonical-json.ts';
import { EVERY_EVENT_IS_SPECIFIED } from '../claims/unspecified-event.ts';
import { stepFor } from '../engine/steps.ts';
import type { Claim } from '../specification/property.ts';
import { eventOf, type Step } from '../specification/protocol.ts';
import { rebaseStory, type Rebase } from './rebase.ts';
import { runSteps } from './strict-replay.ts';
import { enabledIn } from '../engine/enabled.ts';
import { createStepper } from './stepper.ts';
import { createSystem } from '../engine/system.ts';
import {
  coinsAreConserved,
  leftHoldsFewerThan,
  somethingCanHappen,
  toy,
  type Toy,
} from '../../test/support/toy-protocol.ts';

const pay = { at: 'right', action: 'pay', params: { to: 'left' } };
const payBack = { at: 'left', action: 'pay', params: { to: 'right' } };
const deliver = { at: 'post', action: 'deliver', params: {} };
const lose = { at: 'post', action: 'lose', params: {} };
const drop = { at: 'right', action: 'drop', params: {} };
const gone = { at: 'safe', action: 'open', params: {} };

type Case = { readonly size: Toy; readonly claim: Claim; readonly property?: string };

function rebased({ size, claim, property = claim.property }: Case, steps: readonly Step[], k = 6) {
  return rebaseStory(createSystem(toy(size)), [claim], { steps, property }, { maxEdits: k });
}

function textsOf(rebase: Rebase): readonly string[] {
  if (rebase.kind === 'none') return [`none within ${rebase.edits}, ${rebase.ending}`];
  return rebase.edits.map((edit) => `${edit.kind} ${edit.step.at} ${edit.step.action}`);
}

const two: Case = { size: { coins: 3 }, claim: leftHoldsFewerThan(2) };
const story = [pay, deliver, pay, deliver];

test.each<[string, readonly Step[], readonly string[]]>([
  ['itself', story, []],
  ['a step short', [pay, deliver, pay], ['inserted post deliver']],
  ['a step twice', [pay, pay, deliver, pay, deliver], ['left out right pay']],
  ['a step of a cell that is gone', [pay, deliver, gone, pay, deliver], ['left out safe open']],
  ['another step of the same cell', [pay, lose, pay, deliver], ['changed post deliver']],
  ['what follows the violation', [...story, pay], ['left out right pay']],
])('a story from %s', (_, steps, edits) => {
  const found = rebased(two, steps);
  expect(textsOf(found)).toEqual(edits);
  expect(found).toMatchObject({ kind: 'rebased', steps: story });
});

test('names the place of each edit, before and after', () => {
  expect(rebased(two, [pay, lose, pay])).toMatchObject({
    edits: [
      { kind: 'changed', old: 2, now: 2, from: lose, step: deliver },
      { kind: 'inserted', now: 4, step: deliver },
    ],
  });
});

test('a protocol that is repaired has no run nearby', () => {
  const repaired: Case = { size: { coins: 3 }, claim: coinsAreConserved({ coins: 3 }) };
  expect(textsOf(rebased(repaired, [pay, lose]))).toEqual(['none within 6, complete']);
});

test('a search that meets its bound claims only what it has seen', () => {
  const system = createSystem(toy({ coins: 30 }));
  const claim = leftHoldsFewerThan(20);
  const given = { steps: [pay], property: claim.property };
  const found = rebaseStory(system, [claim], given, { maxEdits: 40, maxPairs: 30 });
  expect(found).toMatchObject({ kind: 'none', ending: 'bound', pairs: 30 });
  expect(found.kind === 'none' && found.edits).toBeLessThan(38);
});

const cases: readonly Case[] = [
  two,
  { size: { coins: 2, lossy: true, torn: true }, claim: coinsAreConserved({ coins: 2 }) },
  { size: { coins: 1, lossy: true }, claim: somethingCanHappen },
  {
    size: { coins: 2, hasty: true },
    claim: coinsAreConserved({ coins: 2 }),
    property: EVERY_EVENT_IS_SPECIFIED,
  },
];
const K = 3;

test.each(cases.map((each, index) => [index, each] as const))(
  'finds as few edits as trying every run does (%i)',
  (_, each) => {
    const steps = fc.array(fc.constantFrom(pay, payBack, deliver, lose, drop, gone), {
      maxLength: 4,
      size: 'max',
    });
    fc.assert(
      fc.property(steps, (given) => {
        const fewest = fewestByTrying(each, given);
        const found = rebased(each, given, K);
        expect(found.kind === 'rebased' ? found.edits.length : Infinity).toBe(fewest);
        if (found.kind === 'rebased') expect(distance(given, found.steps)).toBe(fewest);
      }),
      { seed: 1989, numRuns: 60 },
    );
  },
);

/** Every run of at most so many steps, each compared with the old story by the textbook's edit distance. */
function fewestByTrying({ size, claim, property = claim.property }: Case, old: readonly Step[]) {
  const system = createSystem(toy(size));
  let fewest = Infinity;
  const open: (readonly Step[])[] = [[]];
  for (let run = open.pop(); run !== undefined; run = open.pop()) {
    const { seen, stale } = runSteps(
      system,
      [claim],
      { steps: run },
      {
        stopAt: (each) => each.property === property,
      },
    );
    if (stale !== undefined) continue;
    if (seen !== undefined) fewest = Math.min(fewest, distance(old, run));
    else if (run.length < old.length + K) open.push(...longer(run));
  }
  return fewest <= K ? fewest : Infinity;

  function longer(run: readonly Step[]): readonly (readonly Step[])[] {
    const stepper = createStepper(system, []);
    stepper.restart();
    for (const step of run) stepper.take(system.delivery(step.at, eventOf(step)));
    return enabledIn(system, stepper.row).map((each) => [...run, stepFor(system, each)]);
  }
}

function distance(from: readonly Step[], to: readonly Step[]): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, a] of from.entries()) {
    const next = [index + 1];
    for (const [at, b] of to.entries()) {
      const isAlike = a.at === b.at || a.action === b.action;
      const change = canonical(a) === canonical(b) ? 0 : isAlike ? 1 : Infinity;
      const [left, above, both] = [next[at] ?? 0, row[at + 1] ?? 0, row[at] ?? 0];
      next.push(Math.min(left + 1, above + 1, both + change));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}
