// With Jest, import test from '@jest/globals': nothing else differs.
import { test } from 'node:test';
import { expectSpecification } from 'sprite-check/testing';
import lease from './lease.mjs';

test('at most one client holds the lease', async () => {
  await expectSpecification(lease).toHold('one-holder');
});

test('a client must not count from the answer', async () => {
  const late = expectSpecification(lease, { variant: 'from-the-answer', scenario: 'two-clients' });
  await late.toBeCaughtBy('one-holder');
});
