// Events for a cell are those that its machine takes, without observed facts. The compiler checks it.

import { expect, test } from '@jest/globals';
import { send } from './cell.ts';
import { cell } from './ids.ts';

test("an effect is plain data: a cell's name and an event", () => {
  expect(send(cell.handle('f', 'A'), { type: 'unused', mode: 'read' })).toEqual({
    to: 'handle f@A',
    event: { type: 'unused', mode: 'read' },
  });
});

test('an event that a cell does not take does not compile', () => {
  const effects = [
    // @ts-expect-error a handle has no such event
    send(cell.handle('f', 'A'), { type: 'unsued', mode: 'read' }),
    // @ts-expect-error a parameter is misspelled
    send(cell.handle('f', 'A'), { type: 'unused', mod: 'read' }),
    // @ts-expect-error a parameter is missing
    send(cell.handle('f', 'A'), { type: 'unused' }),
    // @ts-expect-error there is no such mode
    send(cell.handle('f', 'A'), { type: 'unused', mode: 'raed' }),
    // @ts-expect-error whether the host is up is observed, not sent
    send(cell.recall('f', 'A'), { type: 'sent', writeBack: true, invalidate: true, isUp: true }),
    // @ts-expect-error an entry is another cell
    send(cell.entry('f', 'A'), { type: 'unused', mode: 'read' }),
    // @ts-expect-error a name that was not made by `cell`
    send('handle f@A', { type: 'unused', mode: 'read' }),
  ];
  expect(effects.every(({ to }) => to.endsWith('f@A'))).toBe(true);
});
