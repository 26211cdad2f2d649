import { expect, test } from '@jest/globals';
import { BadInput } from './exit.ts';

test('bad input is one line that does nothing to a terminal, and not a long one', () => {
  expect(new BadInput('a\u001b[2J\nb\u202Ec').message).toBe('a\\u001b[2J\\u000ab\\u202ec');
  expect(new BadInput('x'.repeat(1_000_000)).message).toHaveLength(1500);
});
