/** Which variants of the working tree are compared with those of a revision, and in which scenarios. */
import { isDeepStrictEqual } from 'node:util';
import { saidBy } from '../../checker/specification/specification-error.ts';
import { printable } from '../../checker/text/printable.ts';
import type { ScenarioBase } from '../../checker/specification/specification.ts';
import { roundsFor, smallScenarios, type Comparison } from './comparison.ts';
import { loadRevision, type ComparedModels } from './compared-models.ts';
import type { Loaded } from '../specification/loaded.ts';
import { BadInput } from '../errors.ts';
import { withoutName } from '../specification/lookup.ts';
import type { Revision } from './revision-checkout.ts';

export type RevisionPlan = {
  readonly comparisons: readonly Comparison[];
  /** A line for each scenario or variant that is not in both, and so not compared. */
  readonly notes: readonly string[];
};

/** To compare each in every scenario takes ten minutes or more, which is too long after an edit. */
function partly({ noun }: Loaded): string {
  return (
    'each fault is compared only in the scenario in which it is known to show, and may differ in the others: ' +
    `name one ${noun} to compare it in every small scenario`
  );
}

/**
 * One variant in every small scenario; or all variants: each fault in the scenario where it shows, which
 * says nothing about other scenarios, and the others in every scenario. An empty plan if both models are
 * one program. Throws `BadInput` if the revision cannot be used.
 */
export async function comparisonsWith(
  spec: Loaded,
  { name, model: url, isSame }: Revision,
  {
    variant,
    scenarios: asked,
  }: {
    readonly variant: string | undefined;
    readonly scenarios: readonly string[] | undefined;
  },
): Promise<RevisionPlan> {
  const model = await loadRevision(url).catch((error: unknown) => {
    const expected = `expected a model in ${name} that can be loaded`;
    throw new BadInput(printable(`sprite-check: ${expected}, found: ${saidBy(error)}`));
  });
  const variants = variantsOfBoth(spec, model).filter(
    (id) => variant === undefined || id === variant,
  );
  if (variants.length === 0) {
    throw new BadInput(
      `sprite-check: expected a ${spec.noun} that ${name} has too, found "${variant ?? ''}"`,
    );
  }
  const same = spec.scenarios.filter((own) => isIn(model, own)).map((own) => own.name);
  const comparisons = variants.map((id): Comparison => {
    const [own = [], others] = roundsFor(spec, [id]);
    const places = variant === undefined && others !== undefined ? own : smallScenarios(spec);
    return {
      names: [`${id} in ${name}`, `${id} in the working tree`],
      sides: [{ variant: id, revision: url }, { variant: id }],
      rounds: [(asked ?? places).filter((each) => same.includes(each))],
      wanted: asked ?? smallScenarios(spec),
    };
  });
  const isPartly = !isSame && asked === undefined && variants.length > 1;
  const notes = [
    ...notInBoth(spec, model, name),
    ...(isPartly ? [partly(spec)] : []),
    ...(isSame ? [`the model is the same program in ${name} and the working tree`] : []),
  ];
  return { comparisons: isSame ? [] : comparisons, notes };
}

function variantsOfBoth(spec: Loaded, model: ComparedModels): readonly string[] {
  const theirs = new Set(model.variants.map(({ id }) => id));
  return spec.variants.map(({ id }) => id).filter((id) => theirs.has(id));
}

function isIn(model: ComparedModels, own: ScenarioBase): boolean {
  return model.scenarios.some((their) => isDeepStrictEqual(their, own));
}

function notInBoth(spec: Loaded, model: ComparedModels, name: string): readonly string[] {
  const [ours, theirs] = [namesIn(spec), namesIn(model)];
  const changed = spec.scenarios.filter(
    (own) => theirs.scenarios.includes(own.name) && !isIn(model, own),
  );
  const missing = {
    [`${spec.noun}s only in ${name}`]: withoutName(theirs.variants, ours.variants),
    [`${spec.noun}s only in the working tree`]: withoutName(ours.variants, theirs.variants),
    [`scenarios only in ${name}`]: withoutName(theirs.scenarios, ours.scenarios),
    'scenarios only in the working tree': withoutName(ours.scenarios, theirs.scenarios),
    'scenarios that have changed': changed.map((own) => own.name),
  };
  return Object.entries(missing)
    .filter(([, names]) => names.length > 0)
    .map(([what, names]) => printable(`not compared, ${what}: ${names.join(' ')}`));
}

type Names = { readonly variants: readonly string[]; readonly scenarios: readonly string[] };

function namesIn({ variants, scenarios }: ComparedModels): Names {
  return { variants: variants.map(({ id }) => id), scenarios: scenarios.map((each) => each.name) };
}
