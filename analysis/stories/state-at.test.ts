// A state of a story: changes of the last step are marked, listed steps can be taken, and the result is a
// story that ends as its trace says.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { replayTrace } from '../../checker/stories/replay-verdict.ts';
import { parseTrace, printTrace, type Trace } from '../../checker/stories/trace-format.ts';
import type { Step } from '../../checker/specification/protocol.ts';
import { loadedSprite } from '../../testing/sprite.ts';
import { propertiesOf } from '../files/open-trace.ts';
import { instanceIn, type CheckedInstance } from '../specification/instance.ts';
import { stateAfter, type EnabledStep, type StateAt } from './state-at.ts';
import { steppedOn, steppedTrace } from './step-on.ts';

const trace = parsed(
  readFileSync(
    new URL('../../traces/faults/R1-use-counts-sum-clients.trace.json', import.meta.url),
    'utf8',
  ),
);
const R1 = instanceFor(trace);
const { steps } = trace;

describe('a state of R1', () => {
  test('marks the cells that the step changed, and no others', () => {
    const changed = at(17).cells.filter(({ isChanged }) => isChanged);
    expect(changed.map(({ cell }) => cell).toSorted()).toEqual([
      'entry f@A',
      'file f',
      'service q',
      'shadow p0',
    ]);
    expect(changed.find(({ cell }) => cell === 'file f')?.change).toBe(
      'file f: references 1 → 0, writers 1 → 0',
    );
  });

  test('marks nothing at the start', () => {
    expect(at(0)).not.toHaveProperty('last');
    expect(at(0).cells.filter(({ isChanged }) => isChanged)).toEqual([]);
  });

  test('shows the violation at the end, and one step earlier at the next step', () => {
    const property = 'use-counts-sum-clients';
    expect(at(23).seen).toMatchObject({ step: 23, violation: { property } });
    expect(at(22)).not.toHaveProperty('seen');
    expect(at(22).enabled.filter(({ violates }) => violates !== undefined)).toMatchObject([
      { isNext: true, violates: { property } },
    ]);
  });

  test('lists the next step of the story, with its changes', () => {
    for (const [index, step] of steps.entries()) {
      const next = nextIn(at(index));
      expect(next.step).toEqual(step);
      const { cells, last } = at(index + 1);
      expect({ step: next.step, column: next.column, text: next.text }).toEqual(last);
      expect(next.changes).toEqual(
        cells.flatMap(({ cell, column, change }) =>
          change === undefined ? [] : [{ cell, column, text: change }],
        ),
      );
    }
  });
});

describe('taking steps by number', () => {
  const numbers = steps.slice(17).map((_, index) => nextIn(at(17 + index)).number);

  test('the steps of the story lead to its end, and the trace violates the same', () => {
    const taken = steppedOn(R1, { steps: steps.slice(0, 17) }, numbers);
    expect(taken).toEqual(steps);
    expect(ended({ steps: taken })).toMatchObject({
      trace: { property: 'use-counts-sum-clients', lastWorld: trace.lastWorld },
      replay: { kind: 'violated as stored', sameWorld: true },
    });
  });

  test('a result without a violation is a walkthrough', () => {
    expect(ended({ steps: steppedOn(R1, { steps: steps.slice(0, 17) }, [2, 3]) })).toMatchObject({
      trace: { verdict: 'held' },
      replay: { kind: 'held', sameWorld: true },
    });
  });

  test('a violation of another property is a story of that property', () => {
    expect(ended({ steps: steps.slice(0, 19) })).toMatchObject({
      trace: { property: 'no-negative-counts', provenance: { found: 'written' } },
      replay: { kind: 'violated as stored', sameWorld: true },
    });
  });

  test('a story does not continue after its violation', () => {
    expect(() => ended({ steps: steps.slice(0, 21) })).toThrow(
      'step 19 violates no-negative-counts, and a trace ends with its violation; leave out the last 2 steps',
    );
  });

  test('a number that no step has is refused with the existing ones', () => {
    expect(() => steppedOn(R1, { steps: steps.slice(0, 17) }, [2, 9])).toThrow(
      '--take 9, after step 18: expected the number of a step that can happen there, 1 to 3',
    );
  });
});

function at(count: number): StateAt {
  return stateAfter(R1, { steps: steps.slice(0, count) }, { next: steps[count] });
}

function nextIn({ enabled }: StateAt): EnabledStep {
  const [next] = enabled.filter(({ isNext }) => isNext);
  if (next === undefined) throw new Error('the next step of the story is not enabled');
  return next;
}

/** The trace in a file, and what `replay` finds. */
function ended(story: { readonly steps: readonly Step[] }): object {
  const written = parsed(printTrace(steppedTrace(R1, story, 'R1')));
  const { system, claims } = instanceFor(written);
  return { trace: written, replay: replayTrace(system, claims, written) };
}

function instanceFor(of: Trace): CheckedInstance {
  const { variant, scenario } = of;
  const properties = propertiesOf(loadedSprite, of);
  return instanceIn(loadedSprite, { variant, scenario: scenario.name, properties });
}

function parsed(text: string): Trace {
  const read = parseTrace(text, 'a trace');
  if (read.kind === 'problems') throw new Error(read.problems.join('\n'));
  return read.trace;
}
