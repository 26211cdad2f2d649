/**
 * A stored story told in full, once, for every format: who did what when, what it changed, and
 * which earlier steps it depends on.
 *
 *   Formats are functions of this form alone. They know nothing of the model.
 */
import { EVERY_EVENT_IS_SPECIFIED } from '../../checker/claims/unspecified-event.ts';
import { eventOf, type Local, type Look, type Step } from '../../checker/specification/protocol.ts';
import { printable } from '../../checker/text/printable.ts';
import type { System } from '../../checker/engine/system.ts';
import type { Trace } from '../../checker/stories/trace-format.ts';
import { fullPrices } from '../../model/timing/parameters.ts';
import { hostOf as actorOf } from '../../model/timing/place.ts';
import { costOf, type Migration, type Telling } from '../../model/timing/run-cost.ts';
import { findingText } from '../stories/story-text.ts';
import { tellSteps } from '../stories/step-deliveries.ts';
import { counted } from '../text-tables.ts';
import {
  activityOf,
  changeText,
  hostOf,
  isBeginning,
  isOtherSide,
  sentence,
  serverLast,
} from '../../model/wording/sentences.ts';
import { createOrder, type Cause, type Clock } from './happened-before.ts';

export type ToldStory = {
  /** The story as it is stored. Its finding, where it has one, is seen after the last step. */
  readonly trace: Trace;
  /** Those that take a step, the file server last; all of them where none does. */
  readonly hosts: readonly string[];
  /** Every cell before the first step. */
  readonly initial: ReadonlyMap<string, Local>;
  readonly steps: readonly ToldStep[];
  readonly migrations: readonly Migration[];
  /** When the last step ends, in milliseconds. */
  readonly elapsedMs: number;
};

export type ToldStep = {
  /** Counted from 1. */
  readonly number: number;
  readonly step: Step;
  /** Who takes it. */
  readonly host: string;
  /** The process, or the cell, that goes on with what it does. */
  readonly activity: string;
  readonly sentence: string;
  /** Whether a call of a program or a migration begins here. */
  readonly begins: boolean;
  /** False of the last step of a story about an event that nobody specified. */
  readonly takesPlace: boolean;
  /** Cells looked at, whether they change or not. */
  readonly sees: ReadonlySet<string>;
  readonly changes: readonly Change[];
  /** In the order of steps. */
  readonly causes: readonly Cause[];
  /** By host, how many of its steps happened before, this one included. */
  readonly clock: Clock;
  /** By the prices of `cost`. */
  readonly startMs: number;
  readonly durationMs: number;
};

export type Change = {
  readonly cell: string;
  /** Undefined for ghosts and budgets. */
  readonly host: string | undefined;
  readonly from: Local;
  readonly to: Local;
  /** For people; undefined where nothing changed that they want to see. */
  readonly text: string | undefined;
};

/** The steps that take place on this system; the trace is one that replays there as stored. */
export function tellInFull(system: System, trace: Trace): ToldStory {
  const tellings = tellSteps(system, trace);
  const run = costOf(tellings, { prices: fullPrices });
  const row = system.initial(trace.start);
  const initial = new Map(
    system.protocol.cells.map(({ name }, cell) => [name, localAt(system, row, cell)]),
  );
  const order = createOrder();
  const isCutShort = trace.verdict === 'violated' && trace.property === EVERY_EVENT_IS_SPECIFIED;
  const steps = trace.steps
    .slice(0, tellings.length + (isCutShort ? 1 : 0))
    .map((step, index): ToldStep => {
      const delivery = system.delivery(step.at, eventOf(step));
      const telling = tellings[index] ?? system.tell(row, delivery);
      const timed = run.steps[index];
      const acting = localAt(system, row, system.indexOf(step.at));
      const before = row.slice();
      const sees = seenBy(system, row, telling);
      if (timed !== undefined) system.perform(row, delivery);
      const changes = changesBetween(system, before, row, initial);
      const [action] = telling;
      const host = timed?.host ?? (action === undefined ? 'S' : actorOf(action));
      return {
        number: index + 1,
        step,
        host,
        activity: activityOf(step.at),
        sentence: sentence(step, acting),
        begins: isBeginning(step, acting) || isOtherSide(trace.steps[index - 1]?.at, step.at),
        takesPlace: timed !== undefined,
        sees,
        changes,
        ...order.next(host, sees, changes),
        startMs: timed?.startMs ?? run.elapsedMs,
        durationMs: timed?.durationMs ?? 0,
      };
    });
  const { migrations, elapsedMs } = run;
  return { trace, hosts: hostsOf(system, steps), initial, steps, migrations, elapsedMs };
}

/** "use-counts-sum-clients: kernel R1, scenario double-migration, 21 steps". */
export function headlineOf({ trace }: ToldStory): string {
  const { kernel, scenario, steps } = trace;
  const about =
    trace.verdict === 'violated'
      ? trace.property
      : (trace.title ?? 'a walkthrough').replace(/\.$/, '');
  return printable(
    `${about}: kernel ${kernel}, scenario ${scenario.name}, ${counted(steps.length, 'step')}`,
  );
}

/** "file f: expected 1, found 2"; undefined where nothing is violated. */
export function findingOf({ trace }: ToldStory): string | undefined {
  return trace.verdict === 'violated' ? printable(findingText(trace.finding)) : undefined;
}

export function endMsOf({ startMs, durationMs }: ToldStep): number {
  return startMs + durationMs;
}

/** Causes on other hosts. */
export function messagesTo(step: ToldStep): readonly Cause[] {
  return step.causes.filter(({ host }) => host !== step.host);
}

/** The cells that the deliveries of a step go to or observe. */
function seenBy(system: System, row: Int32Array, telling: Telling): ReadonlySet<string> {
  const seen = new Set<string>();
  const scratch = row.slice();
  const look = system.look(scratch);
  const spy = ((cell: string, ...view: readonly never[]) => {
    seen.add(cell);
    return look(cell, ...(view as unknown as []));
  }) as Look;
  for (const { cell, event, after } of telling) {
    const index = system.indexOf(cell);
    seen.add(cell);
    system.protocol.cells[index]?.observes[event.type]?.(spy, event);
    scratch[index] = system.localId(index, after);
  }
  return seen;
}

function changesBetween(
  system: System,
  before: Int32Array,
  after: Int32Array,
  initial: ReadonlyMap<string, Local>,
): readonly Change[] {
  return system.protocol.cells.flatMap(({ name, initial: first }, cell) => {
    if (before[cell] === after[cell]) return [];
    const [from, to] = [localAt(system, before, cell), localAt(system, after, cell)];
    const text = changeText(name, { from, to, initial: initial.get(name) ?? first });
    return [{ cell: name, host: hostOf(name, from, to), from, to, text }];
  });
}

function hostsOf({ protocol }: System, steps: readonly ToldStep[]): readonly string[] {
  const acting = new Set(steps.map(({ host }) => host));
  const named = protocol.cells.flatMap(({ name }) =>
    name.startsWith('host ') ? [name.slice('host '.length)] : [],
  );
  return [...(acting.size === 0 ? [...named, 'S'] : acting)].toSorted(serverLast);
}

function localAt(system: System, row: Int32Array, cell: number): Local {
  return system.local(cell, row[cell] as number);
}
