import { expect, test } from '@jest/globals';
import { loadedSprite } from '../../testing/sprite.ts';
import { variantNamed } from '../specification/lookup.ts';
import { reasonFrom } from './accept.ts';
import { nextOf } from './next-command.ts';
import type { Row } from './row.ts';

const options = ' --spec ./lease.mjs';
const own = { ...loadedSprite, options };
const row: Row = {
  id: 'it',
  what: 'property',
  variant: 'sprite',
  scenario: 'two-closers',
  property: 'stays',
  verdict: 'VIOLATED',
  holds: false,
  stored: 'updated',
  canBeAccepted: true,
  before: '',
  now: '',
  why: '',
};

test.each<readonly [command: string, row: Partial<Row>]>([
  ['explore', { verdict: 'broken' }],
  ['explore', { what: 'baseline', verdict: 'grew' }],
  ['check', { what: 'transitions', verdict: 'lost' }],
  ['check', {}],
  ['explain', { trace: 'traces/it.trace.json' }],
  ['diff', { what: 'fault', verdict: 'MISSED' }],
  ...['rebased', 'fixed', 'stale', 'violated differently'].map(
    (verdict) => ['replay', { what: 'trace', verdict, trace: 'traces/it.trace.json' }] as const,
  ),
])('%s names the specification that it is of: %j', (command, given) => {
  const next = nextOf(own, { ...row, ...given });
  expect(next).toMatch(new RegExp(`^sprite-check ${command} [^;]*${options}`));
  expect(nextOf(loadedSprite, { ...row, ...given })).not.toContain('--spec');
});

test('a kernel from a file is an option, and does not replace the one that failed', () => {
  const mine = {
    ...loadedSprite,
    options: ' --kernel ./mine.mjs',
    variants: [...loadedSprite.variants, { id: 'mine', value: {} }],
    source: { ...loadedSprite.source, variants: ['file:///mine.mjs'] },
  };
  const story = { trace: 'traces/it.trace.json' };
  expect(nextOf(mine, { ...row, ...story })).toMatch(/ --kernel \.\/mine\.mjs --kernel sprite$/);
  expect(nextOf(mine, { ...row, ...story, variant: 'mine' })).toMatch(
    /json --kernel \.\/mine\.mjs$/,
  );
});

test("Sprite's counts that moved are compared with the last commit", () => {
  const moved: Row = { ...row, what: 'baseline', verdict: 'grew' };
  expect(nextOf(loadedSprite, moved)).toMatch(/^sprite-check diff --against HEAD /);
});

test('an unknown name: the command that lists all names of the same specification', () => {
  expect(() => variantNamed(own, 'nowhere-near')).toThrow(
    `"sprite-check list${options}" names them all`,
  );
});

test('the error for a missing reason has an example that fits any change', () => {
  expect(() => reasonFrom(undefined)).toThrow('--reason "why it moved"');
});
