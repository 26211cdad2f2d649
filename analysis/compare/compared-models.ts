/** The two sides of a comparison: a kernel of this model, or of one that was built elsewhere. */
import { z } from 'zod';
import type { Side } from '../../checker/compare/diff.ts';
import { seesSteps } from '../../checker/specification/observer.ts';
import { createSystem } from '../../checker/engine/system.ts';
import { boot } from '../../model/boot.ts';
import { kernels } from '../../model/kernels/all.ts';
import { watcherOf } from '../../model/observed.ts';
import { scenarios } from '../../model/scenarios/all.ts';
import type { DiffJob, SideSpec } from '../jobs/jobs.ts';
import { scenarioNamed } from '../specification/lookup.ts';

/** What is needed of a model to compare its kernels. */
export type Model = {
  readonly boot: typeof boot;
  readonly kernels: typeof kernels;
  readonly scenarios: typeof scenarios;
  readonly watcherOf: typeof watcherOf;
};

export const ownModel: Model = { boot, kernels, scenarios, watcherOf };

const isFunction = z.custom((held) => typeof held === 'function');
const modelSchema = z.object({
  boot: isFunction,
  kernels: z.array(z.object({ id: z.string(), kernel: z.record(z.string(), z.unknown()) })),
  scenarios: z.array(z.object({ name: z.string(), hosts: z.array(z.string()) })),
  watcherOf: isFunction.optional(),
});

/** Runs the module. Throws where it is not a model; one without an observer is watched by ours. */
export async function loadModel(url: string): Promise<Model> {
  const module = (await import(url)) as Partial<Model>;
  modelSchema.parse({ ...module });
  return { ...(module as Model), watcherOf: module.watcherOf ?? watcherOf };
}

export async function sideOf(
  { kernel: id, model: url }: SideSpec,
  { scenario: name, internal }: Pick<DiffJob, 'scenario' | 'internal'>,
): Promise<Side> {
  const model = url === undefined ? ownModel : await loadModel(url);
  const shipped = model.kernels.find((kernel) => kernel.id === id);
  if (shipped === undefined) throw new Error(`expected a kernel, found "${id}"`);
  const scenario = scenarioNamed(name);
  const observer = model.watcherOf(scenario);
  return {
    system: createSystem(model.boot(shipped.kernel, scenario)),
    observer: internal ? seesSteps(observer) : observer,
  };
}
