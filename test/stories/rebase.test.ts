// Stored stories that were edited: the search finds the way back, in no more edits than were made. And the
// new form of the user's own stories.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { whyUnconfirmed } from '../../checker/stories/confirm.ts';
import type { Step } from '../../checker/specification/protocol.ts';
import { rebaseStory } from '../../checker/stories/rebase.ts';
import { replayTrace } from '../../checker/stories/replay-verdict.ts';
import { parseTrace, type Trace, type ViolatedTrace } from '../../checker/stories/trace-format.ts';
import { keptTraces } from '../../analysis/regress/kept-traces.ts';
import { instanceIn, type CheckedInstance } from '../../analysis/specification/instance.ts';
import { propertiesOf } from '../../analysis/files/open-trace.ts';
import { loadedSprite } from '../../testing/sprite.ts';
import { inThisThread } from '../support/in-this-thread.ts';

const EVERY = 8;
const folder = new URL('../../traces/', import.meta.url);
const stored = readdirSync(new URL('faults/', folder))
  .toSorted()
  .filter((_, index) => index % EVERY === 0)
  .map((name) => ({ name, trace: read(name) }));

describe('an edited story is rebased', () => {
  test.each(stored)('$name', ({ trace }) => {
    const { system, claims, protocol } = instanceFor(trace);
    const { steps, property } = trace;
    fc.assert(
      fc.property(fc.array(edits, { minLength: 1, maxLength: 2 }), (made) => {
        const edited = made.reduce<readonly Step[]>((given, edit) => edit(given), steps);
        const rebase = rebaseStory(system, claims, { steps: edited, property });
        if (rebase.kind === 'none') throw new Error(`none within ${rebase.edits}`);
        expect(rebase.edits.length).toBeLessThanOrEqual(made.length);
        expect(whyUnconfirmed(protocol, claims, rebase)).toBeUndefined();
      }),
      { seed: 1989, numRuns: 4 },
    );
  });
});

describe('a story that is kept becomes', () => {
  const trace = read('R1-use-counts-sum-clients.trace.json');

  test('the same if it ends as stored', async () => {
    expect(await kept(trace)).toEqual({ files: new Map(), problems: [] });
  });

  test('a story without a violation if its violation is fixed', async () => {
    const { steps, scenario, variant, lastWorld } = readStory('walkthroughs/lost-reply.trace.json');
    const property = 'one-runnable-copy';
    const fixed = { ...trace, steps, scenario, variant, lastWorld, property };
    const now = await kept(fixed);
    expect(now.problems).toEqual([]);
    const next = only(now.files);
    expect(next).toMatchObject({ verdict: 'held', steps, lastWorld });
    expect(next).not.toHaveProperty('property');
    expect(await kept(next)).toEqual({ files: new Map(), problems: [] });
  });

  test('a rebased one if that violates the same property', async () => {
    const now = await kept({ ...trace, steps: trace.steps.toSpliced(3, 1) });
    const next = only(now.files);
    const { system, claims } = instanceFor(next);
    expect(replayTrace(system, claims, next)).toMatchObject({
      kind: 'violated as stored',
      sameWorld: true,
    });
  });

  test('a problem if neither it nor a story nearby takes place', async () => {
    const [step] = trace.steps;
    if (step === undefined) throw new Error('no step');
    const gone = { ...step, at: 'no such cell' };
    const stale = { ...trace, steps: Array.from({ length: 7 }, () => gone) };
    expect(await kept(stale)).toEqual({
      files: new Map(),
      problems: ['traces/kept/a.trace.json: nothing to store in its place; remove or repair it'],
    });
  });
});

/** A step left out, taken twice, or with another parameter. */
const edits = fc
  .tuple(fc.constantFrom('leave out', 'repeat', 'change'), fc.nat(10_000))
  .map(([how, number]) => (steps: readonly Step[]): readonly Step[] => {
    const at = number % Math.max(1, steps.length);
    const step = steps[at];
    if (step === undefined) return steps;
    if (how === 'leave out') return steps.toSpliced(at, 1);
    if (how === 'repeat') return steps.toSpliced(at, 0, step);
    return steps.with(at, { ...step, params: { ...step.params, edited: true } });
  });

function kept(trace: Trace): ReturnType<typeof keptTraces> {
  const nothing = { pins: new Map(), tested: new Map(), taken: undefined, listed: undefined };
  const own = [{ file: 'traces/kept/a.trace.json', trace }];
  return keptTraces(inThisThread, { ...nothing, spec: loadedSprite, stored: own });
}

function only(files: ReadonlyMap<string, string>): Trace {
  const [text = ''] = files.values();
  const parsed = parseTrace(text, 'kept');
  if (parsed.kind === 'problems') throw new Error(parsed.problems.join('\n'));
  return parsed.trace;
}

function read(name: string): ViolatedTrace {
  const trace = readStory(`faults/${name}`);
  if (trace.verdict === 'held') throw new Error(`${name} violates nothing`);
  return trace;
}

function readStory(file: string): Trace {
  const parsed = parseTrace(readFileSync(new URL(file, folder), 'utf8'), file);
  if (parsed.kind === 'problems') throw new Error(parsed.problems.join('\n'));
  return parsed.trace;
}

function instanceFor(trace: Trace): CheckedInstance {
  const { variant, scenario } = trace;
  const properties = propertiesOf(loadedSprite, trace);
  return instanceIn(loadedSprite, { variant, scenario: scenario.name, properties });
}
