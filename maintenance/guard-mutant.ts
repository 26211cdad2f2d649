/** A kernel with one guard, action, observation or offer emptied, and the result. */
import type { PartName } from '../model/kernel.ts';

export type Mutant = {
  readonly part: PartName;
  /** The first four are emptied wherever they are used; the others are taken out at one place of a table. */
  readonly kind:
    | 'guard'
    | 'action'
    | 'observation'
    | 'offer'
    | 'row'
    | 'condition'
    | 'listed action';
  readonly name: string;
};

export type TriedMutant = {
  readonly mutant: Mutant;
  /** Where and how it showed; undefined if every scenario gives the same results as before. */
  readonly noticed: { readonly scenario: string; readonly how: string } | undefined;
};

export function mutantText({ part, kind, name }: Mutant): string {
  return `${part} ${kind} ${name}`;
}
