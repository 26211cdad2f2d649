/** The cost of a run that is made for its size: `cost` without a trace. */
import type { Sizes } from '../../checker/specification/timing.ts';
import { counted } from '../../checker/text/tables.ts';
import { BadInput } from '../errors.ts';
import { instanceWith } from '../specification/instance.ts';
import type { Loaded } from '../specification/loaded.ts';
import { variantNamed } from '../specification/lookup.ts';
import { runToTheEnd } from './run-to-the-end.ts';

/** Throws `BadInput` if the specification has no such run. */
export function costOfSizes(
  spec: Loaded,
  variant: string,
  sizes: Sizes,
): { readonly document: object; readonly lines: readonly string[] } {
  const { sized } = spec;
  const unknown = Object.keys(sizes).find((size) => sized?.sizes.includes(size) !== true);
  if (sized === undefined || unknown !== undefined) {
    throw new BadInput(
      `sprite-check: cannot price ${spec.name} by --${unknown ?? ''}: the specification has no such size; add it to "sized", or name a trace`,
    );
  }
  const problem = sized.problem(sizes);
  if (problem !== undefined) throw new BadInput(`sprite-check: ${problem}`);
  const { system, scenario } = instanceWith(spec, variantNamed(spec, variant).value, {
    scenario: sized.scenario(sizes),
    asked: [],
  });
  const deliveries = runToTheEnd(system, (each) => sized.last.has(system.eventOf(each).type));
  const { elapsedMs, document, lines } = sized.cost(deliveries, sizes);
  return {
    document: { variant, scenario: scenario.name, sizes, ...document, elapsedMs, exitCode: 0 },
    lines: [
      scenario.title ?? scenario.name,
      `${spec.noun} ${variant}, ${counted(deliveries.length, 'step')}`,
      '',
      ...lines,
    ],
  };
}
