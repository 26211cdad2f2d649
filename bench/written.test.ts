// What a run of the bench leaves behind, wherever it is interrupted.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { createWritten } from './written.ts';

const folder = mkdtempSync(join(tmpdir(), 'sprite-check-written-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const [json, page] = [join(folder, 'out', 'bench.json'), join(folder, 'performance.md')];
const around = (figures: string): string =>
  `# Performance\n\nHow.\n\n<!-- figures: written by npm run bench -->\n${figures}<!-- end of figures -->\n\n## After\n`;
const run = { run: { node: 'v20' }, head: 'Taken today.' };

test('the page has each measured section, and names the others', () => {
  writeFileSync(page, around('\nold figures\n'));
  const written = createWritten(run, { json, page });
  written.add('Shrinking', { shrinking: [1] }, 'short');
  const missing =
    'Not measured in this run, or not yet: MiniMig, The Sprite model, Finding faults at random.';
  expect(readFileSync(page, 'utf8')).toBe(
    around(`\nTaken today.\n\n${missing}\n\n## Shrinking\n\nshort\n`),
  );
  written.add('MiniMig', { minimig: [2], spin: undefined }, 'fast');
  expect(readFileSync(page, 'utf8')).toContain(
    '\n\n## MiniMig\n\nfast\n\n## Shrinking\n\nshort\n<!--',
  );
  expect(JSON.parse(readFileSync(json, 'utf8'))).toEqual({
    node: 'v20',
    shrinking: [1],
    minimig: [2],
  });
  written.add('The Sprite model', { sprite: 3 }, 'sure');
  written.add('Finding faults at random', { findings: 4 }, 'found');
  expect(readFileSync(page, 'utf8')).toBe(around(`\n${written.text()}\n`));
  expect(written.text()).not.toContain('Not measured');
  expect([readdirSync(folder), readdirSync(join(folder, 'out'))]).toEqual([
    ['out', 'performance.md'],
    ['bench.json'],
  ]);
});

test('a quick run leaves the page alone', () => {
  writeFileSync(page, 'mine');
  createWritten(run, { json }).add('MiniMig', {}, 'fast');
  expect(readFileSync(page, 'utf8')).toBe('mine');
});
