import { describe, expect, test } from '@jest/globals';
import type { Local } from '../../checker/specification/protocol.ts';
import type { Json } from '../../checker/text/json.ts';
import { wrapped } from '../../checker/text/tables.ts';
import { changeText, columnOf, sentence } from './sentences.ts';

const initial = local('absent', { references: 0, shared: false, file: null });

describe('the changes of a step', () => {
  test('names the state and the fields that differ, and no others', () => {
    const to = local('open', { references: 1, shared: true, file: null });
    expect(changed(initial, to)).toBe('stream p0: open, references 1, shared');
  });

  test('prints counts from one to the other', () => {
    const from = local('open', { references: 1, shared: true, file: 'f' });
    const to = local('open', { references: 2, shared: false, file: null });
    expect(changed(from, to)).toBe('stream p0: references 1 → 2, not shared, no file');
  });

  test('prints only the state of a cell that is empty again', () => {
    const from = local('open', { references: 1, shared: true, file: 'f' });
    expect(changed(from, initial)).toBe('stream p0: absent');
  });
});

test("a call home is in the column of the caller's home", () => {
  const held = local('arrived', { home: 'A', caller: 'B', host: null });
  expect(columnOf('homeCall p', held, local('idle', { home: '', caller: '' }))).toBe('A');
});

test.each([
  ['stream p0@B', 'B'],
  ['entry f@B', 'S'],
  ['file f', 'S'],
  ['host B', 'B'],
  ['lastWrite f', undefined],
  ['thread p', 'C'],
])('%s is at %s', (name, host) => {
  const held = local('user', { host: 'C' });
  expect(columnOf(name, held, held)).toBe(host);
});

test('the halves of a call that the server serves have words of their own', () => {
  const step = { at: 'service p', action: 'served', params: {} };
  const states = ['arrived', 'accounting', 'reopening', 'holding'];
  const said = states.map((state) => sentence(step, local(state, { file: 'f', call: 'migrate' })));
  expect(new Set(said).size).toBe(states.length);
  expect(said[1]).toBe("the server counts the uses of f for p's migrate");
});

test('an action without words of its own is printed by its name', () => {
  const step = { at: 'pipe x@A', action: 'filledUp', params: { byName: 'p', bytes: 3 } };
  expect(sentence(step, initial)).toBe('pipe x@A: filled up by name p bytes 3');
});

test('lines are broken between words', () => {
  expect(wrapped('one two three four', 9)).toEqual(['one two', '  three', '  four']);
});

function changed(from: Local, to: Local): string | undefined {
  return changeText('stream p0@A', { from, to, initial });
}

function local(value: Json, context: Json): Local {
  return { value, context };
}
