// Times are read off a run and change nothing in it; every event has a price; the sums over the
// model's own migrations are compared with the paper's numbers.

import { spawnSync, type SpawnSyncReturns } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { canonical } from '../../checker/text/canonical-json.ts';
import { createPrng } from '../../checker/random/prng.ts';
import { stepOf, type Step } from '../../checker/specification/protocol.ts';
import { runSteps } from '../../checker/stories/strict-replay.ts';
import { enabledIn } from '../../checker/engine/enabled.ts';
import { createSystem, type System } from '../../checker/engine/system.ts';
import { printTrace, TRACE_FORMAT, TRACE_VERSION } from '../../checker/stories/trace-format.ts';
import {
  costOfCase,
  growthOf,
  runCase,
  timeToMigrate,
  type CaseRun,
} from '../../maintenance/docs/cost-grid.ts';
import { fileCases, transferRows } from '../../maintenance/docs/transfer-table.ts';
import { instanceIn } from '../../analysis/specification/instance.ts';
import { stepDeliveries } from '../../analysis/stories/step-deliveries.ts';
import { boot } from '../../model/boot.ts';
import { sprite } from '../../model/kernel.ts';
import { kernels } from '../../model/kernels/all.ts';
import { scenarios } from '../../model/scenarios/all.ts';
import { office } from '../../model/scenarios/general.ts';
import type { Prices } from '../../model/timing/charge.ts';
import { costs } from '../../model/timing/costs.ts';
import { examples, grid, type Case } from '../../model/timing/grid.ts';
import { leastSquares } from '../../model/timing/least-squares.ts';
import {
  explainedPrices,
  fullPrices,
  pricesOf,
  reportedMs,
  residualMs,
  values,
} from '../../model/timing/parameters.ts';
import { kindOf } from '../../model/vocabulary/ids.ts';
import { loadedSprite } from '../../testing/sprite.ts';
import { costOf, endOf, type RunCost, type StepDeliveries } from '../../model/timing/run-cost.ts';

const SLOW = 60_000;
const STEPS = 120;

type Walk = { readonly system: System; readonly steps: readonly Step[] };

describe('every event has a price', () => {
  const listed = Object.fromEntries(
    Object.entries(costs).map(([kind, types]) => [kind, Object.keys(types).toSorted()]),
  );

  test('and every price belongs to an event that some machine takes', () => {
    expect(listed).toEqual(eventsTaken());
  });

  test('offered events are among them', () => {
    const unknown = scenarios.flatMap((scenario) =>
      walk('sprite', scenario.name, 7).steps.filter(
        ({ at, action }) => listed[kindOf(at)]?.includes(action) !== true,
      ),
    );
    expect(unknown).toEqual([]);
  });
});

