/** Traces that violate nothing, each found stage by stage. */
import { explore } from '../../checker/search/explore.ts';
import { claimOnStep } from '../../checker/specification/property.ts';
import { stepOf, type Protocol, type Step } from '../../checker/specification/protocol.ts';
import { runSteps } from '../../checker/stories/strict-replay.ts';
import { createSystem } from '../../checker/engine/system.ts';
import { TRACE_FORMAT, TRACE_VERSION, type Trace } from '../../checker/stories/trace-format.ts';
import type { Walkthrough } from '../../checker/specification/specification.ts';
import { instanceIn, originOf } from '../specification/instance.ts';
import { repairedOf, type Loaded } from '../specification/loaded.ts';
import { asFiles, MAX_STATES, type Part } from './generated-files.ts';
import { storedNames } from './stored-names.ts';

type Stage = Walkthrough['stages'][number];

/** The run through all stages, or the number of the first stage that cannot be reached. */
type Way = { readonly steps: readonly Step[] } | { readonly noWayTo: number };

export function walkthroughTraces(spec: Loaded): Part {
  const problems: string[] = [];
  const traces = new Map<string, Trace>();
  for (const walkthrough of spec.walkthroughs ?? []) {
    const { name, stages } = walkthrough;
    const way = stepsThrough(spec, walkthrough);
    if ('noWayTo' in way) {
      problems.push(`walkthrough ${name}: no way to stage ${way.noWayTo} of ${stages.length}`);
    } else {
      const { trace, violates } = walkthroughTrace(spec, walkthrough, way.steps);
      traces.set(name, trace);
      if (violates !== undefined) problems.push(`walkthrough ${name} violates ${violates}`);
    }
  }
  return { files: asFiles(storedNames(spec.home).walkthroughs, traces), remarks: [], problems };
}

function walkthroughTrace(
  spec: Loaded,
  { title, scenario }: Walkthrough,
  steps: readonly Step[],
): { readonly trace: Trace; readonly violates: string | undefined } {
  const properties = spec.properties.map(({ id }) => id);
  const variant = repairedOf(spec);
  const instance = instanceIn(spec, { variant, scenario, properties });
  const { seen, lastWorld } = runSteps(instance.system, instance.claims, { steps });
  const trace: Trace = {
    format: TRACE_FORMAT,
    version: TRACE_VERSION,
    title,
    ...originOf(instance, variant),
    verdict: 'held',
    lastWorld,
    provenance: { found: 'exhaustive' },
    steps: steps.map((step) => ({ ...step, params: { ...step.params } })),
  } as Trace;
  return { trace, violates: seen?.violation.property };
}

/** Stage by stage, each time with a shortest continuation. */
function stepsThrough(spec: Loaded, { scenario, stages }: Walkthrough): Way {
  let { protocol } = instanceIn(spec, { variant: repairedOf(spec), scenario, properties: [] });
  const steps: Step[] = [];
  for (const [index, stage] of stages.entries()) {
    const found = shortestTo(protocol, stage);
    if (found === undefined) return { noWayTo: index + 1 };
    steps.push(...found);
    protocol = startingAfter(protocol, found);
  }
  return { steps };
}

function shortestTo(protocol: Protocol, stage: Stage): readonly Step[] | undefined {
  const system = createSystem(protocol);
  if (stage(system.look(system.initial()), undefined)) return [];
  const reached = claimOnStep('reached', (_, { cell, event }, after) =>
    stage(after, stepOf(cell, event)) ? { subject: '', expected: '', found: 'so' } : undefined,
  );
  return explore(system, {
    claims: [reached],
    maxStates: MAX_STATES,
    stopAt: ({ property }) => property === reached.property,
  }).found.find(({ violation }) => violation.property === reached.property)?.steps;
}

/** The same protocol, beginning in the world after these steps. */
function startingAfter(protocol: Protocol, steps: readonly Step[]): Protocol {
  const system = createSystem(protocol);
  const { row } = runSteps(system, [], { steps });
  return {
    ...protocol,
    cells: protocol.cells.map((each, index) => ({
      ...each,
      initial: system.local(index, row[index] ?? 0),
    })),
  };
}
