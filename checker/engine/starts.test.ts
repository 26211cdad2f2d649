import { describe, expect, test } from '@jest/globals';
import { createSystem } from './system.ts';
import { diff } from '../compare/diff.ts';
import { partings } from '../compare/step-differences.ts';
import { checkRandom } from '../random/random-check.ts';
import { explore } from '../search/explore.ts';
import type { Observer } from '../specification/observer.ts';
import type { Claim } from '../specification/property.ts';
import type { Protocol, Start } from '../specification/protocol.ts';
import { rebaseStory } from '../stories/rebase.ts';
import { replayLine, replayTrace } from '../stories/replay-verdict.ts';
import { runSteps } from '../stories/strict-replay.ts';
import { shrink } from '../stories/shrink.ts';
import { parseTrace, printTrace, TRACE_FORMAT, TRACE_VERSION } from '../stories/trace-format.ts';
import type { Trace } from '../stories/trace-format.ts';
import { holding, oneCell, stateIn, step } from '../../test/support/one-cell.ts';

const steps = { a: { go: 'b' }, b: { go: 'c' }, c: { go: 'd', back: 'a' }, d: {} };

/** Four states in a row; each name is the start in that state. */
function begunIn(...states: readonly (keyof typeof steps)[]): Protocol {
  return oneCell(steps, { starts: states.map(startIn) });
}

function startIn(state: string): Start {
  return { name: `in ${state}`, cells: { it: holding(state) } };
}

function neverIn(state: string): Claim {
  return {
    property: 'never',
    kind: 'always',
    test: (look) =>
      stateIn(look) === state
        ? { subject: 'it', expected: `not ${state}`, found: state }
        : undefined,
  };
}

describe('a search', () => {
  test('begins in all starts, and counts each state once', () => {
    const counted = (protocol: Protocol): object => {
      const { states, transitions, depth } = explore(createSystem(protocol));
      return { states, transitions, depth };
    };
    expect(counted(begunIn('a'))).toEqual({ states: 4, transitions: 4, depth: 3 });
    expect(counted(begunIn('d'))).toEqual({ states: 1, transitions: 0, depth: 0 });
    expect(counted(begunIn('a', 'c'))).toEqual({ states: 4, transitions: 4, depth: 1 });
    expect(counted(begunIn('d', 'c'))).toEqual({ states: 4, transitions: 4, depth: 2 });
    // A start with the same state as another is a second name for it.
    const twice = oneCell(steps, {
      starts: [startIn('c'), { name: 'again', cells: { it: holding('c') } }],
    });
    expect(counted(twice)).toEqual({ states: 4, transitions: 4, depth: 2 });
  });

  test('finds a shortest story over all starts, and says where it begins', () => {
    const { found } = explore(createSystem(begunIn('a', 'c')), { claims: [neverIn('d')] });
    expect(found).toMatchObject([{ start: 'in c', steps: [step('go')] }]);
  });

  test('checks the claims in every start before any step', () => {
    const { found, states } = explore(createSystem(begunIn('a', 'b', 'd')), {
      claims: [neverIn('d')],
    });
    expect(found).toMatchObject([{ start: 'in d', steps: [] }]);
    expect(states).toBe(3);
  });

  test('names no start if the protocol names none', () => {
    const { found } = explore(createSystem(oneCell(steps)), { claims: [neverIn('b')] });
    expect(Object.keys(found[0] ?? {}).toSorted()).toEqual(['steps', 'violation']);
  });

  test('takes the state of a cell that a start does not name from the cell', () => {
    const system = createSystem(oneCell(steps, { starts: [{ name: 'plain', cells: {} }] }));
    expect(system.initial('plain')).toEqual(createSystem(oneCell(steps)).initial());
  });
});

describe('a walk', () => {
  const plain = { runs: 1, swarm: false };

  test('begins in one of the starts by its seed, and its story names the start', () => {
    const system = createSystem(begunIn('a', 'b', 'c'));
    const seeds = Array.from({ length: 30 }, (_, seed) => seed);
    const starts = seeds.map((seed) => {
      const { found } = checkRandom(system, [neverIn('d')], [], { ...plain, seed });
      if (found === undefined) throw new Error('a walk that does not come to d');
      const { seen } = runSteps(system, [neverIn('d')], found);
      expect(seen?.step).toBe(found.steps.length);
      return found.start;
    });
    expect(new Set(starts)).toEqual(new Set(['in a', 'in b', 'in c']));
    const again = checkRandom(system, [neverIn('d')], [], { ...plain, seed: 7 }).found;
    expect(again?.start).toBe(starts[7]);
  });

  test('may violate a claim in its start', () => {
    const system = createSystem(begunIn('a', 'd'));
    const seeds = Array.from({ length: 10 }, (_, seed) => seed);
    const found = seeds.map(
      (seed) => checkRandom(system, [neverIn('d')], [], { ...plain, seed }).found,
    );
    const lengths = found.map((each) => `${each?.start} ${each?.steps.length}`);
    expect(new Set(lengths)).toEqual(new Set(['in a 3', 'in d 0']));
  });
});

