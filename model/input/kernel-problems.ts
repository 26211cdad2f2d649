/**
 * Whether a value is a kernel: asked of what comes from an author's own file. A part that is
 * misspelt would leave the shipped machine in its place.
 */
import type { AnyStateMachine } from 'xstate';
import { mentionedIn, namesGiven } from '../../checker/machines/machine-names.ts';
import { didYouMean } from '../../checker/text/nearest-name.ts';
import { sprite, type Module, type Part } from '../kernel.ts';

const { modules: allModules, ...machines } = sprite;
const parts = Object.keys(machines) as readonly Part[];
const modules: readonly Module[] = allModules;

/** One line each; none for a kernel that can be booted. */
export function kernelProblems(value: unknown): readonly string[] {
  if (typeof value !== 'object' || value === null) {
    return [
      'a kernel must be an object with a machine for each part: { ...sprite, stream: yours }',
    ];
  }
  const kernel = value as { readonly [field: string]: unknown };
  return [
    ...Object.keys(kernel)
      .filter((field) => field !== 'modules' && !parts.includes(field as Part))
      .map((field) => `a kernel has no part "${field}"${didYouMean(field, [...parts, 'modules'])}`),
    ...parts.flatMap((part) => partProblems(part, kernel[part])),
    ...moduleProblems(kernel['modules']),
  ];
}

function partProblems(part: Part, value: unknown): readonly string[] {
  if (!isMachine(value)) {
    return [
      `part ${part} of the kernel must be a machine, as sprite.${part}.provide and createMachine give it, and is ${value === undefined ? 'missing' : 'none'}`,
    ];
  }
  return (['guards', 'actions'] as const).flatMap((kind) => {
    const own = namesGiven(sprite[part], kind);
    const mentioned = mentionedIn(value)[kind];
    return namesGiven(value, kind)
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

/** By what is used of it: the author may have a copy of XState of their own. */
function isMachine(value: unknown): value is AnyStateMachine {
  return (
    typeof value === 'object' &&
    value !== null &&
    'root' in value &&
    'implementations' in value &&
    'transition' in value
  );
}
