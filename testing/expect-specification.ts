/**
 * Expectations about a specification of one's own, for any test runner: see expectations.ts.
 *
 *   const lease = expectSpecification(specification, { scenario: 'two-clients' });
 *   await lease.toHold('one-holder');
 *   await expectSpecification(specification, { variant: 'late' }).toBeCaughtBy('one-holder');
 */
import type { Property } from '../checker/specification/property.ts';
import { specificationProblems } from '../checker/specification/specification-problems.ts';
import type { ScenarioBase, Specification } from '../checker/specification/specification.ts';
import { printable } from '../checker/text/printable.ts';
import { BadInput } from '../analysis/errors.ts';
import { loadedFrom } from '../analysis/specification/loaded.ts';
import { scenarioNamed, variantNamed } from '../analysis/specification/lookup.ts';
import { SpecificationAssertionError } from './assertion-error.ts';
import { expectationsOf, type ExpectOptions } from './expectations.ts';

const WHERE = 'expectSpecification';

export type WhatToExpectOf<Scenario extends ScenarioBase> = {
  /** A variant's `id`; without it, the first. */
  readonly variant?: string;
  /** A scenario, or its name; without it, the first of the specification. */
  readonly scenario?: string | Scenario;
};

export type SpecificationExpectations<Scenario extends ScenarioBase> = {
  /** Fails if a run violates the property, or meets an unspecified event. */
  readonly toHold: (
    property: string | Property<Scenario>,
    options?: ExpectOptions,
  ) => Promise<void>;
  /** Fails where no story violates the property. */
  readonly toBeCaughtBy: (
    property: string | Property<Scenario>,
    options?: ExpectOptions,
  ) => Promise<void>;
  /**
   * Fails where what can still take place of a stored story violates its property, and where the
   * story tests nothing. Its scenario is the one that its file names.
   */
  readonly toSurvive: (
    file: string,
    own?: { readonly property?: Property<Scenario>; readonly scenario?: Scenario },
  ) => Promise<void>;
};

/** Throws at once where the specification, the variant or the scenario is none. */
export function expectSpecification<Value, Scenario extends ScenarioBase>(
  specification: Specification<Value, Scenario>,
  { variant, scenario }: WhatToExpectOf<Scenario> = {},
): SpecificationExpectations<Scenario> {
  const [problem] = specificationProblems(specification);
  if (problem !== undefined) throw new BadInput(printable(`${WHERE}: ${problem}`));
  const spec = loadedFrom(specification, {
    // What a worker or a verb would load, and where it would store: neither is asked for here.
    source: { specification: '', variants: [], scenarios: [], properties: [] },
    home: { base: '', folder: '', changelog: '' },
    options: '',
  });
  const id = variant ?? specification.variants[0]?.id ?? '';
  const { value } = variantNamed(spec, id, WHERE);
  const asked = scenario ?? specification.scenarios[0]?.name ?? '';
  if (typeof asked === 'string') scenarioNamed(spec, asked, WHERE);
  const { toHold, toBeCaughtBy, toSurvive } = expectationsOf<Scenario>({
    spec,
    value,
    id,
    where: WHERE,
    failure: (message, trace) => new SpecificationAssertionError(message, trace),
    afterRepair: (kept) => [
      `once it is repaired: await expectSpecification(specification).toSurvive('${kept}')`,
      `replay: npx sprite-check replay ${kept} --spec <the file of ${spec.name}>`,
    ],
  });
  return {
    toHold: (property, options) => toHold(property, asked, options),
    toBeCaughtBy: (property, options) => toBeCaughtBy(property, asked, options),
    toSurvive,
  };
}
