/** A property of Sprite: it names the sentence of the paper and the function of the kernel behind it. */
import type { Property } from '../checker/specification/property.ts';
import type { Scenario } from '../model/scenarios/scenario.ts';

export type SpriteProperty = Property<Scenario> & {
  readonly quiescence: string;
  readonly sources: { readonly paper: string; readonly kernel: string };
  readonly catches: readonly string[];
};
