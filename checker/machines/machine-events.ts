/** The events that a machine lists in some state. */
import type { AnyStateMachine } from 'xstate';
import { didYouMean } from '../text/nearest-name.ts';
import { nodesOf } from './machine-walk.ts';

const known = new WeakMap<AnyStateMachine, ReadonlySet<string>>();

/** The events as the table names them: "pay", "*", "job.*", and XState's own names, "xstate.after.…". */
export function eventsOf(machine: AnyStateMachine): ReadonlySet<string> {
  const found =
    known.get(machine) ??
    new Set(nodesOf(machine).flatMap(({ transitions }) => [...transitions.keys()]));
  known.set(machine, found);
  return found;
}

/** Whether some state of the machine lists the event, by its name or by a wildcard. */
export function listsEvent(machine: AnyStateMachine, type: string): boolean {
  const events = eventsOf(machine);
  return events.has(type) || [...events].some((listed) => takesIn(listed, type));
}

/** "job.*" takes "job", "job.done" and "job.done.late"; "*" takes everything. */
function takesIn(listed: string, type: string): boolean {
  if (listed === '*') return true;
  if (!listed.endsWith('.*')) return false;
  const before = listed.slice(0, -2);
  return type === before || type.startsWith(`${before}.`);
}

/** Whether it is one of XState's own events, which only XState may send. */
export function isXStatesOwn(type: string): boolean {
  return type.startsWith('xstate.') && type !== ROUTE;
}

/** The event that leads to a state with `route`: any cell may send it. */
const ROUTE = 'xstate.route';

/** The listed event that was meant, as a question. */
export function nearestEvent(machines: readonly AnyStateMachine[], type: string): string {
  return didYouMean(type, [...new Set(machines.flatMap((machine) => [...eventsOf(machine)]))]);
}
