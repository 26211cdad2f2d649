/** The run that distinguishes two variants, as a trace, if the format can express its end. */
import type { Difference } from '../../checker/compare/diff.ts';
import { runSteps } from '../../checker/stories/strict-replay.ts';
import {
  printTrace,
  TRACE_FORMAT,
  TRACE_VERSION,
  type Trace,
} from '../../checker/stories/trace-format.ts';
import { instanceIn, originOf, propertiesFor } from '../specification/instance.ts';
import type { Loaded } from '../specification/loaded.ts';
import { scenarioNamed } from '../specification/lookup.ts';

/** The text of the trace, or one line with the reason why there is none. */
export function differenceTrace(
  spec: Loaded,
  difference: Difference,
  place: { readonly variant: string; readonly other: string; readonly scenario: string },
): { readonly text: string } | { readonly problem: string } {
  const scenario = scenarioNamed(spec, place.scenario);
  const properties = propertiesFor(spec, scenario).map(({ id }) => id);
  const instance = instanceIn(spec, { ...place, properties });
  const { system, claims } = instance;
  const { start, steps, parting } = difference;
  const plain = runSteps(system, [], difference);
  const head = {
    format: TRACE_FORMAT,
    version: TRACE_VERSION,
    title: `${place.variant} allows this, and ${place.other} does not: ${spec.words.observation(parting.seen)}`,
    ...originOf(instance, place.variant),
    ...(start === undefined ? {} : { start }),
  } as const;
  const rest = {
    lastWorld: plain.lastWorld,
    provenance: { found: 'exhaustive' },
    steps: steps.map((step) => ({ ...step, params: { ...step.params } })),
  } as const;
  const first = runSteps(system, claims, difference).seen;
  if (first === undefined)
    return { text: printTrace({ ...head, verdict: 'held', ...rest } as Trace) };
  if (first.step < steps.length) {
    const { property } = first.violation;
    return { problem: `the story violates ${property} before its end, after step ${first.step}` };
  }
  const { property, finding } = first.violation;
  const verdict = {
    verdict: 'violated',
    property,
    finding,
    certificate: { kind: 'none' },
  } as const;
  return { text: printTrace({ ...head, ...verdict, ...rest } as Trace) };
}
