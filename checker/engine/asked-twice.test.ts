// A sample of the answers is computed again, at once and later, and a difference is reported.

import { expect, test } from '@jest/globals';
import { createSample } from './asked-twice.ts';

test('the first answers are all asked twice, then one in 64', () => {
  const sample = createSample();
  const due = Array.from({ length: 256 }, (_, index) => index + 1).filter(() => sample.isDue());
  expect(due.slice(0, 32)).toEqual(Array.from({ length: 32 }, (_, index) => index + 1));
  expect(due.slice(32)).toEqual([64, 128, 192, 256]);
  expect(sample.counts()).toEqual({ answers: 256, twice: 0 });
});

test('an answer that changes later is found later', () => {
  const sample = createSample();
  let hour = 'one';
  sample.askAgain(
    hour,
    () => hour,
    () => 'the hour',
  );
  hour = 'two';
  const others = (count: number): void => {
    for (let other = 0; other < count; other++)
      sample.askAgain(
        '',
        () => '',
        () => 'another',
      );
  };
  others(7);
  expect(() => others(1)).toThrow(
    'the hour is not the same when asked again: first one, then two; it may depend on nothing but ' +
      'what it is given (no counter of its own, no clock, no random number)',
  );
});

test('the message shows the differing part of long answers', () => {
  const text = (end: string): string => `{"list":"${'x'.repeat(500)}","seen":${end}}`;
  expect(() =>
    createSample().askAgain(
      text('1'),
      () => text('2'),
      () => 'it',
    ),
  ).toThrow(
    'it is not the same when asked again: first ...xxxxxxxxxxxxxxxxxxxxx","seen":1}, then ...xxxxxxxxxxxxxxxxxxxxx","seen":2}',
  );
});
