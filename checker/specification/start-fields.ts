/**
 * Checks the form of a protocol's starts and of `deadlock`. XState ignores a history of states that do not
 * exist, and a timer of another name is never spent.
 */
import type { AnyStateMachine } from 'xstate';
import { nodesOf } from '../machines/machine-walk.ts';
import { timersOf } from '../machines/timers.ts';
import { didYouMean } from '../text/nearest-name.ts';
import { expected, isObject, unknownFields, type Fields } from './unknown-fields.ts';

const localFields = ['value', 'context', 'history', 'spent'];
const startFields = ['name', 'cells'];
const deadlockFields = ['ignored', 'allowedWhen', 'because'];

export type MachineOf = (cell: string) => AnyStateMachine | undefined;

/** The problems of an initial local state. */
export function localProblems(
  where: string,
  value: unknown,
  machine: AnyStateMachine | undefined,
): readonly string[] {
  if (!isObject(value) || !('value' in value) || !('context' in value)) {
    return [`${where} ${expected('an object with value and context', value)}`];
  }
  const { history, spent } = value;
  return [
    ...unknownFields(where, value, localFields),
    ...(history === undefined ? [] : historyProblems(`history of ${where}`, history, machine)),
    ...(spent === undefined ? [] : spentProblems(`spent of ${where}`, spent, machine)),
  ];
}

function historyProblems(
  where: string,
  history: unknown,
  machine: AnyStateMachine | undefined,
): readonly string[] {
  if (!isObject(history) || !Object.values(history).every(Array.isArray)) {
    return [`${where} ${expected('an object with a list of states by history state', history)}`];
  }
  if (machine === undefined) return [];
  const nodes = nodesOf(machine);
  const states = nodes.filter(({ type }) => type !== 'history').map(({ id }) => id);
  const kept = nodes.filter(({ type }) => type === 'history').map(({ id }) => id);
  return [
    ...namesNone(where, Object.keys(history), kept, `history state of machine ${machine.id}`),
    ...Object.values(history).flatMap((held) =>
      namesNone(where, held as readonly unknown[], states, `state of machine ${machine.id}`),
    ),
  ];
}

function spentProblems(
  where: string,
  spent: unknown,
  machine: AnyStateMachine | undefined,
): readonly string[] {
  if (!Array.isArray(spent)) return [`${where} ${expected('a list of timers', spent)}`];
  if (machine === undefined) return [];
  const timers = [...timersOf(machine).values()].flat().map(({ type }) => type);
  return namesNone(where, spent, timers, `timer of machine ${machine.id}`);
}

function namesNone(
  where: string,
  given: readonly unknown[],
  valid: readonly string[],
  what: string,
): readonly string[] {
  return given
    .filter((each) => typeof each !== 'string' || !valid.includes(each))
    .map((each) =>
      typeof each === 'string'
        ? `${where} names "${each}", which is no ${what}${didYouMean(each, valid)}; ${valid.length === 0 ? 'there is none' : `there is ${valid.join(', ')}`}`
        : `${where} ${expected('of names', each)}`,
    );
}

/** The problems of starts. Their names and cells are checked in engine/starts.ts. */
export function startsProblems(
  where: string,
  starts: unknown,
  machineOf: MachineOf,
): readonly string[] {
  if (starts === undefined) return [];
  if (!Array.isArray(starts)) return [`starts of ${where} ${expected('a list', starts)}`];
  return starts.flatMap((each: unknown, index) =>
    startProblems(`start ${index + 1} of ${where}`, each, machineOf),
  );
}

function startProblems(at: string, value: unknown, machineOf: MachineOf): readonly string[] {
  if (!isObject(value)) return [`${at} ${expected('an object with name and cells', value)}`];
  const { name, cells } = value;
  return [
    ...unknownFields(at, value, startFields),
    ...(typeof name === 'string' ? [] : [`name of ${at} ${expected('a string', name)}`]),
    ...(isObject(cells)
      ? Object.entries(cells).flatMap(([cell, held]) =>
          localProblems(`cells.${cell} of ${at}`, held, machineOf(cell)),
        )
      : [`cells of ${at} ${expected('an object with what cells hold, by name', cells)}`]),
  ];
}

/** The problems of `deadlock`. Its reason is checked in claims/deadlock.ts. */
export function deadlockProblems(where: string, deadlock: unknown): readonly string[] {
  if (deadlock === undefined) return [];
  const at = `deadlock of ${where}`;
  if (!isObject(deadlock)) {
    return [`${at} ${expected('an object with ignored, or allowedWhen and because', deadlock)}`];
  }
  return [...unknownFields(at, deadlock, deadlockFields), ...unreadReason(at, deadlock)];
}

function unreadReason(at: string, deadlock: Fields): readonly string[] {
  return 'ignored' in deadlock && 'because' in deadlock
    ? [`${at} has a field "because", which is read with allowedWhen only: ignored says why itself`]
    : [];
}
