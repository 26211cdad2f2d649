// Random walks of small scenarios, exported: nothing throws, every text keeps its rules, and the
// order that exports show is the order in which things had to happen.

import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { createMachine } from 'xstate';
import { EVERY_EVENT_IS_SPECIFIED } from '../../checker/claims/unspecified-event.ts';
import { hashWorld } from '../../checker/engine/world-hash.ts';
import { eventOf, stepOf } from '../../checker/specification/protocol.ts';
import type { Json } from '../../checker/text/json.ts';
import { enabledIn } from '../../checker/engine/enabled.ts';
import { createSystem, type System } from '../../checker/engine/system.ts';
import {
  printTrace,
  TRACE_FORMAT,
  TRACE_VERSION,
  type Trace,
} from '../../checker/stories/trace-format.ts';
import { BadInput } from '../../analysis/errors.ts';
import { formats } from '../../analysis/export/formats.ts';
import { itfOf } from '../../analysis/export/itf.ts';
import { parseItf } from '../../analysis/export/itf-reader.ts';
import { exprOf, jsonOfItf } from '../../analysis/export/itf-values.ts';
import { storyDocument, type StoryDocument } from '../../analysis/export/story-document.ts';
import {
  instanceIn,
  originOf,
  type CheckedInstance,
} from '../../analysis/specification/instance.ts';
import { loadedSprite } from '../../testing/sprite.ts';
import { askConsumers } from '../support/consumers.ts';
import { brokenRules, readShiviz } from '../support/shiviz.ts';

const SEED = 1989;
const SLOW = 120_000;
const LONGEST = 30;

const instances = ['read-during-transfer', 'crash-during-migration'].map((scenario) =>
  instanceIn(loadedSprite, { variant: 'sprite', scenario, properties: [] }),
);

/** Titles that mean something to some format. */
const title = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.constantFrom(
    'end',
    'a; b # c %% d',
    '%%{init: {"theme": "dark"}}%%',
    'A->>B: x\nend\nrect',
    '"]; "x" [label="y"] \\',
    '</script><b>&amp;',
    '=== x ===\nA {"A":1}\n1 b c',
    '$$x^2$$ `y` {z}',
    '__proto__',
  ),
);

type Walk = { readonly system: System; readonly story: StoryDocument; readonly trace: Trace };

const walk: fc.Arbitrary<Walk> = fc
  .record(
    {
      instance: fc.constantFrom(...instances),
      choices: fc.array(fc.nat(), { maxLength: LONGEST, size: 'max' }),
      title,
    },
    { noNullPrototype: true },
  )
  .map(walked);

type Chosen = {
  readonly instance: CheckedInstance;
  readonly choices: readonly number[];
  readonly title: string;
};

function walked({ instance, choices, title: said }: Chosen): Walk {
  const { system } = instance;
  const row = system.initial();
  const steps: Trace['steps'] = [];
  for (const choice of choices) {
    const enabled = enabledIn(system, row);
    const delivery = enabled[choice % enabled.length];
    if (delivery === undefined) break;
    system.perform(row, delivery);
    const cell = system.protocol.cells[system.cellOf(delivery)];
    steps.push(stepOf(cell?.name ?? '', system.eventOf(delivery)) as Trace['steps'][number]);
  }
  const trace: Trace = {
    format: TRACE_FORMAT,
    version: TRACE_VERSION,
    title: said,
    ...originIn(instance),
    verdict: 'held',
    lastWorld: hashWorld(system, row),
    provenance: { found: 'written' },
    steps,
  };
  return { system, trace, story: storyDocument(instance, trace) };
}

/** As a trace has it: bounds of its own. */
function originIn(
  instance: CheckedInstance,
): Pick<Trace, 'specification' | 'variant' | 'scenario'> {
  const { scenario, ...origin } = originOf(instance, 'sprite');
  const { name, bounds } = scenario;
  return { ...origin, scenario: { name, bounds: { ...bounds } as Trace['scenario']['bounds'] } };
}

