import { expect, test } from '@jest/globals';
import type { Json } from '../text/json.ts';
import { plainWording } from './plain-wording.ts';

const local = (value: Json, context: Json) => ({ value, context });
const inWords = (value: Json, context: Json): readonly (string | undefined)[] => {
  const { holds, state, message } = plainWording;
  const held = local(value, context);
  return [holds('clock', held, held), state('clock', held), message('clock', held)];
};

test('a state, then its fields', () => {
  expect(inWords('running', { ticks: 3 })).toEqual([
    'clock: running, ticks 3',
    'clock is running (ticks 3)',
    'clock: running',
  ]);
});

test('a machine without states has only its fields: nothing precedes them', () => {
  expect(inWords({}, { ticks: 3 })).toEqual([
    'clock: ticks 3',
    'clock is (ticks 3)',
    'clock: ticks 3',
  ]);
  expect(inWords({}, { timers: [] })[0]).toBe('clock: –');
});
