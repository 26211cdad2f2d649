import { expect, test } from '@jest/globals';
import { whyUnconfirmed } from './confirm.ts';
import type { Step } from '../specification/protocol.ts';
import { leftHoldsFewerThan, toy } from '../../test/support/toy-protocol.ts';

const pay: Step = { at: 'right', action: 'pay', params: { to: 'left' } };
const deliver: Step = { at: 'post', action: 'deliver', params: {} };
const claims = [leftHoldsFewerThan(1)];
const violation = {
  property: 'left-holds-fewer',
  finding: { subject: 'left', expected: 'fewer than 1', found: '1' },
};

test.each([
  [[pay, deliver], '1', undefined],
  [[pay], '1', 'left-holds-fewer held'],
  [[pay, deliver, pay], '1', 'left-holds-fewer was violated after 2'],
  [
    [deliver],
    '1',
    'step 1: post, now "free" {"to":""}, does not offer deliver {}; it offers nothing',
  ],
  [[pay, deliver], '2', 'found ["left","fewer than 1","2"], then ["left","fewer than 1","1"]'],
])('confirms only true violations (%#)', (steps, found, why) => {
  const story = { steps, violation: { ...violation, finding: { ...violation.finding, found } } };
  expect(whyUnconfirmed(toy({ coins: 2 }), claims, story)).toBe(why);
});
