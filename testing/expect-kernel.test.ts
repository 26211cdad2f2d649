// What a team writes in its own tests, with a kernel that is not shipped.

import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from '@jest/globals';
import { expectKernel, KernelAssertionError, type ExpectOptions } from './expect-kernel.ts';
import {
  kernels,
  partWith,
  sprite,
  worldOf,
  type Kernel,
  type Property,
  type Scenario,
} from './library.ts';

const folder = mkdtempSync(join(tmpdir(), 'sprite-check-testing-'));
const property = 'requester-is-woken';
const scenario = 'exit-races-request';

const silent: Kernel = {
  ...sprite,
  source: partWith(sprite.source, { actions: { wakeRequesterOnExit: () => undefined } }),
};

/** p opens f and closes it, on one host. */
const alone: Scenario = {
  name: 'alone',
  title: 'p opens a file and closes it',
  hosts: ['A'],
  files: ['f'],
  descriptors: 1,
  processes: [
    {
      name: 'p',
      home: 'A',
      program: {
        script: [
          { call: 'open', file: 'f', mode: 'read', descriptor: 0 },
          { call: 'close', descriptor: 0 },
        ],
      },
    },
  ],
};

/** No process ever has f open: wrong, and easy to refute. */
const neverOpen: Property<Scenario> = {
  id: 'never-open',
  statement: 'No host uses the file.',
  kind: 'always',
  quiescence: 'every state',
  sources: {
    paper: 'none',
    kernel: 'none',
  },
  catches: [],
  claims: ({ files, hosts }) =>
    files.flatMap((file) =>
      hosts.map((host) => (look) => {
        const { references } = worldOf(look).handle(file, host);
        return references === 0
          ? undefined
          : { subject: `file ${file}`, expected: 'not in use', found: `${references} references` };
      }),
    ),
  witness: { statement: 'anything', reached: () => () => true },
};

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('toHold', () => {
  test('passes if the property holds', async () => {
    await expectKernel(sprite).toHold(property, scenario);
    await expectKernel(sprite).toHold('every-event-is-specified', 'two-closers');
  });

  test('has the counterexample in its error if it does not', async () => {
    const error = await failure(() => expectKernel(silent).toHold(property, scenario));
    expect(error.message).toMatch(/^expected kernel own-kernel to hold .* VIOLATED$/m);
    expect(error.message).toMatch(/^ +1 {2}p opens f to read as 0$/m);
    expect(error.message).toContain('shortest, proven');
    expect(error.message).toContain("{ keepIn: 'stories' }");
    expect(error.trace?.steps.length).toBeGreaterThan(2);
  });

  test('accepts your own scenario and property', async () => {
    const error = await failure(() => expectKernel(sprite).toHold(neverOpen, alone));
    expect(error.message).toContain('file f: expected not in use, found 1 references');
  });

  test('does not pass if the space does not close', async () => {
    const few: ExpectOptions = { maxStates: 20 };
    const error = await failure(() => expectKernel(sprite).toHold('one-offset', scenario, few));
    expect(error.message).toMatch(/UNKNOWN: bounded at \d+ states.*\n.*\nraise maxStates/);
    const holds = expectKernel(sprite).toHold(property, scenario, { maxStates: 90 });
    await expect(holds).rejects.toThrow(/UNKNOWN: bounded at \d+ states/);
  });

  test('refuses an unknown option', async () => {
    const misspelled = { maxState: 10 } as ExpectOptions;
    const error = expectKernel(sprite).toHold('one-offset', scenario, misspelled);
    await expect(error).rejects.toThrow(
      'no option is called "maxState" (did you mean "maxStates"?)',
    );
  });

  test('passes there if the test asks for no more', async () => {
    const options: ExpectOptions = { maxStates: 90, runs: 50, strength: 'bounded' };
    await expectKernel(sprite).toHold(property, scenario, options);
  });

  test('walks at random beyond the bound, the same way each time', async () => {
    const options: ExpectOptions = { maxStates: 5, runs: 500, seed: 7, strength: 'bounded' };
    const walk = (): Promise<void> => expectKernel(silent).toHold(property, scenario, options);
    const [one, two] = [await failure(walk), await failure(walk)];
    expect(one.trace?.provenance).toMatchObject({ found: 'random', seed: 7 });
    expect(two.message).toBe(one.message);
  });

  test('does not pass if the witness was not reached', async () => {
    const unasked = expectKernel(sprite).toHold('pages-survive', scenario);
    await expect(unasked).rejects.toThrow(/VACUOUS.*\n.*nothing to say about this scenario/);
    const untried = expectKernel(sprite).toHold('one-offset', 'two-closers');
    await expect(untried).rejects.toThrow(/VACUOUS.*\nnever reached: /);
  });

  test('refuses an unknown name, and suggests the nearest', async () => {
    const misspelled = expectKernel(sprite).toHold('one-ofset', scenario);
    await expect(misspelled).rejects.toThrow('did you mean "one-offset"?');
  });
});

