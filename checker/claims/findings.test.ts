// A claim, a witness or a removal returns a finding; any other result is refused with its property's name.

import { expect, test } from '@jest/globals';
import { createMonitor } from './monitor.ts';
import { createSystem } from '../engine/system.ts';
import { claimsOf, equal, witnessesOf, type Property } from '../specification/property.ts';
import { toy } from '../../test/support/toy-protocol.ts';

const wanted =
  'return undefined where it holds, else { subject, expected, found }, three texts (see `equal`)';

function said(property: Partial<Property<undefined>>): string {
  const whole: Property<undefined> = {
    id: 'p',
    statement: 's',
    kind: 'always',
    claims: () => [],
    witness: { statement: 'w', reached: () => () => true },
    ...property,
  };
  const system = createSystem(toy({ coins: 2 }));
  try {
    const monitor = createMonitor(
      system,
      claimsOf([whole], undefined),
      witnessesOf([whole], undefined),
    );
    return JSON.stringify(monitor.checkAll(system.initial(), false));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

test.each<[string, unknown, string]>([
  ['true', true, `returns true: ${wanted}`],
  ['false', false, `returns false: ${wanted}`],
  ['null', null, `returns null: ${wanted}`],
  ['a text', 'broken', `returns the text "broken": ${wanted}`],
  ['a promise', Promise.resolve(), `returns a promise (it may not be async): ${wanted}`],
  [
    'a part of a finding',
    { subject: 's', found: '1' },
    `returns a record { subject, found }, without a text expected: ${wanted}`,
  ],
  [
    'numbers',
    { subject: 's', expected: 1, found: 2 },
    `returns a record { subject, expected, found }, without a text expected: ${wanted}`,
  ],
  [
    'equal halves',
    { subject: 's', expected: '1', found: '1' },
    'says that s is not as expected, but expected and found are equal: 1',
  ],
])('a claim that returns %s', (_, finding, line) => {
  expect(said({ claims: () => [() => finding as never] })).toBe(`property p ${line}`);
});

test('a claim that returns a finding', () => {
  const finding = { subject: 's', expected: '1', found: '2' };
  expect(said({ claims: () => [() => finding] })).toBe(
    JSON.stringify([{ property: 'p', finding }]),
  );
});

test('a witness and a removal return a boolean', () => {
  const witness = { statement: 'w', reached: () => () => Promise.resolve(false) as never };
  expect(said({ witness })).toBe(
    'property p must say true or false of its witness, and gives a promise (it may not be async)',
  );
  const removal = {
    subject: 'the post',
    applies: () => 1 as never,
    removed: { cell: 'post', event: { type: 'lose' } },
    isInternal: () => true,
    excepted: () => null,
    results: () => null,
  };
  expect(said({ removals: () => [removal] })).toBe(
    'property p must say true or false of whether its removal applies (the post), and gives 1',
  );
});

test('compared values are plain JSON, and the order of their fields does not matter', () => {
  expect(equal('s', { a: 1, b: 2 }, { b: 2, a: 1 })).toBeUndefined();
  expect(equal('s', 1, 2)).toEqual({ subject: 's', expected: '1', found: '2' });
  expect(equal('s', 'null', null)).toEqual({ subject: 's', expected: '"null"', found: 'null' });
  expect(said({ claims: () => [() => equal('s', [], { of: new Set() as never })] })).toBe(
    'property p compares a value that is not plain JSON: found.of is a Set: use a sorted list',
  );
});
