/**
 * A stored story in full, for every format: the host and time of each step, what it does and changes, and
 * the earlier steps that it depends on.
 *
 *   Formats are functions of this form alone. They know nothing of the model.
 */
import { EVERY_EVENT_IS_SPECIFIED } from '../../checker/claims/unspecified-event.ts';
import { eventOf, type Local, type Look, type Step } from '../../checker/specification/protocol.ts';
import { printable } from '../../checker/text/printable.ts';
import { words as inWords } from '../../checker/wording/plain-values.ts';
import type { System } from '../../checker/engine/system.ts';
import type { Trace } from '../../checker/stories/trace-format.ts';
import type { Span, Cascade, Timing } from '../../checker/specification/timing.ts';
import type { CheckedInstance } from '../specification/instance.ts';
import type { Loaded } from '../specification/loaded.ts';
import { findingText } from '../stories/story-text.ts';
import { stepDeliveries } from '../stories/step-deliveries.ts';
import { counted } from '../../checker/text/tables.ts';
import { createOrder, type Cause, type Clock } from './happened-before.ts';

export type StoryDocument = {
  /** The story as it is stored. Its finding, if it has one, is seen after the last step. */
  readonly trace: Trace;
  /** Those that take a step, the file server last; all of them if none does. */
  readonly hosts: readonly string[];
  /** Every cell before the first step. */
  readonly initial: ReadonlyMap<string, Local>;
  readonly steps: readonly DocumentStep[];
  /** Activities of several steps. */
  readonly spans: readonly Span[];
  /** The words for a variant, and for a column. */
  readonly noun: string;
  readonly columnTitle: (column: string) => string;
  /** When the last step ends, in milliseconds. */
  readonly elapsedMs: number;
};

export type DocumentStep = {
  /** Counted from 1. */
  readonly number: number;
  readonly step: Step;
  /** The host that takes it. */
  readonly host: string;
  /** The process, or the cell, whose activity it continues. */
  readonly activity: string;
  readonly sentence: string;
  /** Whether a call of a program or a migration begins here. */
  readonly begins: boolean;
  /** False for the last step of a story about an unspecified event. */
  readonly takesPlace: boolean;
  /** Cells looked at, whether they change or not. */
  readonly sees: ReadonlySet<string>;
  readonly changes: readonly Change[];
  /** In the order of steps. */
  readonly causes: readonly Cause[];
  /** By host, how many of its steps happened before, this one included. */
  readonly clock: Clock;
  /** A few words that steps share: "RPC OPEN"; by default its action. */
  readonly work: string;
  /** With the prices of `cost`, if the specification has any. */
  readonly startMs: number;
  readonly durationMs: number;
};

export type Change = {
  readonly cell: string;
  /** Undefined for ghosts and budgets. */
  readonly host: string | undefined;
  readonly from: Local;
  readonly to: Local;
  /** The text for people; undefined if the change is not of interest. */
  readonly text: string | undefined;
};

/** The steps that take place on this system; the trace is one that replays there as stored. */
export function storyDocument({ spec, system }: CheckedInstance, trace: Trace): StoryDocument {
  const { words } = spec;
  const deliveries = stepDeliveries(system, trace);
  const run = timesOf(spec, deliveries);
  const row = system.initial(trace.start);
  const initial = new Map(
    system.protocol.cells.map(({ name }, cell) => [name, localAt(system, row, cell)]),
  );
  const order = createOrder(words);
  const { faults } = system.protocol;
  const isCutShort = trace.verdict === 'violated' && trace.property === EVERY_EVENT_IS_SPECIFIED;
  const steps = trace.steps
    .slice(0, deliveries.length + (isCutShort ? 1 : 0))
    .map((step, index): DocumentStep => {
      const delivery = system.delivery(step.at, eventOf(step));
      const caused = deliveries[index] ?? system.deliveriesOf(row, delivery);
      const timed = run.steps[index];
      const acting = localAt(system, row, system.indexOf(step.at));
      const before = row.slice();
      const sees = seenBy(system, row, caused);
      if (timed !== undefined) system.perform(row, delivery);
      const changes = changesBetween(spec, system, { before, after: row, initial });
      const [action] = caused;
      const host = timed?.column ?? (action === undefined ? step.at : words.actor(action));
      return {
        number: index + 1,
        step,
        host,
        activity: words.activity(step.at),
        sentence: words.sentence(step, acting),
        begins: words.begins(step, acting, trace.steps[index - 1]),
        takesPlace: timed !== undefined,
        sees,
        changes,
        ...order.next({ host, sees, changes, isFault: faults.has(step.action) }),
        work: timed?.work ?? inWords(step.action),
        startMs: timed?.startMs ?? run.elapsedMs,
        durationMs: timed?.durationMs ?? 0,
      };
    });
  const { spans, elapsedMs } = run;
  const hosts = columnsOf(spec, system, steps);
  const { noun } = spec;
  const { columnTitle } = words;
  return { trace, hosts, initial, steps, spans, elapsedMs, noun, columnTitle };
}

