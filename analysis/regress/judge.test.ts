import { describe, expect, test } from '@jest/globals';
import type { ViolatedTrace } from '../../checker/stories/trace-format.ts';
import { loadedSprite } from '../../testing/sprite.ts';
import { faultsOf } from '../specification/faults.ts';
import type { Expected } from './expected.ts';
import { movement } from './judge-counts.ts';
import { judgeStored } from './judge.ts';
import type { Measured } from './measurements.ts';
import { regressSchema } from '../schemas/comparisons.ts';
import { regressJson } from '../../cli/text/regress.ts';
import { isDecided, outcomesOf, type Row } from './row.ts';

const counts = { states: 84_776, transitions: 200_000, depth: 40 };

test.each([
  [{ ...counts }, undefined],
  [{ ...counts, states: 8 }, 'collapsed by 84,768 states, -99.99 %'],
  [{ ...counts, states: 84_775 }, 'shrank by 1 state, -0.001180 %'],
  [{ ...counts, states: 90_000 }, 'grew by 5,224 states, +6.2 %'],
  [{ ...counts, depth: 39 }, 'as many states, moved by -1 step of depth'],
  [{ ...counts, transitions: 200_002 }, 'as many states, moved by +2 transitions'],
])('%j', (now, why) => {
  expect(movement(counts, now)?.why).toBe(why);
});

const { home } = loadedSprite;
const scenario = 'double-migration';
const key = `sprite/${scenario}`;
const file = 'traces/faults/R1-use-counts-sum-clients.trace.json';
const property = 'use-counts-sum-clients';

const trace: ViolatedTrace = {
  format: 'sprite-check-trace',
  version: 2,
  specification: { name: 'sprite', version: '1' },
  variant: 'R1',
  scenario: { name: scenario, bounds: {} },
  property,
  verdict: 'violated',
  certificate: { kind: 'shortest' },
  finding: { subject: 'file f', expected: '1', found: '0' },
  lastWorld: '0'.repeat(16),
  provenance: { found: 'exhaustive' },
  steps: [
    { at: 'thread p', action: 'open', params: {} },
    { at: 'thread p', action: 'exit', params: {} },
  ],
};
const expected: Expected = {
  spec: loadedSprite,
  pins: new Map([[key, counts]]),
  tested: new Map([[property, [scenario]]]),
  taken: ['source: trap', 'source: sized'],
  stored: [{ file, trace }],
  listed: [file],
};
const taken = ['source: sized', 'source: trap'];
const explored = { scenario, ...counts, ending: 'closed' as const, applied: [property], ms: 30 };
const found = { property, steps: 2, finding: trace.finding };
const measured: Measured = {
  scenarios: [{ ...explored, variant: 'sprite', undecided: [], unreached: [], found: [], taken }],
  faults: [{ ...explored, variant: 'R1', undecided: [], unreached: [], found: [found] }],
  traces: [{ file, said: 'as stored', line: 'violated as stored', ms: 5 }],
};

/** Kind and verdict of the rows that do not hold. R8-second has the same scenario and was not measured. */
function failed(given: Partial<Expected>, now: Partial<Measured>): readonly string[] {
  const rows = rowsFor(given, now);
  expect(problemsOf(rows)).toBeUndefined();
  return rows
    .filter(({ holds }) => !holds)
    .map(({ what, verdict, canBeAccepted }) => `${what} ${verdict}${canBeAccepted ? '' : '!'}`);
}

/** The rows of the `--json` document, read with its published schema. */
function problemsOf(rows: readonly Row[]): string | undefined {
  const isInterrupted = rows.some((row) => !isDecided(row));
  const regressed = { rows, expected, tree: '0', since: undefined, isInterrupted };
  const document = regressJson(regressed, undefined, 20);
  return regressSchema.safeParse(JSON.parse(JSON.stringify(document))).error?.message;
}

function rowsFor(given: Partial<Expected>, now: Partial<Measured>): readonly Row[] {
  const rows = judgeStored({ ...expected, ...given }, { ...measured, ...now }, [scenario]);
  return rows.filter(({ id }) => id !== 'R8-second');
}

const [clean] = measured.scenarios;
const [fault] = measured.faults;
const [replayed] = measured.traces;
if (clean === undefined || fault === undefined || replayed === undefined) throw new Error('empty');

const goneStories = ['one-offset', 'transparency'].map((id) => `traces/faults/R0-${id}.trace.json`);
const nothing = { states: 0, transitions: 0, depth: 0, found: [] };