describe.each(['two-clients', 'family', 'office', 'memory-travels', 'lost-reply', 'remote-exec'])(
  'any run of %s',
  (scenario) => {
    const walks = [1, 2, 3].map((seed) => walk('sprite', scenario, seed));

    test('is the same run once its times are erased', () => {
      for (const { system, steps } of walks) {
        const run = costOf(stepDeliveries(system, { steps }), { prices: fullPrices });
        expect(run.steps.map(({ deliveries }, index) => erased(deliveries, steps[index]))).toEqual(
          steps,
        );
        // At another price the same steps take place, delivery by delivery.
        const other = costOf(stepDeliveries(system, { steps }), { prices: slowed(1 / 1000) });
        expect(run.steps.map(({ deliveries }) => deliveries)).toEqual(
          other.steps.map(({ deliveries }) => deliveries),
        );
        expect(other.elapsedMs).toBeCloseTo(run.elapsedMs / 1000, 6);
        // And reading them off left nothing behind.
        const fresh = createSystem(system.protocol);
        expect(runSteps(system, [], { steps }).lastWorld).toBe(
          runSteps(fresh, [], { steps }).lastWorld,
        );
      }
    });

    test('keeps every host to one step at a time, and every cell to its order', () => {
      for (const { system, steps } of walks) {
        const run = costOf(stepDeliveries(system, { steps }), { prices: fullPrices });
        for (const { host } of run.hosts) {
          const own = run.steps.filter((step) => step.host === host);
          own.slice(1).forEach((step, index) => {
            expect(step.startMs).toBeGreaterThanOrEqual(endOf(own[index] ?? step));
          });
        }
        for (const cell of ['source p', 'target p', 'service p', 'thread p']) {
          const own = run.steps.filter(({ deliveries }) =>
            deliveries.some((each) => each.cell === cell),
          );
          own.slice(1).forEach((step, index) => {
            expect(step.startMs).toBeGreaterThanOrEqual(endOf(own[index] ?? step));
          });
        }
      }
    });

    test('adds up, by step, by term and by host', () => {
      for (const { system, steps } of walks) {
        const run = costOf(stepDeliveries(system, { steps }), { prices: fullPrices });
        const bySteps = sum(run.steps.map(({ durationMs }) => durationMs));
        expect(sum(run.terms.map(({ totalMs }) => totalMs))).toBeCloseTo(bySteps, 6);
        expect(sum(run.hosts.map(({ totalMs }) => totalMs))).toBeCloseTo(bySteps, 6);
        expect(run.elapsedMs).toBeLessThanOrEqual(bySteps + 1e-6);
      }
    });
  },
);

test('a stat costs an RPC unless the host that asks caches the file', () => {
  const script = [
    { call: 'stat', file: 'f' },
    { call: 'open', file: 'f', mode: 'write', descriptor: 0 },
    { call: 'stat', file: 'f' },
    { call: 'unlink', file: 'f' },
    { call: 'stat', file: 'f' },
  ] as const;
  const processes = [{ name: 'p', home: 'A', program: { script } }];
  const own = { name: 'own', title: 'p', hosts: ['A'], files: ['f'], processes, descriptors: 1 };
  const { system, steps } = walkOf(createSystem(boot(sprite, own)), 1);
  const run = costOf(stepDeliveries(system, { steps }), { prices: fullPrices });
  const stats = run.steps.filter((_, index) => steps[index]?.action === 'stat');
  expect(stats.map(({ durationMs }) => durationMs)).toEqual([values.rpcMs, 0, values.rpcMs]);
});

describe('the grid', () => {
  let runs: readonly CaseRun[] = [];

  beforeAll(() => {
    runs = grid.map(runCase);
  }, SLOW);

  test('gives the numbers of the paper within 1 %', () => {
    const growth = growthOf(runs, fullPrices);
    for (const term of ['fixed', 'page', 'block', 'file'] as const) {
      expect(Math.abs(growth[term] / reportedMs[term] - 1)).toBeLessThan(0.01);
    }
  });

  test('the residuals are the missing part, and no cost is explained twice', () => {
    const explained = growthOf(runs, explainedPrices);
    const missing = {
      migration: reportedMs.fixed - explained.fixed,
      page: reportedMs.page - explained.page,
      block: reportedMs.block - explained.block,
      descriptor: reportedMs.file - explained.file,
    };
    expect(Object.keys(residualMs)).toEqual(Object.keys(missing));
    for (const [term, ms] of Object.entries(missing)) {
      expect(ms).toBeGreaterThanOrEqual(0);
      expect(residualMs[term as keyof typeof missing]).toBeCloseTo(ms, 2);
    }
  });

  test('the sums count events: the pages, blocks and files that are charged are those that moved', () => {
    for (const each of runs) {
      const { terms } = costOfCase(each, fullPrices);
      const units = Object.fromEntries(terms.map(({ term, units: count }) => [term, count]));
      expect(units).toMatchObject({
        migration: 1,
        page: each.case.dirtyPages,
        block: each.case.dirtyBlocks,
        descriptor: each.case.openFiles,
      });
    }
  });

  test.each(['dirtyPages', 'dirtyBlocks', 'openFiles'] as const)(
    'more %s is never faster',
    (what) => {
      const timeOf = (wanted: Case): number | undefined => {
        const found = runs.find((each) => canonical(each.case) === canonical(wanted));
        return found === undefined ? undefined : timeToMigrate(costOfCase(found, fullPrices));
      };
      const pairs = grid.map((wanted) => [
        timeOf(wanted),
        timeOf({ ...wanted, [what]: wanted[what] + 1 }),
      ]);
      const slower = pairs.filter(([, more]) => more !== undefined);
      expect(slower.length).toBeGreaterThan(30);
      for (const [less = 0, more = 0] of slower) expect(more).toBeGreaterThan(less);
    },
  );

  test('doubling every price doubles the time a process is frozen', () => {
    for (const each of runs) {
      const [one, two] = [fullPrices, slowed(2)].map((prices) =>
        frozenMs(costOfCase(each, prices)),
      );
      expect(two).toBeCloseTo(2 * (one ?? 0), 6);
    }
  });

  test('a process is frozen during all of its migration except the request to the target', () => {
    for (const each of runs) {
      const run = costOfCase(each, fullPrices);
      expect(timeToMigrate(run) - frozenMs(run)).toBeCloseTo(fullPrices.rpcMs, 6);
    }
  });
});

