// The examples of `--help` can be run one after the other, those apart that take minutes.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { commandExamples } from '../../cli/examples.ts';
import { createCommandServer } from '../support/program.ts';

const folder = mkdtempSync(join(tmpdir(), 'sprite-check-examples-'));
const server = createCommandServer(folder);
const SLOW = 120_000;

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A violation, and a story that does not end as stored, are what some of them show. */
const CODES = [0, 12, 20];

/** npm test runs every third, `npm run test:long` all. */
const all = process.env['SPRITE_CHECK_LONG'] !== undefined;

const cheap = Object.values(commandExamples)
  .flat()
  .filter(({ isLong }) => isLong !== true)
  .map(({ command }) => command)
  .filter((_, index) => all || index % 3 === 0);

test.each(cheap)(
  'sprite-check %s',
  async (command) => {
    // A text in quotation marks is one word.
    const words = command.match(/"[^"]*"|\S+/g) ?? [];
    const args = words.map((word) => word.replaceAll('"', ''));
    const { code, err } = await server.run(args);
    expect(err).not.toMatch(/^sprite-check: /m);
    expect(CODES).toContain(code);
  },
  SLOW,
);
