// The results of `explain` are compared with independent ones: the step that each fault's description
// blames, a search by brute force, and rules that hold for every story.

import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from '@jest/globals';
import { pointOfNoReturn } from '../../checker/search/point-of-no-return.ts';
import { noReturnByForce } from '../oracles/point-of-no-return.ts';
import type { ViolatedTrace } from '../../checker/stories/trace-format.ts';
import { balancesOf, excess } from '../../analysis/explain/count-balances.ts';
import { ledgerOf } from '../../analysis/explain/ledger.ts';
import { partedFrom } from '../../analysis/explain/divergence.ts';
import { steppedStory, type SteppedStory } from '../../analysis/stories/worlds-by-step.ts';
import { truthOf } from '../../analysis/explain/claims-by-step.ts';
import { waitingAt } from '../../analysis/explain/wait-cycle.ts';
import { variantNamed } from '../../analysis/specification/lookup.ts';
import { instanceIn, type CheckedInstance } from '../../analysis/specification/instance.ts';
import { openTrace } from '../../analysis/files/open-trace.ts';
import type { Account } from '../../checker/specification/accounts.ts';
import type { Waits } from '../../checker/specification/waiting.ts';
import { apparent } from '../../model/kernels/apparent.ts';
import { found } from '../../model/kernels/found.ts';
import { missing } from '../../model/kernels/missing.ts';
import { plausible } from '../../model/kernels/plausible/all.ts';
import { recorded } from '../../model/kernels/recorded.ts';
import { loadedSprite } from '../../testing/sprite.ts';

/** Properties of which every violation is a miscount. */
const ABOUT_COUNTS = [
  'use-counts-sum-clients',
  'entry-matches-handle',
  'handle-counts-streams',
  'shadow-lists-holders',
  'references-are-owned',
  'no-negative-counts',
];

/** Of these the count goes wrong later than the step at fault, in a step of another kind. */
const SHOWN_LATER = ['A7', 'R18'];

/** Every count of this one is right: it is the shadow itself that is left. */
const COUNTS_RIGHT = ['P-shadow-stays'];

const folder = fileURLToPath(new URL('../../traces/faults/', import.meta.url));
const stored = readdirSync(folder).flatMap((file) => {
  const trace = openTrace(loadedSprite, `${folder}${file}`);
  return trace.verdict === 'violated' ? [{ file, trace }] : [];
});
const singleFaults = [...recorded, ...apparent, ...found, ...missing, ...plausible];

describe('a fault that miscounts references', () => {
  const faults = singleFaults.filter(
    ({ id, caughtBy }) =>
      !COUNTS_RIGHT.includes(id) && caughtBy.some((property) => ABOUT_COUNTS.includes(property)),
  );

  test.each(faults)('$id names the step at fault, and a story of it is stored', (fault) => {
    // Said in model/kernels/, as `culprit`, from the fault's description and before it is run.
    expect(fault.culprit).toBeDefined();
    expect(stored.map(({ trace }) => trace.variant)).toContain(fault.id);
  });

  const stories = stored.flatMap(({ file, trace }) => {
    const { culprit } = variantNamed(loadedSprite, trace.variant);
    return culprit === undefined ? [] : [{ file, trace, culprit }];
  });

  test.each(stories)('is blamed on the step that it names: $file', ({ trace, culprit }) => {
    const { story, ledger } = ledgerFor(trace);
    const { at = '', action } = ledger.culprit ?? {};
    expect({ at: at.split(' ')[0], action }).toEqual(culprit);
    // Whether the count alone would have said so.
    const counted = story.steps[(ledger.imbalances[0]?.step ?? 0) - 1];
    const saysTheSame = counted?.action === action && counted?.at.split(' ')[0] === culprit.at;
    expect(saysTheSame).toBe(!SHOWN_LATER.includes(trace.variant));
  });
});

describe.each(stored)('$file', ({ trace }) => {
  test('its ledger adds up, and its claims are violated in the end', () => {
    const { instance, story, ledger } = ledgerFor(trace);
    for (const balance of balancesOf(story, accountsOf(instance))) {
      const { subject: object, counted } = balance.account;
      // The holders of a stream are one account for each host, under one name.
      if (counted === 'holder') continue;
      const total = ledger.entries
        .filter((entry) => entry.object === object && entry.counted === counted)
        .reduce((sum, { change }) => sum + change, 0);
      expect({ object, total }).toEqual({ object, total: balance.counts.at(-1) });
    }
    const { rows } = truthOf(story, instance.claims);
    expect(rows.at(-1)?.values).toContain('violated');
    expect(rows.slice(0, -1).flatMap(({ values }) => values)).not.toContain('violated');
  });
});

