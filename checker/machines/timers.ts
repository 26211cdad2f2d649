/**
 * `after`: the timers of a machine, and which of them may go off.
 *
 *   A timer runs from the moment its state is entered until the state is left, and goes off once. The
 *   speed of clocks is not modeled: a running timer may go off at any time. Two timers of one state start
 *   together, so the shorter one is first.
 *
 *   A timer that has gone off without leaving its state (its guard was false, or it only acts) is spent:
 *   XState does not start it again before the state is entered again. So spent timers are part of the
 *   local state. If every timer leads out of its state, no timer is ever spent.
 */
import type { AnyStateMachine } from 'xstate';
import { nodesOf, type Node } from './machine-walk.ts';
import { givenFor } from './machine-names.ts';

export type Timer = {
  /** The event that XState raises when it goes off, "xstate.after.1000.lamp.on". */
  readonly type: string;
  /** In milliseconds; undefined if only a run can show it. */
  readonly delay: number | undefined;
};

/** By state node, in the order of the offers. */
export type Timers = ReadonlyMap<Node, readonly Timer[]>;

/** Node treats a longer delay as one millisecond, so a longer delay has no order among others. */
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
  // A timer of Node has whole milliseconds, at least one.
  return typeof given === 'number' && given <= LONGEST_DELAY
    ? Math.max(1, Math.trunc(given))
    : undefined;
}

/** The running timers of these states. */
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

/** The timers that may go off next. */
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

/** The spent timers of these states, in order. */
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
