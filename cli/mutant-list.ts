/** Every guard and action of the repaired kernel that can be emptied, and those known not to matter. */
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { readBounded } from '../checker/store.ts';
import { sprite, type Kernel, type Part } from '../model/kernel.ts';
import type { ShippedKernel } from '../model/kernels/shipped.ts';
import { BadInput } from './exit.ts';
import { mentionedIn } from './machine-table.ts';
import type { Mutant } from './mutant-jobs.ts';

type NotUsed = { readonly mutant: Mutant; readonly usedBy: readonly string[] };

/** An action that does nothing already. */
const EMPTY = 'ignore';

/** Of these parts, or of all where none is named. */
export function mutantsOf(
  kernels: readonly ShippedKernel[],
  parts: readonly string[] = [],
): { readonly mutants: readonly Mutant[]; readonly notUsed: readonly NotUsed[] } {
  const { modules: _, ...machines } = sprite;
  const all = (Object.keys(machines) as Part[])
    .filter((part) => parts.length === 0 || parts.includes(part))
    .flatMap(mutantsIn);
  const isUsed = (mutant: Mutant): boolean => uses(sprite, mutant);
  return {
    mutants: all.filter(isUsed),
    notUsed: all
      .filter((mutant) => !isUsed(mutant))
      .map((mutant) => ({
        mutant,
        usedBy: kernels.filter(({ kernel }) => uses(kernel, mutant)).map(({ id }) => id),
      })),
  };
}

function mutantsIn(part: Part): readonly Mutant[] {
  const { guards, actions } = sprite[part].implementations;
  return [
    ...Object.keys(guards).map((name) => ({ part, kind: 'guard', name }) as const),
    ...Object.keys(actions)
      .filter((name) => name !== EMPTY)
      .map((name) => ({ part, kind: 'action', name }) as const),
  ];
}

function uses(kernel: Kernel, { part, kind, name }: Mutant): boolean {
  const { guards, actions } = mentionedIn(kernel[part]);
  return (kind === 'guard' ? guards : actions).has(name);
}

/** Those that nobody notices, each with the reason why that is right. */
export function knownSurvivors(file: string): ReadonlyMap<string, string> {
  if (!existsSync(file)) return new Map();
  const read = readBounded(file, { maxBytes: 1024 * 1024 });
  if (read.kind === 'problem') throw new BadInput(read.problem);
  const listed = z.record(z.string(), z.string()).parse(JSON.parse(read.text));
  return new Map(Object.entries(listed));
}
