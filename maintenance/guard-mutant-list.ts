/** All that can be emptied in the repaired kernel's parts, and what is known not to matter. */
import { existsSync } from 'node:fs';
import { z } from 'zod';
import { partNames, sprite, type Kernel, type PartName } from '../model/kernel.ts';
import type { ShippedKernel } from '../model/kernels/shipped.ts';
import { mentionedIn } from '../checker/machines/machine-names.ts';
import { counted } from '../checker/text/tables.ts';
import type { Mutant } from './guard-mutant.ts';
import { tableMutantsOf } from './table-mutants.ts';
import { readStored } from '../analysis/files/read-stored-json.ts';

type NotUsed = { readonly mutant: Mutant; readonly usedBy: readonly string[] };

/** An action that does nothing already. */
const EMPTY = 'ignore';

/** The mutants of these parts, or of all parts if none is named. */
export function mutantsOf(
  kernels: readonly ShippedKernel[],
  parts: readonly string[] = [],
): { readonly mutants: readonly Mutant[]; readonly notUsed: readonly NotUsed[] } {
  const all = partNames
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

function mutantsIn(part: PartName): readonly Mutant[] {
  const { machine, observes, offers } = sprite[part];
  const { guards, actions } = machine.implementations;
  return [
    ...Object.keys(guards).map((name) => ({ part, kind: 'guard', name }) as const),
    ...Object.keys(actions)
      .filter((name) => name !== EMPTY)
      .map((name) => ({ part, kind: 'action', name }) as const),
    ...Object.keys(observes).map((name) => ({ part, kind: 'observation', name }) as const),
    ...Object.keys(offers).map((name) => ({ part, kind: 'offer', name }) as const),
    ...tableMutantsOf(part),
  ];
}

function uses(kernel: Kernel, { part, kind, name }: Mutant): boolean {
  if (kind !== 'guard' && kind !== 'action') return true;
  const { guards, actions } = mentionedIn(kernel[part].machine);
  return (kind === 'guard' ? guards : actions).has(name);
}

const reason = z.string().min(1).max(1000);
const knownList = {
  schema: z.record(z.string().min(1).max(200), reason),
  expected: 'a reason for each mutant',
  maxBytes: 1024 * 1024,
  maxDepth: 2,
};

/** The mutants that no test and no search notices, each with the reason why none should. */
export function knownSurvivors(file: string): ReadonlyMap<string, string> {
  return new Map(existsSync(file) ? Object.entries(readStored(file, knownList)) : []);
}

/** A reason that says what is not measured yet: what is noticed now is no difference from it. */
export function isOpen(why: string | undefined): boolean {
  return why?.startsWith('open: ') === true;
}

/** Prints how much is not measured yet; nothing where all is. */
export function openText(reasons: readonly (string | undefined)[]): readonly string[] {
  const open = reasons.filter(isOpen).length;
  if (open === 0) return [];
  return [`${counted(open)} of these are open: not measured in every scenario; they fail nothing`];
}
