/**
 * `after`: the timers of a machine, and which of them may go off.
 *
 *   A timer runs from the moment its state is entered until the state is left, and goes off once.
 *   How fast time passes in one place against another is not modelled: a running timer may go off
 *   whenever it likes. Of two timers of one state, which start together, the shorter is first.
 *
 *   A timer that has gone off without leaving its state (its guard said no, or it only acts) is
 *   spent: XState does not start it again before the state is entered anew. So it is part of what
 *   the cell holds. Where every timer leads out of its state, nothing is ever spent.
 */
import type { AnyStateMachine } from 'xstate';
import { nodesOf, type Node } from './machine-walk.ts';
import { givenFor } from './machine-names.ts';

export type Timer = {
  /** The event that XState raises when it goes off, "xstate.after.1000.lamp.on". */
  readonly type: string;
  /** In milliseconds; undefined where only a run can tell. */
  readonly delay: number | undefined;
};

/** By state node, in the order in which they are offered. */
export type Timers = ReadonlyMap<Node, readonly Timer[]>;

/** Node takes a longer delay for one millisecond, so such a delay has no order among others. */
const LONGEST_DELAY = 2 ** 31 - 1;

export function timersOf(machine: AnyStateMachine): Timers {
  return new Map(
    nodesOf(machine)
      .filter(({ after }) => after.length > 0)
      .map((node) => [node, timersIn(machine, node)]),
  );
}

function timersIn(machine: AnyStateMachine, { after }: Node): readonly Timer[] {
  const byType = new Map(after.map(({ eventType, delay }) => [eventType, delay]));
  return [...byType]
    .map(([type, delay]) => ({ type, delay: millisecondsIn(machine, delay) }))
    .toSorted((a, b) => (a.delay ?? Infinity) - (b.delay ?? Infinity) || 0);
}

function millisecondsIn(machine: AnyStateMachine, delay: unknown): number | undefined {
  const given = typeof delay === 'string' ? givenFor(machine, 'delays', delay) : delay;
  // A timer of Node takes whole milliseconds, and one at least.
  return typeof given === 'number' && given <= LONGEST_DELAY
    ? Math.max(1, Math.trunc(given))
    : undefined;
}

/** Those of these states that are running. */
export function runningIn(
  timers: Timers,
  nodes: readonly Node[],
  spent: readonly string[],
): ReadonlySet<string> {
  return new Set(
    ofNodes(timers, nodes)
      .flat()
      .map(({ type }) => type)
      .filter((type) => !spent.includes(type)),
  );
}

/** Those that may go off next. */
export function dueIn(
  timers: Timers,
  nodes: readonly Node[],
  spent: readonly string[],
): readonly string[] {
  return ofNodes(timers, nodes).flatMap((ofNode) => {
    const running = ofNode.filter(({ type }) => !spent.includes(type));
    const shortest = Math.min(...running.map(({ delay }) => delay ?? Infinity));
    return running
      .filter(({ delay }) => delay === undefined || delay === shortest)
      .map(({ type }) => type);
  });
}

/** Those of these states that have gone off, in order. */
export function spentIn(
  timers: Timers,
  nodes: readonly Node[],
  running: ReadonlySet<string>,
): readonly string[] {
  return ofNodes(timers, nodes)
    .flat()
    .map(({ type }) => type)
    .filter((type) => !running.has(type))
    .toSorted();
}

function ofNodes(timers: Timers, nodes: readonly Node[]): readonly (readonly Timer[])[] {
  if (timers.size === 0) return [];
  return [...nodes]
    .toSorted((a, b) => a.order - b.order)
    .flatMap((node) => {
      const found = timers.get(node);
      return found === undefined ? [] : [found];
    });
}
