/**
 * Steps taken by hand from a state of a story, by the numbers under which `stateAfter` lists them, and
 * the resulting trace.
 */
import { enabledIn } from '../../checker/engine/enabled.ts';
import { stepFor } from '../../checker/engine/steps.ts';
import type { Step, Story } from '../../checker/specification/protocol.ts';
import { runSteps, type Run } from '../../checker/stories/strict-replay.ts';
import { TRACE_FORMAT, TRACE_VERSION, type Trace } from '../../checker/stories/trace-format.ts';
import { counted } from '../../checker/text/tables.ts';
import { BadInput } from '../errors.ts';
import {
  instanceIn,
  originOf,
  propertiesFor,
  type CheckedInstance,
} from '../specification/instance.ts';

/**
 * The story with these steps behind it, each by its number in the state before it. Throws `BadInput`
 * if no step has that number.
 */
export function steppedOn(
  { system }: CheckedInstance,
  story: Story,
  numbers: readonly number[],
): readonly Step[] {
  const steps = [...story.steps];
  for (const number of numbers) {
    const run = runSteps(system, [], { ...story, steps });
    const at = `--take ${number}, after step ${steps.length}`;
    if (run.seen !== undefined || run.performed < steps.length) {
      throw new BadInput(
        `${at}: the step before meets an unspecified event, so the trace ends there`,
      );
    }
    const enabled = enabledIn(system, run.row);
    const delivery = enabled[number - 1];
    if (delivery === undefined) {
      const known =
        enabled.length === 0
          ? 'nothing can happen there'
          : `expected the number of a step that can happen there, 1 to ${enabled.length}`;
      throw new BadInput(`${at}: ${known}`);
    }
    steps.push(stepFor(system, delivery));
  }
  return steps;
}

/**
 * A trace that `replay` confirms: of a violation if the last step is the first to violate something, else
 * of a story that violates nothing. The property that the original story violates is checked first.
 * Throws `BadInput` if something is violated before the end.
 */
export function steppedTrace(instance: CheckedInstance, story: Story, variant: string): Trace {
  const { spec, scenario, system, claims } = instance;
  const properties = propertiesFor(spec, scenario).map(({ id }) => id);
  const all = instanceIn(spec, { variant, scenario: scenario.name, properties });
  const [own, any] = [runSteps(system, claims, story), runSteps(all.system, all.claims, story)];
  const early = own.seen ?? any.seen;
  const run = [own, any].find(({ seen }) => seen?.step === story.steps.length);
  if (run === undefined && early !== undefined) {
    const { violation, step } = early;
    const beyond = counted(story.steps.length - step, 'step');
    throw new BadInput(
      `cannot save this trace: step ${step} violates ${violation.property}, and a trace ends with its violation; leave out the last ${beyond}`,
    );
  }
  return traceOf(story, { head: originOf(all, variant), run: run ?? any });
}

function traceOf(
  { start, steps }: Story,
  { head, run }: { readonly head: ReturnType<typeof originOf>; readonly run: Run },
): Trace {
  const { seen, lastWorld } = run;
  return {
    format: TRACE_FORMAT,
    version: TRACE_VERSION,
    ...head,
    ...(start === undefined ? {} : { start }),
    ...(seen === undefined
      ? { verdict: 'held' }
      : {
          property: seen.violation.property,
          verdict: 'violated',
          certificate: { kind: 'none' },
          finding: seen.violation.finding,
        }),
    lastWorld,
    provenance: { found: 'written' },
    steps: steps.map((step) => ({ ...step, params: { ...step.params } })),
  } as Trace;
}