/** "use-counts-sum-clients: kernel R1, scenario double-migration, 21 steps". */
export function headlineOf({ trace, noun }: StoryDocument): string {
  const { variant, scenario, steps } = trace;
  const about =
    trace.verdict === 'violated'
      ? trace.property
      : (trace.title ?? 'a walkthrough').replace(/\.$/, '');
  return printable(
    `${about}: ${noun} ${variant}, scenario ${scenario.name}, ${counted(steps.length, 'step')}`,
  );
}

/** "file f: expected 1, found 2"; undefined if nothing is violated. */
export function findingOf({ trace }: StoryDocument): string | undefined {
  return trace.verdict === 'violated' ? printable(findingText(trace.finding)) : undefined;
}

export function endMsOf({ startMs, durationMs }: DocumentStep): number {
  return startMs + durationMs;
}

/** A message that a step takes, and the step that sent it. */
export type Message = { readonly step: number; readonly host: string; readonly label: string };

/** Messages from other hosts. */
export function messagesTo(step: DocumentStep): readonly Message[] {
  return causesElsewhere(step).flatMap(({ step: number, host, message }) =>
    message === undefined ? [] : [{ step: number, host, label: message }],
  );
}

/** Causes on other hosts without a message: the step only sees their result. */
export function sightsOf(step: DocumentStep): readonly Cause[] {
  return causesElsewhere(step).filter(({ message }) => message === undefined);
}

function causesElsewhere(step: DocumentStep): readonly Cause[] {
  return step.causes.filter(({ host }) => host !== step.host);
}

/** The cells that the deliveries of a step go to or observe. */
function seenBy(system: System, row: Int32Array, caused: Cascade): ReadonlySet<string> {
  const seen = new Set<string>();
  const scratch = row.slice();
  const look = system.look(scratch);
  const spy = ((cell: string, ...view: readonly never[]) => {
    seen.add(cell);
    return look(cell, ...(view as unknown as []));
  }) as Look;
  for (const { cell, event, after } of caused) {
    const index = system.indexOf(cell);
    seen.add(cell);
    system.protocol.cells[index]?.observes[event.type]?.(spy, event);
    scratch[index] = system.localId(index, after);
  }
  return seen;
}

function changesBetween(
  { words }: Loaded,
  system: System,
  {
    before,
    after,
    initial,
  }: {
    readonly before: Int32Array;
    readonly after: Int32Array;
    readonly initial: ReadonlyMap<string, Local>;
  },
): readonly Change[] {
  return system.protocol.cells.flatMap(({ name, initial: first }, cell) => {
    if (before[cell] === after[cell]) return [];
    const [from, to] = [localAt(system, before, cell), localAt(system, after, cell)];
    const text = words.change(name, { from, to, initial: initial.get(name) ?? first });
    return [{ cell: name, host: words.column(name, from, to), from, to, text }];
  });
}

function columnsOf(
  { words }: Loaded,
  { protocol }: System,
  steps: readonly DocumentStep[],
): readonly string[] {
  const acting = new Set(steps.map(({ host }) => host));
  const columns = acting.size === 0 ? words.columns(protocol.cells) : [...acting];
  return columns.toSorted(words.compareColumns);
}

/** If the specification has no times, each step lasts a millisecond. */
function timesOf({ timing, words }: Loaded, deliveries: readonly Cascade[]): Timing {
  if (timing !== undefined) return timing(deliveries);
  const steps = deliveries.map(([action], index) => ({
    column: action === undefined ? '' : words.actor(action),
    startMs: index,
    durationMs: 1,
  }));
  return { steps, spans: [], elapsedMs: deliveries.length };
}

function localAt(system: System, row: Int32Array, cell: number): Local {
  return system.local(cell, row[cell] as number);
}
