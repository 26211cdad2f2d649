import { expect, test } from '@jest/globals';
import { clipped, printable } from './printable.ts';

test('control characters become escapes', () => {
  expect(printable('a\u001b[31m\n\u202e\ud800')).toBe(String.raw`a\u001b[31m\u000a\u202e\ud800`);
});

test('a clipped text is never longer than its limit, with its escapes', () => {
  expect(clipped('short', 10)).toBe('short');
  expect(clipped('x'.repeat(10), 10)).toBe('x'.repeat(10));
  expect(clipped('x'.repeat(11), 10)).toBe(`${'x'.repeat(7)}...`);
  expect(clipped('\u0007'.repeat(11), 10)).toBe(String.raw`\u0007\...`);
});

test('no half of a character is left at the end', () => {
  for (let most = 4; most < 12; most++) {
    const line = clipped('😀'.repeat(20), most);
    expect(line.length).toBeLessThanOrEqual(most);
    expect(line).toMatch(/^\P{Cs}*$/u);
  }
});