describe('a deadlock', () => {
  test.each(stored.filter(({ trace }) => trace.property === 'no-cycle-of-waiting'))(
    'is printed as a circle, each link since the step that made it: $file',
    ({ trace }) => {
      const { instance, story } = storyOf(trace);
      const waits = waitsOf(instance);
      const about = { subject: trace.finding.subject, isStuck: false };
      const waiting = waitingAt(story, waits, about);
      const edges = waiting?.edges ?? [];
      expect(waiting?.isCircle).toBe(true);
      expect(edges.length).toBeGreaterThan(1);
      edges.forEach(({ waitsFor }, index) =>
        expect(waitsFor).toBe(edges[(index + 1) % edges.length]?.who),
      );
      // The last step closes it; before that there was no circle.
      expect(Math.max(...edges.map(({ since }) => since))).toBe(story.steps.length);
      expect(edges.some(({ holds }) => holds.length > 0)).toBe(true);
      const before = steppedStory(instance, { steps: story.steps.slice(0, -1) });
      expect(waitingAt(before, waits, about)).toBeUndefined();
    },
  );
});

describe('the point of no return is that of brute force', () => {
  const small = new Set(['client-dies-in-recall', 'exit-races-request', 'two-closers']);

  test.each(stored.filter(({ trace }) => small.has(trace.scenario.name)))('$file', ({ trace }) => {
    const { system, claims } = instanceFor(trace);
    const { steps, property } = trace;
    expect(pointOfNoReturn(system, claims, { steps, property })).toMatchObject({
      kind: 'at',
      step: noReturnByForce(system, claims, steps),
    });
  });
});

// As the descriptions of these faults say: the first keeps a handle, the others give up or keep a stream.
describe('the count whose own owner is wrong precedes the counts that follow from it', () => {
  test.each([
    ['P-handle-kept-entry-matches-handle', ['handle f at A', 'entry f for A']],
    ['P-stream-kept-handle-counts-streams', ['stream p0 at A', 'handle f at A']],
    ['P-stream-kept-nothing-is-left', ['stream p0 at A', 'handle f at A', 'stream p0']],
    ['R5-shadow-lists-holders', ['stream p0 at A', 'stream p0', 'entry f for A', 'entry f for A']],
  ])('%s', (name, objects) => {
    const trace = stored.find(({ file }) => file === `${name}.trace.json`)?.trace;
    if (trace === undefined) throw new Error(`no story ${name}`);
    const { imbalances } = ledgerFor(trace).ledger;
    expect(imbalances.map(({ object }) => object)).toEqual(objects);
    expect(imbalances[0]?.lacks).toMatch(/ (lacks its [+-]1|is wrong): /);
    expect(imbalances[1]?.lacks).toContain(`follows from ${objects[0]}, whose own count is wrong`);
  });
});

test('a step that differs from the repaired kernel is printed with both values of the same cells', () => {
  const trace = stored.find(({ file }) => file.startsWith('P-stream-kept-nothing'))?.trace;
  if (trace === undefined) throw new Error('no such story');
  const { instance, story } = storyOf(trace);
  const { spec, scenario } = instance;
  const parted = partedFrom(story, { spec, scenario, variant: variantNamed(spec, trace.variant) });
  expect(parted?.steps).toEqual([
    {
      step: 13,
      how: 'differs',
      instead: ['stream p0@A: absent'],
      left: ['stream p0@A: unchanged'],
    },
  ]);
});

test('a count that inherited its fault from another count is traced to that one', () => {
  const trace = stored.find(({ file }) => file.startsWith('R1-use-counts'))?.trace;
  if (trace === undefined) throw new Error('no story of R1');
  const { story, ledger, instance } = ledgerFor(trace);
  const [first] = ledger.imbalances;
  expect(first?.path.length).toBe(2);
  expect(first?.path[0]?.object).toBe('entry f for A');
  const balances = balancesOf(story, accountsOf(instance));
  const giver = balances.find(({ account }) => account.subject === 'entry f for A');
  const step = first?.step ?? 0;
  if (giver === undefined) throw new Error('no such count');
  expect([excess(giver, step - 1), excess(giver, step)]).toEqual([0, -1]);
});

function ledgerFor(trace: ViolatedTrace) {
  const { instance, story } = storyOf(trace);
  const { spec, scenario } = instance;
  const variant = variantNamed(spec, trace.variant);
  const parting = partedFrom(story, { spec, scenario, variant });
  const partedAt = parting?.steps.map(({ step }) => step) ?? [];
  const { finding } = trace;
  const accounts = accountsOf(instance);
  return { instance, story, ledger: ledgerOf(story, { accounts, finding, partedAt }) };
}

function storyOf(trace: ViolatedTrace): {
  readonly instance: CheckedInstance;
  readonly story: SteppedStory;
} {
  const instance = instanceFor(trace);
  return { instance, story: steppedStory(instance, trace) };
}

function instanceFor({ variant, scenario, property }: ViolatedTrace): CheckedInstance {
  const named = { variant, scenario: scenario.name, properties: [property] };
  return instanceIn(loadedSprite, named);
}

/** Sprite says what it counts, and who waits. */
function accountsOf({ spec, scenario }: CheckedInstance): readonly Account[] {
  if (spec.accounts === undefined) throw new Error('no accounts');
  return spec.accounts(scenario);
}

function waitsOf({ spec, scenario }: CheckedInstance): Waits {
  if (spec.waits === undefined) throw new Error('no waits');
  return spec.waits(scenario);
}
