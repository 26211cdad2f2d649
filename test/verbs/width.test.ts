// What every verb prints fits the terminal: no line of standard output or standard error is wider
// than COLUMNS, a command or a path apart, which is copied whole.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { displayWidth } from '../../checker/text/tables.ts';
import { createCommandServer } from '../support/program.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sprite-check-width-'));
const server = createCommandServer(folder);
const SLOW = 60_000;

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const fault = (name: string): string => join(root, 'traces', 'faults', `${name}.trace.json`);
const manyHosts = fault('A39-no-cycle-of-waiting');
const counts = fault('R1-use-counts-sum-clients');
const walkthrough = join(root, 'traces', 'walkthroughs', 'double-migration.trace.json');
const lease = join(root, 'examples', 'lease', 'lease.mjs');

/** Every verb at 80; at 120 those whose tables change with the width. */
const changesWithWidth = /^(check double|explain|replay|list double)/;

const commands: readonly string[] = [
  'check two-closers office --runs 5',
  'check double-migration --kernel R1',
  `check --spec ${lease}`,
  'explore two-closers --property one-offset',
  `replay ${counts}`,
  `replay ${manyHosts} --kernel sprite --rebase 1`,
  `explain ${counts} --fewest-faults`,
  `shrink ${counts}`,
  'diff sprite R12',
  'regress two-closers --all',
  'mutants missing-memory',
  `cost ${walkthrough}`,
  'cost --pages 50 --blocks 20 --files 4',
  `replay ${counts} --at 15`,
  'list',
  'list sprite-1992',
  'list double-migration',
  'list unlinked-lives-until-unused',
  'list --search close-reopen',
  'check two-closers --verbose --coverage',
];

describe.each(['80', '120'])('in %s columns', (columns) => {
  test.each(commands.filter((command) => columns === '80' || changesWithWidth.test(command)))(
    '%s',
    async (command) => {
      const { out, err } = await server.run(command.split(' '), columns);
      expect(out + err).not.toBe('');
      const wide = `${out}${err}`
        .split('\n')
        .filter((line) => displayWidth(line) > Number(columns) && !isWhole(line));
      expect(wide).toEqual([]);
    },
    SLOW,
  );
});

/** One path, or one command with the word before it that says what for. */
function isWhole(line: string): boolean {
  const text = line.trim();
  return /^([a-z]+ +)?\S+$/.test(text) || /^([a-z]+ +)?"?(npx )?sprite-check /.test(text);
}
