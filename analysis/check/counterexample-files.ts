/** Writes the shortest counterexample to each violated property as a trace. */
import { join } from 'node:path';
import { ownPropertyIds } from '../../checker/claims/own-properties.ts';
import { tryToWrite } from '../../checker/text/files.ts';
import { printTrace, type ViolatedTrace } from '../../checker/stories/trace-format.ts';
import type { Loaded } from '../specification/loaded.ts';
import type { CheckOptions, StoredViolation } from './check-result.ts';
import type { SearchResult, StoryJob } from '../jobs/jobs.ts';
import type { Pool } from '../jobs/worker-pool.ts';
import { refuseStoredIn } from '../files/output-places.ts';

/** Bound on the search for a certificate: a general scenario may have a very large space. */
const CERTIFICATE_STATES = 300_000;

type Asked = Pick<CheckOptions, 'variant' | 'maxStates' | 'out'> &
  Partial<Pick<CheckOptions, 'maxAhead'>>;

export async function writeStories(
  spec: Loaded,
  pool: Pool,
  { results, asked }: { readonly results: readonly SearchResult[]; readonly asked: Asked },
): Promise<{
  readonly stories: readonly StoredViolation[];
  /** A line for each story that could not be made. */
  readonly problems: readonly string[];
}> {
  const candidates = results.flatMap((result) => storiesIn(spec, result, asked));
  const ids = [...new Set(candidates.map(({ job }) => job.property))];
  const chosen = ids.map((id) => best(candidates.filter(({ job }) => job.property === id)));
  const refined = await pool.attempt(
    chosen.map(({ job }) => job),
    'shrinking',
  );
  const problems: string[] = [];
  const stories = refined.flatMap((story, index): readonly StoredViolation[] => {
    const { job, walked } = chosen[index] as Candidate;
    if (story.kind === 'broken') {
      problems.push(`no story of ${job.property}: the model throws: ${story.why}`);
      return [];
    }
    const { trace, differs, shrunkTo, alsoIn } = story;
    if (trace === undefined) return [];
    const file = join(asked.out, traceName(trace));
    const unwritten = differs === undefined ? tryToWrite(file, printTrace(trace)) : undefined;
    return [{ trace, file, unwritten, differs, shrunkTo, alsoIn, walked }];
  });
  return { stories, problems };
}

/** Throws BadInput if no trace of this variant can be written there, or if it might replace a stored one. */
export function refuseStoriesIn(spec: Loaded, folder: string, variant: string): void {
  const properties = [...spec.properties.map(({ id }) => id), ...ownPropertyIds];
  refuseStoredIn(
    spec.home,
    folder,
    properties.map((property) => traceName({ variant, property })),
  );
}

function traceName({ variant, property }: Pick<ViolatedTrace, 'variant' | 'property'>): string {
  return `${variant}-${property}.trace.json`;
}

type Candidate = { readonly job: StoryJob; readonly walked: number | undefined };

function storiesIn(
  spec: Loaded,
  result: SearchResult,
  { variant, maxStates, maxAhead }: Asked,
): readonly Candidate[] {
  const { scenario } = result;
  const common = { kind: 'story', variant, scenario, maxStates, maxAhead } as const;
  const alsoIn = faultsBehind(spec, variant);
  if (result.kind === 'exhaustive') {
    return result.found.map(({ violation: { property }, start, steps }) => {
      const provenance = { found: 'exhaustive' } as const;
      const properties = [property];
      const about = { properties, property, start, steps, provenance };
      const isShortest = !result.undecided.includes(property);
      const job = { ...common, ...about, isShortest, alsoIn };
      return { job, walked: undefined };
    });
  }
  const { seed } = result;
  const searched = Math.min(maxStates, CERTIFICATE_STATES);
  return result.found.map(({ violation: { property }, start, steps, path, walked }) => {
    const provenance = { found: 'random', seed, path } as const;
    const properties = [property];
    const job = {
      ...common,
      maxStates: searched,
      properties,
      property,
      start,
      steps,
      provenance,
      isShortest: false,
      alsoIn,
    };
    return { job, walked };
  });
}

/** A story found breadth first is preferred, then the shortest, then the first. */
function best(candidates: readonly Candidate[]): Candidate {
  const [first] = candidates.toSorted(
    ({ job: a }, { job: b }) =>
      Number(b.isShortest) - Number(a.isShortest) || a.steps.length - b.steps.length,
  );
  if (first === undefined) throw new Error('a violation without a story');
  return first;
}

/** For a variant with several faults, the variants with one of them each. */
function faultsBehind({ variants }: Loaded, variant: string): readonly string[] {
  return variants.find(({ id }) => id === variant)?.composedOf ?? [];
}
