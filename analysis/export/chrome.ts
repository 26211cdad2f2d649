/**
 * Chrome trace events, for Perfetto: a process for each host, a thread for each of its activities, and the
 * times of `cost`.
 *
 *   A step is a slice. Viewers group slices by name, and speedscope by arguments, too: so a slice has a name
 *   that others share, and no arguments. A mark at its beginning has the sentence and the other facts of the
 *   step. A message is a flow. An activity of several steps (a migration) is an asynchronous slice over one
 *   host, the finding an instant. Times are microseconds from the beginning of the story. Most steps cost
 *   nothing, and viewers confuse the order of empty slices: these last one microsecond, and the next slices
 *   of their host begin as much later. The mark has the exact times, to the microsecond.
 */
import type { Span } from '../../checker/specification/timing.ts';
import {
  endMsOf,
  findingOf,
  headlineOf,
  messagesTo,
  sightsOf,
  type DocumentStep,
  type StoryDocument,
} from './story-document.ts';

type TraceEvent = {
  readonly ph: 'M' | 'X' | 's' | 'f' | 'b' | 'n' | 'e' | 'i';
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly [field: string]: unknown;
};

/** The place of a slice; times in microseconds. */
type Slot = {
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur: number;
};

export function chromeOf(story: StoryDocument): string {
  const { steps, spans, trace, noun } = story;
  const slots = slotsOf(story);
  const timed = [
    ...steps.flatMap((step, index) => sliceOf(step, slots[index] ?? START)),
    ...steps.flatMap((step) => flowsTo(step, slots)),
    ...findingIn(story, slots),
    ...spans.flatMap((span, index) => spanOf(span, index, story)),
  ].toSorted((a, b) => Number(a['ts']) - Number(b['ts']));
  const head = {
    displayTimeUnit: 'ms',
    otherData: { story: headlineOf(story), [noun]: trace.variant, scenario: trace.scenario.name },
  };
  const events = [...names(story, slots), ...timed].map((event) => JSON.stringify(event));
  return `${JSON.stringify(head).slice(0, -1)},"traceEvents":[\n${events.join(',\n')}\n]}\n`;
}

const START: Slot = { pid: 1, tid: 0, ts: 0, dur: 0 };

/** Hosts, and the activities of each, are numbered from 1. No step is before one that caused it. */
function slotsOf({ hosts, steps }: StoryDocument): readonly Slot[] {
  const free = new Map<string, number>();
  const slots: Slot[] = [];
  for (const step of steps) {
    const { host, activity, startMs, causes } = step;
    const own = steps.filter((each) => each.host === host).map((each) => each.activity);
    const sent = causes.map(({ step: number }) => slots[number - 1]?.ts ?? 0);
    const begin = microseconds(startMs);
    const ts = Math.max(begin, free.get(host) ?? 0, ...sent);
    const dur = Math.max(1, microseconds(endMsOf(step)) - begin);
    free.set(host, ts + dur);
    const tid = [...new Set(own)].toSorted().indexOf(activity) + 1;
    slots.push({ pid: hosts.indexOf(host) + 1, tid, ts, dur });
  }
  return slots;
}

function names(
  { hosts, steps, columnTitle }: StoryDocument,
  slots: readonly Slot[],
): readonly TraceEvent[] {
  const threads = new Map(
    slots.map(({ pid, tid }, index) => [
      `${pid} ${tid}`,
      { pid, tid, args: { name: steps[index]?.activity } },
    ]),
  );
  return [
    ...hosts.flatMap((host, index): readonly TraceEvent[] => {
      const place = { ph: 'M', pid: index + 1, tid: 0 } as const;
      const name = columnTitle(host);
      return [
        { ...place, name: 'process_name', args: { name } },
        { ...place, name: 'process_sort_index', args: { sort_index: index } },
      ];
    }),
    ...[...threads.values()].map((thread): TraceEvent => ({
      ph: 'M',
      name: 'thread_name',
      ...thread,
    })),
  ];
}

/** A slice, and the mark in it. */
function sliceOf(taken: DocumentStep, slot: Slot): readonly TraceEvent[] {
  const { number, step, sentence, work, startMs, durationMs, changes, takesPlace } = taken;
  const { pid, tid, ts } = slot;
  const args = {
    step: number,
    at: step.at,
    action: step.action,
    params: step.params,
    startMs: exact(startMs),
    durationMs: exact(durationMs),
    takesPlace,
    sees: sightsOf(taken).map(({ step: seen, label }) => `step ${seen}: ${label}`),
    changed: changes.flatMap(({ text }) => text ?? []),
  };
  return [
    { ph: 'X', cat: 'step', name: work, ...slot },
    { ph: 'i', s: 't', cat: 'detail', name: sentence, pid, tid, ts, args },
  ];
}

/** A message leaves when its step ends, or earlier if another step reads it before that. */
function flowsTo(taken: DocumentStep, slots: readonly Slot[]): readonly TraceEvent[] {
  const to = slots[taken.number - 1] ?? START;
  return messagesTo(taken).flatMap(({ step: number, label }): readonly TraceEvent[] => {
    const from = slots[number - 1] ?? START;
    const flow = { cat: 'message', name: label, id: `${number}-${taken.number}` };
    const sent = Math.min(to.ts, from.ts + from.dur);
    return [
      { ph: 's', ...flow, pid: from.pid, tid: from.tid, ts: sent },
      { ph: 'f', bp: 'e', ...flow, pid: to.pid, tid: to.tid, ts: to.ts },
    ];
  });
}

function findingIn(story: StoryDocument, slots: readonly Slot[]): readonly TraceEvent[] {
  const finding = findingOf(story);
  if (finding === undefined) return [];
  const { pid, tid, ts, dur } = slots.at(-1) ?? START;
  const name = `violated: ${finding}`;
  return [{ ph: 'i', s: 'g', cat: 'finding', name, pid, tid, ts: ts + dur }];
}

function spanOf(
  { name, kind, column, startMs, endMs, moments }: Span,
  index: number,
  { hosts, elapsedMs }: StoryDocument,
): readonly TraceEvent[] {
  const span = { cat: kind, name: kind, id: `${kind}-${index + 1}` };
  const place = { pid: Math.max(0, hosts.indexOf(column)) + 1, tid: 0 };
  return [
    { ph: 'b', ...span, ...place, ts: microseconds(startMs), args: { what: name } },
    ...moments.map(({ what, ms }): TraceEvent => ({
      ph: 'n',
      ...span,
      ...place,
      ts: microseconds(ms),
      args: { what },
    })),
    {
      ph: 'e',
      ...span,
      ...place,
      ts: microseconds(endMs ?? elapsedMs),
      args: { isOver: endMs !== null },
    },
  ];
}

/** Milliseconds without the errors of sums of fractions: 4.2, and not 4.199999999999999. */
function exact(ms: number): number {
  return microseconds(ms) / 1000;
}

/** Whole microseconds. */
function microseconds(ms: number): number {
  return Math.round(ms * 1000);
}
