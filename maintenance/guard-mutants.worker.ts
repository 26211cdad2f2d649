/**
 * Empties one guard (it always holds), one action (it does nothing), one observation (each of its
 * facts is null) or one offer (it is never made) of the repaired kernel, or takes one thing out of a
 * table, and compares.
 */
import { match, P } from 'ts-pattern';
import { sprite, type Kernel } from '../model/kernel.ts';
import type { KernelPart } from '../model/part.ts';
import { mutantText, type Mutant, type TriedMutant } from './guard-mutant.ts';
import { baseOf, compared, difference } from './kernel-difference.ts';
import { withoutInTable } from './table-mutants.ts';

export function tryOut(mutant: Mutant): TriedMutant {
  const kernel = emptied(mutant);
  const row = rowOf(mutant);
  for (const scenario of compared) {
    const base = baseOf(scenario);
    if (row !== undefined && !base.taken.has(row)) continue;
    if (mutant.kind === 'condition' && !base.touched.has(mutantText(mutant))) continue;
    const how = difference(kernel, scenario, base);
    if (how !== undefined) return { mutant, noticed: { scenario: scenario.name, how } };
  }
  return { mutant, noticed: undefined };
}

/** What is changed only where this row is taken, by the row's name in the coverage. */
function rowOf({ part, kind, name }: Mutant): string | undefined {
  if (kind !== 'row' && kind !== 'listed action') return undefined;
  const [row = ''] = name.split(',', 1);
  return `${sprite[part].machine.id} ${row}`.replace(' anywhere:', ':');
}

function emptied(mutant: Mutant): Kernel {
  const whole = sprite[mutant.part] as KernelPart<never>;
  return { ...sprite, [mutant.part]: { ...whole, ...changeOf(whole, mutant) } };
}

function changeOf(
  { machine, observes, offers }: KernelPart<never>,
  mutant: Mutant,
): Partial<KernelPart<never>> {
  const { kind, name } = mutant;
  return match(kind)
    .returnType<Partial<KernelPart<never>>>()
    .with('guard', () => ({ machine: machine.provide({ guards: { [name]: () => true } }) }))
    .with('action', () => ({ machine: machine.provide({ actions: { [name]: () => undefined } }) }))
    .with('observation', () => ({ observes: { ...observes, [name]: nothingOf(observes[name]) } }))
    .with('offer', () => ({ offers: { ...offers, [name]: () => [] } }))
    .with(P.union('row', 'condition', 'listed action'), () => withoutInTable(mutant))
    .exhaustive();
}

function nothingOf(
  observe: KernelPart<never>['observes'][string] | undefined,
): KernelPart<never>['observes'][string] {
  return (look, place, event) =>
    Object.fromEntries(
      Object.keys(observe?.(look, place, event) ?? {}).map((fact) => [fact, null]),
    );
}
