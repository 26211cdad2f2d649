// No verb replaces what the project stores, wherever `--out` points; only `--accept` does.

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { createCommandServer } from '../support/program.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const story = 'traces/faults/R1-use-counts-sum-clients.trace.json';
const pins = 'traces/explore.baseline.json';
const SLOW = 30_000;
const server = createCommandServer(root);

afterAll(() => server.close());

describe('a stored file stays', () => {
  test.each([
    ['export', [story, '--to', 'dot', '--out', pins], pins],
    ['export', [story, '--to', 'dot', '--out', 'traces/README.md'], 'traces/README.md'],
    ['diff', ['sprite', 'R1', '--scenario', 'double-migration', '--out', story], story],
    ['check', ['double-migration', '--kernel', 'R1', '--out', 'traces/faults'], story],
    ['shrink', [story, '--out', 'traces/faults'], story],
    ['replay', [story, '--kernel', 'sprite', '--rebase', '--out', 'traces/faults'], story],
  ])(
    '%s %j',
    async (verb, args, file) => {
      const before = readFileSync(join(root, file), 'utf8');
      const { code, out, err } = await server.run([verb, ...args]);
      const after = readFileSync(join(root, file), 'utf8');
      // Not to spoil the tree that is tested.
      if (after !== before) writeFileSync(join(root, file), before);
      expect(after === before).toBe(true);
      expect({ code, out, lines: err.trimEnd().split('\n').length }).toEqual({
        code: 1,
        out: '',
        lines: 1,
      });
      expect(err).toBe(
        `cannot write ${file}: traces/ is changed only by "regress --accept"; give another file\n`,
      );
    },
    SLOW,
  );
});
