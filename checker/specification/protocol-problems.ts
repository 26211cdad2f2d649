/**
 * Checks the form of a protocol. For authors with types the compiler does it; this is for all others, and
 * for names that types cannot check.
 */
import type { AnyStateMachine } from 'xstate';
import { deadlockProblems, localProblems, startsProblems } from './start-fields.ts';
import { expected, isObject, namesTwice, unknownFields } from './unknown-fields.ts';

const protocolFields = ['name', 'cells', 'faults', 'seldom', 'starts', 'deadlock'];
const cellFields = ['name', 'machine', 'initial', 'offers', 'observes'];

/** One line each: what, where, and what was expected. */
export function protocolProblems(value: unknown): readonly string[] {
  if (!isObject(value)) return [`a protocol ${expected('an object with name and cells', value)}`];
  const { name, cells, faults, seldom, starts, deadlock } = value;
  const where = typeof name === 'string' ? `protocol ${name}` : 'a protocol';
  return [
    ...unknownFields(where, value, protocolFields),
    ...(typeof name === 'string' ? [] : [`name of a protocol ${expected('a string', name)}`]),
    ...setOfTypes(`faults of ${where}`, faults),
    ...(seldom === undefined ? [] : setOfTypes(`seldom of ${where}`, seldom)),
    ...(Array.isArray(cells)
      ? cellsProblems(where, cells)
      : [`cells of ${where} ${expected('a list of cells', cells)}`]),
    ...startsProblems(where, starts, (cell) => machineIn(cells, cell)),
    ...deadlockProblems(where, deadlock),
  ];
}

function machineIn(cells: unknown, name: string): AnyStateMachine | undefined {
  const found = Array.isArray(cells)
    ? (cells as readonly unknown[]).find((each) => isObject(each) && each['name'] === name)
    : undefined;
  const machine = isObject(found) ? found['machine'] : undefined;
  return isMachine(machine) ? machine : undefined;
}

function setOfTypes(what: string, value: unknown): readonly string[] {
  return value instanceof Set ? [] : [`${what} ${expected('a Set of event types', value)}`];
}

function cellsProblems(where: string, cells: readonly unknown[]): readonly string[] {
  return [
    ...cells.flatMap((each, index) => cellProblems(`cell ${index + 1} of ${where}`, each)),
    ...namesTwice(
      'cell',
      cells.map((each) => (isObject(each) ? each['name'] : undefined)),
    ).map((problem) => `${where}: ${problem}`),
  ];
}

function cellProblems(at: string, value: unknown): readonly string[] {
  if (!isObject(value)) return [`${at} ${expected('an object', value)}`];
  const { name, machine, initial, offers, observes } = value;
  const where = typeof name === 'string' ? `cell ${name}` : at;
  return [
    ...unknownFields(where, value, cellFields),
    ...(typeof name === 'string' ? [] : [`name of ${at} ${expected('a string', name)}`]),
    ...(isMachine(machine)
      ? []
      : [`machine of ${where} ${expected('what createMachine gives', machine)}`]),
    ...localProblems(`initial of ${where}`, initial, isMachine(machine) ? machine : undefined),
    ...(typeof offers === 'function'
      ? []
      : [`offers of ${where} ${expected('a function of what the cell holds', offers)}`]),
    ...observesProblems(where, observes),
  ];
}

function observesProblems(where: string, observes: unknown): readonly string[] {
  if (!isObject(observes)) {
    return [
      `observes of ${where} ${expected('an object with a function by event type', observes)}`,
    ];
  }
  return Object.entries(observes)
    .filter(([, observe]) => observe !== undefined && typeof observe !== 'function')
    .map(([type, found]) => `observes.${type} of ${where} ${expected('a function', found)}`);
}

/** Checks the used fields only: the author may have another copy of XState. */
function isMachine(value: unknown): value is AnyStateMachine {
  return isObject(value) && isObject(value['root']) && typeof value['transition'] === 'function';
}
