// A title is a claim. The events of each title are listed here, written from the title alone; each takes
// place in the stored story, in this order. They read cells by their own names and fields, and share
// nothing with the stages by which the story was found.

import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { eventOf, type Look, type Step } from '../../checker/specification/protocol.ts';
import { parseTrace, type Trace } from '../../checker/stories/trace-format.ts';
import { instanceIn } from '../../analysis/specification/instance.ts';
import { loadedSprite } from '../../testing/sprite.ts';

type Moment = { readonly step: Step; readonly before: Look; readonly after: Look };
type IsIt = (moment: Moment) => boolean;
type Title = { readonly title: string; readonly events: readonly IsIt[] };

/** Fields of what a cell holds; its state is `is`. */
type Fields = { readonly is: unknown; readonly [field: string]: unknown };

const expected: { readonly [name: string]: Title } = {
  'migration-with-open-file': {
    title: 'A process with an open file goes from its home to another host, and the file with it.',
    events: [
      calls('p', 'open', 'A'),
      hasOpen('p0', 'A'),
      isAsked('p', 'B'),
      leaves('p0', 'A'),
      runs('p', 'B', 'p0'),
      hasLeft('p', 'A'),
    ],
  },
  'there-and-back': {
    title: 'A process with an open file goes to another host and comes home again.',
    events: [
      hasOpen('p0', 'A'),
      isAsked('p', 'B'),
      runs('p', 'B', 'p0'),
      hasLeft('p', 'A'),
      isAsked('p', 'A'),
      leaves('p0', 'B'),
      runs('p', 'A', 'p0'),
      hasLeft('p', 'B'),
    ],
  },
  'unlinked-file-travels': {
    title: 'A file without a name goes with its only user, and ends with the last close, once.',
    events: [
      hasOpen('p0', 'A'),
      calls('p', 'unlink', 'A'),
      so(({ after }) => of(after, 'file f')['linked'] === false),
      runs('p', 'B', 'p0'),
      hasLeft('p', 'A'),
      so(({ after }) => of(after, 'file f')['references'] === 1),
      calls('p', 'close', 'B'),
      // Not before: the story ends with the only removal.
      so(
        ({ before, after }) =>
          of(before, 'file f')['removals'] === 0 && of(after, 'file f')['removals'] === 1,
      ),
      answered('p', 'B'),
    ],
  },
  'shared-offset': {
    title:
      'Parent and child read through one stream from two hosts, the child where its parent stopped.',
    events: [
      hasOpen('p0', 'A'),
      calls('p', 'fork', 'A'),
      runs('q', 'B', 'p0'),
      hasLeft('q', 'A'),
      both(calls('p', 'read', 'A'), offsetGoes(0, 1)),
      both(calls('q', 'read', 'B'), offsetGoes(1, 2)),
    ],
  },
  'offset-comes-home': {
    title:
      'The offset moves to the I/O server while two hosts share a stream, and back afterwards.',
    events: [
      hasOpen('p0', 'A'),
      both(calls('p', 'read', 'A'), ({ after }) => of(after, 'stream p0@A')['offset'] === 1),
      offsetGoes(0, 1),
      both(runs('q', 'B', 'p0'), ({ after }) => of(after, 'shadow p0')['shared'] === true),
      both(calls('q', 'read', 'B'), offsetGoes(1, 2)),
      isAsked('q', 'A'),
      so(({ after }) => {
        const { shared, offset } = of(after, 'stream p0@A');
        return shared === false && offset === 2 && of(after, 'shadow p0')['shared'] === false;
      }),
      hasLeft('q', 'B'),
    ],
  },
  'double-migration': {
    title: 'Two processes that share a stream leave one after the other, for different hosts.',
    events: [
      hasOpen('p0', 'A'),
      calls('p', 'fork', 'A'),
      so(({ after }) => of(after, 'stream p0@A')['references'] === 2),
      isAsked('q', 'B'),
      both(hasLeft('q', 'A'), ({ after }) => of(after, 'stream p0@A')['references'] === 1),
      isAsked('p', 'C'),
      leaves('p0', 'A'),
      runs('p', 'C', 'p0'),
      both(hasLeft('p', 'A'), ({ after }) => of(after, 'stream p0@B').is === 'open'),
    ],
  },
  'caching-disabled': {
    title: 'A file that one host reads is opened for writing on another, and no client caches it.',
    events: [
      so(({ step, after }) => step.action === 'read' && of(after, 'handle f@A')['block'] !== null),
      so(({ step }) => step.action === 'open' && step.params['mode'] === 'write'),
      so(({ step }) => step.at === 'recall f@A' && step.action === 'served'),
      both(answered('q', 'C'), ({ after }) =>
        ['A', 'C'].every((host) => {
          const { cachable, block } = of(after, `handle f@${host}`);
          return cachable === false && block === null;
        }),
      ),
    ],
  },
  'sequential-write-sharing': {
    title: 'What one host wrote and closed is recalled when the next host opens it to write.',
    events: [
      calls('p', 'write', 'A'),
      calls('p', 'close', 'A'),
      both(answered('p', 'A'), ({ after }) => of(after, 'stream p0@A').is === 'absent'),
      both(calls('q', 'open', 'B'), ({ step }) => step.params['mode'] === 'write'),
      so(
        ({ step, before, after }) =>
          step.at === 'recall f@A' &&
          of(before, 'file f')['data'] === 0 &&
          of(after, 'file f')['data'] !== 0,
      ),
      both(answered('q', 'B'), ({ after }) => of(after, 'stream q0@B').is === 'open'),
    ],
  },
  'remote-fork-and-wait': {
    title: 'Away from home a process forks a child and waits for it; their home decides both.',
    events: [
      runs('p', 'B'),
      hasLeft('p', 'A'),
      calls('p', 'fork', 'B'),
      homeDoes('p', 'fork'),
      so(
        ({ step, after }) => step.action === 'homeReplied' && of(after, 'thread q')['host'] === 'B',
      ),
      calls('p', 'wait', 'B'),
      homeDoes('p', 'wait'),
      so(({ step, after }) => step.action === 'homeReplied' && of(after, 'thread p').is === 'user'),
    ],
  },
  'exit-away-from-home': {
    title: 'A child ends away from home; its parent at home learns how.',
    events: [
      calls('p', 'fork', 'A'),
      runs('q', 'B'),
      hasLeft('q', 'A'),
      calls('q', 'exit', 'B'),
      both(homeDoes('q', 'exit'), ({ after }) => of(after, 'process q@A')['status'] === 'exited'),
      both(calls('p', 'wait', 'A'), ({ after }) => of(after, 'process q@A').is === 'absent'),
    ],
  },
  'crash-during-migration': {
    title: 'The source crashes while a process is half unpacked, and what had arrived is given up.',
    events: [
      isAsked('p', 'B'),
      leaves('p0', 'A'),
      hasOpen('p0', 'B'),
      both(crashes('A'), ({ after }) => of(after, 'process p@B').is === 'arriving'),
      leaves('p0', 'B'),
      so(({ step, after }) => step.action === 'closed' && of(after, 'process p@B').is === 'absent'),
      so(({ after }) => of(after, 'file f')['references'] === 0),
      so(({ step, after }) => step.at === 'cleanup A' && of(after, 'cleanup A').is === 'idle'),
    ],
  },
  'lost-reply': {
    title: 'The reply to a resume is lost and asked for again; the process goes on.',
    events: [
      runs('p', 'B'),
      so(({ step }) => step.at === 'target p' && step.action === 'replyLost'),
      so(
        ({ step, before }) => step.at === 'source p' && of(before, 'target p')['isSilent'] === true,
      ),
      hasLeft('p', 'A'),
      calls('p', 'open', 'B'),
      answered('p', 'B'),
    ],
  },
  'fork-asked-again': {
    title: 'The reply to a fork away from home is lost; asked again, home answers what it has.',
    events: [
      hasLeft('p', 'A'),
      calls('p', 'fork', 'B'),
      homeDoes('p', 'fork'),
      so(({ step }) => step.at === 'homeCall p' && step.action === 'replyLost'),
      so(({ step }) => step.at === 'thread p' && step.action === 'replyMissed'),
      homeDoes('p', 'fork'),
      so(
        ({ step, after }) =>
          step.action === 'homeReplied' &&
          of(after, 'process q@B').is === 'running' &&
          of(after, 'process r@A').is === 'absent',
      ),
    ],
  },
  eviction: {
    title: 'The owner of B returns, and a visitor goes home with its open file.',
    events: [
      so(({ after }) => of(after, 'stream p0@B').is === 'open'),
      so(({ step }) => step.at === 'eviction B' && step.action === 'ownerReturned'),
      leaves('p0', 'B'),
      runs('p', 'A', 'p0'),
      both(hasLeft('p', 'B'), ({ after }) => of(after, 'process p@B').is === 'absent'),
    ],
  },
};

