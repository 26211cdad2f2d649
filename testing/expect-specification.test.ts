// What a team writes in its own tests, with a specification of its own: the lease of examples/.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import lease from '../examples/lease/lease.mjs';
import { expectSpecification, SpecificationAssertionError } from './expect-kernel.ts';

const folder = mkdtempSync(join(tmpdir(), 'sprite-check-expect-'));
const late = { variant: 'from-the-answer', scenario: 'two-clients' };

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('passes if the property holds, in the first variant and scenario', async () => {
  await expectSpecification(lease).toHold('one-holder');
  await expectSpecification(lease, { scenario: 'two-clients' }).toHold('every-event-is-specified');
});

test('passes if a story violates the property and that is expected', async () => {
  await expectSpecification(lease, late).toBeCaughtBy('one-holder');
  await expect(expectSpecification(lease).toBeCaughtBy('one-holder')).rejects.toThrow(
    'expected variant from-asking to be caught by one-holder in two-clients: it holds, PROVEN in 72 states to depth 7',
  );
});

test('has the counterexample in its error, and how to keep it', async () => {
  const { message, trace } = await failure(() =>
    expectSpecification(lease, late).toHold('one-holder'),
  );
  expect(message).toMatch(
    /^expected variant from-the-answer to hold one-holder in two-clients: VIOLATED$/m,
  );
  expect(message).toMatch(/^ +1 {2}a: ask$/m);
  expect(message).toContain('lease: expected one holder, found a and b');
  expect(message).toContain('7 steps, shortest, proven');
  expect(message).toContain("{ keepIn: 'stories' }");
  expect(trace?.specification).toEqual({ name: 'lease', version: '1' });
});

test('a stored story holds on the repaired variant', async () => {
  const held = expectSpecification(lease, late).toHold('one-holder', { keepIn: folder });
  const file = join(folder, 'from-the-answer-two-clients-one-holder.trace.json');
  await expect(held).rejects.toThrow(
    `await expectSpecification(specification).toSurvive('${file}')`,
  );
  await expectSpecification(lease).toSurvive(file);
  await expect(expectSpecification(lease, late).toSurvive(file)).rejects.toThrow(
    `expected variant from-the-answer to survive ${file}: one-holder is VIOLATED`,
  );
  const kept = readFileSync(file, 'utf8');
  writeFileSync(
    file,
    kept.replace('"name": "lease", "version": "1"', '"name": "lease", "version": "0"'),
  );
  await expect(expectSpecification(lease).toSurvive(file)).rejects.toThrow(
    'stale because it is a story of lease 0, not of lease 1',
  );
});

test('accepts your own property and scenario', async () => {
  const scenario = { name: 'alone', clients: ['a'] };
  await expectSpecification(lease, { scenario }).toHold('one-holder');
  const noClientHolds = {
    id: 'no-client-holds',
    statement: 'No client holds the lease.',
    kind: 'always' as const,
    claims: () => [
      (look: (name: string) => { readonly value: unknown }) =>
        look('a').value === 'holding'
          ? { subject: 'lease', expected: 'none', found: 'a' }
          : undefined,
    ],
    witness: { statement: 'anything', reached: () => () => true },
  };
  await expectSpecification(lease, { scenario }).toBeCaughtBy(noClientHolds);
});

test('refuses an unknown name, and suggests the nearest', async () => {
  expect(() => expectSpecification(lease, { variant: 'from-askin' })).toThrow(
    'expectSpecification: expected a variant, found "from-askin" (did you mean "from-asking"?)',
  );
  expect(() => expectSpecification(lease, { scenario: 'two-client' })).toThrow(
    'expectSpecification: expected a scenario, found "two-client" (did you mean "two-clients"?)',
  );
  await expect(expectSpecification(lease).toHold('one-holdr')).rejects.toThrow(
    'did you mean "one-holder"?',
  );
  const misspelled = { maxState: 10 } as object;
  await expect(expectSpecification(lease).toHold('one-holder', misspelled)).rejects.toThrow(
    'expectSpecification: no option is called "maxState" (did you mean "maxStates"?)',
  );
});

async function failure(expectation: () => Promise<void>): Promise<SpecificationAssertionError> {
  try {
    await expectation();
  } catch (error) {
    if (error instanceof SpecificationAssertionError) return error;
    throw error;
  }
  throw new Error('nothing failed');
}