test.each(examples)(
  '$dirtyPages pages, $dirtyBlocks blocks, $openFiles files: $reportedSeconds s',
  ({ reportedSeconds, ...wanted }) => {
    const seconds = timeToMigrate(costOfCase(runCase(wanted), fullPrices)) / 1000;
    expect(Math.abs(seconds - reportedSeconds)).toBeLessThan(0.05);
  },
  SLOW,
);

test('least squares find the coefficients, or report that there are none', () => {
  const inputs = [
    [1, 0, 0],
    [1, 1, 2],
    [1, 2, 1],
    [1, 3, 5],
  ];
  const points = inputs.map(([one = 0, a = 0, b = 0]) => ({
    inputs: [one, a, b],
    output: 4 + 3 * a - 2 * b,
  }));
  expect(leastSquares(points).map((value) => Math.round(value * 1e6) / 1e6)).toEqual([4, 3, -2]);
  expect(() => leastSquares(points.map((each) => ({ ...each, inputs: [1, 2] })))).toThrow(
    'do not determine',
  );
});

describe('the three ways to move an open file', () => {
  const rows = new Map(transferRows().map(({ kernel, files }) => [kernel, files]));
  // Two calls (MIGRATE, RELEASE); for writing the call-back and its answer besides. Nothing here is
  // fitted to the paper's formula.
  const reading = 2 * values.rpcMs;
  const writing = reading + 2 * values.rpcMs;
  const block = (1000 * values.blockKb) / values.writeKbPerSecond;
  const throughServer = values.rpcMs + values.blockKb * values.messageMsPerKb;

  test('cost the same while the file moves', () => {
    expect(fileCases).toEqual(['reading', 'writing', 'writing, one dirty block']);
    for (const files of rows.values()) {
      expectClose(
        files.map(({ moveMs }) => moveMs),
        [reading, writing, writing + block],
      );
      // Half of each call is the server's, and only calls are.
      expectClose(
        files.map(({ serverMs }) => serverMs),
        [2, 4, 4].map((calls) => (calls * values.rpcMs) / 2),
      );
      expect(files.map(({ calls }) => calls)).toEqual([2, 4, 4]);
    }
  });

  test('differ in the next call: in sprite-1989 each write goes to the server', () => {
    const next = (kernel: string): readonly number[] =>
      (rows.get(kernel) ?? []).map(({ nextMs }) => nextMs);
    expectClose(next('sprite'), [throughServer, 0, 0]);
    expectClose(next('sprite-1986'), [throughServer, 0, 0]);
    expectClose(next('sprite-1989'), [throughServer, throughServer, throughServer]);
  });

  function expectClose(found: readonly number[], expected: readonly number[]): void {
    expect(found.map((each) => each.toFixed(2))).toEqual(expected.map((each) => each.toFixed(2)));
  }
});

