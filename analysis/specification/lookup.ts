/** Looks up names. For a name that does not exist, the message has the nearest that does. */
import { ownPropertyIds } from '../../checker/claims/own-properties.ts';
import { nearestOf } from '../../checker/text/nearest-name.ts';
import type { Property } from '../../checker/specification/property.ts';
import type { ScenarioBase, Variant } from '../../checker/specification/specification.ts';
import { clipped, printable } from '../../checker/text/printable.ts';
import { BadInput } from '../errors.ts';
import type { Loaded } from './loaded.ts';

export function variantNamed(
  { variants, noun, options }: Loaded,
  id: string,
  where?: string,
  next?: string,
): Variant<unknown> {
  return named(id, variants, (variant) => variant.id, {
    thing: `a ${noun}`,
    options,
    where,
    next,
  });
}

export function scenarioNamed(
  { scenarios, options }: Loaded,
  name: string,
  where?: string,
  next?: string,
): ScenarioBase {
  return named(name, scenarios, (scenario) => scenario.name, {
    thing: 'a scenario',
    options,
    where,
    next,
  });
}

/** Also accepts the checker's own properties, which no specification states. */
export function propertyNamed(
  spec: Loaded,
  id: string,
  where?: string,
  otherwise?: string,
): string {
  const ids = [...spec.properties.map((property) => property.id), ...ownPropertyIds];
  const next = spec.scenarios.some(({ name }) => name === id)
    ? `${id} is a scenario: name scenarios before --property`
    : otherwise;
  const { options } = spec;
  return named(id, ids, (each) => each, { thing: 'a property', options, where, next });
}

export function propertyOf({ properties }: Loaded, id: string): Property<ScenarioBase> | undefined {
  return properties.find((property) => property.id === id);
}

/** A name that is given twice counts once. */
export function unique<T>(things: readonly T[]): readonly T[] {
  return [...new Set(things)];
}

/** The names of the first list that are not in the second. */
export function withoutName<T>(these: readonly T[], those: readonly T[]): readonly T[] {
  const others = new Set(those);
  return these.filter((each) => !others.has(each));
}

type Asked = {
  readonly thing: string;
  /** The options with which `list` finds the specification. */
  readonly options: string;
  readonly where?: string | undefined;
  /** Another way, if there is one. */
  readonly next?: string | undefined;
};

/** The item with this name. */
export function named<T>(
  name: string,
  things: readonly T[],
  nameOf: (thing: T) => string,
  { thing, options, where = 'sprite-check', next }: Asked,
): T {
  const found = things.find((each) => nameOf(each) === name);
  if (found !== undefined) return found;
  const near = nearestOf(name, things.map(nameOf));
  const list = near.includes('did you mean')
    ? ''
    : `; "sprite-check list${options}" names them all`;
  const besides = next === undefined ? '' : `; ${next}`;
  throw new BadInput(
    `${printable(where)}: expected ${thing}, found "${clipped(name)}"${near}${list}${besides}`,
  );
}