describe('a random walk', () => {
  test(
    'is exported to every format by its rules, in causal order',
    () => {
      const shown: StoryDocument[] = [];
      let swaps = 0;
      fc.assert(
        fc.property(walk, ({ system, story, trace }) => {
          const texts = Object.values(formats).map((format) => format(story));
          expect(texts.every((text) => text.endsWith('\n'))).toBe(true);
          expect(story.steps).toHaveLength(trace.steps.length);
          expect(readShiviz(formats.shiviz(story)).flatMap(brokenRules)).toEqual([]);
          expect(() => void JSON.parse(formats.chrome(story))).not.toThrow();
          expectCausesOfEveryLook(story);
          expectClocksToSayTheOrder(story);
          swaps += expectSwapsToChangeNothing(system, story);
          if (shown.length < 15) shown.push(story);
        }),
        { seed: SEED, numRuns: 60 },
      );
      // Where nothing could be swapped, nothing was tested.
      expect(swaps).toBeGreaterThan(100);
      const asked = shown.flatMap((story) => [
        { format: 'mermaid' as const, text: formats.mermaid(story) },
        { format: 'dot' as const, text: formats.dot(story) },
      ]);
      expect(askConsumers(asked).flatMap(({ problem }) => problem ?? [])).toEqual([]);
    },
    SLOW,
  );

  test(
    'returns from ITF unchanged, with or without the `#meta` of states',
    () => {
      fc.assert(
        fc.property(walk, ({ story, trace }) => {
          const text = itfOf(story);
          expect(parseItf(text, 'x')).toEqual({ kind: 'trace', trace });
          const document = JSON.parse(text) as { states: { '#meta'?: object }[] };
          for (const state of document.states) delete state['#meta'];
          expect(parseItf(JSON.stringify(document), 'x')).toEqual({ kind: 'trace', trace });
        }),
        { seed: SEED, numRuns: 8 },
      );
    },
    SLOW,
  );

  test('has every cell of every state in ITF: its first value with the changes', () => {
    for (const { system, story, trace } of fc.sample(walk, { seed: SEED, numRuns: 15 })) {
      const { params, states } = JSON.parse(itfOf(story)) as ItfStates;
      const row = system.initial();
      for (const [index, state] of states.entries()) {
        const step = trace.steps[index - 1];
        if (step !== undefined) system.perform(row, system.delivery(step.at, eventOf(step)));
        const cells = params.flatMap((name) => {
          const kind = name.replace('initial_', '');
          const changed = fieldsOf(state[kind] ?? {});
          return Object.entries(fieldsOf(states[0]?.[name] ?? {})).map(([object, first]) => [
            `${kind} ${object}`.trimEnd(),
            withoutNulls(merged(first, changed[object])),
          ]);
        });
        const expected = system.protocol.cells.map(({ name }, cell) => [
          name,
          withoutNulls(system.local(cell, row[cell] as number) as unknown as Json),
        ]);
        expect(Object.fromEntries(cells)).toEqual(Object.fromEntries(expected));
      }
    }
  });

  test('is short in ITF: a value that never changes is in one state', () => {
    const [{ story } = { story: undefined }] = fc.sample(walk, { seed: SEED, numRuns: 1 });
    if (story === undefined) throw new Error('no walk');
    const { vars, states } = JSON.parse(itfOf(story)) as ItfStates;
    for (const kind of vars.filter((name) => !name.startsWith('mbt::'))) {
      const [first = {}, ...later] = states.map((state) => fieldsOf(state[kind] ?? {}));
      for (const [object, cell] of Object.entries(first)) {
        const isStill = later.every((cells) => equal(cells[object], cell));
        expect({ kind, object, isStill }).toEqual({ kind, object, isStill: false });
      }
    }
  });

  function expectCausesOfEveryLook({ steps }: StoryDocument): void {
    for (const { number, sees, changes, causes } of steps) {
      const ghosts = new Set(
        steps.flatMap((step) =>
          step.changes.flatMap((each) => (each.host === undefined ? each.cell : [])),
        ),
      );
      const touched = [...sees, ...changes.map(({ cell }) => cell)];
      const expected = touched
        .filter((cell) => !ghosts.has(cell))
        .flatMap((cell) => {
          const changing = (step: (typeof steps)[number]): boolean =>
            step.changes.some((each) => each.cell === cell);
          return steps.slice(0, number - 1).findLast(changing)?.number ?? [];
        });
      expect(causes.map(({ step }) => step)).toEqual(
        [...new Set(expected)].toSorted((a, b) => a - b),
      );
    }
  }

  function expectClocksToSayTheOrder({ steps }: StoryDocument): void {
    const before: Set<number>[] = [];
    for (const { number, host, causes, clock } of steps) {
      const own = steps.slice(0, number - 1).findLast((each) => each.host === host)?.number;
      const direct = [...causes.map(({ step }) => step), ...(own === undefined ? [] : [own])];
      const all = new Set(direct.flatMap((each) => [each, ...(before[each] ?? [])]));
      before[number] = all;
      const seen = steps
        .slice(0, number - 1)
        .filter((each) => (clock[each.host] ?? 0) >= (each.clock[each.host] ?? 0));
      expect(seen.map((each) => each.number)).toEqual([...all].toSorted((a, b) => a - b));
    }
  }

  /** Two steps in a row of which neither depends on the other, the other way round. How many there were. */
  function expectSwapsToChangeNothing(system: System, { steps }: StoryDocument): number {
    const row = system.initial();
    let swaps = 0;
    const take = (start: Int32Array, order: StoryDocument['steps']): Int32Array => {
      const reached = start.slice();
      for (const { step } of order) {
        expect(system.perform(reached, system.delivery(step.at, eventOf(step)))).toBe(true);
      }
      return reached;
    };
    for (const [index, earlier] of steps.entries()) {
      const later = steps[index + 1];
      if (later !== undefined && isFree(earlier, later)) {
        swaps++;
        expect(later.causes.map(({ step }) => step)).not.toContain(earlier.number);
        expect(take(row, [later, earlier])).toEqual(take(row, [earlier, later]));
      }
      row.set(take(row, [earlier]));
    }
    return swaps;
  }

  /** Neither looks at or changes what the other changes, ghosts included. */
  function isFree(a: StoryDocument['steps'][number], b: StoryDocument['steps'][number]): boolean {
    const meets = (one: typeof a, other: typeof a): boolean =>
      one.changes.some(
        ({ cell }) => other.sees.has(cell) || other.changes.some((each) => each.cell === cell),
      );
    return !meets(a, b) && !meets(b, a);
  }
});

