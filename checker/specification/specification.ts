/**
 * A specification: all that is needed to check one protocol, as one value.
 *
 *   Variants are the designs: the first is the one that should hold, the others are proposals, other
 *   systems, or known faults. Scenarios are the configurations in which they are checked. `boot` puts
 *   one variant into one scenario. Properties say what must hold there. Everything else is optional:
 *   what is not given is left out of what the verbs print, and they say so.
 *
 * Sprite is one specification (model/specification.ts), the examples are others.
 */
import type { Property } from './property.ts';
import type { Protocol } from './protocol.ts';

/** What every scenario has; a specification adds what it needs. */
export type ScenarioBase = {
  /** As people type it, and as traces name it. */
  readonly name: string;
  readonly title?: string;
  /** Small ones close (the default); general ones may not; large ones are only sampled. */
  readonly size?: 'small' | 'general' | 'large';
};

/** A step by kind of cell (the first word of its name) and action. */
export type Culprit = { readonly at: string; readonly action: string };

/** A design, or a design with a fault. */
export type Variant<Value> = {
  /** As people type it, and as traces name it. */
  readonly id: string;
  /** What is different, in one sentence. */
  readonly title?: string;
  readonly value: Value;
  /** Where it comes from: a paper, a bug report. */
  readonly record?: string;
  /** Of a known fault: the properties that are expected to catch it. */
  readonly caughtBy?: readonly string[];
  /** Of a known fault: the small scenario in which it shows, by name. */
  readonly scenario?: string;
  /** Of a fault that miscounts: the step at fault. */
  readonly culprit?: Culprit;
  /** Of a variant that has several faults at once: the variants that have one each. */
  readonly composedOf?: readonly string[];
};

export type Specification<Value = unknown, Scenario extends ScenarioBase = ScenarioBase> = {
  /** One word, as traces name it. */
  readonly name: string;
  /** Traces name it, too. Raise it when an older story would mean something else. */
  readonly version: string;
  readonly title?: string;
  readonly variants: readonly Variant<Value>[];
  readonly scenarios: readonly Scenario[];
  readonly properties: readonly Property<Scenario>[];
  /** One design in one configuration, ready to be checked. Pure. */
  readonly boot: (value: Value, scenario: Scenario) => Protocol;
};

/**
 * The specification as it is given, with the types of what it says: what a specification file has as
 * its default export. A variant's value and a scenario are what `boot` is called with.
 *
 * @example
 * ```ts
 * import { setup } from 'xstate';
 * import { cell, defineSpecification } from 'sprite-check/checker';
 *
 * const lampMachine = setup({}).createMachine({
 *   initial: 'off',
 *   states: { off: { on: { press: 'on' } }, on: { on: { press: 'off' } } },
 * });
 *
 * export default defineSpecification({
 *   name: 'lamp',
 *   version: '1',
 *   variants: [{ id: 'plain', value: { start: 'off' } }],
 *   scenarios: [{ name: 'two', lamps: ['left', 'right'] }],
 *   properties: [],
 *   boot: ({ start }, { name, lamps }) => ({
 *     name,
 *     cells: lamps.map((lamp) =>
 *       cell(lampMachine, { name: lamp, initial: start, offers: () => [{ type: 'press' }] }),
 *     ),
 *     faults: new Set(),
 *   }),
 * });
 * ```
 */
export function defineSpecification<const Value, Scenario extends ScenarioBase>(
  specification: Specification<Value, Scenario>,
): Specification<Value, Scenario> {
  return specification;
}
