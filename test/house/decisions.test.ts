// Each decision has a number, a status and the date on which it was written down, at its head: a reader
// must see which of two came later.

import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';

const folder = new URL('../../docs/design/decisions/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.md'));

test('there are decisions', () => expect(files.length).toBeGreaterThan(15));

test.each(files)('%s has its number, a status and a date', (name) => {
  const [title, status, date] = readFileSync(new URL(name, folder), 'utf8').split('\n\n');
  expect(title).toMatch(new RegExp(`^# ${String(Number.parseInt(name, 10))}\\. \\S`));
  expect(status).toMatch(/^Status: \w+\./);
  const [, day = ''] = /^Date: (\d{4}-\d{2}-\d{2})\.$/.exec(date ?? '') ?? [];
  expect(isDay(day)).toBe(true);
});

test('a date is a day of the calendar', () => {
  expect(['2026-11-23', '2026-11-31', 'November 2026', ''].map(isDay)).toEqual([
    true,
    false,
    false,
    false,
  ]);
});

function isDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}
