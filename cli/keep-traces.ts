/**
 * Makes `traces/` anew: `npm run traces`. Not a verb of the command line.
 *
 *   traces/faults/<kernel>-<property>.trace.json   every expected violation of every shipped fault
 *   traces/walkthroughs/<name>.trace.json          stories in which nothing goes wrong
 *   traces/explore.baseline.json                   the counts of every small scenario on `sprite`
 *
 * Exits 20 where a fault is not caught, a walkthrough cannot be had, or a scenario does not close.
 */
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { explore } from '../checker/explore.ts';
import type { Claim } from '../checker/property.ts';
import type { Protocol, Step } from '../checker/protocol.ts';
import { runSteps } from '../checker/run.ts';
import { writeWhole } from '../checker/store.ts';
import { createSystem } from '../checker/system.ts';
import { printTrace, TRACE_FORMAT, TRACE_VERSION, type Trace } from '../checker/trace.ts';
import { kernels } from '../model/kernels/all.ts';
import type { ShippedKernel } from '../model/kernels/shipped.ts';
import { scenarios } from '../model/scenarios/all.ts';
import { worldOf } from '../model/world.ts';
import { properties } from '../properties/all.ts';
import { pinAll, pinned, type Counts } from './baseline.ts';
import { EXIT } from './exit.ts';
import type { ExhaustiveJob, StoryJob } from './jobs.ts';
import { createPool, type Pool } from './pool.ts';
import { root } from './root.ts';
import { boundsOf, sizeOf, subjectOf } from './subject.ts';
import { counted, print } from './text.ts';
import { walkthroughsIn, type Stage, type Walkthrough } from './walkthroughs.ts';

const MAX_STATES = 2_000_000;
const WORKERS = 2;
const folder = join(root, 'traces');
const repaired = 'sprite';

const problems: string[] = [];
const pool = createPool({ workers: WORKERS });
try {
  await keepFaults(pool);
  keepWalkthroughs();
  await keepCounts(pool);
} finally {
  await pool.close();
}
print(problems.map((problem) => `PROBLEM  ${problem}`));
process.exitCode = problems.length === 0 ? EXIT.holds : EXIT.differs;

async function keepFaults(threads: Pool): Promise<void> {
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
    else if (missed.length > 0) print([`${id} is not caught by ${missed.join(', ')}`]);
  }
  keep('faults', traces);
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

function keepWalkthroughs(): void {
  const traces = new Map<string, Trace>();
  for (const walkthrough of walkthroughsIn(scenarios)) {
    const steps = stepsThrough(walkthrough);
    if (steps === undefined) problems.push(`walkthrough ${walkthrough.name}: no way through`);
    else traces.set(walkthrough.name, walkthroughTrace(walkthrough, steps));
  }
  keep('walkthroughs', traces);
}

function walkthroughTrace({ name, title, scenario }: Walkthrough, steps: readonly Step[]): Trace {
  const everyProperty = properties.map(({ id }) => id);
  const subject = subjectOf({ kernel: repaired, scenario, properties: everyProperty });
  const { seen, lastWorld } = runSteps(subject.system, subject.claims, steps);
  if (seen !== undefined) {
    problems.push(`walkthrough ${name} violates ${seen.violation.property}`);
  }
  return {
    format: TRACE_FORMAT,
    version: TRACE_VERSION,
    title,
    kernel: repaired,
    scenario: { name: scenario, bounds: boundsOf(subject.scenario) },
    verdict: 'held',
    lastWorld,
    provenance: { found: 'exhaustive' },
    steps: steps.map((step) => ({ ...step, params: { ...step.params } })) as Trace['steps'],
  };
}

/** From stage to stage, each time a shortest way. */
function stepsThrough({ scenario, stages }: Walkthrough): readonly Step[] | undefined {
  let { protocol } = subjectOf({ kernel: repaired, scenario, properties: [] });
  const steps: Step[] = [];
  for (const stage of stages) {
    const found = shortestTo(protocol, stage);
    if (found === undefined) return undefined;
    steps.push(...found);
    protocol = startingAfter(protocol, found);
  }
  return steps;
}

function shortestTo(protocol: Protocol, stage: Stage): readonly Step[] | undefined {
  const reached: Claim = {
    property: 'reached',
    kind: 'always',
    test: (look) =>
      stage(worldOf(look), look) ? { subject: '', expected: '', found: '' } : undefined,
  };
  return explore(createSystem(protocol), {
    claims: [reached],
    maxStates: MAX_STATES,
    stopAt: ({ property }) => property === reached.property,
  }).found.find(({ violation }) => violation.property === reached.property)?.steps;
}

/** The same protocol, begun where these steps lead. */
function startingAfter(protocol: Protocol, steps: readonly Step[]): Protocol {
  const system = createSystem(protocol);
  const { row } = runSteps(system, [], steps);
  return {
    ...protocol,
    cells: protocol.cells.map((each, index) => ({
      ...each,
      initial: system.local(index, row[index] ?? 0),
    })),
  };
}

async function keepCounts(threads: Pool): Promise<void> {
  const small = scenarios.filter((scenario) => sizeOf(scenario) === 'small');
  const results = await threads.run(
    small.map(({ name }): ExhaustiveJob => ({
      kind: 'exhaustive',
      kernel: repaired,
      scenario: name,
      properties: [],
      maxStates: MAX_STATES,
      until: [],
    })),
    'exploring',
  );
  const file = join(folder, 'explore.baseline.json');
  const counts = new Map<string, Counts>();
  for (const { scenario, ending, states, transitions, depth } of results) {
    const key = `${repaired}/${scenario}`;
    if (ending === 'closed') {
      const now = { states, transitions, depth };
      counts.set(key, now);
      const before = pinned(file, key);
      if (before !== undefined && countsText(before) !== countsText(now)) {
        print([`${key}: ${countsText(before)} became ${countsText(now)}`]);
      }
    } else problems.push(`${key} did not close (${ending})`);
  }
  pinAll(file, counts);
  print([`${counted(counts.size, 'scenario')} pinned in traces/explore.baseline.json`]);
}

function countsText({ states, transitions, depth }: Counts): string {
  const all = [counted(states, 'state'), counted(transitions, 'transition')];
  return `${all.join(', ')}, depth ${depth}`;
}

/** Writes these, and removes what stood there besides. */
function keep(kind: string, traces: ReadonlyMap<string, Trace>): void {
  const place = join(folder, kind);
  const files = new Map([...traces].map(([name, trace]) => [`${name}.trace.json`, trace]));
  for (const [file, trace] of files) writeWhole(join(place, file), printTrace(trace));
  const stored = existsSync(place) ? readdirSync(place) : [];
  for (const file of stored.filter((each) => each.endsWith('.trace.json') && !files.has(each))) {
    rmSync(join(place, file));
    print([`removed traces/${kind}/${file}`]);
  }
  print([`${counted(files.size, 'trace')} in traces/${kind}/`]);
}
