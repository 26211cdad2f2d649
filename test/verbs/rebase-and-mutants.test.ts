// `replay --rebase` and `mutants`, as people run them: `dist/cli/main.js`, in a folder of its own.

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { createCommandServer, type Ran } from '../support/program.ts';
import { summed, type FaultRow } from '../../analysis/mutants/fault-matrix.ts';

const story = fileURLToPath(
  new URL('../../traces/faults/R44-unlinked-lives-until-unused.trace.json', import.meta.url),
);
const folder = mkdtempSync(join(tmpdir(), 'sprite-check-rebased-'));
const server = createCommandServer(folder);
const SLOW = 60_000;

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('replay --rebase', () => {
  const edited = join(folder, 'edited.trace.json');
  const lines = readFileSync(story, 'utf8').split('\n');
  const first = lines.indexOf('  "steps": [') + 1;
  writeFileSync(edited, lines.toSpliced(first + 1, 1).join('\n'));

  test(
    'offers the story that violates the same, and writes it to the given folder',
    async () => {
      const offered = await run('replay', 'edited.trace.json', '--rebase');
      expect(offered.code).toBe(20);
      expect(offered.out).toContain('rebased: with 1 edit the story violates the same property');
      expect(offered.out).toMatch(/\n {2}\+ +\d+ {2}\w+ /);
      expect(existsSync(join(folder, 'out'))).toBe(false);

      const written = await run('replay', 'edited.trace.json', '--rebase', '2', '--out', 'out');
      expect(written.out).toContain('written to out/edited.trace.json');
      expect(await run('replay', 'out/edited.trace.json')).toMatchObject({ code: 0 });
    },
    SLOW,
  );

  test(
    'reports its bound if there is no such story',
    async () => {
      const { code, out } = await run('replay', 'edited.trace.json', '--rebase', '0', '--json');
      expect(code).toBe(20);
      expect(JSON.parse(out)).toMatchObject({
        kind: 'stale',
        rebased: { kind: 'none', edits: 0, ending: 'complete' },
      });
      const fixed = await run('replay', story, '--kernel', 'sprite', '--rebase', '1');
      expect(fixed.code).toBe(20);
      expect(fixed.out).toContain('not rebased: no run within 1 edit of it violates the property');
    },
    SLOW,
  );
});

describe('mutants', () => {
  test(
    'names the properties that catch each fault, and marks the expected ones',
    async () => {
      const { code, out } = await run('mutants', 'R44', 'R12', '--json');
      expect(code).toBe(0);
      const { faults } = JSON.parse(out) as { faults: readonly FaultRow[] };
      expect(faults.map(({ fault }) => fault).toSorted()).toEqual(['R12', 'R44']);
      for (const { kills, closed } of faults) {
        expect(closed).toBe(true);
        expect(kills.some(({ expected }) => expected)).toBe(true);
      }
    },
    SLOW,
  );

  test.each([
    [
      'sprite',
      'sprite-check: "sprite" is not a fault: no property is expected to catch it; "sprite-check list faults" names all faults',
    ],
    ['R4x', 'expected a kernel, found "R4x"'],
  ])(
    '%s is no fault',
    async (name, why) => {
      const { code, out, err } = await run('mutants', name);
      expect({ code, out }).toEqual({ code: 1, out: '' });
      expect(err).toContain(why);
    },
    SLOW,
  );

  test('a fault that a bound hides is not decided', async () => {
    const { code, out } = await run('mutants', 'R12', '--max-states', '10', '--quiet');
    expect(code).toBe(2);
    expect(out).toContain('NOT CAUGHT WITHIN --max-states: R12');
    expect(out).not.toContain('CAUGHT BY NONE');
  });

  test('names a smallest set, properties that catch no fault alone, and faults that only one catches', () => {
    const matrix = summed(
      ['a', 'b', 'c', 'd'],
      [
        faultRow('X', 'a', 'b'),
        faultRow('Y', 'b', 'c'),
        faultRow('Z', 'c'),
        faultRow('none'),
        { ...faultRow('large'), closed: false },
      ],
    );
    expect(matrix).toMatchObject({
      smallest: ['a', 'c'],
      nothingAlone: [
        { property: 'a', faults: 1 },
        { property: 'b', faults: 2 },
        { property: 'd', faults: 0 },
      ],
      caughtByOne: [{ fault: 'Z', property: 'c' }],
      caughtByNone: ['none'],
      undecided: ['large'],
    });
  });
});

function faultRow(name: string, ...properties: readonly string[]): FaultRow {
  const kills = properties.map((property) => ({ property, steps: 1, expected: true }));
  return { fault: name, title: '', scenario: '', states: 1, closed: true, kills, missedBy: [] };
}

function run(...args: readonly string[]): Promise<Ran> {
  return server.run(args);
}
