/**
 * One state of a story: every cell, the changes of the last step, and every enabled step with the changes
 * it would make.
 */
import { enabledIn } from '../../checker/engine/enabled.ts';
import { stepFor } from '../../checker/engine/steps.ts';
import type { System } from '../../checker/engine/system.ts';
import type { Violation } from '../../checker/claims/monitor.ts';
import {
  eventOf,
  type Local,
  type Step,
  type Story,
} from '../../checker/specification/protocol.ts';
import { runSteps } from '../../checker/stories/strict-replay.ts';
import type { CheckedInstance } from '../specification/instance.ts';
import { take } from './step-deliveries.ts';

export type ShownChange = {
  readonly cell: string;
  /** The column in which a story shows it. */
  readonly column: string;
  readonly text: string;
};

export type CellAt = {
  readonly cell: string;
  /** Absent if no column of a story shows the cell. */
  readonly column?: string;
  readonly holds: Local;
  /** Its value, in words; absent if nothing in it is of interest. */
  readonly text?: string;
  readonly isChanged: boolean;
  /** The change by the last step, in words, if a column shows the cell. */
  readonly change?: string;
};

export type OfferedStep = {
  readonly step: Step;
  /** The column of the host that takes it. */
  readonly column: string;
  readonly text: string;
};

export type EnabledStep = OfferedStep & {
  /** Counted from 1. */
  readonly number: number;
  readonly isFault: boolean;
  /** Whether it is the next step of the story. */
  readonly isNext: boolean;
  readonly changes: readonly ShownChange[];
  /** The violation that it would be the first to cause. */
  readonly violates?: Violation;
};

export type StateAt = {
  /** Number of steps that lead there. */
  readonly steps: number;
  /** The step that was taken last; absent at the start of the story. */
  readonly last?: OfferedStep;
  readonly cells: readonly CellAt[];
  readonly enabled: readonly EnabledStep[];
  /** The violation up to there, and the step after which it was seen. */
  readonly seen?: { readonly violation: Violation; readonly step: number };
};

/**
 * The state after these steps, all of which must take place; a last one that meets an unspecified event
 * leaves the state as it was. `next` is the step that the story takes then.
 */
export function stateAfter(
  instance: CheckedInstance,
  story: Story,
  { next }: { readonly next?: Step | undefined } = {},
): StateAt {
  const { system, claims } = instance;
  const before = system.initial(story.start);
  for (const step of story.steps.slice(0, -1)) take(system, before, deliveryOf(system, step));
  const after = before.slice();
  const lastStep = story.steps.at(-1);
  if (lastStep !== undefined) take(system, after, deliveryOf(system, lastStep));
  const last =
    lastStep === undefined ? undefined : offeredStep(instance, { before, after }, lastStep);
  const { seen } = runSteps(system, claims, story);
  return {
    steps: story.steps.length,
    ...(last === undefined ? {} : { last }),
    cells: cellsIn(instance, { before, after, first: system.initial(story.start) }),
    enabled: enabledIn(system, after).map((delivery, index) => ({
      number: index + 1,
      ...enabledStep(instance, { row: after, delivery, story, isSeen: seen !== undefined }),
      isNext: next !== undefined && deliveryOf(system, next) === delivery,
    })),
    ...(seen === undefined ? {} : { seen }),
  };
}

function deliveryOf(system: System, step: Step): number {
  return system.delivery(step.at, eventOf(step));
}

type Rows = {
  readonly before: Int32Array;
  readonly after: Int32Array;
  /** The world in which the story begins. */
  readonly first: Int32Array;
};

function cellsIn({ spec: { words }, system }: CheckedInstance, rows: Rows): readonly CellAt[] {
  return system.protocol.cells.map(({ name }, cell) => {
    const [initial, from, to] = localsOf(system, cell, rows);
    const isChanged = rows.before[cell] !== rows.after[cell];
    const column = words.column(name, from, to);
    const text = column === undefined ? undefined : words.holds(name, to, initial);
    const isShown = isChanged && column !== undefined;
    const change = isShown ? words.change(name, { initial, from, to }) : undefined;
    return {
      cell: name,
      ...(column === undefined ? {} : { column }),
      holds: to,
      ...(text === undefined ? {} : { text }),
      isChanged,
      ...(change === undefined ? {} : { change }),
    };
  });
}

function changesIn(instance: CheckedInstance, rows: Rows): readonly ShownChange[] {
  return cellsIn(instance, rows).flatMap(({ cell, column, change }) =>
    column === undefined || change === undefined ? [] : [{ cell, column, text: change }],
  );
}

function enabledStep(
  instance: CheckedInstance,
  {
    row,
    delivery,
    story,
    isSeen,
  }: {
    readonly row: Int32Array;
    readonly delivery: number;
    readonly story: Story;
    readonly isSeen: boolean;
  },
): Omit<EnabledStep, 'number' | 'isNext'> {
  const { system, claims } = instance;
  const step = stepFor(system, delivery);
  const after = row.slice();
  take(system, after, delivery);
  const { seen } = isSeen
    ? { seen: undefined }
    : runSteps(system, claims, { ...story, steps: [...story.steps, step] });
  return {
    ...offeredStep(instance, { before: row, after }, step),
    isFault: system.isFault(delivery),
    changes: changesIn(instance, { before: row, after, first: system.initial(story.start) }),
    ...(seen === undefined ? {} : { violates: seen.violation }),
  };
}

/** A step in words, by the rows before and after it. */
function offeredStep(
  { spec: { words }, system }: CheckedInstance,
  rows: Pick<Rows, 'before' | 'after'>,
  step: Step,
): OfferedStep {
  const cell = system.indexOf(step.at);
  const [, before, after] = localsOf(system, cell, { first: rows.before, ...rows });
  const column = words.actor({ cell: step.at, event: eventOf(step), before, after });
  return { step, column, text: words.sentence(step, before) };
}

function localsOf(system: System, cell: number, rows: Rows): readonly [Local, Local, Local] {
  const local = (row: Int32Array): Local => system.local(cell, row[cell] as number);
  return [local(rows.first), local(rows.before), local(rows.after)];
}
