// Stored stories in every format: they must keep the rules of the format, and are read by a program that
// people use for it. For ITF and ShiViz no such program is a small package: see support/.

import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { printTrace } from '../../checker/stories/trace-format.ts';
import { parseItf } from '../../analysis/export/itf-reader.ts';
import { askConsumers, runHelper, type Said } from '../support/consumers.ts';
import { checkOf, itfSchema } from '../support/itf.ts';
import { brokenRules, readShiviz } from '../support/shiviz.ts';

type Step = Readonly<{
  number: number;
  host: string;
  startMs: number;
  durationMs: number;
  work: string;
  messages: readonly number[];
  labels: readonly string[];
  sights: readonly number[];
}>;

type Exported = Readonly<{
  file: string;
  isViolated: boolean;
  stored: number;
  steps: readonly Step[];
  texts: Readonly<Record<'mermaid' | 'dot' | 'shiviz' | 'chrome', string> & { itf?: string }>;
}>;

type ChromeEvent = Readonly<{
  ph: string;
  name: string;
  cat: string;
  pid: number;
  tid: number;
  ts: number;
  dur: number;
  id: string;
  args: Readonly<{ name: string; step: number; startMs: number; durationMs: number }>;
}>;

const CALLS = 'INIT|ENTIRE|RESUME|DESTROY|RELEASE|CONSIST|HOME_CALL|OPEN|CLOSE|MIGRATE';
const ONE = `(?:(?:${CALLS}) (?:request|reply)|CONSIST_REPLY request)`;
const MESSAGE = new RegExp(`^${ONE}(?:, ${ONE})*$`);

const SLOW = 120_000;
/** What reading costs in a browser's libraries: not every story is shown to every program. */
const EVERY = { mermaid: 6, dot: 6, chrome: 30 };

let stories: readonly Exported[] = [];

beforeAll(() => {
  stories = JSON.parse(runHelper('exported.mjs')) as readonly Exported[];
}, SLOW);

test('every stored story is exported as a whole', () => {
  expect(stories.length).toBeGreaterThan(0);
  expect(stories.filter(({ stored, steps }) => steps.length !== stored)).toEqual([]);
});

test('messages and sights go between hosts, from earlier steps', () => {
  for (const { steps } of stories) {
    for (const step of steps) {
      const { number, host } = step;
      const messages = [...step.messages, ...step.sights];
      const senders = messages.map((sender) => steps[sender - 1]);
      expect(senders.filter((sender) => sender === undefined || sender.host === host)).toEqual([]);
      expect(messages.filter((sender) => sender >= number)).toEqual([]);
    }
  }
});

// As the RPCs of model/timing are called; a request or a reply, and nothing else, is a message.
test('a message is a request or a reply, and every other cause is a sight', () => {
  const labels = new Set(stories.flatMap(({ steps }) => steps.flatMap((step) => step.labels)));
  const strange = [...labels].filter((label) => !MESSAGE.test(label));
  expect(strange).toEqual([]);
  expect(labels).toContain('OPEN request');
  expect(labels).toContain('CLOSE reply');
  const crash = storyOf('walkthroughs/crash-during-migration');
  expect(crash.steps.some(({ sights }) => sights.length > 0)).toBe(true);
});

describe('ITF', () => {
  const texts = (): readonly Exported[] =>
    stories.filter(({ texts: { itf } }) => itf !== undefined);

  test('returns the stored trace, byte for byte', () => {
    for (const {
      file,
      texts: { itf = '' },
    } of texts()) {
      const parsed = parseItf(itf, file);
      if (parsed.kind === 'problems') throw new Error(parsed.problems.join('\n'));
      expect(printTrace(parsed.trace)).toBe(
        readFileSync(new URL(`../../traces/${file}`, import.meta.url), 'utf8'),
      );
    }
  });

  test('follows the grammar, and every value has its type', () => {
    for (const {
      file,
      texts: { itf = '' },
    } of texts().slice(0, 3)) {
      const trace = itfSchema.parse(JSON.parse(itf));
      const checks = Object.entries(trace['#meta'].varTypes).map(
        ([name, type]) => [name, checkOf(type)] as const,
      );
      const wrong = trace.states.flatMap((state) =>
        checks.filter(([name, check]) => !check(state[name])).map(([name]) => name),
      );
      expect({ file, wrong }).toEqual({ file, wrong: [] });
    }
  });

  test.each([
    ['a bare number', { a: 1 }],
    ['null', { a: null }],
    ['a field with a "#"', { a: { '#b': 'c' } }],
    ['a whole number that is no text', { a: { '#bigint': 1 } }],
    ['a variable that is not listed', { b: 'x' }],
  ])('the grammar refuses %s', (_, state) => {
    const meta = { format: 'ITF', status: 'ok', description: '', varTypes: { a: 'Str' } };
    const states = [{ '#meta': { index: 0 }, ...state }];
    expect(itfSchema.safeParse({ '#meta': meta, vars: ['a'], states }).success).toBe(false);
  });

  test('the types refuse a value of another type', () => {
    expect(checkOf('Str -> { a: Int }')({ '#map': [['x', { a: '1' }]] })).toBe(false);
    expect(checkOf('None(UNIT) | Some(Str)')({ tag: 'Some', value: true })).toBe(false);
  });
});

