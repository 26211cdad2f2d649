/** What people call things, looked up; a name that does not exist is told with the nearest that does. */
import { nearestOf } from '../../checker/text/nearest-name.ts';
import { ownPropertyIds } from '../../checker/claims/own-properties.ts';
import type { Property } from '../../checker/specification/property.ts';
import { kernels } from '../../model/kernels/all.ts';
import type { ShippedKernel } from '../../model/kernels/shipped.ts';
import { scenarios } from '../../model/scenarios/all.ts';
import type { Scenario } from '../../model/scenarios/scenario.ts';
import { properties } from '../../properties/all.ts';
import { clipped, printable } from '../../checker/text/printable.ts';
import { BadInput } from '../errors.ts';

export function kernelNamed(id: string, where?: string, next?: string): ShippedKernel {
  return named(id, kernels, (kernel) => kernel.id, { thing: 'a kernel', where, next });
}

export function scenarioNamed(name: string, where?: string): Scenario {
  return named(name, scenarios, (scenario) => scenario.name, { thing: 'a scenario', where });
}

/** Also accepts the checker's own properties, which no file states. */
export function propertyNamed(id: string, where?: string): string {
  const ids = [...properties.map((property) => property.id), ...ownPropertyIds];
  const next = scenarios.some(({ name }) => name === id)
    ? `${id} is a scenario: name scenarios before --property`
    : undefined;
  return named(id, ids, (each) => each, { thing: 'a property', where, next });
}

export function propertyOf(id: string): Property<Scenario> | undefined {
  return properties.find((property) => property.id === id);
}

/** A name said twice counts once. */
export function once<T>(things: readonly T[]): readonly T[] {
  return [...new Set(things)];
}

/** Those of these that are not among those. */
export function without<T>(these: readonly T[], those: readonly T[]): readonly T[] {
  const others = new Set(those);
  return these.filter((each) => !others.has(each));
}

type Asked = {
  readonly thing: string;
  readonly where?: string | undefined;
  /** What to do else. */
  readonly next?: string | undefined;
};

/** The one of these that is called so. */
export function named<T>(
  name: string,
  things: readonly T[],
  nameOf: (thing: T) => string,
  { thing, where = 'sprite-check', next }: Asked,
): T {
  const found = things.find((each) => nameOf(each) === name);
  if (found !== undefined) return found;
  const near = nearestOf(name, things.map(nameOf));
  const list = near.includes('did you mean') ? '' : '; "sprite-check list" names them all';
  const besides = next === undefined ? '' : `; ${next}`;
  throw new BadInput(
    `${printable(where)}: expected ${thing}, found "${clipped(name)}"${near}${list}${besides}`,
  );
}
