import { expect, test } from '@jest/globals';
import { createMonitor } from './monitor.ts';
import type { Claim } from '../specification/property.ts';
import { createSystem } from '../engine/system.ts';
import { toy } from '../../test/support/toy-protocol.ts';

test('a reached witness does not hide the claim after it', () => {
  const system = createSystem(toy({ coins: 2 }));
  // Reads the post only after the purse has changed, so it begins to watch the post after the witness.
  const late: Claim = {
    property: 'late',
    kind: 'always',
    test: (look) =>
      look('right').context !== null && look('post').value === 'carrying'
        ? { subject: 'post', expected: 'free', found: 'carrying' }
        : undefined,
  };
  const carried = {
    property: 'late',
    statement: 'the post carries a coin',
    reached: (look: Parameters<Claim['test']>[0]) => look('post').value === 'carrying',
  };
  const second = { ...carried, statement: 'the same again' };
  const monitor = createMonitor(system, [late], [carried, second]);
  const row = system.initial();
  monitor.checkAll(row, false);
  system.perform(row, system.delivery('right', { type: 'pay', to: 'left' }));
  const { cells, count, before } = system.changes;
  const found = monitor.checkChanged(row, cells, count, before);
  expect(found.map(({ property }) => property)).toEqual(['late']);
  expect(monitor.unreached()).toEqual([]);
});
