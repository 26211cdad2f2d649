/** The kernels of the working tree against those of a revision: which, and in which scenarios. */
import { isDeepStrictEqual } from 'node:util';
import { saidBy } from '../../checker/specification/specification-error.ts';
import { printable } from '../../checker/text/printable.ts';
import type { Scenario } from '../../model/scenarios/scenario.ts';
import { roundsFor, smallScenarios, type Comparison } from './comparison.ts';
import { loadModel, ownModel, type Model } from './compared-models.ts';
import { BadInput } from '../errors.ts';
import { without } from '../specification/lookup.ts';
import type { Revision } from './revision-checkout.ts';

export type RevisionPlan = {
  readonly comparisons: readonly Comparison[];
  /** A line each: what is not compared because it is not in both. */
  readonly notes: readonly string[];
};

/** To compare each everywhere takes ten minutes or more; nobody waits for that after an edit. */
const PARTLY =
  'each fault is compared only in the scenario in which it is known to show, and may differ in the others: ' +
  'name one kernel to compare it in every small scenario';

/**
 * One kernel in every small scenario, or all: each fault where it shows, which says nothing of the
 * other scenarios, and the others everywhere. Nothing where both models are one program. Throws `BadInput` where the revision cannot be used.
 */
export async function comparisonsWith(
  { name, model: url, isSame }: Revision,
  kernel: string | undefined,
  asked: readonly string[] | undefined,
): Promise<RevisionPlan> {
  const model = await loadModel(url).catch((error: unknown) => {
    const expected = `expected a model in ${name} that can be loaded`;
    throw new BadInput(printable(`sprite-check: ${expected}, found: ${saidBy(error)}`));
  });
  const kernels = kernelsOfBoth(model).filter((id) => kernel === undefined || id === kernel);
  if (kernels.length === 0) {
    throw new BadInput(
      `sprite-check: expected a kernel that ${name} has too, found "${kernel ?? ''}"`,
    );
  }
  const same = ownModel.scenarios.filter((own) => isIn(model, own)).map((own) => own.name);
  const comparisons = kernels.map((id): Comparison => {
    const [own = [], others] = roundsFor([id]);
    const places = kernel === undefined && others !== undefined ? own : smallScenarios;
    return {
      names: [`${id} in ${name}`, `${id} in the working tree`],
      sides: [{ kernel: id, model: url }, { kernel: id }],
      rounds: [(asked ?? places).filter((each) => same.includes(each))],
      wanted: asked ?? smallScenarios,
    };
  });
  const isPartly = !isSame && asked === undefined && kernels.length > 1;
  const notes = [
    ...notInBoth(model, name),
    ...(isPartly ? [PARTLY] : []),
    ...(isSame ? [`the model is the same program in ${name} and the working tree`] : []),
  ];
  return { comparisons: isSame ? [] : comparisons, notes };
}

function kernelsOfBoth(model: Model): readonly string[] {
  const theirs = new Set(model.kernels.map(({ id }) => id));
  return ownModel.kernels.map(({ id }) => id).filter((id) => theirs.has(id));
}

function isIn(model: Model, own: Scenario): boolean {
  return model.scenarios.some((their) => isDeepStrictEqual(their, own));
}

function notInBoth(model: Model, name: string): readonly string[] {
  const [ours, theirs] = [namesIn(ownModel), namesIn(model)];
  const changed = ownModel.scenarios.filter(
    (own) => theirs.scenarios.includes(own.name) && !isIn(model, own),
  );
  const missing = {
    [`kernels only in ${name}`]: without(theirs.kernels, ours.kernels),
    'kernels only in the working tree': without(ours.kernels, theirs.kernels),
    [`scenarios only in ${name}`]: without(theirs.scenarios, ours.scenarios),
    'scenarios only in the working tree': without(ours.scenarios, theirs.scenarios),
    'scenarios that have changed': changed.map((own) => own.name),
  };
  return Object.entries(missing)
    .filter(([, names]) => names.length > 0)
    .map(([what, names]) => printable(`not compared, ${what}: ${names.join(' ')}`));
}

type Named = { readonly kernels: readonly string[]; readonly scenarios: readonly string[] };

function namesIn({ kernels, scenarios }: Model): Named {
  return { kernels: kernels.map(({ id }) => id), scenarios: scenarios.map((each) => each.name) };
}
