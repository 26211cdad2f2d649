// Kernels compared: what the page says is so, and is what writing every run out gives; and the
// command line, also against a revision, in a repository of its own.

import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, jest, test } from '@jest/globals';
import { diff, type Side } from '../../checker/compare/diff.ts';
import { naiveDiff } from '../oracles/diff.ts';
import { kernels } from '../../model/kernels/all.ts';
import { instanceIn } from '../../analysis/specification/instance.ts';
import { watcherOf } from '../../model/observed.ts';
import { loadedSprite } from '../../testing/sprite.ts';
import { createCommandServer } from '../support/program.ts';
import { namedScenario } from '../support/worlds.ts';

jest.setTimeout(60_000);

const root = fileURLToPath(new URL('../..', import.meta.url));
const page = readFileSync(join(root, 'docs', 'reference', 'diffs.md'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'sprite-check-diff-'));
const server = createCommandServer(folder);

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

function sideOf(kernel: string, scenario: string): Side {
  const { system } = instanceIn(loadedSprite, { variant: kernel, scenario, properties: [] });
  return { system, observer: watcherOf(namedScenario(scenario)) };
}

/** Rows of the page's table of observed differences: kernel, scenario, steps. */
const rows = [...page.matchAll(/^\| \[([\w-]+)\]\([^)]*\) \| `([\w-]+)` +\| (\d+) \|/gm)].map(
  ([, kernel = '', scenario = '', steps = '']) => ({ kernel, scenario, steps: Number(steps) }),
);

describe('the page of differences', () => {
  test('names every shipped kernel once', () => {
    const named = [...page.matchAll(/^(?:\||-) \[([\w-]+)\]/gm)].map(([, kernel = '']) => kernel);
    const shipped = kernels.map(({ id }) => id).filter((id) => id !== 'sprite');
    expect(named.toSorted()).toEqual(shipped.toSorted());
  });

  const small = ['A37', 'A49', 'R65', 'P-two-copies', 'P-lost-wake-up'];
  test.each(rows.filter(({ kernel }) => small.includes(kernel)))(
    '$kernel: $steps steps in $scenario, and writing every run out finds none shorter',
    ({ kernel, scenario, steps }) => {
      const sides = [sideOf('sprite', scenario), sideOf(kernel, scenario)] as const;
      const found = diff(...sides);
      expect(found).toMatchObject({ kind: 'different' });
      expect(found.kind === 'different' && found.difference.steps.length).toBe(steps);
      expect(naiveDiff(...sides, steps)).toBe(steps);
    },
  );

  test.each(
    rows.filter(({ kernel }) => ['R6', 'R12', 'R14', 'N4', 'missing-memory'].includes(kernel)),
  )('$kernel: $steps steps in $scenario', ({ kernel, scenario, steps }) => {
    const found = diff(sideOf('sprite', scenario), sideOf(kernel, scenario));
    expect(found.kind === 'different' && found.difference.steps.length).toBe(steps);
  });
});

test.each(['exit-away-from-home', 'eviction', 'memory-travels'])(
  'in %s the repaired kernel is equivalent to itself',
  (scenario) => {
    expect(diff(sideOf('sprite', scenario), sideOf('sprite', scenario)).kind).toBe('equivalent');
  },
);

describe('the command line', () => {
  test('prints a difference side by side, exits 20, and stores a story that replays', async () => {
    const { code, out } = await server.run([
      'diff',
      'sprite',
      'A37',
      '--out',
      join(folder, 'a.trace.json'),
    ]);
    expect(code).toBe(20);
    expect(out).toMatch(/^sprite and A37 are different: \d+ steps in [\w-]+, shortest, proven\n/);
    expect(out).toMatch(/^A37: .*\n[^]*^sprite: never; instead /m);
    expect(await server.run(['replay', join(folder, 'a.trace.json')])).toMatchObject({ code: 0 });
  });

  test('reports equivalent scenarios and unknown ones', async () => {
    const where = ['--scenario', 'exit-away-from-home'];
    expect(await server.run(['diff', 'sprite', 'R6', ...where])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^sprite and R6 are equivalent in this scenario, proven\n/),
    });
    const bounded = await server.run([
      'diff',
      'sprite',
      'R6',
      ...where,
      '--max-states',
      '9',
      '--strict',
    ]);
    expect(bounded).toMatchObject({ code: 2, out: expect.stringMatching(/^unknown: /) });
  });

  test.each([
    [
      ['diff', 'sprite'],
      'diff compares two kernels; give two names, or one and --against REVISION',
    ],
    [['diff', 'sprite', 'R6x'], 'expected a kernel, found "R6x"'],
    [['diff', 'sprite', 'R6', '--against', 'HEAD'], '--against takes one kernel, found two'],
  ])('%j is bad input', async (args, expected) => {
    const { code, err } = await server.run(args);
    expect({ code, lines: err.trimEnd().split('\n').length }).toEqual({ code: 1, lines: 1 });
    expect(err).toContain(expected);
  });
});

