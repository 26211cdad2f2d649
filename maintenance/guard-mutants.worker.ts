/**
 * Empties one guard (it always holds), one action (it does nothing), one observation (each of its
 * facts is null) or one offer (it is never made) of the repaired kernel and explores the scenarios
 * until one has other counts, a violation, or a witness that is reached no more. The general ones come
 * last, and only their beginning is compared: as many states as stated here, breadth first.
 */
import { match } from 'ts-pattern';
import { explore, type Exploration } from '../checker/search/explore.ts';
import { claimsOf, witnessesOf } from '../checker/specification/property.ts';
import { createSystem } from '../checker/engine/system.ts';
import { boot } from '../model/boot.ts';
import { sprite, type Kernel } from '../model/kernel.ts';
import type { KernelPart } from '../model/part.ts';
import { scenarios } from '../model/scenarios/all.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import type { Mutant, Tried } from './guard-mutant.ts';
import { properties } from '../properties/all.ts';
import { sizeOf } from '../checker/specification/specification.ts';

type Base = Pick<Exploration, 'states' | 'transitions' | 'depth' | 'unreached'>;

const MAX_STATES = 500_000;
const MAX_STATES_OF_GENERAL = 20_000;
/** As they are listed: the general ones last. */
const compared = scenarios.filter((scenario) => sizeOf(scenario) !== 'large');
const bases = new Map<Scenario, Base>();

export function tryOut(mutant: Mutant): Tried {
  const kernel = emptied(mutant);
  for (const scenario of compared) {
    const how = difference(kernel, scenario, baseOf(scenario));
    if (how !== undefined) return { mutant, noticed: { scenario: scenario.name, how } };
  }
  return { mutant, noticed: undefined };
}

/** What the repaired kernel does there, found out when it is first asked for. */
function baseOf(scenario: Scenario): Base {
  const known = bases.get(scenario);
  if (known !== undefined) return known;
  const base = explore(createSystem(boot(sprite, scenario)), {
    witnesses: witnessesOf(propertiesFor(scenario), scenario),
    maxStates: boundOf(scenario),
  });
  bases.set(scenario, base);
  return base;
}

function emptied({ part, kind, name }: Mutant): Kernel {
  const whole = sprite[part] as KernelPart<never>;
  return { ...sprite, [part]: { ...whole, ...changeOf(whole, kind, name) } };
}

function changeOf(
  { machine, observes, offers }: KernelPart<never>,
  kind: Mutant['kind'],
  name: string,
): Partial<KernelPart<never>> {
  return match(kind)
    .returnType<Partial<KernelPart<never>>>()
    .with('guard', () => ({ machine: machine.provide({ guards: { [name]: () => true } }) }))
    .with('action', () => ({ machine: machine.provide({ actions: { [name]: () => undefined } }) }))
    .with('observation', () => ({ observes: { ...observes, [name]: nothingOf(observes[name]) } }))
    .with('offer', () => ({ offers: { ...offers, [name]: () => [] } }))
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

function difference(kernel: Kernel, scenario: Scenario, base: Base): string | undefined {
  try {
    const result = explore(createSystem(boot(kernel, scenario)), {
      claims: claimsOf(propertiesFor(scenario), scenario),
      witnesses: witnessesOf(propertiesFor(scenario), scenario),
      // One more is enough to know.
      maxStates: Math.min(base.states + 1, boundOf(scenario)),
    });
    const [first] = result.found;
    if (first !== undefined) return first.violation.property;
    const isSame =
      result.states === base.states &&
      result.transitions === base.transitions &&
      result.depth === base.depth;
    if (!isSame) return 'other counts';
    const before = new Set(base.unreached.map(({ property }) => property));
    const missed = result.unreached.find(({ property }) => !before.has(property));
    return missed === undefined ? undefined : `${missed.property}: witness not reached`;
  } catch (error) {
    return `an exception: ${error instanceof Error ? error.message : String(error)}`;
  }
}

function propertiesFor(scenario: Scenario): typeof properties {
  return properties.filter((property) => claimsOf([property], scenario).length > 0);
}

function boundOf(scenario: Scenario): number {
  return sizeOf(scenario) === 'small' ? MAX_STATES : MAX_STATES_OF_GENERAL;
}
