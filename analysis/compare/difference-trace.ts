/** The story that tells two kernels apart, as a trace: where the format can say how it ends. */
import type { Difference } from '../../checker/compare/diff.ts';
import { runSteps } from '../../checker/stories/strict-replay.ts';
import {
  printTrace,
  TRACE_FORMAT,
  TRACE_VERSION,
  type Trace,
} from '../../checker/stories/trace-format.ts';
import { scenarioNamed } from '../specification/lookup.ts';
import { seenText } from '../../model/wording/observation-phrases.ts';
import { applying, boundsOf, subjectOf } from '../specification/instance.ts';

/** The text of the trace, or in one line why there is none. */
export function differenceTrace(
  difference: Difference,
  place: { readonly kernel: string; readonly other: string; readonly scenario: string },
): { readonly text: string } | { readonly problem: string } {
  const scenario = scenarioNamed(place.scenario);
  const properties = applying(scenario).map(({ id }) => id);
  const { system, claims } = subjectOf({ ...place, properties });
  const { start, steps, parting } = difference;
  const plain = runSteps(system, [], difference);
  const head = {
    format: TRACE_FORMAT,
    version: TRACE_VERSION,
    title: `${place.kernel} allows this, and ${place.other} does not: ${seenText(parting.seen)}`,
    kernel: place.kernel,
    scenario: { name: scenario.name, bounds: boundsOf(scenario) },
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