const folder = new URL('../../traces/walkthroughs/', import.meta.url);
const names = readdirSync(folder).map((file) => file.replace('.trace.json', ''));

test('each walkthrough has a row, and each row is of one', () => {
  expect(names.toSorted()).toEqual(Object.keys(expected).toSorted());
});

describe.each(names)('%s', (name) => {
  const { title = '', events = [] } = expected[name] ?? {};
  const trace = storyOf(name);

  test('has the title of its row', () => expect(trace.title).toBe(title));

  test('contains the events of its row, in order', () => {
    expect(firstsOf(events, momentsOf(trace))).toHaveLength(events.length);
  });

  test('contains fewer of them if it ends earlier', () => {
    const moments = momentsOf(trace).slice(0, -1);
    expect(firstsOf(events, moments).length).toBeLessThan(events.length);
  });
});

test('a story whose process opens its file only after its arrival is another walkthrough', () => {
  const trace = storyOf('migration-with-open-file');
  const late = [
    { at: 'source p', action: 'requested', params: { to: 'B' } },
    ...['accepted', 'replyTaken', 'trapped', 'encapsulated', 'received', 'fetched'].map(step),
    ...['replyTaken', 'continued'].map(step),
    { at: 'thread p', action: 'open', params: { file: 'f', mode: 'write', descriptor: 0 } },
    ...['replyTaken', 'switched', 'served', 'served'].map(step),
    { at: 'thread p', action: 'replyTaken', params: {} },
  ];
  const moments = momentsOf(trace, late);
  expect(moments).toHaveLength(late.length);
  expect(firstsOf(expected['migration-with-open-file']?.events ?? [], moments)).toEqual([]);

  function step(action: string): Step {
    const isTargets = ['accepted', 'received', 'fetched', 'continued'].includes(action);
    const at = action === 'served' ? 'service p' : isTargets ? 'target p' : 'source p';
    return { at, action, params: {} };
  }
});