describe('against a revision', () => {
  const copy = join(folder, 'copy');
  const main = join(copy, 'dist', 'cli', 'main.js');
  const all = join(copy, 'model', 'kernels', 'all.ts');
  const asked = join(copy, 'model', 'scenarios', 'streams.ts');
  const spoken = join(copy, 'sprite', 'specification.ts');
  const settings = ['user.name=tester', 'user.email=tester@example.org', 'commit.gpgSign=false'];
  const who = settings.flatMap((setting) => ['-c', setting]);
  const args = ['diff', 'sprite', '--scenario', 'read-during-transfer', '--against'];

  test('it is refused in one line, or its kernels are compared', () => {
    for (const part of ['dist', 'model', 'sprite', 'package.json']) {
      cpSync(join(root, part), join(copy, part), { recursive: true });
    }
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    const before = new Set(readdirSync(tmpdir()));
    const sources = readFileSync(all, 'utf8');

    expect(refusal('HEAD')).toContain('cannot compare with a revision: this is no git repository');
    git('init', '--quiet');
    commit('as it is');
    expect(refusal('nowhere')).toContain('expected a revision that git knows, found "nowhere"');
    expect(refusal('--help')).toContain('expected a revision that git knows, found "--help"');
    expect(runCopy('HEAD')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^the model is the same program in [0-9a-f]{7} and /),
    });

    writeFileSync(spoken, `${readFileSync(spoken, 'utf8')}\nexport const mine = 1;\n`);
    commit('a sentence and a property are no part of what is compared');
    git('checkout', '--quiet', 'HEAD~1', '--', 'sprite');
    expect(runCopy('HEAD').out).toMatch(/^the model is the same program in /);

    git('rm', '--quiet', '--cached', '-r', 'sprite');
    git(...who, 'commit', '--quiet', '--no-verify', '-m', 'before there was a specification');
    expect(runCopy('HEAD')).toMatchObject({
      code: 0,
      out: expect.stringMatching(
        /^sprite in [0-9a-f]{7} and sprite in the working tree are equivalent /,
      ),
    });

    writeFileSync(all, sources.replace('kernel: sprite,', `kernel: ${withR6},`));
    commit('R6 put back');
    writeFileSync(all, sources);
    const { code, out } = runCopy('HEAD');
    expect(code).toBe(20);
    expect(out).toMatch(/^sprite in [0-9a-f]{7} and sprite in the working tree are different: /);
    expect(out).toMatch(/^sprite in [0-9a-f]{7}: q reads 0: /m);
    expect(runCopy('HEAD~1').code).toBe(0);

    const scenario = readFileSync(asked, 'utf8');
    writeFileSync(asked, scenario.replaceAll(/title: (['"`])/g, 'title: $1It was: '));
    commit('another scenario');
    writeFileSync(asked, scenario);
    const changed = runMain(main, folder, [...args, 'HEAD', '--strict']);
    expect(changed).toMatchObject({
      code: 2,
      out: expect.stringMatching(/^unknown: no difference between .* in 0 scenarios/m),
    });
    expect(changed.out).toContain('\n  not compared in: read-during-transfer\n');

    writeFileSync(all, 'export const kernels = [');
    commit('broken');
    writeFileSync(all, sources);
    expect(refusal('HEAD')).toContain('expected a model that can be built, found in HEAD');
    expect(git('status', '--porcelain', '--', 'model')).toBe(' M model/kernels/all.ts\n');
    const left = readdirSync(tmpdir()).filter((name) => !before.has(name));
    expect(left.filter((name) => name.startsWith('sprite-check-revision-'))).toEqual([]);
  });

  const withR6 = "recorded.find(({ id }) => id === 'R6')?.kernel ?? sprite";

  function runCopy(revision: string): Ran {
    return runMain(main, folder, [...args, revision]);
  }

  function refusal(revision: string): string {
    const { code, err, out } = runMain(main, folder, [
      ...args.slice(0, -1),
      `--against=${revision}`,
    ]);
    expect({ code, out, lines: err.trimEnd().split('\n').length }).toEqual({
      code: 1,
      out: '',
      lines: 1,
    });
    return err;
  }

  function commit(message: string): void {
    git('add', 'model', 'sprite', 'package.json');
    git(...who, 'commit', '--quiet', '--no-verify', '-m', message);
  }

  function git(...words: readonly string[]): string {
    const { status, stdout, stderr } = spawnSync('git', ['-C', copy, ...words], {
      encoding: 'utf8',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return stdout;
  }
});

type Ran = { readonly code: number | null; readonly out: string; readonly err: string };

function runMain(main: string, cwd: string, args: readonly string[]): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    cwd,
    env: { ...process.env, COLUMNS: '200' },
    encoding: 'utf8',
  });
  return { code: status, out: stdout, err: stderr };
}
