/**
 * A shortest counterexample to every property that should catch a shipped fault: in the scenario of the
 * fault or, if there is none, the shortest of all other small ones.
 */
import type { Step } from '../../checker/specification/protocol.ts';
import type { Trace } from '../../checker/stories/trace-format.ts';
import { faultsOf, type KnownFault } from '../specification/faults.ts';
import type { Loaded } from '../specification/loaded.ts';
import type { ExhaustiveJob, StoryJob } from '../jobs/jobs.ts';
import type { Pool } from '../jobs/worker-pool.ts';
import { propertiesFor } from '../specification/instance.ts';
import { storedNames } from './stored-names.ts';
import { sizeOf } from '../../checker/specification/specification.ts';
import { asFiles, MAX_STATES, type Part } from './generated-files.ts';

type Found = {
  readonly fault: KnownFault;
  readonly property: string;
  readonly scenario: string;
  readonly steps: readonly Step[];
};

export async function faultTraces(spec: Loaded, threads: Pool): Promise<Part> {
  const known = new Set(spec.scenarios.map(({ name }) => name));
  const faults = faultsOf(spec);
  const sought = faults.filter(({ scenario }) => known.has(scenario));
  const here = await foundIn(
    threads,
    sought.map((fault) => ({ fault, scenario: fault.scenario, properties: fault.caughtBy })),
  );
  const elsewhere = await foundIn(threads, otherPlaces(spec, sought, here));
  const found = [...here, ...shortestOfEach(elsewhere)];
  const { traces, problems } = await storiesOf(threads, found);
  const missed = sought.map(({ id, caughtBy }) => ({
    id,
    isCaught: caughtBy.some((property) => traces.has(`${id}-${property}`)),
    by: caughtBy.filter((property) => !traces.has(`${id}-${property}`)),
  }));
  return {
    files: asFiles(storedNames(spec.home).faults, traces),
    remarks: missed
      .filter(({ isCaught, by }) => isCaught && by.length > 0)
      .map(({ id, by }) => `${id} is caught in no small scenario by ${by.join(', ')}`),
    problems: [
      ...faults
        .filter(({ scenario }) => !known.has(scenario))
        .map(({ id, scenario }) => `${id}: no scenario is called "${scenario}"`),
      ...problems,
      ...missed.filter(({ isCaught }) => !isCaught).map(({ id }) => `${id} is not caught`),
    ],
  };
}

type Place = {
  readonly fault: KnownFault;
  readonly scenario: string;
  readonly properties: readonly string[];
};

/** If the scenario of a fault does not show a violation, another small one may. */
function otherPlaces(
  spec: Loaded,
  faults: readonly KnownFault[],
  here: readonly Found[],
): readonly Place[] {
  return faults.flatMap((fault) =>
    fault.caughtBy
      .filter(
        (property) => !here.some((each) => each.fault === fault && each.property === property),
      )
      .flatMap((property) =>
        spec.scenarios
          .filter((scenario) => scenario.name !== fault.scenario && sizeOf(scenario) === 'small')
          .filter((scenario) => propertiesFor(spec, scenario).some(({ id }) => id === property))
          .map(({ name }) => ({ fault, scenario: name, properties: [property] })),
      ),
  );
}

async function foundIn(threads: Pool, places: readonly Place[]): Promise<readonly Found[]> {
  const results = await threads.run(
    places.map(({ fault, scenario, properties }): ExhaustiveJob => ({
      kind: 'exhaustive',
      variant: fault.id,
      scenario,
      properties,
      maxStates: MAX_STATES,
      // Only the first story of the property is needed.
      until: properties.length === 1 ? properties : [],
    })),
    'faults',
  );
  return places.flatMap(({ fault, scenario, properties }, index) =>
    (results[index]?.found ?? [])
      .filter(({ violation }) => properties.includes(violation.property))
      .map(({ violation: { property }, steps }) => ({ fault, property, scenario, steps })),
  );
}

function shortestOfEach(found: readonly Found[]): readonly Found[] {
  const byLength = found.toSorted((a, b) => a.steps.length - b.steps.length);
  const isFirst = ({ fault, property }: Found, index: number): boolean =>
    byLength.findIndex((each) => each.fault === fault && each.property === property) === index;
  return byLength.filter(isFirst);
}

async function storiesOf(
  threads: Pool,
  found: readonly Found[],
): Promise<{ readonly traces: ReadonlyMap<string, Trace>; readonly problems: readonly string[] }> {
  const stories = await threads.run(found.map(storyJob), 'shrinking');
  const traces = new Map<string, Trace>();
  const problems: string[] = [];
  for (const [index, { trace, differs }] of stories.entries()) {
    const { fault, property } = found[index] ?? {};
    if (fault === undefined || property === undefined || trace === undefined) continue;
    if (differs === undefined) traces.set(`${fault.id}-${property}`, titled(trace, fault));
    else problems.push(`${fault.id}, ${property}: the second run differs: ${differs}`);
  }
  return { traces, problems };
}

function storyJob({ fault, property, scenario, steps }: Found): StoryJob {
  return {
    kind: 'story',
    variant: fault.id,
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

/** Field by field, so that the title is at its place in the format. */
function titled({ format, version, ...rest }: Trace, { title, record }: KnownFault): Trace {
  return {
    format,
    version,
    ...(title === '' ? {} : { title: asSentence(title) }),
    ...(record === '' ? {} : { story: `Record: ${record}.` }),
    ...rest,
  };
}

function asSentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
