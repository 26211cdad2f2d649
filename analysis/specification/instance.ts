/** A variant in a scenario, ready to be checked, with the properties that apply there. */
import { ownAppliedIn } from '../../checker/claims/own-properties.ts';
import { faultless } from '../../checker/specification/specification-error.ts';
import {
  claimsOf,
  witnessesOf,
  type Claim,
  type Property,
  type Witness,
} from '../../checker/specification/property.ts';
import { clipped } from '../../checker/text/printable.ts';
import { createSystem, type System } from '../../checker/engine/system.ts';
import type { Json } from '../../checker/text/json.ts';
import type { Protocol } from '../../checker/specification/protocol.ts';
import type { Bounds, ScenarioBase } from '../../checker/specification/specification.ts';
import type { Loaded } from './loaded.ts';
import { scenarioNamed, variantNamed } from './lookup.ts';

export type CheckedInstance = {
  readonly spec: Loaded;
  readonly scenario: ScenarioBase;
  readonly protocol: Protocol;
  readonly system: System;
  readonly claims: readonly Claim[];
  readonly witnesses: readonly Witness[];
  /** Identifiers of the properties that apply here; `no-deadlock` only if it was asked for. */
  readonly applied: readonly string[];
};

export function instanceIn(
  spec: Loaded,
  named: {
    readonly variant: string;
    readonly scenario: string;
    readonly properties: readonly string[];
    readonly maxAhead?: number | undefined;
  },
): CheckedInstance {
  const scenario = scenarioNamed(spec, named.scenario);
  const asked = propertiesFor(spec, scenario).filter(({ id }) => named.properties.includes(id));
  const { maxAhead } = named;
  return instanceWith(spec, variantNamed(spec, named.variant).value, {
    scenario,
    asked,
    ...(maxAhead === undefined ? {} : { maxAhead }),
  });
}

/** The same for values, which need not be shipped. */
export function instanceWith(
  spec: Loaded,
  value: unknown,
  {
    scenario,
    asked,
    ...bound
  }: {
    readonly scenario: ScenarioBase;
    readonly asked: readonly Property<never>[];
    readonly maxAhead?: number;
  },
): CheckedInstance {
  const protocol = faultless(
    () => spec.boot(value, scenario),
    () => `a ${spec.noun} in ${scenario.name}`,
  );
  return {
    spec,
    scenario,
    protocol,
    system: createSystem(protocol),
    claims: claimsOf(asked, scenario as never, bound),
    witnesses: witnessesOf(asked, scenario as never),
    applied: [...asked.map(({ id }) => id), ...ownAppliedIn(protocol)],
  };
}

/** The properties that apply in a scenario. */
export function propertiesFor(
  { properties }: Loaded,
  scenario: ScenarioBase,
): readonly Property<ScenarioBase>[] {
  return properties.filter((property) => claimsOf([property], scenario).length > 0);
}

type Stated = { readonly name: string; readonly bounds: Bounds };

/** The first bound in a trace that its scenario does not have: it would mislead a reader. */
export function otherBound(
  spec: Loaded,
  { name, bounds }: Stated,
  scenario: ScenarioBase = scenarioNamed(spec, name),
): { readonly bound: string; readonly is: Json | undefined } | undefined {
  const own = new Map(Object.entries(boundsOf(spec, scenario)));
  const bound = Object.keys(bounds).find((each) => bounds[each] !== own.get(each));
  return bound === undefined ? undefined : { bound, is: own.get(bound) };
}

/** The same, as text. */
export function otherBoundText(
  spec: Loaded,
  stated: Stated,
  scenario: ScenarioBase = scenarioNamed(spec, stated.name),
): string | undefined {
  const other = otherBound(spec, stated, scenario);
  if (other === undefined) return undefined;
  const { bound } = other;
  const is = other.is === undefined ? 'none' : JSON.stringify(other.is);
  const said = clipped(JSON.stringify(stated.bounds[bound]), 40);
  return `its file says ${clipped(bound)} ${said}, ${scenario.name} has ${is}`;
}

/** The bounds of a scenario that a trace contains for people, beside its name. */
export function boundsOf(spec: Loaded, scenario: ScenarioBase): Bounds {
  return spec.boundsOf?.(scenario) ?? {};
}

/** The beginning of a trace: its specification, variant and scenario. */
export function originOf(
  { spec, scenario }: Pick<CheckedInstance, 'spec' | 'scenario'>,
  variant: string,
): {
  readonly specification: { readonly name: string; readonly version: string };
  readonly variant: string;
  readonly scenario: { readonly name: string; readonly bounds: Bounds };
} {
  return {
    specification: { name: spec.name, version: spec.version },
    variant,
    scenario: { name: scenario.name, bounds: boundsOf(spec, scenario) },
  };
}