describe('toBeCaughtBy', () => {
  test('passes if a story violates the property', async () => {
    await expectKernel(silent).toBeCaughtBy(property, scenario);
  });

  test('fails if no story violates it', async () => {
    const missed = expectKernel(sprite).toBeCaughtBy(property, scenario);
    await expect(missed).rejects.toThrow(/it holds, PROVEN in \d+ states/);
    const unknown = expectKernel(sprite).toBeCaughtBy(property, scenario, { maxStates: 90 });
    await expect(unknown).rejects.toThrow(/UNKNOWN: bounded/);
  });
});

describe('a story that is kept', () => {
  const file = join(folder, `silent-${scenario}-${property}.trace.json`);

  test('is a file that holds on the repaired kernel and fails on the other', async () => {
    const kernel = expectKernel(silent, { name: 'silent' });
    const error = await failure(() => kernel.toHold(property, scenario, { keepIn: folder }));
    expect(readdirSync(folder)).toEqual([`silent-${scenario}-${property}.trace.json`]);
    expect(error.message).toContain(`toSurvive('${file}')`);
    expect(error.message).not.toContain('npx');
    await expectKernel(sprite).toSurvive(file);
    await expect(kernel.toSurvive(file)).rejects.toThrow(/to survive .* is VIOLATED/);
  });

  test('of a shipped kernel can be replayed on the command line', async () => {
    const shipped = kernels.find(({ id }) => id === 'A37')?.kernel ?? sprite;
    const held = expectKernel(shipped).toHold('home-knows-location', 'requested-twice', {
      keepIn: folder,
    });
    const kept = join(folder, 'A37-requested-twice-home-knows-location.trace.json');
    await expect(held).rejects.toThrow(`npx sprite-check replay ${kept}`);
    expect(existsSync(kept)).toBe(true);
  });

  test.each<[string, string, RegExp]>([
    [
      'an action',
      '"action": "exit"',
      /stale at step \d+ because thread p has no "exitt" \(did you/,
    ],
    ['a cell', '"at": "thread p"', /stale at step \d+ because no cell is called "thread pp" \(did/],
  ])('that names %s which is there no more is stale', async (_, named, expected) => {
    const kept = readFileSync(file, 'utf8');
    expect(kept).toContain(named);
    const stale = join(folder, 'stale.trace.json');
    writeFileSync(stale, kept.replaceAll(named, named.replace(/(.)"$/, '$1$1"')));
    await expect(expectKernel(sprite).toSurvive(stale)).rejects.toThrow(expected);
  });

  test('with an unknown start is stale', async () => {
    const kept = readFileSync(file, 'utf8');
    const stale = join(folder, 'begun.trace.json');
    writeFileSync(stale, kept.replace(/^ {2}"verdict"/m, '  "start": "dawn",\n$&'));
    await expect(expectKernel(sprite).toSurvive(stale)).rejects.toThrow(
      /stale because .* has one way to begin, and the story begins in "dawn"/,
    );
  });

  test('of a scenario that has other bounds now is stale', async () => {
    const kept = readFileSync(file, 'utf8');
    const other = join(folder, 'other-bounds.trace.json');
    const survive = expectKernel(sprite).toSurvive;
    writeFileSync(other, kept.replace(/"hosts": \d+/, '"hosts": 7'));
    await expect(survive(other)).rejects.toThrow(
      /stale because its file says hosts 7, exit-races-request has \d$/m,
    );
    writeFileSync(other, kept.replace(/"hosts": \d+/, '"disks\\u001b": 7'));
    await expect(survive(other)).rejects.toThrow(
      'stale because its file says disks\\u001b 7, exit-races-request has none',
    );
    // The given scenario is compared with the file, not the shipped one of its name.
    await expect(survive(file, { scenario: alone })).rejects.toThrow(
      /stale because its file says hosts \d, alone has 1$/m,
    );
  });

  test('of a property that claims nothing there tests nothing', async () => {
    const idle = join(folder, 'idle.trace.json');
    const kept = readFileSync(file, 'utf8');
    writeFileSync(idle, kept.replace(`"property": "${property}"`, '"property": "pages-survive"'));
    await expect(expectKernel(sprite).toSurvive(idle)).rejects.toThrow(
      /pages-survive has nothing to say about exit-races-request\n.*tests nothing/,
    );
  });

  test('is read as hostile', async () => {
    const bad = join(folder, 'bad.trace.json');
    writeFileSync(bad, '{"__proto__": 1}');
    await expect(expectKernel(sprite).toSurvive(bad)).rejects.toThrow(
      /bad\.trace\.json:1: expected/,
    );
    await expect(expectKernel(sprite).toSurvive('nowhere')).rejects.toThrow(
      /nowhere: no such file/,
    );
    const other = readFileSync('traces/faults/R1-use-counts-sum-clients.trace.json', 'utf8');
    writeFileSync(bad, other.replace('"at": "thread', '"at": "thraed'));
    await expect(expectKernel(sprite).toSurvive(bad)).rejects.toThrow(
      /no cell is called "thraed (.)" \(did you mean "thread \1"\?\)/,
    );
  });
});

async function failure(expectation: () => Promise<void>): Promise<KernelAssertionError> {
  try {
    await expectation();
  } catch (error) {
    if (error instanceof KernelAssertionError) return error;
    throw error;
  }
  throw new Error('nothing failed');
}
