/**
 * What Sprite's kernels do, and what is seen of it: the part of the specification that `diff` compares.
 * `diff --against` builds this file as it was in a revision: an edit of a property or of a sentence
 * makes no other model.
 */
import type { Specification } from '../checker/specification/specification.ts';
import { boot } from '../model/boot.ts';
import type { Kernel } from '../model/kernel.ts';
import { kernels } from '../model/kernels/all.ts';
import { watcherOf } from '../model/observed.ts';
import { scenarios } from '../model/scenarios/all.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';

type Compared = 'variants' | 'scenarios' | 'boot' | 'observer';

export const behavior: Pick<Specification<Kernel, Scenario>, Compared> = {
  variants: kernels.map(({ kernel, scenario, ...about }) => ({
    ...about,
    value: kernel,
    // What is no fault shows nowhere.
    ...(scenario === '' ? {} : { scenario }),
  })),
  scenarios,
  boot,
  observer: watcherOf,
};