describe('a difference is a row that does not hold; ! cannot be accepted', () => {
  test('nothing differs', () => {
    expect(failed({}, {})).toEqual([]);
  });

  test.each<[string, Partial<Expected>, Partial<Measured>, readonly string[]]>([
    ['collapse', {}, { scenarios: [{ ...clean, states: 8 }] }, ['baseline collapsed']],
    ['no pin', { pins: new Map() }, {}, ['baseline not pinned']],
    [
      'a pin of nothing',
      { pins: new Map([...expected.pins, ['sprite/nowhere', counts]]) },
      {},
      ['baseline gone'],
    ],
    [
      'a space that does not close',
      {},
      { scenarios: [{ ...clean, ending: 'states' }] },
      ['baseline not closed!', 'transitions not closed!', 'property BOUNDED!', 'property BOUNDED!'],
    ],
    [
      'a transition taken no more',
      { taken: [...taken, 'source: aborted'] },
      {},
      ['transitions LOST'],
    ],
    [
      'a transition taken for the first time',
      { taken: ['source: trap'] },
      {},
      ['transitions grew'],
    ],
    ['a violation', {}, { scenarios: [{ ...clean, found: [found] }] }, ['property VIOLATED!']],
    [
      'a witness that is not reached',
      {},
      { scenarios: [{ ...clean, unreached: [property] }] },
      ['property VACUOUS!'],
    ],
    ['a property without a pin', { tested: new Map() }, {}, ['property PROVEN']],
    [
      'a pin of no property',
      { tested: new Map([...expected.tested, ['no-such', [scenario]]]) },
      {},
      ['property gone'],
    ],
    [
      'a fault that no property catches',
      {},
      { faults: [{ ...fault, found: [] }] },
      ['fault MISSED!'],
    ],
    [
      'a fault that is caught sooner',
      {},
      { faults: [{ ...fault, found: [{ ...found, steps: 1 }] }] },
      ['fault CAUGHT otherwise'],
    ],
    [
      'a fault caught by another as well',
      {},
      { faults: [{ ...fault, found: [found, { ...found, property: 'shadow-lists-holders' }] }] },
      ['fault CAUGHT otherwise'],
    ],
    [
      'a stale story, generated again on acceptance',
      {},
      { traces: [{ ...replayed, said: 'stale' }] },
      ['trace stale'],
    ],
    [
      'a rebased story',
      {},
      { traces: [{ ...replayed, said: 'stale', rebased: { line: '', edits: 2, differs: false } }] },
      ['trace rebased'],
    ],
    [
      'a model that throws',
      {},
      {
        scenarios: [
          { ...clean, ...nothing, ending: 'broken', why: 'no cell', unreached: [property] },
        ],
        faults: [{ ...fault, ...nothing, ending: 'broken', why: 'no cell' }],
        traces: [{ ...replayed, said: 'broken', line: 'no cell' }],
      },
      [
        'baseline broken!',
        'transitions UNKNOWN!',
        'property UNKNOWN!',
        'property UNKNOWN!',
        'fault broken!',
        'trace broken!',
      ],
    ],
    [
      'a story that states other bounds',
      {
        stored: [{ file, trace: { ...trace, scenario: { name: scenario, bounds: { hosts: 7 } } } }],
      },
      {},
      ['trace other bounds'],
    ],
    ['a fixed story', {}, { traces: [{ ...replayed, said: 'fixed' }] }, ['trace fixed']],
    ['a story that is gone', { listed: [file, 'traces/kept/mine.trace.json'] }, {}, ['trace gone']],
    ['a story that is in no list', { listed: [] }, {}, ['trace not listed']],
    [
      'a fault whose stories are gone',
      { stored: [] },
      { traces: [] },
      ['fault CAUGHT', 'trace gone'],
    ],
    [
      'a fault whose stories are gone, and their names too',
      { stored: [], listed: [] },
      { traces: [] },
      ['fault CAUGHT'],
    ],
    [
      'a fault that is no longer searched for',
      {
        listed: [file, 'traces/faults/R0-x.trace.json'],
        stored: [
          ...expected.stored,
          { file: 'traces/faults/R0-x.trace.json', trace: { ...trace, variant: 'R0' } },
        ],
      },
      {
        traces: [
          ...measured.traces,
          { file: 'traces/faults/R0-x.trace.json', said: 'as stored', line: '', ms: 1 },
        ],
      },
      ['fault gone'],
    ],
    [
      'a kernel that is gone, its stories there',
      {
        stored: [
          ...expected.stored,
          ...goneStories.map((each) => ({ file: each, problem: 'no R0' })),
        ],
        listed: [file, ...goneStories],
      },
      {},
      ['fault gone'],
    ],
    [
      'a kernel that is gone with its stories',
      { listed: [file, ...goneStories] },
      {},
      ['fault gone'],
    ],
    [
      'an unreadable story of a kernel that is there',
      { stored: [{ file, problem: 'no JSON' }] },
      {},
      ['fault CAUGHT', 'trace unreadable!'],
    ],
    [
      'an unreadable story',
      { stored: [...expected.stored, { file: 'traces/x.trace.json', problem: 'no JSON' }] },
      {
        traces: [
          ...measured.traces,
          { file: 'traces/x.trace.json', said: 'unreadable', line: '', ms: 0 },
        ],
      },
      ['trace unreadable!'],
    ],
  ])('%s', (_, given, now, rows) => {
    expect(failed(given, now)).toEqual(rows);
  });

  test('a stale story of the user is not removed', () => {
    const kept = 'traces/kept/mine.trace.json';
    const stored = [...expected.stored, { file: kept, trace }];
    const traces = [...measured.traces, { ...replayed, file: kept, said: 'stale' as const }];
    expect(failed({ stored }, { traces })).toEqual(['trace stale!']);
  });
});

