// `explain` as people run it, from `dist/`, on stored stories.

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from '@jest/globals';
import { explainedSchema } from '../../analysis/explain/document.ts';
import { createCommandServer, type Ran } from '../support/program.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sprite-check-explain-'));
const leak = join(root, 'traces', 'faults', 'A3-use-counts-sum-clients.trace.json');
const circle = join(root, 'traces', 'faults', 'R12-no-cycle-of-waiting.trace.json');
const walkthrough = join(root, 'traces', 'walkthroughs', 'shared-offset.trace.json');
const server = createCommandServer(folder);
const SLOW = 30_000;

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

describe('explain', () => {
  test(
    'prints each part in its order: exit 0, nothing written',
    async () => {
      const { code: status, out, err } = await run(leak, '--fewest-faults');
      const titles = [
        'The last 5 of ',
        'Reference ledger: ',
        'Counts that differ from their owners',
        'Step at fault: ',
        'What the property claims',
        'Point of no return',
        'Leave out any one step',
        'Kinds of choice',
        'Order that is needed across hosts',
        'Fewest faults',
      ];
      const places = titles.map((title) => out.indexOf(`\n${title}`));
      expect(places).toEqual(places.toSorted((a, b) => a - b));
      expect(Math.min(...places)).toBeGreaterThan(0);
      expect(out).not.toContain('Circle of waiting');
      expect({ status, err, written: readdirSync(folder) }).toEqual({
        status: 0,
        err: '',
        written: [],
      });
    },
    SLOW,
  );

  test(
    'prints one document, twice the same, that its schema accepts',
    async () => {
      const [first, second] = [await run(leak, '--json'), await run(leak, '--json')];
      expect(second.out).toBe(first.out);
      const document = explainedSchema.parse(JSON.parse(first.out));
      expect(document).toMatchObject({ variant: 'A3', exitCode: 0 });
      expect(document.fewestFaults).toBeUndefined();
      expect(document.ledger?.culprit?.action).toBe('failed');
    },
    SLOW,
  );

  test('the ledger names the unmatched entry of the owner that is gone', async () => {
    const { out } = await run(leak);
    // The server counts p's use of f in step 3, q's in step 5; it gives p's host up.
    expect(out).toContain('the +1 of step 3 lacks its -1: entry f for A is gone since step 8');
    expect(out).not.toContain('the +1 of step 5 lacks');
  });

  test('the certificate in a file is not trusted', async () => {
    const file = join(folder, 'longer.json');
    // p takes its reply before its host crashes: the same last world, one step more.
    const taken = '    { "at": "thread p", "action": "replyTaken", "params": {} },\n';
    writeFileSync(file, readFileSync(leak, 'utf8').replace(/^.*"crashes", .*$/m, `${taken}$&`));
    const { code: status, out } = await run(file);
    const replayed = await sprite('replay', file);
    rmSync(file);
    expect(out).toContain('9 steps, not the shortest: 8 are enough');
    expect(replayed.out).toContain('its file says shortest on A3, not checked here');
    expect(replayed.out).not.toContain('shortest, proven');
    expect({ explained: status, replayed: replayed.code }).toEqual({ explained: 0, replayed: 0 });
    expect((await run(leak)).out).toContain('8 steps, shortest, proven');
    expect((await run(leak, '--max-states', '2')).out).toContain(
      'not known to be shortest (within 7 states none has fewer than 1; its file says shortest)',
    );
  });

  test('a deadlock has a circle, and no step at fault in the ledger', async () => {
    const { out } = await run(circle);
    expect(out).toContain('\nCircle of waiting\n');
    expect(out).not.toContain('Step at fault');
  });

  test('reports what it cannot decide within a bound', async () => {
    const { out } = await run(leak, '--max-states', '2', '--fewest-faults');
    expect(out).toContain('is not known within');
    expect(out).toMatch(/Fewest faults\n  not known within \d/);
  });

  test('a story that no longer fails: exit 20, in text and as a document', async () => {
    const { code: status, out } = await run(leak, '--kernel', 'sprite');
    expect(status).toBe(20);
    expect(out).toContain('nothing to explain: on kernel sprite this trace does not violate');
    const { failsNoMore, exitCode } = JSON.parse(
      (await run(leak, '--kernel', 'sprite', '--json')).out,
    ) as {
      readonly [field: string]: unknown;
    };
    expect({ failsNoMore: typeof failsNoMore, exitCode }).toEqual({
      failsNoMore: 'string',
      exitCode: 20,
    });
  });

  test('a story of a kernel that is not shipped, on one that is', async () => {
    const file = join(folder, 'mine.trace.json');
    const text = readFileSync(leak, 'utf8');
    writeFileSync(file, text.replace('"variant": "A3"', '"variant": "mine"'));
    const [mine, shipped] = [await run(file, '--kernel', 'A3'), await run(leak)];
    const without = await run(file);
    const replayed = await sprite('replay', file, '--kernel', 'A3');
    const elsewhere = await run(file, '--kernel', 'sprite');
    rmSync(file);
    expect(mine).toEqual({
      ...shipped,
      out: shipped.out.replace('kernel A3', '$& (found on mine)'),
    });
    expect(replayed.code).toBe(0);
    expect(replayed.out).toContain('kernel A3 (found on mine)');
    expect(elsewhere.code).toBe(20);
    expect(without.code).toBe(1);
    expect(without.err).toMatch(/mine\.trace\.json:\d+: expected a kernel, found "mine"/);
  });

  test.each([
    ['a story that violates nothing', walkthrough, [], 'found one that violates none'],
    ['no file', 'nowhere.json', [], 'nowhere.json: no such file'],
    ['no such kernel', leak, ['--kernel', 'A33'], 'expected a kernel, found "A33"'],
    ['no number', leak, ['--max-states', '0'], "'--max-states <n>' argument '0' is invalid"],
  ])('%s is bad input: one line, exit 1', async (_, file, args, expected) => {
    const { code: status, out, err } = await run(file, ...args);
    expect(err).toContain(expected);
    expect({ status, out, lines: err.trimEnd().split('\n').length }).toEqual({
      status: 1,
      out: '',
      lines: 1,
    });
  });

  test('a story cut off in the middle is bad input', async () => {
    const file = join(folder, 'bad.json');
    writeFileSync(file, readFileSync(leak, 'utf8').slice(0, 400));
    const { code: status, err } = await run(file);
    rmSync(file);
    expect({ status, isPlaced: /bad\.json:\d+: expected/.test(err) }).toEqual({
      status: 1,
      isPlaced: true,
    });
  });
});

function run(...args: readonly string[]): Promise<Ran> {
  return server.run(['explain', ...args]);
}

function sprite(...args: readonly string[]): Promise<Ran> {
  return server.run(args);
}