describe('a story', () => {
  const system = createSystem(begunIn('a', 'c'));
  const go = step('go');

  test('is shrunk to another start if that is shorter', () => {
    const story = { start: 'in a', steps: [go, go, go], property: 'never' };
    expect(shrink(system, [neverIn('d')], story)).toMatchObject({
      start: 'in c',
      steps: [go],
    });
  });

  test.each([
    [{ start: 'in d', steps: [go] }, 'has no start "in d" (did you mean "in a"?)'],
    [{ steps: [go] }, 'begins in one of "in a", "in c", and the story does not say in which'],
  ])('that begins nowhere is stale before its first step', (story, why) => {
    const run = runSteps(system, [neverIn('d')], story);
    expect(run).toMatchObject({ performed: 0, seen: undefined });
    expect(run.stale).toEqual({ step: 0, reason: 'unknown start', why: `one cell ${why}` });
    const trace = { ...story, verdict: 'violated', property: 'never' } as unknown as Trace;
    expect(replayLine(replayTrace(system, [], trace))).toBe(`stale because one cell ${why}`);
    expect(shrink(system, [neverIn('d')], { ...story, property: 'never' })).toBeUndefined();
  });

  test('of a protocol that names no start may not name one', () => {
    const { stale } = runSteps(createSystem(oneCell(steps)), [], { start: 'in a', steps: [] });
    expect(stale?.why).toBe('one cell has one way to begin, and the story begins in "in a"');
  });

  test('is found again nearby from its own start, or from any start if that one is gone', () => {
    const story = { steps: [go, go, go], property: 'never' };
    const claims = [neverIn('d')];
    expect(rebaseStory(system, claims, { start: 'in a', ...story })).toMatchObject({
      start: 'in a',
      edits: [],
    });
    expect(rebaseStory(system, claims, { start: 'in c', ...story })).toMatchObject({
      start: 'in c',
      edits: [{ kind: 'inserted', now: 1, step: step('back') }],
    });
    expect(rebaseStory(system, claims, { start: 'gone', ...story })).toMatchObject({
      start: 'in a',
      edits: [],
    });
  });

  test('is stored with its start', () => {
    const trace = {
      format: TRACE_FORMAT,
      version: TRACE_VERSION,
      specification: { name: 'letters', version: '1' },
      variant: 'k',
      scenario: { name: 's', bounds: {} },
      verdict: 'held',
      lastWorld: '0123456789abcdef',
      provenance: { found: 'written' },
      steps: [],
    } as unknown as Trace;
    const begun = { ...trace, start: 'in a' };
    expect(printTrace(begun)).toContain('\n  "start": "in a",\n');
    expect(parseTrace(printTrace(begun), 'f')).toEqual({ kind: 'trace', trace: begun });
    expect(printTrace({ ...trace, start: undefined })).toBe(printTrace(trace));
    expect(printTrace(trace)).not.toContain('start');
  });
});

describe('two protocols', () => {
  const observer: Observer = {
    observed: ({ step: { action } }) => [action],
    isInput: () => false,
    atRest: (look) => stateIn(look),
  };
  const side = (protocol: Protocol) => ({ system: createSystem(protocol), observer });

  test('are compared start by start', () => {
    expect(diff(side(begunIn('a', 'c')), side(begunIn('c', 'a'))).kind).toBe('equivalent');
    // Both may go once and come to rest in d, or twice and then back: not from the start of one name.
    const crossed = oneCell(steps, {
      starts: [
        { name: 'in a', cells: { it: holding('c') } },
        { name: 'in c', cells: { it: holding('a') } },
      ],
    });
    const found = diff(side(begunIn('a', 'c')), side(crossed));
    if (found.kind !== 'different') throw new Error(`found them ${found.kind}`);
    const { start, steps: run, allowedBy } = found.difference;
    const protocol = [begunIn('a', 'c'), crossed][allowedBy] as Protocol;
    expect(runSteps(createSystem(protocol), [], { start, steps: run }).stale).toBeUndefined();
    expect(run).toHaveLength(1);
  });

  test('are not compared if their starts have other names', () => {
    expect(() => diff(side(begunIn('a')), side(begunIn('b')))).toThrow(
      'their starts have other names: one cell has "in a"; one cell has "in b"',
    );
    expect(() => diff(side(oneCell(steps)), side(begunIn('b')))).toThrow('one cell has none;');
  });

  test('differ in the world in which the story takes its step', () => {
    const other = createSystem({
      ...begunIn('a', 'c'),
      cells: oneCell({ ...steps, c: { go: 'a' } }).cells,
    });
    const story = { start: 'in c', steps: [step('go')] };
    expect(partings(createSystem(begunIn('a', 'c')), other, story)).toMatchObject([
      { step: 1, how: 'differs' },
    ]);
  });
});

describe('refused before anything begins', () => {
  test.each([
    [{ starts: [] }, 'one cell has starts, and none in them: leave them out, or name one'],
    [
      { starts: [startIn('a'), startIn('b'), startIn('a')] },
      'one cell: two starts are called "in a"',
    ],
    [
      { starts: [{ name: 'odd', cells: { its: holding('a') } }] },
      'one cell: start "odd" names the cell "its": no cell has that name (did you mean "it"?)',
    ],
  ])('%j', (more, why) => {
    expect(() => createSystem(oneCell(steps, more))).toThrow(why);
  });

  test('a row of a start that is not there', () => {
    expect(() => createSystem(begunIn('a')).initial('in b')).toThrow('has no start "in b"');
    expect(() => createSystem(oneCell(steps)).initial('in b')).toThrow('has one way to begin');
  });
});
