/** A shortest story of every expected violation of every shipped fault. */
import type { Step } from '../../checker/protocol.ts';
import type { Trace } from '../../checker/trace.ts';
import { kernels } from '../../model/kernels/all.ts';
import type { ShippedKernel } from '../../model/kernels/shipped.ts';
import { scenarios } from '../../model/scenarios/all.ts';
import type { ExhaustiveJob, StoryJob } from '../jobs.ts';
import type { Pool } from '../pool.ts';
import { asFiles, MAX_STATES, type Part } from './part.ts';

export async function faultTraces(threads: Pool): Promise<Part> {
  const remarks: string[] = [];
  const problems: string[] = [];
  const known = new Set(scenarios.map(({ name }) => name));
  const faults = kernels.filter(({ caughtBy }) => caughtBy.length > 0);
  for (const { id, scenario } of faults) {
    if (!known.has(scenario)) problems.push(`${id}: no scenario is called "${scenario}"`);
  }
  const sought = faults.filter(({ scenario }) => known.has(scenario));
  const results = await threads.run(
    sought.map(({ id, scenario, caughtBy }): ExhaustiveJob => ({
      kind: 'exhaustive',
      kernel: id,
      scenario,
      properties: caughtBy,
      maxStates: MAX_STATES,
      until: [],
    })),
    'faults',
  );
  const found = sought.flatMap((fault, index) =>
    (results[index]?.found ?? [])
      .filter(({ violation }) => fault.caughtBy.includes(violation.property))
      .map(({ violation, steps }) => ({ fault, job: storyJob(fault, violation.property, steps) })),
  );
  const stories = await threads.run(
    found.map(({ job }) => job),
    'shrinking',
  );
  const traces = new Map<string, Trace>();
  for (const [index, { trace, differs }] of stories.entries()) {
    const { fault, job } = found[index] ?? {};
    if (fault === undefined || job === undefined || trace === undefined) continue;
    if (differs === undefined) traces.set(`${fault.id}-${job.property}`, titled(trace, fault));
    else problems.push(`${fault.id}, ${job.property}: the second run differs: ${differs}`);
  }
  for (const { id, caughtBy } of sought) {
    const missed = caughtBy.filter((property) => !traces.has(`${id}-${property}`));
    if (missed.length === caughtBy.length) problems.push(`${id} is not caught`);
    else if (missed.length > 0) remarks.push(`${id} is not caught by ${missed.join(', ')}`);
  }
  return { files: asFiles('traces/faults', traces), remarks, problems };
}

function storyJob(
  { id, scenario }: ShippedKernel,
  property: string,
  steps: readonly Step[],
): StoryJob {
  return {
    kind: 'story',
    kernel: id,
    scenario,
    properties: [property],
    property,
    steps,
    provenance: { found: 'exhaustive' },
    isShortest: true,
    maxStates: MAX_STATES,
    alsoIn: [],
  };
}

/** Field by field, so that the title stands where the format has it. */
function titled({ format, version, ...rest }: Trace, { title, record }: ShippedKernel): Trace {
  return { format, version, title: asSentence(title), story: `Record: ${record}.`, ...rest };
}

function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}

