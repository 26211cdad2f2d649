import { expect, test } from '@jest/globals';
import { fitted, table } from './tables.ts';

test('a table that is too wide breaks its text within the column', () => {
  const rows = [
    ['1', 'two-closers', 'both close the file one after the other'],
    ['12', 'office', 'short'],
  ];
  expect(table(rows, [0], 36)).toEqual([
    ' 1  two-closers  both close the file',
    '                   one after the',
    '                   other',
    '12  office       short',
  ]);
  expect(table(rows, [0], 80)).toHaveLength(2);
});

test('a wide letter takes two columns', () => {
  expect(
    table([
      ['移行', 'a'],
      ['x', 'b'],
    ]),
  ).toEqual(['移行  a', 'x     b']);
});

test.each([
  [
    'goes on below its own beginning',
    '  why   one two three',
    ['  why   one two', '        three'],
  ],
  ['or two blanks further in', '  one two three four five', ['  one two three', '    four five']],
  [
    'a command stays whole',
    '  again  sprite-check check x -y',
    ['  again  sprite-check check x -y'],
  ],
  ['in a sentence too', 'see "sprite-check list" now', ['see', '  "sprite-check list"', '  now']],
])('a line that is too wide %s', (_, line, lines) => {
  expect(fitted(line, 18)).toEqual(lines);
});
