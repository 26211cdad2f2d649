/**
 * `sprite` with every guard of its tables watched: which of them would have decided otherwise with one
 * thing taken out. Where a guard would not have, that mutant cannot be noticed, and need not be tried.
 */
import { partNames, sprite, type Kernel } from '../model/kernel.ts';
import type { KernelPart } from '../model/part.ts';
import { mutantText } from './guard-mutant.ts';
import { innerOf, guardKind, withRows, type TableRow } from './table-mutants.ts';

type Step = { readonly context: never; readonly event: never };
type Decides = (step: Step) => boolean;
type Named = { readonly [name: string]: Decides | undefined };

let touched = new Set<string>();

/** The texts of the mutants that would have made a difference since this was last asked. */
export function takeTouchedGuards(): ReadonlySet<string> {
  const since = touched;
  touched = new Set();
  return since;
}

/** It decides as `sprite` does. */
export const watchedSprite = {
  ...sprite,
  ...Object.fromEntries(
    partNames.map((part) => {
      const { machine } = sprite[part] as KernelPart<never>;
      const named = machine.implementations.guards as unknown as Named;
      const watch = (
        row: TableRow,
        conditions: readonly { name: string; guard: unknown }[],
      ): TableRow => ({
        ...row,
        guard: watchedGuard(
          row.guard,
          conditions.map(({ name, guard }) => ({
            text: mutantText({ part, kind: 'condition', name }),
            guard,
          })),
          named,
        ),
      });
      return [part, withRows(part, watch)];
    }),
  ),
} as Kernel;

function watchedGuard(
  guard: unknown,
  mutants: readonly { readonly text: string; readonly guard: unknown }[],
  named: Named,
): Decides {
  return (step) => {
    const decided = holds(guard, step, named);
    for (const { text, guard: changed } of mutants) {
      if (!touched.has(text) && holds(changed, step, named) !== decided) touched.add(text);
    }
    return decided;
  };
}

function holds(guard: unknown, step: Step, named: Named): boolean {
  if (guard === undefined) return true;
  if (typeof guard === 'string') {
    const found = named[guard];
    if (found === undefined) throw new Error(`no guard is called "${guard}"`);
    return found(step);
  }
  const inner = innerOf(guard);
  const one = (each: unknown): boolean => holds(each, step, named);
  if (guardKind(guard) === 'not') return !inner.every(one);
  return guardKind(guard) === 'or' ? inner.some(one) : inner.every(one);
}
