import { expect, test } from '@jest/globals';
import { reportLines } from './regress.ts';
import { loadedSprite } from '../../testing/sprite.ts';
import type { Row } from '../../analysis/regress/row.ts';
import { tableLines, regressVerdictLine } from './regress-table.ts';

const row: Row = {
  id: 'traces/faults/a.trace.json',
  what: 'trace',
  variant: 'R1',
  scenario: 'double-migration',
  verdict: 'still violated, elsewhere',
  holds: false,
  stored: 'updated',
  canBeAccepted: true,
  before: 'violated, 25 steps',
  now: 'the same, in another last state',
  why: 'it ends as stored, and the last state holds something else',
  next: 'if that was meant, accept it',
};
const ids = ['b', 'c', 'd', 'e', 'f', 'g', 'h'];
const stories = [row, ...ids.map((id): Row => ({ ...row, id, before: 'violated, 9 steps' }))];
const collapsed: Row = {
  ...row,
  id: 'sprite/same-target',
  what: 'baseline',
  verdict: 'collapsed',
  before: '3,528 states, 7,598 transitions, depth 45',
  now: '8 states, 7 transitions, depth 7',
  why: 'collapsed by 3,520 states, -99.8 %',
};

test('a row says what, before, now, why, and what to do next', () => {
  const lines = tableLines([collapsed]);
  expect(lines).toEqual([
    'baseline  sprite/same-target  collapsed',
    '          before  3,528 states, 7,598 transitions, depth 45',
    '          now     8 states, 7 transitions, depth 7',
    '          why     collapsed by 3,520 states, -99.8 %',
    '          next    if that was meant, accept it',
    '',
    '0 of 1 pinned scenario as pinned',
  ]);
});

test('equal rows are folded into one, which names the first of them', () => {
  const lines = tableLines([...stories, collapsed]);
  expect(lines.slice(0, 6)).toEqual([
    expect.stringMatching(/^trace {5}8 stored stories +still violated, elsewhere$/),
    '          which   traces/faults/a.trace.json, b, c, d, e and 3 more',
    '          before  violated',
    `          now     ${row.now}`,
    `          why     ${row.why}`,
    `          next    ${row.next}`,
  ]);
  expect(lines[6]).toMatch(/^baseline/);
});

test('reasons that differ only in the scenario are folded; other verdicts are not', () => {
  const broken = { ...row, verdict: 'broken', why: 'double-migration has no cell' };
  const other = { ...broken, scenario: 'same-target', why: 'same-target has no cell' };
  const stale = { ...broken, verdict: 'stale' };
  const rows = tableLines([broken, other, stale]).filter((line) => line.startsWith('trace'));
  expect(rows).toHaveLength(2);
});

test('the full table has each row by itself, also rows that hold', () => {
  const held: Row = { ...row, id: 'held', holds: true, verdict: 'held' };
  const rows = (shown: 'folded' | 'failed' | 'all'): number =>
    tableLines([...stories, held], shown).filter((line) => line.startsWith('trace')).length;
  expect([rows('folded'), rows('failed'), rows('all')]).toEqual([1, 8, 9]);
});

test('the verdict is one line, and names differences that cannot be accepted', () => {
  expect(regressVerdictLine(stories)).toBe('FAILED  8 of 8 not as before');
  const missed: Row = { ...row, what: 'fault', id: 'R1', verdict: 'MISSED', canBeAccepted: false };
  const report = (
    rows: readonly Row[],
    accepted?: { readonly kind: 'written'; readonly files: number; readonly removed: string[] },
  ): readonly string[] =>
    reportLines(
      {
        rows,
        expected: {
          spec: loadedSprite,
          pins: new Map(),
          tested: new Map(),
          taken: [],
          stored: [],
          listed: [],
        },
        tree: '',
        since: undefined,
        isInterrupted: rows.some(({ verdict }) => verdict === 'undecided'),
      },
      { chosen: [], isToAccept: accepted !== undefined, accepted, shown: 'folded' },
    );
  expect(report(stories).slice(-2)).toEqual([
    'FAILED  8 of 8 not as before',
    '  accept  sprite-check regress --accept --reason "why it moved"',
  ]);
  expect(report([...stories, missed]).slice(-2)).toEqual([
    'FAILED  9 of 9 not as before',
    '  1 of these cannot be accepted: MISSED; repair them first',
  ]);
  const accepted = report(stories, { kind: 'written', files: 3, removed: [] });
  expect(accepted.at(-1)).toMatch(/^accepted: 8 of 8 not as before; 3 files changed, /);
  expect(accepted.join('\n')).not.toContain('FAILED');
  const held: Row = { ...row, id: 'held', holds: true };
  const open: Row = { ...row, id: 'open', verdict: 'undecided' };
  expect(report([row, held, open])).toEqual([
    expect.stringContaining(row.id),
    `          before  ${row.before}`,
    `          now     ${row.now}`,
    `          why     ${row.why}`,
    `          next    ${row.next}`,
    '',
    '1 of 3 stored stories as stored, 1 undecided',
    'interrupted: 2 of 3 decided, 1 of them not as before; 1 undecided',
  ]);
});