describe('ShiViz', () => {
  test('accepts the clocks of every story', () => {
    for (const { file, steps, texts } of stories) {
      const [events = [], ...others] = readShiviz(texts.shiviz);
      expect({ file, broken: brokenRules(events), others }).toEqual({
        file,
        broken: [],
        others: [],
      });
      expect(events.map(({ host }) => host)).toEqual(steps.map(({ host }) => host));
    }
  });

  test.each([
    ['an event too many', '{"A":2}', '{"A":3}'],
    ['a message without a sender', '{"A":1,"S":1}', '{"A":99,"S":1}'],
    ['a message that brings too little', /("A":\d+),"C":\d+,"S":3}/, '$1,"S":3}'],
  ])('refuses %s', (_, from, to) => {
    const { texts } = storyOf('faults/R1-use-counts-sum-clients');
    const damaged = texts.shiviz.replace(from, to);
    expect(damaged).not.toBe(texts.shiviz);
    expect(readShiviz(damaged).flatMap(brokenRules)).not.toEqual([]);
  });
});

describe('Mermaid', () => {
  test('has an arrow for every message, from its host to its host, and a note for every step', () => {
    for (const { file, steps, texts } of stories) {
      const arrows = [...texts.mermaid.matchAll(/^ +(\w+)->>(\w+): step (\d+): /gm)];
      const messages = steps.flatMap(({ host, messages: senders }) =>
        senders.map((sender) => [steps[sender - 1]?.host, host, String(sender)]),
      );
      expect({ file, arrows: arrows.map(([, ...arrow]) => arrow) }).toEqual({
        file,
        arrows: messages,
      });
      const notes = [...texts.mermaid.matchAll(/^ +Note over (\w+): (\d+)(?:-(\d+))?\. /gm)];
      const seen = [...texts.mermaid.replaceAll('<br/>', ' ').matchAll(/\(sees step (\d+): /g)];
      expect(seen.map(([, number]) => Number(number))).toEqual(
        steps.flatMap(({ sights }) => sights),
      );
      const printed = notes.flatMap(([, host = '', first = '', last = first]) =>
        range(Number(first), Number(last)).map((number) => ({ number, host })),
      );
      expect(printed).toEqual(steps.map(({ number, host }) => ({ number, host })));
    }
  });

  test(
    'reads stories, and draws every host, step and message',
    () => {
      const some = stories.filter((_, index) => index % EVERY.mermaid === 0);
      const isDrawn = (index: number): boolean => index % 10 === 0;
      const asked = some.map(({ texts }, index) => ({
        format: 'mermaid' as const,
        text: texts.mermaid,
        draw: isDrawn(index),
      }));
      const refused = 'sequenceDiagram\n  A->>';
      const said = askConsumers([...asked, { format: 'mermaid', text: refused }]);
      expect(said.at(-1)?.problem).toContain('Parse error');
      some.forEach((story, index) => {
        if (isDrawn(index)) expectDrawn(story, said[index]);
        else expect(said[index]).toEqual({ type: 'sequence' });
      });
    },
    SLOW,
  );

  function expectDrawn({ file, isViolated, steps }: Exported, said: Said | undefined): void {
    const texts = said?.texts ?? [];
    const numbers = texts.flatMap((text) => {
      const [, first, last = first] = /^(\d+)(?:-(\d+))?\. /.exec(text) ?? [];
      return first === undefined ? [] : range(Number(first), Number(last));
    });
    const arrows = said?.arrows ?? [];
    const senders = arrows.flatMap((text) => /^step (\d+): /.exec(text)?.[1] ?? []).map(Number);
    expect({ file, numbers }).toEqual({ file, numbers: steps.map(({ number }) => number) });
    expect(senders).toEqual(steps.flatMap(({ messages }) => messages));
    expect(texts.some((text) => text.startsWith('violated: '))).toBe(isViolated);
    const hosts = new Set(steps.map(({ host }) => (host === 'S' ? 'file server' : `host ${host}`)));
    expect([...hosts].filter((host) => !texts.includes(host))).toEqual([]);
  }
});

test(
  'Graphviz draws every step on its host, every message, and the finding',
  () => {
    const some = stories.filter((_, index) => index % EVERY.dot === 0);
    const asked = some.map(({ texts }) => ({ format: 'dot' as const, text: texts.dot }));
    const said = askConsumers([...asked, { format: 'dot', text: 'digraph { "1" -> }' }]);
    expect(said.at(-1)?.problem).toContain('syntax error');
    some.forEach(({ file, isViolated, steps }, index) => {
      const numbers = steps.map(({ number }) => String(number));
      const finding = isViolated ? ['finding'] : [];
      const { nodes = [], edges = [], clusters = [] } = said[index] ?? {};
      expect({ file, nodes: nodes.toSorted() }).toEqual({
        file,
        nodes: [...numbers, ...finding].toSorted(),
      });
      const messages = steps.flatMap((step) =>
        step.messages.map((from) => `${from}->${step.number}`),
      );
      const sights = steps.flatMap((step) => step.sights.map((from) => `${from}->${step.number}`));
      expect([...messages, ...sights].filter((edge) => !edges.includes(edge))).toEqual([]);
      expect(clusters).toHaveLength(new Set(steps.map(({ host }) => host)).size);
    });
  },
  SLOW,
);

describe('Chrome trace events', () => {
  test('keep their order: slices of a host follow each other, messages go forward', () => {
    for (const { file, isViolated, steps, texts } of stories) {
      const { traceEvents } = JSON.parse(texts.chrome) as { traceEvents: readonly ChromeEvent[] };
      const of = (ph: string): readonly ChromeEvent[] =>
        traceEvents.filter((each) => each.ph === ph);
      const slices = of('X');
      expect(slices).toHaveLength(steps.length);
      expect(slices.map(({ name }) => name).toSorted()).toEqual(
        steps.map(({ work }) => work).toSorted(),
      );
      expect(slices.filter((slice) => 'args' in slice)).toEqual([]);
      const marks = of('i').filter(({ cat }) => cat === 'detail');
      expect(of('i')).toHaveLength(marks.length + (isViolated ? 1 : 0));
      const times = marks.flatMap(({ args: { startMs, durationMs } }) => [startMs, durationMs]);
      expect(times.filter((ms) => !/^\d+(\.\d{1,3})?$/.test(String(ms)))).toEqual([]);
      for (const slice of slices) {
        const others = slices.filter(({ pid }) => pid === slice.pid);
        const overlapping = others.filter(({ ts }) => ts > slice.ts && ts < slice.ts + slice.dur);
        // A microsecond a step at most: so much later than by the clock of `cost`, which does not know
        // what a step sees of another host, and than what it sees.
        const mark = marks.find(
          ({ ts, pid, tid }) => ts === slice.ts && pid === slice.pid && tid === slice.tid,
        );
        const sights = steps[(mark?.args.step ?? 0) - 1]?.sights ?? [];
        const seen = marks.filter(({ args }) => sights.includes(args.step)).map(({ ts }) => ts);
        const late = slice.ts - Math.max((mark?.args.startMs ?? NaN) * 1000, ...seen);
        expect({ file, overlapping, isOnTime: late > -1 && late <= steps.length }).toEqual({
          file,
          overlapping: [],
          isOnTime: true,
        });
      }
      for (const sent of of('s')) {
        const taken = of('f').find(({ id }) => id === sent.id);
        const within = [sent, taken].map((end) =>
          slices.some(
            ({ pid, tid, ts, dur }) =>
              pid === end?.pid && tid === end.tid && ts <= end.ts && end.ts <= ts + dur,
          ),
        );
        expect({ file, id: sent.id, within, isForward: sent.ts <= (taken?.ts ?? -1) }).toEqual({
          file,
          id: sent.id,
          within: [true, true],
          isForward: true,
        });
      }
    }
  });

  test(
    'load into speedscope without an error, with every activity of every host',
    () => {
      const some = stories.filter((_, index) => index % EVERY.chrome === 0);
      const asked = some.map(({ texts }) => ({ format: 'chrome' as const, text: texts.chrome }));
      const damaged = (asked[0]?.text ?? '').replaceAll('"ph":"X"', '"ph":"E"');
      const said = askConsumers([...asked, { format: 'chrome', text: damaged }]);
      expect(said.at(-1)?.problem).not.toBeUndefined();
      let merged = 0;
      some.forEach(({ texts }, index) => {
        const { traceEvents } = JSON.parse(texts.chrome) as { traceEvents: readonly ChromeEvent[] };
        const nameOf = (name: string, pid: number, tid: number): string | undefined =>
          traceEvents.find((each) => each.name === name && each.pid === pid && each.tid === tid)
            ?.args.name;
        const places = traceEvents
          .filter(({ ph }) => ph === 'X')
          .map(({ pid, tid }) => {
            const [host, activity] = [
              nameOf('process_name', pid, 0),
              nameOf('thread_name', pid, tid),
            ];
            return `${host} (pid ${pid}), ${activity} (tid ${tid})`;
          });
        expect(said[index]?.problem).toBeUndefined();
        expect(places.filter((place) => said[index]?.page?.includes(place) !== true)).toEqual([]);
        // Steps of one name are one frame: as many frames as names on the first activity.
        const slices = traceEvents.filter(
          ({ ph, pid, tid }) => ph === 'X' && pid === 1 && tid === 1,
        );
        const works = [...new Set(slices.map(({ name }) => name))];
        expect(said[index]?.frames?.toSorted()).toEqual(works.toSorted());
        merged += slices.length - works.length;
      });
      expect(merged).toBeGreaterThan(0);
    },
    SLOW,
  );
});

function storyOf(name: string): Exported {
  const story = stories.find(({ file }) => file === `${name}.trace.json`);
  if (story === undefined) throw new Error(`no story ${name}`);
  return story;
}

function range(first: number, last: number): readonly number[] {
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}