function storyOf(name: string): Trace {
  const parsed = parseTrace(readFileSync(new URL(`${name}.trace.json`, folder), 'utf8'), name);
  if (parsed.kind === 'problems') throw new Error(parsed.problems.join('\n'));
  return parsed.trace;
}

/** Every step with the worlds before and after it. */
function momentsOf(
  { variant, scenario, steps: stored }: Trace,
  steps: readonly Step[] = stored,
): readonly Moment[] {
  const { system } = instanceIn(loadedSprite, { variant, scenario: scenario.name, properties: [] });
  const row = system.initial();
  return steps.map((step) => {
    const before = system.look(row.slice());
    expect(system.perform(row, system.delivery(step.at, eventOf(step)))).toBe(true);
    return { step, before, after: system.look(row.slice()) };
  });
}

/** Where each event is first seen, at or after the one before, as far as they are seen. */
function firstsOf(events: readonly IsIt[], moments: readonly Moment[]): readonly number[] {
  const found: number[] = [];
  for (const isIt of events) {
    const from = found.at(-1) ?? 0;
    const at = moments.findIndex((moment, index) => index >= from && isIt(moment));
    if (at < 0) break;
    found.push(at);
  }
  return found;
}

function of(look: Look, cell: string): Fields {
  const { value, context } = look(cell);
  return { ...(context as object), is: value };
}

function so(isSo: IsIt): IsIt {
  return isSo;
}

function both(one: IsIt, other: IsIt): IsIt {
  return (moment) => one(moment) && other(moment);
}

/** A program makes a call, on this host. */
function calls(process: string, call: string, host: string): IsIt {
  const thread = `thread ${process}`;
  return ({ step, before }) =>
    step.at === thread && step.action === call && of(before, thread)['host'] === host;
}

/** A program on this host has the server's answer, and goes on. */
function answered(process: string, host: string): IsIt {
  const thread = `thread ${process}`;
  return ({ step, after }) => {
    const { is, host: at } = of(after, thread);
    return step.at === thread && step.action === 'replyTaken' && is === 'user' && at === host;
  };
}

function hasOpen(stream: string, host: string): IsIt {
  return ({ before, after }) =>
    of(before, `stream ${stream}@${host}`).is !== 'open' &&
    of(after, `stream ${stream}@${host}`).is === 'open';
}

function isAsked(process: string, to: string): IsIt {
  return ({ step }) =>
    step.at === `source ${process}` && step.action === 'requested' && step.params['to'] === to;
}

/** The last reference of a stream leaves this host. */
function leaves(stream: string, host: string): IsIt {
  return ({ before, after }) =>
    of(before, `stream ${stream}@${host}`).is !== 'absent' &&
    of(after, `stream ${stream}@${host}`).is === 'absent';
}

/** A process that has come to this host is resumed there, with the stream where one is named. */
function runs(process: string, host: string, stream?: string): IsIt {
  return ({ step, after }) =>
    step.at === `target ${process}` &&
    step.action === 'continued' &&
    of(after, `thread ${process}`)['host'] === host &&
    (stream === undefined || of(after, `stream ${stream}@${host}`).is === 'open');
}

/** The host that a process has left has switched away from it. */
function hasLeft(process: string, host: string): IsIt {
  const source = `source ${process}`;
  return ({ step, before }) =>
    step.at === source && step.action === 'switched' && of(before, source)['from'] === host;
}

function offsetGoes(from: number, to: number): IsIt {
  return ({ before, after }) =>
    of(before, 'shadow p0')['offset'] === from && of(after, 'shadow p0')['offset'] === to;
}

/** The home of a process does for it what it has called for. */
function homeDoes(process: string, call: string): IsIt {
  const cell = `homeCall ${process}`;
  return ({ step, before }) =>
    step.at === cell && step.action === 'served' && of(before, cell)['call'] === call;
}

function crashes(host: string): IsIt {
  return ({ step }) => step.at === `host ${host}` && step.action === 'crashes';
}
