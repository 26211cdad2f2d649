// A claim that looks ahead and meets its bound is not decided: UNKNOWN in every output, and never
// violated. A clock that stops after ten ticks is at rest within eleven states from each.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { documents } from '../../analysis/schemas/published.ts';
import { createCommandServer } from '../support/program.ts';
import { claimsOf, exploreProtocol, replayStory, walkProtocol } from '../../checker/library.ts';
import { expectSpecification } from '../../testing/expect-kernel.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'sprite-check-ahead-'));
const server = createCommandServer(folder);
const SLOW = 60_000;

const clock = `
import { assign, setup } from 'xstate';
import { cell, defineSpecification } from 'sprite-check/checker';

const clockMachine = setup({ types: { context: {} } }).createMachine({
  context: { ticks: 0 },
  on: { tick: { actions: assign({ ticks: ({ context }) => context.ticks + 1 }) } },
});

export default defineSpecification({
  name: 'clock',
  version: '1',
  variants: [{ id: 'plain', value: {} }],
  scenarios: [{ name: 'ten' }],
  properties: [
    {
      id: 'it-stops',
      statement: 'The clock stops.',
      kind: 'comesToRest',
      comesToRest: () => true,
      witness: { statement: 'it ticks', reached: () => (look) => look('clock').context.ticks > 0 },
    },
  ],
  boot: (_, { name }) => ({
    name,
    cells: [
      cell(clockMachine, {
        name: 'clock',
        offers: ({ context }) => (context.ticks < 10 ? [{ type: 'tick' }] : []),
      }),
    ],
    faults: new Set(),
    deadlock: { ignored: 'the clock stops' },
  }),
});
`;

beforeAll(() => {
  for (const name of ['xstate', 'sprite-check']) {
    const link = join(folder, 'node_modules', name);
    mkdirSync(dirname(link), { recursive: true });
    symlinkSync(name === 'xstate' ? join(root, 'node_modules', name) : root, link, 'dir');
  }
  writeFileSync(join(folder, 'clock.mjs'), clock);
  const turns = clock.replace('context.ticks + 1', '(context.ticks + 1) % 11');
  const turning = turns.replace('context.ticks < 10', 'true');
  writeFileSync(join(folder, 'endless.mjs'), turning);
  writeFileSync(join(folder, 'longer.mjs'), turning.replace('% 11', '% 20_001'));
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true, force: true });
});

const check = (...more: readonly string[]) =>
  server.run(['check', '--spec', 'clock.mjs', '--verbose', ...more]);

test(
  'check says PROVEN within the bound, and UNKNOWN beyond it, with 2 under --strict',
  async () => {
    const enough = await check('--max-ahead', '11', '--strict');
    expect(enough.out).toMatch(/^PROVEN +it-stops/m);
    expect(enough.code).toBe(0);
    const less = await check('--max-ahead', '10');
    expect(less.out).toMatch(/^UNKNOWN +it-stops +not decided within --max-ahead in ten; not/m);
    expect(less.out).not.toContain('VIOLATED');
    expect(less.code).toBe(0);
    expect((await check('--max-ahead', '10', '--strict')).code).toBe(2);
    const walked = await check('--max-ahead', '10', '--random', '--runs', '5');
    expect(walked.out).toMatch(/^UNKNOWN +it-stops/m);
  },
  SLOW,
);

test(
  'documents and reports name the undecided scenario and the bound',
  async () => {
    const { out } = await check(
      '--max-ahead',
      '10',
      '--json',
      '--junit',
      'j.xml',
      '--sarif',
      's.json',
    );
    expect(JSON.parse(out)).toMatchObject({
      maxAhead: 10,
      properties: [{ property: 'it-stops', verdict: 'UNKNOWN', undecidedIn: ['ten'] }, {}],
      scenarios: [{ undecided: ['it-stops'], violated: [] }],
      violations: [],
    });
    const junit = readFileSync(join(folder, 'j.xml'), 'utf8');
    expect(junit).toMatch(/<skipped message="[^"]*not decided within --max-ahead/);
    expect(junit).not.toContain('<failure');
    const { runs } = JSON.parse(readFileSync(join(folder, 's.json'), 'utf8')) as {
      runs: { results: unknown[]; invocations: unknown[] }[];
    };
    expect(runs[0]?.results).toEqual([]);
    expect(JSON.stringify(runs[0]?.invocations)).toContain('not decided within --max-ahead');
  },
  SLOW,
);

