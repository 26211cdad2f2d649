import { expect, test } from '@jest/globals';
import { replayLine, replayTrace } from './replay-verdict.ts';
import { createSystem } from '../engine/system.ts';
import {
  coinsAreConserved,
  leftHoldsFewerThan,
  toy,
  type Toy,
} from '../../test/support/toy-protocol.ts';
import { runSteps } from './strict-replay.ts';
import type { Trace } from './trace-format.ts';

const lossy = { coins: 2, lossy: true };
const steps = [
  { at: 'right', action: 'pay', params: { to: 'left' } },
  { at: 'post', action: 'lose', params: {} },
];
const trace: Trace = {
  format: 'sprite-check-trace',
  version: 2,
  specification: { name: 'purses', version: '1' },
  variant: 'toy',
  scenario: { name: 'two-purses', bounds: {} },
  property: 'coins-are-conserved',
  verdict: 'violated',
  certificate: { kind: 'none' },
  finding: { subject: 'coins', expected: '2', found: '1' },
  lastWorld: runSteps(createSystem(toy(lossy)), [], { steps }).lastWorld,
  provenance: { found: 'written' },
  steps,
};

function replayed(size: Toy, stored: Trace, claims = [coinsAreConserved(size)]): string {
  return replayLine(replayTrace(createSystem(toy(size)), claims, stored));
}

const pay = steps[0] as (typeof steps)[0];
const longer = { ...trace, steps: [...steps, pay] };

test.each<[string, Toy, Trace]>([
  ['violated as stored', lossy, trace],
  ['violated as stored, in another last state', lossy, { ...trace, lastWorld: '0'.repeat(16) }],
  ['violated differently: coins: expected 3, found 2, after step 2', { ...lossy, coins: 3 }, trace],
  ['violated differently: already violated after step 2', lossy, longer],
  [
    'stale at step 2 because post, now "carrying" {"to":"left"}, does not offer lose {}; it offers deliver',
    { coins: 2 },
    trace,
  ],
])('%s', (line, size, stored) => {
  expect(replayed(size, stored)).toBe(line);
});

test('a story whose property holds to the end is held', () => {
  expect(replayed(lossy, trace, [])).toBe('held');
  expect(replayed(lossy, { ...trace, lastWorld: '0'.repeat(16) }, [])).toBe(
    'held, in another last state',
  );
});

test('the violation of another property is reported as such', () => {
  const claim = leftHoldsFewerThan(1);
  const deliver = { at: 'post', action: 'deliver', params: {} };
  expect(replayed(lossy, { ...trace, steps: [pay, deliver] }, [claim])).toBe(
    'violated differently: left-holds-fewer is violated, not coins-are-conserved, after step 2',
  );
});

test('any violation violates a walkthrough that held', () => {
  const { format, version, specification, variant, scenario, lastWorld, provenance } = trace;
  const held = { format, version, specification, variant, scenario, lastWorld, provenance, steps };
  const walkthrough: Trace = { ...held, verdict: 'held' };
  expect(replayed(lossy, walkthrough, [])).toBe('held');
  expect(replayed(lossy, walkthrough)).toBe(
    'violated differently: coins-are-conserved is violated after step 2',
  );
});