test('a long story of a large scenario is exported to ITF and read again; a longer one is refused', () => {
  const named = { variant: 'sprite', scenario: 'office', properties: [] };
  const choices = Array.from({ length: 110 }, (_, index) => index * 5);
  const instance = instanceIn(loadedSprite, named);
  const { story, trace } = walked({ instance, choices, title: 'long' });
  expect(story.steps).toHaveLength(110);
  const text = itfOf(story);
  expect(Buffer.byteLength(text)).toBeLessThan(2_000_000);
  expect(parseItf(text, 'x')).toEqual({ kind: 'trace', trace });
  const longer = { ...story, steps: Array.from({ length: 8 }, () => story.steps).flat() };
  expect(() => itfOf(longer)).toThrow(BadInput);
  expect(() => itfOf(longer)).toThrow(/880 steps: as ITF, expected at most \d+ bytes, found more;/);
});

test('the step that meets an unspecified event is printed, and changes nothing', () => {
  const [instance] = instances;
  if (instance === undefined) throw new Error('no instance');
  const { protocol } = instance;
  const deaf = createMachine({ initial: 'idle', states: { idle: {} } });
  const system = createSystem({
    ...protocol,
    cells: protocol.cells.map((cell) =>
      cell.name === 'service p' ? { ...cell, machine: deaf, observes: {} } : cell,
    ),
  });
  const open = {
    at: 'thread p',
    action: 'open',
    params: { file: 'f', mode: 'write', descriptor: 0 },
  };
  const trace: Trace = {
    format: TRACE_FORMAT,
    version: TRACE_VERSION,
    ...originIn(instance),
    property: EVERY_EVENT_IS_SPECIFIED,
    verdict: 'violated',
    certificate: { kind: 'shortest' },
    finding: { subject: 'service p', expected: 'a transition', found: 'none' },
    lastWorld: hashWorld(system, system.initial()),
    provenance: { found: 'written' },
    steps: [open],
  };
  const story = storyDocument({ ...instance, system }, trace);
  expect(story.steps).toMatchObject([{ number: 1, host: 'A', takesPlace: false, changes: [] }]);
  expect(formats.mermaid(story)).toContain('(does not take');
  expect(formats.shiviz(story)).toContain('violated: service p');
  expect(JSON.parse(formats.chrome(story))).toMatchObject({
    traceEvents: expect.arrayContaining([expect.objectContaining({ ph: 'i' })]),
  });
  expect(formats.dot(story)).toContain('"1" -> "finding"');
  expect(parseItf(formats.itf(story), 'x')).toEqual({ kind: 'trace', trace });
});

test('any JSON value survives as an ITF expression', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      expect(jsonOfItf(JSON.parse(JSON.stringify(exprOf(value as Json))) as Json)).toEqual(value);
    }),
    { seed: SEED, numRuns: 500 },
  );
  expect(Object.is(jsonOfItf(exprOf(-0)), -0)).toBe(true);
  expect(jsonOfItf(exprOf({ tag: 'None', value: [1.5, { '#map': [] }] }))).toEqual({
    tag: 'None',
    value: [1.5, { '#map': [] }],
  });
});

