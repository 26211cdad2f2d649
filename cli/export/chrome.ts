/**
 * Chrome trace events, for Perfetto: hosts as processes, their activities as threads, by the clock
 * of `cost`.
 *
 *   A step is a slice, a message a flow, a migration an asynchronous slice over the host that it
 *   leaves, the finding an instant. Times are microseconds from the beginning of the story; most
 *   steps cost nothing, and their slices are empty.
 */
import type { Migration } from '../../model/timing/run-cost.ts';
import {
  endMsOf,
  findingOf,
  headlineOf,
  messagesTo,
  type ToldStep,
  type ToldStory,
} from './told-story.ts';

type TraceEvent = {
  readonly ph: 'M' | 'X' | 's' | 'f' | 'b' | 'n' | 'e' | 'i';
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly [field: string]: unknown;
};

type Place = { readonly pid: number; readonly tid: number };

export function chromeOf(story: ToldStory): string {
  const { steps, migrations, trace } = story;
  const placeOf = places(story);
  const timed = [
    ...steps.flatMap((step) => [sliceOf(step, placeOf(step)), ...flowsTo(step, steps, placeOf)]),
    ...findingIn(story, placeOf),
    ...migrations.flatMap((migration, index) => spanOf(migration, index, story)),
  ].toSorted((a, b) => Number(a['ts']) - Number(b['ts']));
  const head = {
    displayTimeUnit: 'ms',
    otherData: { story: headlineOf(story), kernel: trace.kernel, scenario: trace.scenario.name },
  };
  const events = [...names(story, placeOf), ...timed].map((event) => JSON.stringify(event));
  return `${JSON.stringify(head).slice(0, -1)},"traceEvents":[\n${events.join(',\n')}\n]}\n`;
}

/** Hosts and, on each, activities, numbered from 1 in the order in which people read them. */
function places({ hosts, steps }: ToldStory): (step: ToldStep) => Place {
  const threads = new Map(
    hosts.map((host) => {
      const own = steps.filter((step) => step.host === host).map(({ activity }) => activity);
      return [host, [...new Set(own)].toSorted()];
    }),
  );
  return ({ host, activity }) => ({
    pid: hosts.indexOf(host) + 1,
    tid: (threads.get(host)?.indexOf(activity) ?? 0) + 1,
  });
}

function names(
  { hosts, steps }: ToldStory,
  placeOf: (step: ToldStep) => Place,
): readonly TraceEvent[] {
  const threads = new Map(
    steps.map((step) => {
      const { pid, tid } = placeOf(step);
      return [`${pid} ${tid}`, { pid, tid, activity: step.activity }];
    }),
  );
  return [
    ...hosts.flatMap((host, index): readonly TraceEvent[] => {
      const place = { ph: 'M', pid: index + 1, tid: 0 } as const;
      const name = host === 'S' ? 'file server' : `host ${host}`;
      return [
        { ...place, name: 'process_name', args: { name } },
        { ...place, name: 'process_sort_index', args: { sort_index: index } },
      ];
    }),
    ...[...threads.values()].map(({ pid, tid, activity }): TraceEvent => ({
      ph: 'M',
      pid,
      tid,
      name: 'thread_name',
      args: { name: activity },
    })),
  ];
}

function sliceOf(told: ToldStep, place: Place): TraceEvent {
  const { number, step, sentence, startMs, changes, takesPlace } = told;
  const args = {
    step: number,
    at: step.at,
    action: step.action,
    ...step.params,
    takesPlace,
    changed: changes.flatMap(({ text }) => text ?? []),
  };
  const [ts, dur] = [microseconds(startMs), microseconds(endMsOf(told)) - microseconds(startMs)];
  return { ph: 'X', cat: 'step', name: sentence, ...place, ts, dur, args };
}

/** A message leaves when its step ends, or while it goes on where the other already looks at it. */
function flowsTo(
  told: ToldStep,
  steps: readonly ToldStep[],
  placeOf: (step: ToldStep) => Place,
): readonly TraceEvent[] {
  return messagesTo(told).flatMap(({ step: number, label }): readonly TraceEvent[] => {
    const from = steps[number - 1];
    if (from === undefined) return [];
    const sent = within(told.startMs, from.startMs, endMsOf(from));
    const taken = within(sent, told.startMs, endMsOf(told));
    const flow = { cat: 'message', name: label, id: `${number}-${told.number}` };
    return [
      { ph: 's', ...flow, ...placeOf(from), ts: microseconds(sent) },
      { ph: 'f', bp: 'e', ...flow, ...placeOf(told), ts: microseconds(taken) },
    ];
  });
}

function findingIn(story: ToldStory, placeOf: (step: ToldStep) => Place): readonly TraceEvent[] {
  const finding = findingOf(story);
  const last = story.steps.at(-1);
  if (finding === undefined) return [];
  const place = last === undefined ? { pid: 1, tid: 0 } : placeOf(last);
  const ts = last === undefined ? 0 : microseconds(endMsOf(last));
  return [{ ph: 'i', s: 'g', cat: 'finding', name: `violated: ${finding}`, ...place, ts }];
}

function spanOf(
  { process, from, to, startMs, endMs, frozenAtMs, frozenUntilMs }: Migration,
  index: number,
  { hosts, elapsedMs }: ToldStory,
): readonly TraceEvent[] {
  const name = `${process} migrates, ${from} to ${to}`;
  const span = { cat: 'migration', name, id: `migration-${index + 1}` };
  const place = { pid: Math.max(0, hosts.indexOf(from)) + 1, tid: 0 };
  const moment = (what: string, ms: number | null): readonly TraceEvent[] =>
    ms === null ? [] : [{ ph: 'n', ...span, ...place, ts: microseconds(ms), args: { what } }];
  return [
    { ph: 'b', ...span, ...place, ts: microseconds(startMs) },
    ...moment('frozen', frozenAtMs),
    ...moment('runs again', frozenUntilMs),
    {
      ph: 'e',
      ...span,
      ...place,
      ts: microseconds(endMs ?? elapsedMs),
      args: { isOver: endMs !== null },
    },
  ];
}

function within(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}

/** Whole ones. */
function microseconds(ms: number): number {
  return Math.round(ms * 1000);
}