describe('an interrupted run', () => {
  const ended = { ...clean, ending: 'interrupted' as const, states: 8, unreached: [property] };

  test('leaves the rest undecided: it neither holds nor differs', () => {
    const now = {
      scenarios: [ended],
      faults: [{ ...fault, ending: 'interrupted' as const }],
      traces: [],
    };
    expect(failed({}, now)).toEqual([
      'baseline undecided!',
      'transitions undecided!',
      'property undecided!',
      'property undecided!',
      'fault undecided!',
      'trace undecided!',
    ]);
    expect(rowsFor({}, now).map(({ next, why }) => [next, why])).toEqual(
      Array.from({ length: 6 }, () => [undefined, '']),
    );
  });

  test('reports what was found before', () => {
    const scenarios = [{ ...ended, found: [found] }];
    expect(failed({}, { scenarios })).toEqual([
      'baseline undecided!',
      'transitions undecided!',
      'property VIOLATED!',
      'property undecided!',
    ]);
    const [violated] = rowsFor({}, { scenarios }).filter(({ verdict }) => verdict === 'VIOLATED');
    expect(violated?.why).not.toContain('no more');
  });
});

test('a kernel that is gone is named with its stored stories', () => {
  const [row] = rowsFor({ listed: [file, ...goneStories] }, {}).filter((each) => !each.holds);
  expect(row).toMatchObject({
    id: 'R0',
    what: 'fault',
    variant: 'R0',
    before: 'a shipped fault, 2 stored stories',
    now: 'kernel R0 is gone',
    why: `no kernel is called R0, and stories of it are stored: ${goneStories.join(', ')}`,
  });
});

test('every shipped fault has a row, which fails if no story of it is stored', () => {
  const none: Expected = {
    spec: loadedSprite,
    pins: new Map(),
    tested: new Map(),
    taken: undefined,
    stored: [],
    listed: undefined,
  };
  const rows = judgeStored(none, { scenarios: [], faults: [], traces: [] }, []);
  const faults = faultsOf(loadedSprite).map(({ id }) => id);
  const failing = rows.filter(({ what, holds }) => what === 'fault' && !holds);
  expect(failing.map(({ id }) => id)).toEqual(faults);
  expect(faults.length).toBeGreaterThan(50);
});

test('every row has an outcome, and no two have the same name', () => {
  const rows = rowsFor({}, { scenarios: [{ ...clean, states: 8 }] });
  const outcomes = outcomesOf(home, rows);
  expect(new Set(outcomes.map(({ id }) => id)).size).toBe(rows.length);
  expect(outcomes.filter(({ status }) => status === 'failed')).toMatchObject([
    {
      id: `baseline/${key}`,
      what: 'baseline',
      scenario,
      variant: 'sprite',
      verdict: 'collapsed',
      before: 'updated',
      message: expect.stringContaining('collapsed by 84,768 states'),
    },
  ]);
});

test('rows share the time of one exploration, and no time counts twice', () => {
  const times = new Map(rowsFor({}, {}).map(({ what, id, ms }) => [`${what} ${id}`, ms]));
  expect([...times]).toEqual([
    [`baseline ${key}`, 10],
    ['transitions transitions', undefined],
    [`property ${property}`, 10],
    ['property every-event-is-specified', 10],
    ['fault R1', 30],
    [`trace ${file}`, 5],
  ]);
  expect(outcomesOf(home, rowsFor({}, {})).map(({ seconds }) => seconds)).toContain(0.03);
});

test('a stored story is named by its file; a file outside of the project is not named', () => {
  expect(outcomesOf(home, rowsFor({}, {})).find(({ what }) => what === 'trace')?.trace).toBe(file);
  const [row] = rowsFor({}, {});
  if (row === undefined) throw new Error('no row');
  const places = ['out/a.trace.json', '../../tmp/a.trace.json', '..'];
  const named = outcomesOf(
    home,
    places.map((place) => ({ ...row, trace: place })),
  );
  expect(named.map((each) => each.trace)).toEqual(['out/a.trace.json', undefined, undefined]);
});

test('a general scenario need not close, but must not collapse', () => {
  const first = { ...clean, scenario: 'two-clients', ending: 'states' as const, applied: [] };
  const pins = new Map([...expected.pins, ['sprite/two-clients', counts]]);
  expect(failed({ pins }, { scenarios: [clean, first] })).toEqual([]);
  const collapsed = { ...first, ending: 'closed' as const, states: 2 };
  expect(failed({ pins }, { scenarios: [clean, collapsed] })).toEqual(['baseline collapsed']);
});

test('a violation on the repaired kernel is new in every scenario', () => {
  const violated = rowsFor({}, { scenarios: [{ ...clean, found: [found] }] });
  const outcome = outcomesOf(home, violated).find(({ what }) => what === 'property');
  expect(outcome).toMatchObject({ status: 'failed', before: 'new' });
});