describe('a migration by its size', () => {
  test('costs 1.006 s for the first example, where the paper says 1.0', () => {
    const { stdout, status } = cost('--pages', '50', '--blocks', '20', '--files', '4');
    expect(status).toBe(0);
    expect(stdout).toContain("model 1.006 s, paper's formula 1.006 s, paper's own example 1.0 s\n");
  });

  test('is priced by the events of the kernel: Accent takes no pages with it', () => {
    const { stdout } = cost('--pages', '9', '--kernel', 'accent', '--json');
    const { fixed, page } = reportedMs;
    expect(JSON.parse(stdout)).toMatchObject({
      variant: 'accent',
      sizes: { pages: 9 },
      elapsedMs: fixed,
      formulaMs: fixed + 9 * page,
      exitCode: 0,
    });
  });

  test.each([
    [[], 'expected a trace, or --pages, --blocks or --files'],
    [['--blocks', '2'], 'dirty blocks belong to open files: give --files'],
    [['--pages', '513'], 'Expected a whole number from 0 to 512'],
    [['none.json', '--pages', '5'], 'a trace has its own sizes'],
    [
      ['--pages', '5', '--spec', fileOf('examples/two-phase/two-phase.mjs')],
      'cannot price two-phase by --pages',
    ],
  ])('%j is bad input', (args, said) => {
    const { status, stderr, stdout } = cost(...args);
    expect(stderr).toContain(said);
    expect({ status, stdout, lines: stderr.trimEnd().split('\n').length }).toEqual({
      status: 1,
      stdout: '',
      lines: 1,
    });
  });
});

describe('a trace on another kernel', () => {
  const story = fileOf('traces/walkthroughs/migration-with-open-file.trace.json');

  test('costs the same if the steps are the same', () => {
    const { stdout, status } = cost(story, '--kernel', 'sprite-1989');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^kernel sprite-1989, /m);
    expect(stdout).toContain(', after 124.0 ms\n');
  });

  test('is stale if a step is not possible: exit 20', () => {
    const { stdout, status } = cost(story, '--kernel', 'sprite-1986');
    expect(status).toBe(20);
    expect(stdout).toMatch(/^stale at step \d+ because /m);
  });
});

describe('the verb', () => {
  const folder = mkdtempSync(join(tmpdir(), 'sprite-check-cost-'));
  const { system, steps } = walk('sprite', 'memory-travels', 1);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('prints a stored story with times', () => {
    const { status, stdout } = run('whole', steps);
    expect(status).toBe(0);
    expect(stdout).toContain('start ms');
    expect(stdout).toMatch(/^ms by term .* residual /m);
  });

  test("shows in its first reading that an open file moves in the paper's time", () => {
    const story = 'traces/walkthroughs/migration-with-open-file.trace.json';
    const { stdout } = cost(fileOf(story));
    const { fixed, file } = reportedMs;
    expect(stdout).toMatch(/^descriptor +1 /m);
    expect(stdout).toContain(`, after ${(fixed + file).toFixed(1)} ms\n`);
  });

  test('prints one JSON document, of the same steps', () => {
    const { status, stdout } = run('json', steps, '--json');
    const document = JSON.parse(stdout) as { readonly steps: readonly Step[] };
    expect(status).toBe(0);
    expect(document.steps.map(({ at, action, params }) => ({ at, action, params }))).toEqual(steps);
  });

  test('names the step that no longer takes place: exit 20', () => {
    const spoiled = steps.map((step, index) =>
      index === 3 ? { ...step, action: 'vanish' } : step,
    );
    const { status, stdout } = run('stale', spoiled);
    expect(status).toBe(20);
    expect(stdout.replaceAll(/\n {2}/g, ' ')).toMatch(
      /^stale at step 4 because ".* vanish\b.*" cannot happen: /m,
    );
  });

  function run(
    name: string,
    taken: readonly Step[],
    ...args: readonly string[]
  ): { readonly status: number | null; readonly stdout: string } {
    const file = join(folder, `${name}.trace.json`);
    const text = printTrace({
      format: TRACE_FORMAT,
      version: TRACE_VERSION,
      specification: { name: 'sprite', version: '1' },
      variant: 'sprite',
      scenario: { name: 'memory-travels', bounds: {} },
      verdict: 'held',
      lastWorld: runSteps(system, [], { steps: taken }).lastWorld,
      provenance: { found: 'written' },
      steps: taken.map((step) => ({ ...step, params: { ...step.params } })) as never,
    });
    writeFileSync(file, text);
    return cost(file, ...args);
  }
});

