/** A kernel in a scenario, ready to be checked, with the properties that apply there. */
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
import type { Protocol } from '../../checker/specification/protocol.ts';
import type { Json } from '../../checker/text/json.ts';
import { boot } from '../../model/boot.ts';
import type { Kernel } from '../../model/kernel.ts';
import type { Scenario } from '../../model/scenarios/scenario.ts';
import { properties } from '../../properties/all.ts';
import { kernelNamed, scenarioNamed } from './lookup.ts';

export type Subject = {
  readonly scenario: Scenario;
  readonly protocol: Protocol;
  readonly system: System;
  readonly claims: readonly Claim[];
  readonly witnesses: readonly Witness[];
  /** Identifiers of the properties that have something to say here. `no-deadlock` where it is asked. */
  readonly applied: readonly string[];
};

export function subjectOf(named: {
  readonly kernel: string;
  readonly scenario: string;
  readonly properties: readonly string[];
}): Subject {
  const scenario = scenarioNamed(named.scenario);
  const asked = applying(scenario).filter(({ id }) => named.properties.includes(id));
  return subjectWith(kernelNamed(named.kernel).kernel, scenario, asked);
}

/** The same of values, which need not be shipped. */
export function subjectWith(
  kernel: Kernel,
  scenario: Scenario,
  asked: readonly Property<Scenario>[],
): Subject {
  const protocol = faultless(
    () => boot(kernel, scenario),
    () => `a kernel in ${scenario.name}`,
  );
  return {
    scenario,
    protocol,
    system: createSystem(protocol),
    claims: claimsOf(asked, scenario),
    witnesses: witnessesOf(asked, scenario),
    applied: [...asked.map(({ id }) => id), ...ownAppliedIn(protocol)],
  };
}

export function applying(scenario: Scenario): readonly Property<Scenario>[] {
  return properties.filter((property) => claimsOf([property], scenario).length > 0);
}

type Stated = { readonly name: string; readonly bounds: { readonly [bound: string]: Json } };

/** The first bound that a trace states and that its scenario does not have: people would be misled. */
export function otherBound(
  { name, bounds }: Stated,
  scenario: Scenario = scenarioNamed(name),
): { readonly bound: string; readonly is: number | undefined } | undefined {
  const own = new Map(Object.entries(boundsOf(scenario)));
  const bound = Object.keys(bounds).find((each) => bounds[each] !== own.get(each));
  return bound === undefined ? undefined : { bound, is: own.get(bound) };
}

/** The same, said. */
export function otherBoundText(
  stated: Stated,
  scenario: Scenario = scenarioNamed(stated.name),
): string | undefined {
  const other = otherBound(stated, scenario);
  if (other === undefined) return undefined;
  const { bound, is = 'none' } = other;
  const said = clipped(JSON.stringify(stated.bounds[bound]), 40);
  return `its file says ${clipped(bound)} ${said}, ${scenario.name} has ${is}`;
}

/** What stands in a trace beside the scenario's name, for people. */
export function boundsOf({ hosts, files, processes, descriptors, faults }: Scenario): {
  readonly [bound: string]: number;
} {
  return {
    hosts: hosts.length,
    files: files.length,
    processes: processes.length,
    descriptors,
    crashes: faults?.crashes?.times ?? 0,
  };
}
