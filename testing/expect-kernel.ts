/**
 * Expectations about a kernel, for the tests of its author: see expectations.ts.
 *
 *   await expectKernel(mine).toHold('one-offset', 'double-migration');
 *   await expectKernel(broken).toBeCaughtBy(myProperty, myScenario, { maxStates: 50_000 });
 *   await expectKernel(mine).toSurvive('stories/lost-count.trace.json');
 */
import type { Property } from '../checker/specification/property.ts';
import type { Kernel } from '../model/kernel.ts';
import { kernels } from '../model/kernels/all.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';
import { KernelAssertionError } from './assertion-error.ts';
import { expectationsOf, type ExpectOptions } from './expectations.ts';
import { loadedSprite } from './sprite.ts';

export { KernelAssertionError, SpecificationAssertionError } from './assertion-error.ts';
export {
  expectSpecification,
  type SpecificationExpectations,
  type WhatToExpectOf,
} from './expect-specification.ts';
export type { ExpectOptions } from './expectations.ts';

/** By its name, or as a value of one's own. */
export type PropertyLike = string | Property<Scenario>;
export type ScenarioLike = string | Scenario;

export type KernelExpectations = {
  /** Fails if a run violates the property, or meets an unspecified event. */
  readonly toHold: (
    property: PropertyLike,
    scenario: ScenarioLike,
    options?: ExpectOptions,
  ) => Promise<void>;
  /** Fails where no story violates the property. */
  readonly toBeCaughtBy: (
    property: PropertyLike,
    scenario: ScenarioLike,
    options?: ExpectOptions,
  ) => Promise<void>;
  /**
   * Fails where what can still take place of a stored story violates its property, and where the
   * story tests nothing: it names a cell or an action that is there no more, its scenario has other
   * bounds than the file says, or its property has nothing to say there. Of a scenario or property of
   * one's own, give the value: the file only has the name.
   */
  readonly toSurvive: (
    file: string,
    own?: { readonly property?: Property<Scenario>; readonly scenario?: Scenario },
  ) => Promise<void>;
};

/** A kernel that is not shipped may have a name, by which messages and kept traces call it. */
export function expectKernel(
  kernel: Kernel,
  { name }: { readonly name?: string } = {},
): KernelExpectations {
  const shipped = kernels.find((each) => each.kernel === kernel);
  const id = name ?? shipped?.id ?? 'own-kernel';
  const isShipped = kernels.some((each) => each.id === id);
  return expectationsOf<Scenario>({
    spec: loadedSprite,
    value: kernel,
    id,
    where: 'expectKernel',
    failure: (message, trace) => new KernelAssertionError(message, trace),
    afterRepair: (kept) => [
      `once it is repaired: await expectKernel(kernel).toSurvive('${kept}')`,
      ...(isShipped ? [`replay: npx sprite-check replay ${kept}`] : []),
    ],
  });
}
