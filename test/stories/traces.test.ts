// Every stored story still takes place and ends as its file says; no fault's story breaks the
// repaired kernel. `npm run traces` generates them again.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { replayTrace } from '../../checker/stories/replay-verdict.ts';
import { createReplayer, deliveriesOf } from '../../checker/stories/lenient-replay.ts';
import { runSteps, type Run } from '../../checker/stories/strict-replay.ts';
import { createSystem } from '../../checker/engine/system.ts';
import { parseTrace, printTrace, type Trace } from '../../checker/stories/trace-format.ts';
import { phrases } from '../../sprite/wording/step-phrases.ts';
import { instanceIn, type CheckedInstance } from '../../analysis/specification/instance.ts';
import { loadedSprite } from '../../testing/sprite.ts';
import { everyProperty, faults, sprite } from '../support/explored.ts';

type Stored = { readonly file: string; readonly text: string; readonly trace: Trace };

const FEWEST = 30;

const stored = [...storedIn('faults'), ...storedIn('walkthroughs')];

test(`at least ${FEWEST} are stored, and one for each fault`, () => {
  const variants = new Set(stored.map(({ trace }) => trace.variant));
  expect(faults.map(({ id }) => id).filter((id) => !variants.has(id))).toEqual([]);
  expect(stored.length).toBeGreaterThanOrEqual(FEWEST);
});

test('every expected story is stored, or listed as missing', () => {
  const page = readFileSync(new URL('../../traces/README.md', import.meta.url), 'utf8');
  const listed = [...page.matchAll(/^- (\S+): (`.*`)$/gm)].flatMap(([, id = '', list = '']) =>
    list.split(', ').map((property) => `${id}-${property.replaceAll('`', '')}`),
  );
  const there = stored.map(({ trace }) =>
    trace.verdict === 'violated' ? `${trace.variant}-${trace.property}` : '',
  );
  const expected = faults.flatMap(({ id, caughtBy }) => caughtBy.map((each) => `${id}-${each}`));
  expect(listed).toEqual(expected.filter((each) => !there.includes(each)));
});

test('every step has words', () => {
  const actions = stored.flatMap(({ trace }) =>
    trace.steps.map(({ at, action }) => `${at.split(' ', 1)[0]}.${action}`),
  );
  expect([...new Set(actions)].filter((action) => phrases[action] === undefined)).toEqual([]);
});

describe.each(stored)('$file', ({ file, text, trace }) => {
  test('is written as the program writes it, under its own name', () => {
    expect(printTrace(trace)).toBe(text);
    if (trace.verdict === 'violated') {
      expect(file).toBe(`faults/${trace.variant}-${trace.property}.trace.json`);
    }
  });

  test('takes place, and ends as it says', () => {
    const { system, claims } = instanceFor(trace);
    expect(replayTrace(system, claims, trace)).toMatchObject({
      kind: trace.verdict === 'violated' ? 'violated as stored' : 'held',
      sameWorld: true,
    });
  });

  test('ends in the same world with XState alone', () => {
    const { protocol, claims } = instanceFor(trace);
    const alone = createSystem(protocol, { remember: false });
    const { performed, lastWorld } = run(alone, claims, trace);
    expect({ performed, lastWorld }).toEqual({
      performed: trace.steps.length,
      lastWorld: trace.lastWorld,
    });
  });

  test('violates nothing on the repaired kernel', () => {
    const { system, claims } = instanceFor(trace, sprite);
    const replay = replayTrace(system, claims, trace);
    expect(['held', 'stale']).toContain(replay.kind);
    // Nor does what can still take place of it.
    const deliveries = deliveriesOf(system, trace.steps) ?? [];
    const property = trace.verdict === 'violated' ? trace.property : '';
    expect(createReplayer(system, claims, property).attempt(deliveries)).toBeUndefined();
  });
});

function storedIn(folder: string): readonly Stored[] {
  const place = new URL(`../../traces/${folder}/`, import.meta.url);
  return readdirSync(place).map((name) => {
    const file = `${folder}/${name}`;
    const text = readFileSync(new URL(name, place), 'utf8');
    const parsed = parseTrace(text, file);
    if (parsed.kind === 'problems') throw new Error(parsed.problems.join('\n'));
    return { file, text, trace: parsed.trace };
  });
}

function instanceFor(trace: Trace, variant = trace.variant): CheckedInstance {
  const properties = trace.verdict === 'violated' ? [trace.property] : everyProperty;
  return instanceIn(loadedSprite, { variant, scenario: trace.scenario.name, properties });
}

function run(
  system: CheckedInstance['system'],
  claims: CheckedInstance['claims'],
  trace: Trace,
): Run {
  const stopAt = ({ property }: { readonly property: string }): boolean =>
    trace.verdict === 'held' || property === trace.property;
  return runSteps(system, claims, trace, { stopAt });
}