describe('a file that is no exported story is refused in one line', () => {
  const [example] = fc.sample(walk, { seed: SEED, numRuns: 1 });
  const text = example === undefined ? '' : itfOf({ ...example.story, initial: new Map() });

  test('the example itself is read', () => {
    expect(parseItf(text, 'x').kind).toBe('trace');
  });

  test.each(['"loop": null', '"loop": null, "params": null'])('and with %s', (fields) => {
    const { params: _, ...bare } = JSON.parse(text) as Fields;
    expect(parseItf(JSON.stringify(bare).replace(/^\{/, `{${fields},`), 'x').kind).toBe('trace');
  });

  test('and with null for the `#meta` of states', () => {
    const { states, ...rest } = JSON.parse(text) as { states: readonly Fields[] };
    const bare = states.map((state) => ({ ...state, '#meta': null }));
    expect(parseItf(JSON.stringify({ ...rest, states: bare }), 'x').kind).toBe('trace');
  });

  test('bytes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (noise) => {
        expectOneLine(parseItf(noise, 'x\n'));
      }),
      { seed: SEED, numRuns: 200 },
    );
  });

  test(
    'a part replaced',
    () => {
      const scraps = [
        '',
        '{',
        '}',
        '[',
        '"',
        '1',
        'null',
        ',',
        '#bigint',
        '\\u0000',
        '"__proto__":1,',
      ];
      fc.assert(
        fc.property(
          fc.nat(text.length),
          fc.nat(30),
          fc.constantFrom(...scraps),
          (from, length, scrap) => {
            const damaged = text.slice(0, from) + scrap + text.slice(from + length);
            const parsed = parseItf(damaged, 'x');
            if (parsed.kind === 'trace') expect(() => printTrace(parsed.trace)).not.toThrow();
            else expectOneLine(parsed);
          },
        ),
        { seed: SEED, numRuns: 300 },
      );
    },
    SLOW,
  );

  test.each([
    [
      'nothing of ours',
      /"sprite-check":/,
      '"other":',
      /^x:2: expected a value in "#meta.sprite-check"/,
    ],
    [
      'two versions of a step',
      /"at":"/,
      '"at":"x',
      /^x:7: expected the same step as in "mbt::actionTaken"/,
    ],
    [
      'no beginning',
      '"mbt::actionTaken":"init"',
      '"mbt::actionTaken":"p: x"',
      /^x:6: expected "init"/,
    ],
    [
      'a second beginning',
      /"mbt::actionTaken":"\w+ \w+: [^"]*"/,
      '"mbt::actionTaken":"init"',
      /^x:7: exp/,
    ],
    ['parameters that are no names', '"params"', '"params": [7], "more"', /^x:1: exp.* names/],
    [
      'a parameter too few',
      '"params": [',
      '"params": ["x"',
      /^x:6: expected a value in "states.0.x"/,
    ],
    ['a lasso', '"states"', '"loop": 0, "states"', /^x:5: expected a story that ends/],
    [
      'a fault of the header',
      '"verdict":"held"',
      '"verdict":"hold"',
      /^x:2: expected "violated" or/,
    ],
    [
      'a variable too few',
      /"mbt::nondetPicks":\{/,
      '"more":{',
      /^x:6: expected a value in "states.0.mbt/,
    ],
    [
      'a key that reaches the prototype',
      '"vars"',
      '"__proto__": 1, "vars"',
      /^x:4: expected a key/,
    ],
    [
      'many commas',
      '"vars"',
      `"more": [${'1,'.repeat(800_001)}1], "vars"`,
      /^x:1: expected at most/,
    ],
    [
      'a long line',
      '"vars"',
      `"more": "${'x'.repeat(1 << 20)}", "vars"`,
      /^x:1: expected lines of/,
    ],
  ])('%s', (_, from, to, expected) => {
    const damaged = text.replace(from, to);
    expect(damaged).not.toBe(text);
    const parsed = parseItf(damaged, 'x');
    expectOneLine(parsed);
    expect(parsed.kind === 'problems' ? parsed.problems[0] : '').toMatch(expected);
  });

  function expectOneLine(parsed: ReturnType<typeof parseItf>): void {
    const problems = parsed.kind === 'problems' ? parsed.problems : [];
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^x(\\u000a)?:\d+: expected .*, found [^\n]*$/);
  }
});

type ItfStates = {
  readonly params: readonly string[];
  readonly vars: readonly string[];
  readonly states: readonly { readonly [name: string]: Json }[];
};

type Fields = { readonly [name: string]: Json };

/** An ITF expression as JSON. */
function fieldsOf(expr: Json): Fields {
  return jsonOfItf(expr) as Fields;
}

/** What is null and what is missing is `None`, both. */
function withoutNulls(value: Json): Json {
  const text = JSON.stringify(value, (_, held: unknown) =>
    Array.isArray(held) ? held : (held ?? undefined),
  );
  return JSON.parse(text) as Json;
}

/** A cell with the fields in it that changed, also those of its context. */
function merged(first: Json, changed: Json | undefined): Json {
  if (changed === undefined) return first;
  const [before, now] = [first as Fields, changed as Fields];
  const context = { ...(before['context'] as Fields), ...(now['context'] as Fields) };
  return { ...before, ...now, context };
}

function equal(a: Json | undefined, b: Json): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
