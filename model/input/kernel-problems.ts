/**
 * Checks whether a value from an author's file is a kernel. With a misspelled part, the shipped machine
 * would be used.
 */
import type { AnyStateMachine } from 'xstate';
import { listsEvent, nearestEvent } from '../../checker/machines/machine-events.ts';
import { mentionedIn, namesGiven } from '../../checker/machines/machine-names.ts';
import type { KernelPart } from '../part.ts';
import { didYouMean } from '../../checker/text/nearest-name.ts';
import { partNames, sprite, type PartName } from '../kernel.ts';
import type { Module } from '../vocabulary/ids.ts';

const modules: readonly Module[] = sprite.modules;
const partFields = ['machine', 'observes', 'offers'];

/** One line for each problem; none for a kernel that can be booted. */
export function kernelProblems(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) {
    return ['a kernel must be an object with all its parts: { ...sprite, stream: yours }'];
  }
  const kernel = value as { readonly [field: string]: unknown };
  return [
    ...Object.keys(kernel)
      .filter((field) => field !== 'modules' && !partNames.includes(field as PartName))
      .map(
        (field) => `a kernel has no part "${field}"${didYouMean(field, [...partNames, 'modules'])}`,
      ),
    ...partNames.flatMap((part) => partProblems(part, kernel[part])),
    ...moduleProblems(kernel['modules']),
  ];
}

function partProblems(part: PartName, value: unknown): readonly string[] {
  if (!isPart(value)) {
    return [
      `part ${part} of the kernel must be { machine, observes, offers }, as sprite.${part} is, and is ${value === undefined ? 'missing' : 'none'}`,
    ];
  }
  const { machine, observes, offers } = value;
  const where = `part ${part} of the kernel`;
  const states = Object.keys(machine.root.states);
  const events = Object.keys(observes).filter((type) => !listsEvent(machine, type));
  return [
    ...Object.keys(value)
      .filter((field) => !partFields.includes(field))
      .map(
        (field) =>
          `${where} has the unknown field "${field}"${didYouMean(field, partFields)}; the fields are ${partFields.join(', ')}`,
      ),
    ...Object.keys(offers)
      .filter((state) => !states.includes(state))
      .map(
        (state) =>
          `${where}: offers has "${state}"${didYouMean(state, states)}, which is no state of its machine`,
      ),
    ...events.map(
      (type) =>
        `${where}: observes has "${type}"${nearestEvent([machine], type)}, which its machine does not take`,
    ),
    ...namesProblems(part, machine),
  ];
}

function namesProblems(part: PartName, machine: AnyStateMachine): readonly string[] {
  return (['guards', 'actions'] as const).flatMap((kind) => {
    const own = namesGiven(sprite[part].machine, kind);
    const mentioned = mentionedIn(machine)[kind];
    return namesGiven(machine, kind)
      .filter((name) => !own.includes(name) && !mentioned.has(name))
      .map(
        (name) =>
          `part ${part} of the kernel: ${kind} has "${name}", which its machine does not use${didYouMean(name, own)}`,
      );
  });
}

function moduleProblems(value: unknown): readonly string[] {
  if (!Array.isArray(value))
    return [`modules of the kernel must be a list of ${modules.join(', ')}`];
  return (value as readonly unknown[])
    .filter((each) => !modules.includes(each as Module))
    .map(
      (each) =>
        `modules of the kernel has ${JSON.stringify(each)}: there are ${modules.join(', ')}${typeof each === 'string' ? didYouMean(each, modules) : ''}`,
    );
}

function isPart(value: unknown): value is KernelPart<never> {
  if (typeof value !== 'object' || value === null) return false;
  const { machine, observes, offers } = value as { readonly [field: string]: unknown };
  return isMachine(machine) && isRecord(observes) && isRecord(offers);
}

/** Checks the used fields only: the author may have another copy of XState. */
function isMachine(value: unknown): value is AnyStateMachine {
  return isRecord(value) && 'root' in value && 'implementations' in value && 'transition' in value;
}

function isRecord(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
