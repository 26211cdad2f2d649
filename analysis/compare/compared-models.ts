/** The two sides of a comparison: variants of the present specification, or of an earlier revision. */
import { z } from 'zod';
import type { Side } from '../../checker/compare/diff.ts';
import { seesSteps, type Observer } from '../../checker/specification/observer.ts';
import { createSystem } from '../../checker/engine/system.ts';
import type { Variant } from '../../checker/specification/specification.ts';
import type { DiffJob, SideSpec } from '../jobs/jobs.ts';
import type { Loaded } from '../specification/loaded.ts';
import { scenarioNamed } from '../specification/lookup.ts';

/** The parts of a specification that a comparison of its variants needs. */
export type ComparedModels = Pick<Loaded, 'variants' | 'scenarios' | 'boot' | 'observer'>;

const isFunction = z.custom((held) => typeof held === 'function');
const specificationSchema = z.looseObject({
  variants: z.array(z.looseObject({ id: z.string() })),
  scenarios: z.array(z.looseObject({ name: z.string() })),
  boot: isFunction,
  observer: isFunction.optional(),
});

/** Runs the module. Throws if it is not a specification. */
export async function loadRevision(url: string): Promise<ComparedModels> {
  const { default: held } = (await import(url)) as { readonly default: unknown };
  return specificationSchema.parse(held) as unknown as ComparedModels;
}

/** A revision without an observer uses the present one. */
export async function sideOf(
  spec: Loaded,
  { variant: id, revision }: SideSpec,
  { scenario: name, internal }: Pick<DiffJob, 'scenario' | 'internal'>,
): Promise<Side> {
  const model = revision === undefined ? spec : await loadRevision(revision);
  const variant = model.variants.find((each: Variant<unknown>) => each.id === id);
  if (variant === undefined) throw new Error(`expected a ${spec.noun}, found "${id}"`);
  const scenario = scenarioNamed(spec, name);
  const observer = (model.observer ?? spec.observer)?.(scenario) ?? everyStep;
  return {
    system: createSystem(model.boot(variant.value, scenario)),
    observer: internal ? seesSteps(observer) : observer,
  };
}

/** Without an observer, each step is observed, and faults are choices of the environment. */
const everyStep: Observer = {
  observed: ({ step }) => [{ ...step }],
  isInput: () => false,
  atRest: () => null,
};
