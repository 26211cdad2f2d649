import { expect, test } from '@jest/globals';
import { loadedSprite } from '../../testing/sprite.ts';
import { changesText } from './accepted-changes.ts';
import type { Row } from './row.ts';

const row: Row = {
  id: 'sprite/same-target',
  what: 'baseline',
  variant: 'sprite',
  scenario: 'same-target',
  verdict: 'grew',
  holds: false,
  stored: 'updated',
  canBeAccepted: true,
  before: '3,528 states, 7,598 transitions, depth 45',
  now: '3,530 states, 7,602 transitions, depth 45',
  why: 'grew by 2 states, +0.1 %',
};
const property: Row = { ...row, id: 'one-offset', what: 'property', verdict: 'PROVEN' };
const fault: Row = { ...row, id: 'R1', what: 'fault', verdict: 'CAUGHT' };
const story: Row = { ...row, id: 'traces/faults/R1-one-offset.trace.json', what: 'trace' };

test.each<[string, Partial<Row>, string]>([
  ['a count', {}, 'Pinned counts moved: same-target from 3,528 states to 3,530 states.'],
  [
    'only its depth',
    { now: '3,528 states, 7,598 transitions, depth 46' },
    'Pinned counts moved: same-target from depth 45 to depth 46.',
  ],
  [
    'of another kernel',
    { variant: 'R1', id: 'R1/same-target' },
    'R1/same-target from 3,528 states',
  ],
  [
    'a scenario more',
    { verdict: 'not pinned' },
    'Pinned for the first time: same-target with 3,530',
  ],
  ['a scenario less', { verdict: 'gone' }, 'No longer pinned: same-target.'],
  [
    'a property more',
    { ...property, stored: 'new', now: 'PROVEN, tested in 2 scenarios' },
    'New properties: one-offset, tested in 2 scenarios.',
  ],
  [
    'a transition less',
    { id: 'transitions', what: 'transitions', verdict: 'LOST', why: 'taken no more: source: trap' },
    'Transitions of the machines: taken no more: source: trap.',
  ],
  ['a property less', { ...property, verdict: 'gone' }, 'Properties gone: one-offset.'],
  [
    'a property elsewhere',
    { ...property, why: 'no longer tested in a, b; now also tested in c' },
    'Properties tested elsewhere: one-offset, no longer in a, b and now also in c.',
  ],
  [
    'a fault more',
    { ...fault, stored: 'new', now: 'one-offset in 9' },
    'New faults: R1, caught by one-offset in 9 steps.',
  ],
  ['a fault less', { ...fault, verdict: 'gone', now: 'kernel R1 is gone' }, 'Faults gone: R1.'],
  [
    'a fault let go',
    { ...fault, verdict: 'gone', now: 'no property is expected to catch it' },
    'No longer to be caught: R1.',
  ],
  [
    'a fault otherwise',
    { ...fault, before: 'one-offset in 9', now: 'one-offset in 8' },
    'Faults caught otherwise: R1 by one-offset in 8 steps, before by one-offset in 9.',
  ],
  ['a story less', { ...story, verdict: 'gone' }, 'Stories gone: faults/R1-one-offset.'],
  ['a story more', { ...story, verdict: 'not listed' }, 'New stories: faults/R1-one-offset.'],
  [
    'a fixed story',
    { ...story, verdict: 'fixed' },
    'Stories in which nothing is violated any more: ',
  ],
  [
    'other bounds',
    { ...story, verdict: 'other bounds' },
    'Stories whose scenario has other bounds: faults/R1-one-offset.',
  ],
  ['a rebased story', { ...story, verdict: 'rebased' }, 'Stories with other steps: '],
  ['a stale story', { ...story, verdict: 'stale' }, 'Stories that take place no more: '],
  ['another end', { ...story, verdict: 'violated differently' }, 'Stories that end otherwise: '],
])('%s is reported in a plain sentence', (_, change, text) => {
  const [only = ''] = changesText(loadedSprite, [{ ...row, ...change }]);
  expect(only).toContain(text);
});

test('changes of one kind are one sentence, of bounded length', () => {
  const now = 'the same, in another last state';
  const names = Array.from({ length: 12 }, (_, index) => `faults/${index}`);
  const stories = names.map((name): Row => ({ ...story, id: `traces/${name}.trace.json`, now }));
  expect(changesText(loadedSprite, [row, ...stories])).toEqual([
    expect.stringContaining('Pinned counts moved'),
    `Stories that end as before, in another last state: ${names.slice(0, 10).join('; ')}; and 2 more.`,
  ]);
});
