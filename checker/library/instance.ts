/** One variant of a specification in one of its scenarios, with its claims and witnesses. */
import { claimsOf, witnessesOf, type Claim, type Witness } from '../specification/property.ts';
import type { Protocol } from '../specification/protocol.ts';
import { faultless, ModelFault } from '../specification/specification-error.ts';
import type { ScenarioBase, Specification } from '../specification/specification.ts';
import { known } from './options.ts';
import { nearestOf } from '../text/nearest-name.ts';
import { clipped } from '../text/printable.ts';

export type InstanceNames = {
  /** A variant's `id`; default the first. */
  readonly variant?: string;
  /** A scenario's `name`; default the first. */
  readonly scenario?: string;
  /** Properties' `id`s; default all. */
  readonly properties?: readonly string[];
};

export type Instance = {
  readonly variant: string;
  readonly scenario: string;
  readonly protocol: Protocol;
  readonly claims: readonly Claim[];
  readonly witnesses: readonly Witness[];
};

/**
 * Boots one variant of a specification in one scenario. The other functions of this library take
 * `protocol`, `claims` and `witnesses`. Throws a `ModelFault` if a name does not exist.
 *
 * @example
 * ```ts
 * import assert from 'node:assert/strict';
 * import { setup } from 'xstate';
 * import { cell, defineSpecification, exploreProtocol, instanceOf } from 'sprite-check/checker';
 *
 * const lamp = setup({}).createMachine({
 *   initial: 'off',
 *   states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } },
 * });
 * const lamps = defineSpecification({
 *   name: 'lamps',
 *   version: '1',
 *   variants: [{ id: 'plain', value: null }],
 *   scenarios: [{ name: 'three', lamps: ['a', 'b', 'c'] }],
 *   properties: [],
 *   boot: (_, { name, lamps }) => ({
 *     name,
 *     cells: lamps.map((lampName) => cell(lamp, { name: lampName, offers: () => [{ type: 'press' }] })),
 *     faults: new Set(),
 *   }),
 * });
 *
 * const { protocol, claims, witnesses } = instanceOf(lamps, { scenario: 'three' });
 * assert.equal(exploreProtocol(protocol, { claims, witnesses }).states, 8);
 * ```
 */
export function instanceOf<Value, Scenario extends ScenarioBase>(
  specification: Specification<Value, Scenario>,
  asked: InstanceNames = {},
): Instance {
  const names = known('instanceOf', asked, { variant: true, scenario: true, properties: true });
  const { name, variants, scenarios, properties, boot } = specification;
  const variant = named('variant', names.variant, variants, ({ id }) => id);
  const scenario = named('scenario', names.scenario, scenarios, (each) => each.name);
  const chosen = names.properties?.map((id) =>
    named('property', id, properties, (each) => each.id),
  );
  return {
    variant: variant.id,
    scenario: scenario.name,
    protocol: faultless(
      () => boot(variant.value, scenario),
      () => `${name}: ${variant.id} in ${scenario.name}`,
    ),
    claims: claimsOf(chosen ?? properties, scenario),
    witnesses: witnessesOf(chosen ?? properties, scenario),
  };

  function named<T>(
    kind: string,
    asFor: string | undefined,
    things: readonly T[],
    nameOf: (thing: T) => string,
  ): T {
    const found = asFor === undefined ? things[0] : things.find((each) => nameOf(each) === asFor);
    if (found !== undefined) return found;
    if (asFor === undefined) throw new ModelFault(`${name}: it has no ${kind}`);
    const near = nearestOf(asFor, things.map(nameOf));
    throw new ModelFault(`${name}: no ${kind} is called "${clipped(asFor)}"${near}`);
  }
}
