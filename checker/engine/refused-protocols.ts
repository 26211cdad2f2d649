/**
 * Refuses, before the search starts, a protocol whose meaning would not be what its author wrote: a
 * machine that needs a feature which is not supported, a cell with an initial state that it would leave
 * at once, a name that does not exist.
 */
import type { AnyStateMachine } from 'xstate';
import { eventsOf, isXStatesOwn, listsEvent, nearestEvent } from '../machines/machine-events.ts';
import { machineProblems } from '../machines/machine-problems.ts';
import type { Cell, Event, Protocol } from '../specification/protocol.ts';
import { firstProblem } from '../text/first-problem.ts';
import { protocolProblems } from '../specification/protocol-problems.ts';
import { ModelFault } from '../specification/specification-error.ts';
import { startProblem } from './xstate.ts';

/** Throws if there is a problem: one line with the first problem and the number of others. */
export function refuseUnsound(protocol: Protocol): void {
  const form = protocolProblems(protocol);
  const problem = firstProblem(form.length > 0 ? form : contentProblems(protocol));
  if (problem !== undefined) throw new ModelFault(problem);
}

function contentProblems({ name, cells, faults, seldom }: Protocol): readonly string[] {
  const machines = [...new Set(cells.map(({ machine }) => machine))];
  return [
    ...machines.flatMap(machineProblems),
    ...cells.flatMap(cellProblems),
    ...eventsWithoutCell(`faults of protocol ${name}`, faults, machines),
    ...eventsWithoutCell(`seldom of protocol ${name}`, seldom ?? new Set(), machines),
  ];
}

function cellProblems({ name, machine, initial, observes }: Cell): readonly string[] {
  const start = startProblem(machine, initial);
  return [
    ...(start === undefined ? [] : [`cell ${name} ${start}`]),
    ...Object.keys(observes)
      .filter((type) => !listsEvent(machine, type))
      .map(
        (type) =>
          `observes.${type} of cell ${name}: ${unlisted(machine, type)}, so it is never asked; correct it or leave it out`,
      ),
  ];
}

function eventsWithoutCell(
  what: string,
  types: ReadonlySet<string>,
  machines: readonly AnyStateMachine[],
): readonly string[] {
  return [...types]
    .filter((type) => !machines.some((machine) => listsEvent(machine, type)))
    .map(
      (type) =>
        `${what} has "${type}", which no cell takes${nearestEvent(machines, type)}; correct it or leave it out`,
    );
}

/** Refuses an event that the cell offers and its machine never takes. */
export function soundOffer(where: () => string, machine: AnyStateMachine, event: Event): Event {
  const { type } = event;
  if (isXStatesOwn(type)) {
    throw new ModelFault(
      `${where()} offers ${type}, which is XState's own: timers under \`after\` are offered without being asked for`,
    );
  }
  if (eventsOf(machine).has(type) || listsEvent(machine, type)) return event;
  throw new ModelFault(`${where()} offers "${type}": ${unlisted(machine, type)}; correct it`);
}

function unlisted(machine: AnyStateMachine, type: string): string {
  return `no state of machine ${machine.id} lists this event${nearestEvent([machine], type)}`;
}