function cost(...args: readonly string[]): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [fileOf('dist/cli/main.js'), 'cost', ...args], {
    encoding: 'utf8',
  });
}

/** A path in the project. */
function fileOf(path: string): string {
  return fileURLToPath(new URL(`../../${path}`, import.meta.url));
}

/** Every event type that a machine of a shipped kernel lists, by the kind of its cells. */
function eventsTaken(): { readonly [kind: string]: readonly string[] } {
  const found = new Map<string, Set<string>>();
  const machines = kernels.flatMap(({ kernel }) => boot(kernel, office).cells);
  for (const { name, machine } of machines) {
    const types = found.get(kindOf(name)) ?? new Set();
    for (const type of machine.events as readonly string[]) types.add(type);
    found.set(kindOf(name), types);
  }
  return Object.fromEntries([...found].map(([kind, types]) => [kind, [...types].toSorted()]));
}

function walk(kernel: string, scenario: string, seed: number): Walk {
  return walkOf(
    instanceIn(loadedSprite, { variant: kernel, scenario, properties: [] }).system,
    seed,
  );
}

function walkOf(system: System, seed: number): Walk {
  const { below } = createPrng(seed);
  const row = system.initial();
  const steps: Step[] = [];
  while (steps.length < STEPS) {
    const enabled = enabledIn(system, row);
    const delivery = enabled[below(enabled.length)];
    if (delivery === undefined) break;
    const name = system.protocol.cells[system.cellOf(delivery)]?.name ?? '';
    steps.push(stepOf(name, system.eventOf(delivery)));
    system.perform(row, delivery);
  }
  return { system, steps };
}

/** The action of a deliveries, without what it observed. */
function erased([action]: StepDeliveries, step: Step | undefined): Step | undefined {
  if (action === undefined) return undefined;
  const { at, action: type, params } = stepOf(action.cell, action.event);
  const asked = Object.entries(params).filter(([name]) => name in (step?.params ?? {}));
  return { at, action: type, params: Object.fromEntries(asked) };
}

function frozenMs({ migrations: [migration] }: RunCost): number {
  const { frozenAtMs = null, frozenUntilMs = null } = migration ?? {};
  return (frozenUntilMs ?? Number.NaN) - (frozenAtMs ?? Number.NaN);
}

/** Everything takes so many times as long. */
function slowed(factor: number): Prices {
  const measured = {
    ...values,
    rpcMs: factor * values.rpcMs,
    messageMsPerKb: factor * values.messageMsPerKb,
    writeKbPerSecond: values.writeKbPerSecond / factor,
    pageInKbPerSecond: values.pageInKbPerSecond / factor,
  };
  const residuals = Object.entries(residualMs).map(([term, ms]) => [term, factor * ms] as const);
  return pricesOf(measured, Object.fromEntries(residuals));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
