import { expect, test } from '@jest/globals';
import { hashText, hashWorld } from './world-hash.ts';
import { createSystem } from './system.ts';
import { toy } from '../../test/support/toy-protocol.ts';

test.each([
  ['', 'cbf29ce484222325'],
  ['a', 'af63dc4c8601ec8c'],
  ['foobar', '85944171f73967e8'],
])('FNV-1a of %j', (text, expected) => {
  expect(hashText(text)).toBe(expected);
});

test('a world has one name, whatever was interned before and in any order of its cells', () => {
  const protocol = toy({ coins: 2 });
  const plain = createSystem(protocol);
  const crowded = createSystem({ ...protocol, cells: protocol.cells.toReversed() });
  crowded.localId(0, { value: 'carrying', context: { to: 'left' } });
  crowded.localId(1, { value: 'open', context: { coins: 7 } });
  expect(hashWorld(crowded, crowded.initial())).toBe(hashWorld(plain, plain.initial()));
});

test('another world has another name', () => {
  const system = createSystem(toy({ coins: 2 }));
  const row = system.initial();
  const before = hashWorld(system, row);
  system.perform(row, system.delivery('right', { type: 'pay', to: 'left' }));
  expect(hashWorld(system, row)).not.toBe(before);
});