test(
  'explore reports the same for a requested property',
  async () => {
    const asked = ['explore', 'ten', '--spec', 'clock.mjs', '--property', 'it-stops'];
    const { out, code } = await server.run([...asked, '--max-ahead', '10']);
    expect(out).toMatch(/^UNKNOWN +it-stops +not decided within --max-ahead in ten/m);
    expect(code).toBe(0);
    expect((await server.run(asked)).out).toMatch(/^PROVEN +it-stops/m);
  },
  SLOW,
);

// Of a clock that never stops, all of its 11 states must be seen to know it.
const endless = (verb: string, ...more: readonly string[]) =>
  server.run([verb, 'out/plain-it-stops.trace.json', '--spec', 'endless.mjs', ...more]);

test(
  'a violation that was found with a larger bound is not reported as fixed',
  async () => {
    await server.run(['check', '--spec', 'endless.mjs']);
    const stored = readFileSync(join(folder, 'out/plain-it-stops.trace.json'), 'utf8');
    for (const [verb, more, said] of [
      ['replay', [], /violated as stored/],
      ['explain', [], /What the property claims/],
      ['export', ['--to', 'mermaid'], /sequenceDiagram/],
      ['shrink', [], /shortest, proven/],
    ] as const) {
      const enough = await endless(verb, ...more);
      expect([verb, enough.code, said.test(enough.out)]).toEqual([verb, 0, true]);
      const less = await endless(verb, ...more, '--max-ahead', '10');
      expect([verb, less.code]).toEqual([verb, 20]);
      expect(less.out + less.err).toMatch(/not decided within --max-ahead.*raise it/);
      expect(less.out + less.err).not.toMatch(/held|fixed|no longer|does not violate/);
      if (verb === 'export') continue;
      const { out } = await endless(verb, '--max-ahead', '10', '--json');
      const document: unknown = JSON.parse(out);
      expect(documents[verb]?.schema.safeParse(document).error).toBeUndefined();
    }
    expect(readFileSync(join(folder, 'out/plain-it-stops.trace.json'), 'utf8')).toBe(stored);
    const { default: longer } = (await import(join(folder, 'longer.mjs'))) as {
      default: Parameters<typeof expectSpecification>[0];
    };
    await expect(
      expectSpecification(longer).toSurvive(join(folder, 'out/plain-it-stops.trace.json')),
    ).rejects.toThrow(/not decided within maxAhead/);
  },
  SLOW,
);

test('a story with an undecided earlier state is not called shortest', async () => {
  // It goes on for ever from the first state on; from the sixteenth only few states must be seen for that.
  const stays = clock.replace('context.ticks + 1', 'Math.min(20, context.ticks + 1)');
  writeFileSync(join(folder, 'stays.mjs'), stays.replace('context.ticks < 10', 'true'));
  const { out } = await server.run(['check', '--spec', 'stays.mjs', '--max-ahead', '7']);
  expect(out).toMatch(/^VIOLATED it-stops  ten, 16 steps, not known to be shortest/m);
});

test('an undecided property does not pass in a test, unless the test asks for no more', async () => {
  const { default: specification } = (await import(join(folder, 'clock.mjs'))) as {
    default: Parameters<typeof expectSpecification>[0];
  };
  const expectation = expectSpecification(specification);
  await expectation.toHold('it-stops');
  await expectation.toHold('it-stops', { maxAhead: 11 });
  await expect(expectation.toHold('it-stops', { maxAhead: 10 })).rejects.toThrow(
    /UNKNOWN: from some of 11 states it is not decided within maxAhead\n.*\nraise maxAhead/,
  );
  await expectation.toHold('it-stops', { maxAhead: 10, strength: 'bounded' });
  await expect(expectation.toBeCaughtBy('it-stops', { maxAhead: 10 })).rejects.toThrow(/UNKNOWN/);
});

test('the library says which properties are not decided', async () => {
  const { default: specification } = (await import(join(folder, 'clock.mjs'))) as {
    default: {
      boot: (value: object, scenario: object) => Parameters<typeof exploreProtocol>[0];
      properties: Parameters<typeof claimsOf>[0];
    };
  };
  const scenario = { name: 'ten' };
  const protocol = specification.boot({}, scenario);
  const within = (maxAhead: number) => ({
    claims: claimsOf(specification.properties as never, scenario as never, { maxAhead }),
  });
  expect(exploreProtocol(protocol, within(10))).toMatchObject({
    found: [],
    undecided: ['it-stops'],
  });
  expect(exploreProtocol(protocol, within(11)).undecided).toEqual([]);
  expect(walkProtocol(protocol, { ...within(10), runs: 3 }).undecided).toEqual(['it-stops']);
  expect(replayStory(protocol, { steps: [] }, within(10)).outcome).toBe('not decided');
  expect(replayStory(protocol, { steps: [] }, within(11)).outcome).toBe('held');
});
